"""How the scores spread, as bars; two handles choose a range of them."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from photoaes.gui.kit.theme import current
from photoaes.gui.state.session import Session

LOW, HIGH, BINS, STEP = 1.0, 5.0, 40, 0.1


class ScoreRange(QWidget):
    """A range slider over scores in the person's own stars, 1..5. Keys: arrows move one handle,
    Tab within changes to the other."""

    changed = Signal(float, float)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.low, self.high = LOW, HIGH
        self._held = 0
        self._bars = np.zeros(BINS)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Range of scores"))
        self.setToolTip(self.tr("Show only photos with a score in this range"))
        session.scores_changed.connect(self.count)
        session.album_changed.connect(self.count)

    def sizeHint(self) -> QSize:
        """The small size in which it fits into the bar."""
        return QSize(140, 30)

    def set_range(self, low: float, high: float) -> None:
        """Show this range, without a signal."""
        self.low, self.high = low, high
        self.update()

    def count(self) -> None:
        """Count the scores anew into the bars."""
        scores = self._session.standing.stars
        known = np.zeros(0) if scores is None else scores[~np.isnan(scores)]
        self._bars, _ = np.histogram(known, BINS, (LOW, HIGH))
        self.setVisible(len(known) > 0)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Bars, those outside the range faded, and the two handles."""
        painter, theme = QPainter(self), current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        most = max(float(self._bars.max()), 1.0)
        width = (self.width() - 8) / BINS
        inside = theme.color("score")
        outside = QColor(inside)
        outside.setAlphaF(0.3)
        painter.setPen(Qt.PenStyle.NoPen)
        for index, count in enumerate(self._bars):
            middle = LOW + (index + 0.5) * (HIGH - LOW) / BINS
            height = (self.height() - 6) * float(np.sqrt(count / most))
            painter.setBrush(inside if self.low <= middle <= self.high else outside)
            left = 4 + index * width
            painter.drawRect(QRectF(left, self.height() - 3 - height, max(width - 1, 1), height))
        for index, value in enumerate((self.low, self.high)):
            focused = self.hasFocus() and self._held == index
            painter.setPen(QPen(theme.color("accent" if focused else "text"), 2))
            x = self._x(value)
            painter.drawLine(int(x), 1, int(x), self.height() - 1)
        painter.end()

    def _x(self, value: float) -> float:
        return 4 + (value - LOW) / (HIGH - LOW) * (self.width() - 8)

    def _value(self, x: float) -> float:
        share = min(max((x - 4) / max(self.width() - 8, 1), 0.0), 1.0)
        return round(LOW + share * (HIGH - LOW), 1)

    def _move(self, value: float) -> None:
        if self._held == 0:
            self.low = min(max(value, LOW), self.high)
        else:
            self.high = max(min(value, HIGH), self.low)
        self.update()
        self.changed.emit(self.low, self.high)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the nearer handle."""
        x = event.position().x()
        self._held = 0 if abs(x - self._x(self.low)) <= abs(x - self._x(self.high)) else 1
        self._move(self._value(x))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the handle that is held."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._move(self._value(event.position().x()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Go back to the whole range."""
        self.low, self.high = LOW, HIGH
        self.update()
        self.changed.emit(self.low, self.high)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right move the handle, up and down change it."""
        value = (self.low, self.high)[self._held]
        match event.key():
            case Qt.Key.Key_Left:
                self._move(round(value - STEP, 1))
            case Qt.Key.Key_Right:
                self._move(round(value + STEP, 1))
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                self._held = 1 - self._held
                self.update()
            case _:
                super().keyPressEvent(event)
