"""Notices that the album's drive went away, and that it came back."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Qt, QTimer, Signal

from photoaes.gui.kit.pool import Pool
from photoaes.gui.state.session import Session

EVERY_MS = 2000
ASKED = 8  # photos of the album, of which one must be there


class Absence(QObject):
    """Looks every two seconds, on a thread of its own: a server that is away may answer late.

    What is away but for a moment may be back before anybody looks: photos that were not found then
    are looked for too.
    """

    came_back = Signal(object)  # Path: the folder
    found_again = Signal()  # a photo of an album that nobody saw away
    _looked = Signal(object, bool, bool)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._awaited: Path | None = None  # a folder that could not be opened
        self._missed: deque[Path] = deque(maxlen=ASKED)
        self._is_looking = False
        self._pool = Pool("absence")
        self._looked.connect(self._answered, Qt.ConnectionType.QueuedConnection)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)
        session.album_changed.connect(self._follow)

    def wait_for(self, folder: Path) -> None:
        """Watch for this folder, which is not there, and tell once it is."""
        self._awaited = folder
        self._timer.start()

    def miss(self, path: Path) -> None:
        """A photo was not found: look now, and the next time whether it is there again."""
        self.look()
        self._missed.append(path)

    def look(self) -> None:
        """Look now."""
        folder = self._awaited or self._session.folder
        if folder is None or self._is_looking:
            return
        self._is_looking = True
        photos = self._session.photos if folder == self._session.folder else ()
        some = np.unique(np.linspace(0, max(len(photos) - 1, 0), ASKED).astype(int)).tolist()
        sample = [photos[place].at for place in some] if photos else []
        missed = tuple(self._missed)

        def looked() -> None:
            found = any(map(os.path.exists, missed))
            self._looked.emit(folder, is_there(folder, sample), found)

        self._pool.submit(looked)

    def stop(self) -> None:
        """End the thread."""
        self._timer.stop()
        self._pool.stop()

    def _follow(self) -> None:
        self._awaited = None
        self._missed.clear()
        self._session.set_away(False)
        if self._session.folder is None:
            self._timer.stop()
        else:
            self._timer.start()

    def _answered(self, folder: Path, is_back: bool, is_found: bool) -> None:
        self._is_looking = False
        if folder == self._awaited:
            if is_back:
                self._awaited = None
                self.came_back.emit(folder)
        elif folder == self._session.folder and is_back == self._session.is_away:
            self._session.set_away(not is_back)
            if is_back:
                self.came_back.emit(folder)
        elif folder == self._session.folder and is_back and is_found:
            self._missed.clear()
            self.found_again.emit()


def is_there(folder: Path, photos: Sequence[str]) -> bool:
    """Whether the folder is, and one of the photos in it: a drive's empty mount point stays."""
    return folder.is_dir() and (not photos or any(map(os.path.exists, photos)))
