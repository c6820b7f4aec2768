"""What a cell shows where a face has closed eyes or is out of focus."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPen

from photoaes.gui.kit.theme import Theme

_LASHES = (((5, 10), (4, 13)), ((9, 11), (9, 14)), ((13, 10), (14, 13)))


def paint_closed_eye(painter: QPainter, area: QRect, theme: Theme) -> None:
    """Paint the badge for closed eyes: a lid with its lashes."""
    _paint_ground(painter, area, theme)
    painter.drawArc(QRect(area.left() + 4, area.top() + 1, 10, 10), 200 * 16, 140 * 16)
    for start, end in _LASHES:
        painter.drawLine(area.topLeft() + QPoint(*start), area.topLeft() + QPoint(*end))


def paint_soft_face(painter: QPainter, area: QRect, theme: Theme) -> None:
    """Paint the badge for a soft face: a head whose outline is torn."""
    _paint_ground(painter, area, theme)
    pen = QPen(painter.pen())
    pen.setDashPattern([1.2, 1.8])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(area.adjusted(6, 3, -6, -7))
    painter.drawArc(QRect(area.left() + 4, area.top() + 12, 10, 8), 10 * 16, 160 * 16)


def _paint_ground(painter: QPainter, area: QRect, theme: Theme) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("panel"))
    painter.drawEllipse(area)
    cap = Qt.PenCapStyle.RoundCap
    painter.setPen(QPen(theme.color("warning"), 1.6, Qt.PenStyle.SolidLine, cap))
