"""A line of words that gives way: what has no room ends in dots, and is whole in the tip."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QStyleOption, QWidget

LEAST = 6  # letters


class Elided(QLabel):
    """As a QLabel of one line. It keeps a `share` of its parent's width, if it needs that."""

    def __init__(self, share: float = 0.0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = share

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters, or for the share."""
        hint, over = super().minimumSizeHint(), self.parentWidget()
        least = LEAST * self.fontMetrics().averageCharWidth()
        if over is not None:
            least = max(least, int(self._share * over.width()))
        return QSize(min(hint.width(), least), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The words, or as many as there is room for."""
        text = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width()
        )
        self.setToolTip("" if text == self.text() else self.text())
        option = QStyleOption()
        option.initFrom(self)
        painter = QPainter(self)
        painter.setPen(option.palette.color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), self.alignment(), text)
        painter.end()
