"""Aids over a photo in loupe and comparison: histogram with clipping, focus, faces as close-ups.

Pixels are looked at on a thread of their own; what is shown is of the photo on show, or nothing.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap, QPolygonF

from photoaes.gui.kit.numerals import decimal
from photoaes.gui.kit.pool import Pool
from photoaes.gui.kit.theme import GAP, current
from photoaes.gui.views.close_ups import paint_close_ups
from photoaes.images.tones import Focus, Tones, focus, tones
from photoaes.jobs.close_ups import CloseUp, CloseUps

PEAK = (255, 64, 160)  # no photo is of this colour where it is sharp
HISTOGRAM, LENS = (256, 96), 220
MOST = 2560  # pixels of the longer side: enough to see where it is sharp
FIT, SMOOTH = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
# A photo, how large its picture is, and whether its faces are wanted.
_Asked: TypeAlias = tuple[Path, int, bool]
CLIPPED = 0.001  # the share of pixels from which clipping is worth a warning


class LoupeAids(QObject):
    """`changed` when there is something else to paint."""

    changed = Signal()
    _found = Signal(object, object, object)
    _met = Signal(object, object)

    def __init__(
        self,
        parent: QObject | None = None,
        pool: Pool | None = None,
        close_ups: CloseUps | None = None,
    ) -> None:
        super().__init__(parent)
        self.with_histogram = self.with_focus = self.with_faces = False
        self._kept = (False, False, False)
        self._asked: _Asked | None = None
        self._tones: Tones | None = None
        self._peaks: QPixmap | None = None
        self.sharpest: tuple[float, float] | None = None
        self.faces: list[CloseUp] = []
        self._close_ups = close_ups or CloseUps()
        self._pool = pool or Pool("aids")
        self._found.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._met.connect(self._meet, Qt.ConnectionType.QueuedConnection)

    def put_away(self, is_away: bool) -> None:
        """For a slideshow, which shows photos alone; afterwards they are as they were."""
        if is_away:
            self._kept = self.with_histogram, self.with_focus, self.with_faces
            self.with_histogram = self.with_focus = self.with_faces = False
        else:
            self.with_histogram, self.with_focus, self.with_faces = self._kept

    @property
    def is_on(self) -> bool:
        """Whether an aid is on that looks at the pixels."""
        return self.with_histogram or self.with_focus or self.with_faces

    @property
    def wants_whole(self) -> bool:
        """Whether a picture of the screen's size does not do."""
        return self.with_focus or self.with_faces

    def look_at(self, path: Path, pixmap: QPixmap) -> None:
        """The photo on show, and its sharpest picture by now."""
        asked = path, pixmap.width(), self.with_faces
        if not self.is_on or asked == self._asked:
            return
        if self._asked is None or self._asked[0] != path:
            self._tones = self._peaks = self.sharpest = None
            self.faces = []
        self._asked = asked
        image = pixmap.toImage().convertToFormat(QImage.Format.Format_RGB32)
        self._pool.submit(partial(self._work, asked, image))

    def beside(self, parent: QObject) -> LoupeAids:
        """Aids for another pane, which use the same thread."""
        return LoupeAids(parent, self._pool, self._close_ups)

    def stop(self) -> None:
        """End the thread."""
        self._pool.stop()

    def _work(self, asked: _Asked, image: QImage) -> None:
        if asked == self._asked:
            if max(image.width(), image.height()) > MOST:
                image = image.scaled(MOST, MOST, FIT, SMOOTH)
            pixels = _pixels(image)
            self._found.emit(asked, tones(pixels), focus(pixels))
            if asked[2]:
                self._met.emit(asked, self._close_ups.of(pixels))

    def _take(self, asked: _Asked, found: Tones, seen: Focus) -> None:
        if asked == self._asked:
            self._tones, self.sharpest = found, seen.at
            self._peaks = QPixmap.fromImage(_painted(seen.edges))
            self.changed.emit()

    def _meet(self, asked: _Asked, faces: list[CloseUp]) -> None:
        if asked == self._asked:
            self.faces = faces
            self.changed.emit()

    # -- painting -------------------------------------------------------------------------------

    def paint(self, painter: QPainter, pane: QRect, area: QRectF, pixmap: QPixmap) -> None:
        """Over the photo, which fills `area` of the pane."""
        if self.with_focus and self._peaks is not None:
            painter.drawPixmap(area, self._peaks, QRectF(self._peaks.rect()))
            if self.sharpest is not None:
                self._paint_lens(painter, pane, pixmap, self.sharpest)
        if self.with_faces:
            paint_close_ups(painter, pane, area, pixmap, self.faces)
        if self.with_histogram and self._tones is not None:
            self._paint_histogram(painter, pane, self._tones)

    def _paint_lens(
        self, painter: QPainter, pane: QRect, pixmap: QPixmap, at: tuple[float, float]
    ) -> None:
        """The sharpest region, a pixel on a pixel."""
        ratio = painter.device().devicePixelRatioF()
        edge = min(LENS, pane.width() // 3, pane.height() // 3)
        place = QRect(pane.right() - edge - GAP, pane.top() + GAP, edge, edge)
        side = edge * ratio
        source = QRectF(0, 0, side, side)
        source.moveCenter(QPointF(at[0] * pixmap.width(), at[1] * pixmap.height()))
        painter.fillRect(place, current().color("ground"))
        painter.drawPixmap(QRectF(place), pixmap, source)
        painter.setPen(QPen(current().color("accent"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(place)

    def _paint_histogram(self, painter: QPainter, pane: QRect, found: Tones) -> None:
        theme, (width, height) = current(), HISTOGRAM
        line = painter.fontMetrics().height()
        text = self.tr("black {0} %, white {1} %").format(
            decimal(100 * found.low), decimal(100 * found.high)
        )
        room = pane.width() - 2 * GAP
        wide = min(max(width, painter.fontMetrics().horizontalAdvance(text) + GAP), room)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        bounds = painter.boundingRect(QRect(0, 0, wide, 8 * line), flags, text)
        place = QRect(pane.left() + GAP, pane.top() + GAP, wide, height + bounds.height())
        ground = theme.color("panel")
        ground.setAlphaF(0.85)
        painter.fillRect(place.adjusted(-4, -4, 4, 4), ground)
        most = max(float(np.sort(found.counts[:, 1:-1].ravel())[-4]), 1.0)
        bottom = place.top() + height
        for counts, colour in zip(found.counts, ("#e5484d", "#46a758", "#3e8ae6"), strict=True):
            heights = np.minimum(counts / most, 1.0) * (height - 2)
            points = [QPointF(place.left() + x, bottom - y) for x, y in enumerate(heights.tolist())]
            painter.setPen(QPen(QColor(colour), 1))
            painter.drawPolyline(QPolygonF(points))
        is_clipped = max(found.low, found.high) >= CLIPPED
        painter.setPen(theme.color("warning" if is_clipped else "dim"))
        painter.drawText(QRect(place.left(), bottom, wide, bounds.height()), flags, text)


def _pixels(image: QImage) -> NDArray[np.uint8]:
    view = np.frombuffer(image.constBits(), np.uint8)
    rows = view.reshape(image.height(), image.bytesPerLine() // 4, 4)
    return np.ascontiguousarray(rows[:, : image.width(), 2::-1])


def _painted(edges: NDArray[np.bool_]) -> QImage:
    """Edges in a colour of their own, nothing elsewhere."""
    height, width = edges.shape
    pixels = np.zeros((height, width, 4), dtype=np.uint8)
    pixels[edges] = (PEAK[2], PEAK[1], PEAK[0], 255)
    data = pixels.tobytes()
    return QImage(data, width, height, 4 * width, QImage.Format.Format_ARGB32).copy()
