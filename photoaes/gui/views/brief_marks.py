"""What a key has just said of the photo, where no line below it shows its marks."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from photoaes.gui.kit.theme import GAP
from photoaes.gui.state.marking import Indices
from photoaes.gui.state.session import Session
from photoaes.gui.views.mark_line import MarkLine

SHOWN_MS = 1500
WIDEST = 560


class BriefMarks(MarkLine):
    """Lies over the lower edge of its parent for a moment, if `is_wanted`."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, parent)
        self.is_wanted = False
        self.setAutoFillBackground(True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        session.marks_changed.connect(self._tell)
        session.selection.current_changed.connect(self.hide)
        self.hide()

    def _tell(self, indices: Indices) -> None:
        index, over = self._session.selection.current, self.parentWidget()
        if not self.is_wanted or index is None or index not in indices or over is None:
            return
        self.show_photo(index)
        self.setFixedWidth(min(WIDEST, over.width() - 4 * GAP))
        self.move((over.width() - self.width()) // 2, over.height() - self.height() - 2 * GAP)
        self.show()
        self.raise_()
        self._timer.start()
