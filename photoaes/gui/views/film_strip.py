"""The photos before and after the current one, small, below the loupe."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from photoaes.gui.kit.theme import GAP, current
from photoaes.gui.state.session import Session
from photoaes.gui.views.thumbnails import Thumbnails, fitted
from photoaes.images.thumbnail_cache import size_for

EDGE = 64


class FilmStrip(QWidget):
    """The photos around the current one, small; a press goes to one of them."""

    def __init__(
        self, session: Session, thumbnails: Thumbnails, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._thumbnails = session, thumbnails
        self.setFixedHeight(EDGE + 2 * GAP)
        thumbnails.arrived.connect(lambda _: self.update())
        session.selection.current_changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """A width that grows with the window, and the thumbnails' height."""
        return QSize(400, EDGE + 2 * GAP)

    def _rows(self) -> list[tuple[int, QRect]]:
        """The rows that show, each with its place; the current one in the middle."""
        row = self._session.selection.row()
        if row is None:
            return []
        pitch = EDGE + GAP
        aside = self.width() // pitch // 2 + 1
        middle = (self.width() - EDGE) // 2
        rows = range(max(0, row - aside), min(len(self._session.shown.rows), row + aside + 1))
        return [(r, QRect(middle + (r - row) * pitch, GAP, EDGE, EDGE)) for r in rows]

    def wanted(self) -> list[int]:
        """The photos that show, the nearest first, as indices into the columns."""
        rows = sorted(self._rows(), key=lambda one: abs(one[1].center().x() - self.width() // 2))
        return [int(self._session.shown.rows[row]) for row, _ in rows]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the thumbnails, the current one with a frame."""
        columns = self._session.columns
        if columns is None:
            return
        painter, theme = QPainter(self), current()
        painter.fillRect(self.rect(), theme.color("ground"))
        size = size_for(EDGE * self.devicePixelRatioF())
        for row, area in self._rows():
            index = int(self._session.shown.rows[row])
            pixmap = self._thumbnails.pixmap(columns.paths[index], size)
            if pixmap is not None:
                painter.drawPixmap(fitted(pixmap, area), pixmap)
            if index == self._session.selection.current:
                painter.setPen(QPen(theme.color("accent"), 2))
                painter.drawRect(area.adjusted(-3, -3, 2, 2))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the photo under the mouse."""
        for row, area in self._rows():
            if area.contains(event.position().toPoint()):
                self._session.selection.make_current(int(self._session.shown.rows[row]))
