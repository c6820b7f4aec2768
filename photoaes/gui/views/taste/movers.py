"""Which photos personalising moved most, up and down: three thumbnails each."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from photoaes.album.standing import MOVERS as EACH
from photoaes.gui.kit.theme import GAP, current
from photoaes.gui.state.session import Session
from photoaes.gui.views.thumbnails import Thumbnails, fitted
from photoaes.images.thumbnail_cache import size_for

LINE = 20


class Movers(QWidget):
    """The photos that the taste moved most, up and down; a press goes to one of them."""

    def __init__(
        self, session: Session, thumbnails: Thumbnails, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._thumbnails = session, thumbnails
        self._rows: list[list[int]] = [[], []]
        thumbnails.arrived.connect(lambda _: self.update())

    def refresh(self) -> None:
        """Find the moved photos anew."""
        columns = self._session.columns
        if columns is None:
            return
        self._rows = [list(photos) for photos in self._session.standing.moved]
        self._fit()
        photos = [columns.paths[index] for row in self._rows for index in row]
        self._thumbnails.want_too(photos, size_for(self._edge() * self.devicePixelRatioF()))
        self.update()

    def sizeHint(self) -> QSize:
        """A width that the panel stretches."""
        return QSize(200, 2 * (LINE + 70))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the photos as large as the panel's width allows."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(2 * (LINE + self._edge() + GAP))

    def _edge(self) -> int:
        return max(48, (self.width() - 2 * GAP) // EACH)

    def _places(self) -> list[tuple[int, QRect]]:
        edge = self._edge()
        return [
            (index, QRect(column * (edge + GAP), line * (LINE + edge + GAP) + LINE, edge, edge))
            for line, row in enumerate(self._rows)
            for column, index in enumerate(row)
        ]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint two headings with three photos each."""
        columns = self._session.columns
        if columns is None:
            return
        painter, theme = QPainter(self), current()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(theme.color("dim"))
        for line, text in enumerate((self.tr("Moved up most"), self.tr("Moved down most"))):
            top = line * (LINE + self._edge() + GAP)
            area = QRect(0, top, self.width(), LINE)
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, text)
        size = size_for(self._edge() * self.devicePixelRatioF())
        for index, area in self._places():
            pixmap = self._thumbnails.pixmap(columns.paths[index], size)
            if pixmap is not None:
                painter.drawPixmap(fitted(pixmap, area), pixmap)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the photo that was pressed."""
        for index, area in self._places():
            if area.contains(event.position().toPoint()):
                self._session.selection.make_current(index)
