"""Small plots of the learning panel, painted by us."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QToolTip, QWidget

from photoaes.gui.kit.numerals import decimal, signed, whole
from photoaes.gui.kit.theme import GAP, current

MOST = 6  # tasks that a taste is told to lean towards


class StarSpread(QWidget):
    """How many photos have one, two, ... five stars, as five bars."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts = [0] * 5
        self.setFixedHeight(2 * self.fontMetrics().height() + 4 * GAP)

    def show_counts(self, counts: Sequence[int]) -> None:
        """How many photos have 1, 2, 3, 4 and 5 stars, in this order."""
        self._counts = list(counts)
        words = ", ".join(f"{n} \u2605: {count}" for n, count in enumerate(counts, start=1))
        self.setAccessibleName(self.tr("Your stars so far: {0}").format(words))
        self.setToolTip(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Bars with their numbers above and the stars below."""
        painter, theme = QPainter(self), current()
        line = painter.fontMetrics().height()
        room = self.height() - 2 * line
        width = self.width() / 5
        most = max(*self._counts, 1)
        has_room = painter.fontMetrics().horizontalAdvance("5 \u2605 ") < width
        for index, count in enumerate(self._counts):
            height = room * count / most
            column = QRectF(index * width, 0, width, self.height())
            bar = QRectF(column.left() + 6, self.height() - line - height, width - 12, height)
            painter.fillRect(bar, theme.color("star_fill"))
            painter.setPen(theme.color("dim"))
            below = QRectF(column.left(), self.height() - line, width, line)
            name = f"{index + 1} \u2605" if has_room else str(index + 1)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, name)
            if count:
                above = QRectF(column.left(), bar.top() - line, width, line)
                painter.drawText(above, Qt.AlignmentFlag.AlignCenter, whole(count))
        painter.end()


class AgreementPlot(QWidget):
    """Two dots with whiskers on one axis: of ten pairs, those ordered as the person would."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[str, float, float, str]] = []
        self._line = self.fontMetrics().height() + GAP
        self.setFixedHeight(3 * self._line)

    def show_agreement(self, rows: Sequence[tuple[str, float, float, str]]) -> None:
        """Name, pairs of ten, margin, and the theme's colour of each row."""
        self._rows = list(rows)
        self.setAccessibleName(
            "; ".join(
                f"{name}: {decimal(value)} \u00b1 {decimal(margin)}"
                for name, value, margin, _ in rows
            )
        )
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The axis ends at 10 (always) and begins where all whiskers fit; 5 is a coin."""
        painter, theme = QPainter(self), current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        names = [painter.fontMetrics().horizontalAdvance(name) for name, *_ in self._rows]
        left, right = float(max(names, default=0) + 2 * GAP), self.width() - 2.0 * GAP
        lowest = min((value - margin for _, value, margin, _ in self._rows), default=4.0)
        first = max(0, min(4, 2 * int(lowest // 2)))

        def place(value: float) -> float:
            return left + (min(max(value, first), 10.0) - first) / (10.0 - first) * (right - left)

        base = float(self.height() - self._line)
        painter.setPen(theme.color("line"))
        for tick in range(first, 11):
            painter.drawLine(QPointF(place(tick), 4), QPointF(place(tick), base))
        painter.setPen(theme.color("dim"))
        for tick in range(first, 11, 2):
            area = QRectF(place(tick) - 30, base, 60, self._line)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(tick))
        for index, (name, value, margin, colour) in enumerate(self._rows):
            y = (index + 0.6) * self._line
            painter.setPen(theme.color("text"))
            area = QRectF(0, y - self._line / 2, left, self._line)
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, name)
            painter.setPen(QPen(theme.color(colour), 2))
            painter.drawLine(QPointF(place(value - margin), y), QPointF(place(value + margin), y))
            painter.setBrush(theme.color(colour))
            painter.drawEllipse(QPointF(place(value), y), 5, 5)
        painter.end()


SHORTEST = 32.0  # room for the bars beside the names at least, in pixels
THIN = 8  # a bar's height


class LeaningBars(QWidget):
    """What the taste leans towards: a bar for each task, to the left if it leans away from it.

    Where names and bars do not fit side by side, bars and numbers lie below the names.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: list[tuple[str, float]] = []
        self._line = self.fontMetrics().height() + GAP // 2

    def show_weights(self, weights: Mapping[str, float]) -> None:
        """The tasks that matter most, by the size of their weight."""
        strongest = sorted(weights.items(), key=lambda one: -abs(one[1]))[:MOST]
        ranked = sorted(strongest, key=lambda one: -one[1])
        self._bars = ranked
        texts = [f"{name} {decimal(value, 2)}" for name, value in ranked]
        self.setAccessibleName(", ".join(texts))
        self.setToolTip("\n".join(texts))
        self._fit()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the height that the bars need in the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(round(self._step() * len(self._bars)) + 4)

    def _numbers(self) -> int:
        return self.fontMetrics().horizontalAdvance(signed(0, 2)) + GAP

    def _names(self) -> int:
        wide = self.fontMetrics().horizontalAdvance
        return max((wide(name) for name, _ in self._bars), default=0) + GAP

    def _has_room(self) -> bool:
        return self._names() + SHORTEST + self._numbers() <= self.width()

    def _step(self) -> int:
        return self._line if self._has_room() else 2 * self._line

    def paintEvent(self, event: QPaintEvent) -> None:
        """Name, bar, number. Where nothing leans away, bars begin beside the names."""
        painter, theme = QPainter(self), current()
        room, is_beside = self.width() - self._numbers(), self._has_room()
        left, wide = (self._names(), room) if is_beside else (0, self.width())
        leans_away = any(value < 0 for _, value in self._bars)
        reach = (room - left) / (2 if leans_away else 1)
        middle = left + (reach if leans_away else 0)
        most = max((abs(value) for _, value in self._bars), default=1.0) or 1.0
        for index, (name, value) in enumerate(self._bars):
            line = QRectF(0, index * self._step(), self.width(), self._line)
            painter.setPen(theme.color("text"))
            text = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, wide)
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, text)
            line.translate(0, self._step() - self._line)
            top = line.center().y() - THIN / 2
            bar = QRectF(middle, top, value / most * reach, THIN).normalized()
            painter.fillRect(bar, theme.color("accent" if value > 0 else "dim"))
            painter.setPen(theme.color("dim"))
            painter.drawText(
                line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, signed(value, 2)
            )
        painter.end()


