"""The photos on show, one after the other, the best first, on the whole screen."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from photoaes.album.columns import REJECTED
from photoaes.album.ordering import SortKey, ordered
from photoaes.gui.state.session import Session

EACH_MS = 4000


class Slideshow(QObject):
    """Moves the session's current photo; whoever shows it follows. Rejected photos are left out."""

    ended = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._photos: list[int] = []
        self._place = 0
        self._timer = QTimer(self)
        self._timer.setInterval(EACH_MS)
        self._timer.timeout.connect(lambda: self.step(1))

    @property
    def is_on(self) -> bool:
        """Whether it is under way, running or paused."""
        return bool(self._photos)

    def start(self) -> bool:
        """From the best photo on; False where there is none to show."""
        columns, shown = self._session.columns, self._session.shown.rows
        if columns is None:
            return False
        order = ordered(columns, SortKey.SCORE, descending=True)
        is_shown = columns.flag != REJECTED
        among = is_shown & False
        among[shown] = True
        self._photos = order[(is_shown & among)[order]].tolist()
        self._place = 0
        if self._photos:
            self._session.selection.make_current(self._photos[0])
            self._timer.start()
        return self.is_on

    def pause(self) -> None:
        """Stop on the photo on show, or go on."""
        if self._timer.isActive():
            self._timer.stop()
        else:
            self._timer.start()

    def step(self, by: int) -> None:
        """The next photo, or the one before; after the last one it ends."""
        self._place += by
        if not 0 <= self._place < len(self._photos):
            self.stop()
            return
        self._session.selection.make_current(self._photos[self._place])
        if self._timer.isActive():
            self._timer.start()

    def stop(self) -> None:
        """End the slideshow."""
        if self.is_on:
            self._timer.stop()
            self._photos = []
            self.ended.emit()
