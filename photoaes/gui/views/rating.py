"""Stars and scores, drawn; and which star the mouse is on."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from photoaes.gui.kit.numerals import decimal
from photoaes.gui.kit.theme import Theme

STARS = 5


def star_polygon(centre: QPointF, radius: float) -> QPolygonF:
    """A star of five points, one of them up."""
    points = []
    for index in range(2 * STARS):
        angle = math.pi * index / STARS - math.pi / 2
        length = radius if index % 2 == 0 else radius * 0.45
        points.append(
            QPointF(centre.x() + length * math.cos(angle), centre.y() + length * math.sin(angle))
        )
    return QPolygonF(points)


def star_centre(area: QRect, index: int) -> QPointF:
    """Of star `index`, 0..4, in an area that begins with the first one."""
    pitch = area.height()
    return QPointF(area.left() + pitch * (index + 0.5), area.center().y() + 0.5)


def stars_width(height: int) -> int:
    """How wide five stars of this height are."""
    return STARS * height


def star_under(area: QRect, x: int) -> int:
    """The number of stars, 1..5, that a press at `x` gives; 0 outside."""
    if not area.left() <= x < area.left() + stars_width(area.height()):
        return 0
    return int((x - area.left()) // area.height()) + 1


def paint_stars(
    painter: QPainter,
    area: QRect,
    stars: int,
    theme: Theme,
    *,
    hollow: bool = False,
    hovered: int | None = None,
) -> None:
    """Given stars filled; with `hovered` also the outlines of all five, up to it lit.

    `hollow` ones were made of a score: outlines in its colour.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    amber, dim = theme.color("star"), theme.color("dim")
    given, fill = theme.color("score") if hollow else amber, theme.color("star_fill")
    radius = area.height() * 0.46
    for index in range(STARS):
        filled = index < stars
        if not filled and hovered is None:
            continue
        lit = hovered is not None and index < hovered
        painter.setPen(QPen(amber if lit else given if filled else dim, 1.2))
        painter.setBrush(fill if filled and not hollow else Qt.BrushStyle.NoBrush)
        painter.drawPolygon(star_polygon(star_centre(area, index), radius))
    painter.restore()


def paint_score(
    painter: QPainter,
    area: QRect,
    stars: float,
    theme: Theme,
    opacity: float = 1.0,
    *,
    is_outranked: bool = False,
) -> None:
    """The model's score in the person's own stars: a short bar and a number with one decimal.

    Another colour and shape than the stars, so that nobody takes one for the other. Where the
    person's own word counts and not the score, it is grey and has no bar.
    """
    painter.save()
    painter.setOpacity(opacity)
    teal = theme.color("dim" if is_outranked else "score")
    painter.setPen(teal)
    text = QRectF(area)
    place = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(text, int(place | Qt.TextFlag.TextDontClip), decimal(stars))
    room = painter.fontMetrics().horizontalAdvance(decimal(0)) + 6
    bar = QRectF(area.right() - room - 32, area.center().y() - 1.5, 32, 4)
    if bar.left() > area.left() and not is_outranked:
        painter.setPen(Qt.PenStyle.NoPen)
        ground = QColor(teal)
        ground.setAlphaF(0.25)
        painter.setBrush(ground)
        painter.drawRoundedRect(bar, 2, 2)
        painter.setBrush(teal)
        bar.setWidth(bar.width() * min(max((stars - 1) / 4, 0.0), 1.0))
        painter.drawRoundedRect(bar, 2, 2)
    painter.restore()
