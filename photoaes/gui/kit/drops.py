"""What is dropped on the window, as a path of this computer."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData

from photoaes.local_urls import local_path


def dropped_path(data: QMimeData) -> Path | None:
    """The first file or folder in it; web pages' pictures and servers' files are none.

    Not by Qt's own conversion, which replaces bytes in names that are no letters.
    """
    for url in data.urls():
        if (path := local_path(bytes(url.toEncoded().data()).decode("ascii"))) is not None:
            return Path(path)
    return None
