"""One photo as large as there is room: zoom to the pointer, pan, a thumbnail until it is sharp."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from photoaes.gui.kit.numerals import whole
from photoaes.gui.kit.sentences import said
from photoaes.gui.kit.theme import current
from photoaes.gui.views.large_images import LargeImages
from photoaes.gui.views.loupe_aids import LoupeAids
from photoaes.gui.views.pixmaps import Problem
from photoaes.gui.views.thumbnails import Thumbnails
from photoaes.images.trouble import Trouble

MAX_ZOOM = 8.0
STEP = 1.25


@dataclass(frozen=True)
class Zoom:
    """`scale` is screen pixels per photo pixel, None to fit the pane; `centre` is what lies in the
    middle of the pane, as shares 0..1 of the photo's width and height."""

    scale: float | None = None
    centre: tuple[float, float] = (0.5, 0.5)


class PhotoPane(QWidget):
    """Shows the photo at `path` by `zoom`. The zoom stays when the photo changes."""

    zoom_changed = Signal(object)
    pressed = Signal()
    menu_wanted = Signal(QPoint, bool)  # where on the screen, and whether for a photo

    def __init__(
        self, thumbnails: Thumbnails, images: LargeImages, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._thumbnails, self._images = thumbnails, images
        self.path: Path | None = None
        self.zoom = Zoom()
        self.aids: LoupeAids | None = None
        self.is_bare = False  # the photo alone
        self._drag: QPointF | None = None
        self._pointer = QPointF()
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(120, 80)  # 1280x720 in double size is 640x360, with all else around it
        images.arrived.connect(self._arrived)
        thumbnails.arrived.connect(self._arrived)

    def show_photo(self, path: Path | None) -> None:
        """Show another photo, or none, in the same zoom."""
        self.path = path
        self.setAccessibleName(path.name if path else "")
        self.update()

    def wanted(self) -> list[tuple[Path, bool]]:
        """What this pane needs, for `LargeImages.want`: the screen's size first."""
        if self.path is None:
            return []
        fit = [(self.path, False)]
        is_whole = self.zoom.scale is not None or (self.aids is not None and self.aids.wants_whole)
        return [*fit, (self.path, True)] if is_whole else fit

    def set_zoom(self, zoom: Zoom) -> None:
        """Without telling others: this is how linked panes follow."""
        self.zoom = zoom
        self.update()

    def toggle_full(self) -> None:
        """100 % at the pointer, or back to the whole photo."""
        if self.zoom.scale is None:
            self._zoom_to(1.0, self._pointer)
        else:
            self._change(Zoom())

    def enlarge(self, steps: int) -> None:
        """Zoom around the middle of the pane, out where `steps` is negative."""
        self._zoom_to(self._scale() * STEP**steps, QPointF(self.rect().center()))

    def _arrived(self, path: Path) -> None:
        if path == self.path:
            self.update()

    def _full(self) -> QSizeF | None:
        """The whole photo's size in its own pixels."""
        if self.path is None:
            return None
        large = self._images.best(self.path)
        if large is not None:
            return QSizeF(large.full)
        pixmap = self._thumbnails.pixmap(self.path, 1024)
        return QSizeF(pixmap.size()) if pixmap is not None else None

    def _scale(self) -> float:
        """Screen pixels per photo pixel, now."""
        if self.zoom.scale is not None:
            return self.zoom.scale
        full = self._full()
        if full is None or full.isEmpty():
            return 1.0
        ratio = self.devicePixelRatioF()
        fit = min(self.width() / full.width(), self.height() / full.height()) * ratio
        # A small photo is not blown up.
        return min(fit, 1.0) if self._is_known() else fit

    def _is_known(self) -> bool:
        return self.path is not None and self._images.best(self.path) is not None

    def _area(self) -> QRectF | None:
        """Where the whole photo lies, in the pane's coordinates."""
        full = self._full()
        if full is None:
            return None
        size = full * (self._scale() / self.devicePixelRatioF())
        x, y = self._centre(size)
        middle = QRectF(self.rect()).center()
        corner = QPointF(middle.x() - x * size.width(), middle.y() - y * size.height())
        return QRectF(corner, size)

    def _centre(self, size: QSizeF) -> tuple[float, float]:
        """What lies in the middle of the pane, with no edge of the photo inside it."""
        if self.zoom.scale is None or size.isEmpty():
            return 0.5, 0.5
        x, y = self.zoom.centre
        return (
            _within(x, self.width() / size.width() / 2),
            _within(y, self.height() / size.height() / 2),
        )

    def _zoom_to(self, scale: float, at: QPointF) -> None:
        """With the point under `at` staying where it is."""
        area, full = self._area(), self._full()
        if area is None or full is None or area.isEmpty():
            return
        ratio = self.devicePixelRatioF()
        whole = min(self.width() / full.width(), self.height() / full.height()) * ratio
        if scale <= min(whole, 1.0) * 1.001:
            self._change(Zoom())
            return
        scale = min(scale, MAX_ZOOM)
        share = QPointF((at.x() - area.x()) / area.width(), (at.y() - area.y()) / area.height())
        size = full * (scale / ratio)
        middle = QRectF(self.rect()).center()
        x = share.x() + (middle.x() - at.x()) / size.width()
        y = share.y() + (middle.y() - at.y()) / size.height()
        half = self.width() / size.width() / 2, self.height() / size.height() / 2
        self._change(Zoom(scale, (_within(x, half[0]), _within(y, half[1]))))

    def _change(self, zoom: Zoom) -> None:
        self.zoom = zoom
        self.update()
        self.zoom_changed.emit(zoom)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The sharpest pixmap at hand, or why there is none."""
        painter = QPainter(self)
        theme = current()
        painter.fillRect(self.rect(), theme.color("ground"))
        area, pixmap = self._area(), self._pixmap()
        if area is not None and pixmap is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._scale() < 3)
            painter.drawPixmap(area, pixmap, QRectF(pixmap.rect()))
            if self.aids is not None and self.path is not None:
                self.aids.look_at(self.path, pixmap)
                self.aids.paint(painter, self.rect(), area, pixmap)
            self._paint_figures(painter)
        elif self.path is not None and (problem := self._problem()) is not None:
            painter.setPen(theme.color("warning"))
            if problem.trouble is Trouble.AWAY:
                text = self.tr("{0} is not there now.").format(self.path.name)
            else:
                reason = said(problem.reason)
                text = self.tr("{0} cannot be shown: {1}.").format(self.path.name, reason)
            painter.drawText(
                self.rect().adjusted(40, 40, -40, -40),
                Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap,
                text,
            )
        painter.end()

    def figures(self) -> str:
        """The photo's size in pixels and the zoom: "6000 \u00d7 4000, 25 %", and whether a part of
        it is lost; "" until known."""
        full = self._full() if self._is_known() else None
        if full is None:
            return ""
        size = f"{whole(round(full.width()))} \u00d7 {whole(round(full.height()))}"
        found = self.tr("{0}, {1} %").format(size, whole(round(100 * self._scale())))
        if self.path is not None and self._thumbnails.is_torn(self.path):
            return "\u26a0 " + self.tr("Damaged") + f" \u00b7 {found}"
        return found

    def _paint_figures(self, painter: QPainter) -> None:
        text, theme = self.figures(), current()
        if not text or self.is_bare:
            return
        metrics = painter.fontMetrics()
        place = QRect(0, 0, metrics.horizontalAdvance(text) + 16, metrics.height() + 4)
        place.moveBottomLeft(self.rect().bottomLeft() + QPoint(8, -8))
        ground = theme.color("panel")
        ground.setAlphaF(0.8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(place, 6, 6)
        painter.setPen(theme.color("text"))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)

    def _pixmap(self) -> QPixmap | None:
        if self.path is None:
            return None
        large = self._images.best(self.path)
        return large.pixmap if large is not None else self._thumbnails.pixmap(self.path, 1024)

    def _problem(self) -> Problem | None:
        assert self.path is not None
        return self._images.problem(self.path) or self._thumbnails.problem(self.path)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to pan."""
        self.pressed.emit()
        if event.button() is Qt.MouseButton.LeftButton:
            self._drag = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pan while the button is held."""
        self._pointer = event.position()
        area = self._area()
        if self._drag is None or self.zoom.scale is None or area is None or area.isEmpty():
            return
        moved = event.position() - self._drag
        self._drag = event.position()
        at = self._centre(area.size())
        x, y = at[0] - moved.x() / area.width(), at[1] - moved.y() / area.height()
        half = self.width() / area.width() / 2, self.height() / area.height() / 2
        self._change(Zoom(self.zoom.scale, (_within(x, half[0]), _within(y, half[1]))))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End panning."""
        self._drag = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Go to 100 % at the pointer, or back."""
        self._pointer = event.position()
        self.toggle_full()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the photo's menu."""
        self.pressed.emit()
        self.menu_wanted.emit(event.globalPos(), self.path is not None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom in or out at the pointer."""
        factor = STEP if event.angleDelta().y() > 0 else 1 / STEP
        self._zoom_to(self._scale() * factor, event.position())
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the photo into the new size, if it fitted before."""
        super().resizeEvent(event)
        self.update()


def _within(share: float, half: float) -> float:
    """A centre so that half a pane on either side is the photo; the middle where that is larger."""
    return 0.5 if half >= 0.5 else min(max(share, half), 1 - half)
