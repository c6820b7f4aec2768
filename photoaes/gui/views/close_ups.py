"""Faces of the photo on show, large and side by side, at the lower edge of its pane."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from photoaes.gui.kit.theme import GAP, current
from photoaes.gui.views.grid.face_badges import paint_closed_eye, paint_soft_face
from photoaes.jobs.close_ups import CloseUp

EDGE, LEAST = 150, 64  # px of a side
_BADGE = 18
_AROUND = 1.5  # of the face's longer side


def paint_close_ups(
    painter: QPainter, pane: QRect, area: QRectF, pixmap: QPixmap, faces: Sequence[CloseUp]
) -> None:
    """As many as there is room for, of a photo that fills `area`; the frame warns where eyes are
    closed or a face is soft. Faces that are larger in the photo itself have none."""
    faces = [one for one in faces if _is_faulty(one) or _AROUND * _width(one, area) < EDGE]
    if not faces or pixmap.isNull():
        return
    room = pane.width() - GAP
    edge = max(LEAST, min(EDGE, room // len(faces) - GAP, pane.height() // 3))
    count = max(1, min(len(faces), room // (edge + GAP)))
    left = pane.left() + (pane.width() - count * (edge + GAP) + GAP) // 2
    for number, face in enumerate(faces[:count]):
        place = QRect(left + number * (edge + GAP), pane.bottom() - edge - GAP, edge, edge)
        _paint_face(painter, place, pixmap, face)


def _paint_face(painter: QPainter, place: QRect, pixmap: QPixmap, face: CloseUp) -> None:
    theme = current()
    painter.fillRect(place, theme.color("ground"))
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawPixmap(QRectF(place), pixmap, _source(pixmap, face))
    is_faulty = _is_faulty(face)
    painter.setPen(QPen(theme.color("warning" if is_faulty else "line"), 2 if is_faulty else 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(place)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    corner = QRect(place.left() + 4, place.top() + 4, _BADGE, _BADGE)
    if face.has_closed_eyes:
        paint_closed_eye(painter, corner, theme)
        corner.translate(_BADGE + 3, 0)
    if face.is_soft:
        paint_soft_face(painter, corner, theme)


def _is_faulty(face: CloseUp) -> bool:
    return face.has_closed_eyes or face.is_soft


def _width(face: CloseUp, area: QRectF) -> float:
    """On the screen."""
    return (face.box[2] - face.box[0]) * area.width()


def _source(pixmap: QPixmap, face: CloseUp) -> QRectF:
    """A square around the face, inside the photo as far as that goes."""
    left, upper, right, lower = face.box
    width, height = pixmap.width(), pixmap.height()
    side = _AROUND * max((right - left) * width, (lower - upper) * height)
    side = min(side, width, height)
    source = QRectF(0, 0, side, side)
    source.moveCenter(QPointF((left + right) / 2 * width, (upper + lower) / 2 * height))
    source.moveLeft(min(max(source.left(), 0), width - side))
    source.moveTop(min(max(source.top(), 0), height - side))
    return source
