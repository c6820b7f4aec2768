"""Photos on their way to other programs: as the addresses of their files, to be copied."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QMimeData, QSize, Qt, QUrl
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QWidget

from photoaes.gui.state.session import Session
from photoaes.gui.views.thumbnails import Thumbnails

EDGE = 128  # of the picture at the mouse


def files_of(session: Session, indices: Iterable[int]) -> list[Path]:
    """All files of these photos: a RAW goes with its JPEG."""
    assert session.columns is not None
    paths = session.columns.paths
    return [file for index in indices for file in session.paired.members(paths[index])]


# By which what we put on the clipboard is known again.
OURS = "application/x-photoaes"


def as_files(files: Iterable[Path]) -> QMimeData:
    """For file managers and programs that open files."""
    data = QMimeData()
    files = list(files)
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    data.setText("\n".join(str(file) for file in files))
    data.setData(OURS, b"1")
    return data


def drag_photos(source: QWidget, session: Session, thumbnails: Thumbnails) -> None:
    """Drag the selected photos out of the window; the other program gets copies, never the files.

    Returns when they are dropped.
    """
    photos = session.selection.photos().tolist()
    if session.columns is None or not photos:
        return
    drag = QDrag(source)
    drag.setMimeData(as_files(files_of(session, photos)))
    current = session.selection.current
    shown = photos[0] if current is None or current not in photos else current
    if (pixmap := thumbnails.pixmap(session.columns.paths[shown], EDGE)) is not None:
        edge = QSize(EDGE, EDGE)
        small = pixmap.scaled(
            edge, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        drag.setPixmap(small)
    drag.exec(Qt.DropAction.CopyAction)