def heat_height(widget: QWidget, tasks: int) -> int:
    """Room for the rows, and for the words below them."""
    return max(22, widget.fontMetrics().height()) * tasks + _below(widget)


def _below(widget: QWidget) -> int:
    return 2 * widget.fontMetrics().height() + GAP


class HeatMap(QWidget):
    """How far each coefficient has moved from the start, [tasks, layers]: blue down, amber up."""

    def __init__(
        self,
        tasks: Sequence[str],
        layers: Sequence[str],
        moved: NDArray[np.floating],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tasks, self._layers = list(tasks), list(layers)
        self._moved = moved
        wide = self.fontMetrics().horizontalAdvance
        self._names = max((wide(name) for name in tasks), default=0) + 2 * GAP
        self._below = _below(self)
        self.setMouseTracking(True)
        self.setMinimumSize(QSize(self._names + 3 * len(layers), heat_height(self, len(tasks))))
        self.setAccessibleName(self.tr("Coefficients by task and layer"))

    def _cell(self, row: int, column: int) -> QRectF:
        width = (self.width() - self._names) / max(len(self._layers), 1)
        height = (self.height() - self._below) / max(len(self._tasks), 1)
        return QRectF(self._names + column * width, row * height, width, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Strength is the root of a coefficient's distance from its start, of the large ones."""
        painter, theme = QPainter(self), current()
        # One far coefficient must not make all others invisible.
        most = float(np.quantile(np.abs(self._moved), 0.98)) or 1.0
        up, down = QColor("#e0a030"), QColor("#3e8ae6")
        for row, name in enumerate(self._tasks):
            label = self._cell(row, 0)
            painter.setPen(theme.color("text"))
            painter.drawText(
                QRectF(0, label.top(), self._names - GAP, label.height()),
                Qt.AlignmentFlag.AlignVCenter,
                name,
            )
            for column in range(len(self._layers)):
                value = float(self._moved[row, column]) / most
                colour = QColor(up if value > 0 else down)
                colour.setAlphaF(min(abs(value), 1.0) ** 0.5)
                painter.fillRect(self._cell(row, column), colour)
        painter.setPen(theme.color("dim"))
        below = QRectF(0, self.height() - self._below, self.width(), self._below)
        text = self.tr("first layer \u2192 last layer; amber: more than at the start, blue: less")
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap, text)
        painter.end()

    def mouseMoveEvent(self, event: object) -> None:
        """Show the name of the cell under the mouse, and how far it has moved."""
        point = event.position()  # type: ignore[attr-defined]
        first = self._cell(0, 0)
        row = int(point.y() // first.height())
        column = int((point.x() - self._names) // first.width())
        if 0 <= row < len(self._tasks) and 0 <= column < len(self._layers):
            moved = signed(self._moved[row, column], 3)
            text = f"{self._tasks[row]}, {self._layers[column]}: {moved}"
            QToolTip.showText(event.globalPosition().toPoint(), text, self)  # type: ignore[attr-defined]
