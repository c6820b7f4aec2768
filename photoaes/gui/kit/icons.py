"""Our own icons: SVG files of one stroke width, drawn in the theme's text colour."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from photoaes.gui.kit.theme import current
from photoaes.settings import resources_folder


class _Engine(QIconEngine):
    """Renders at the size that is asked for, in the colour of now: dark and light share a file."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def paint(self, painter: QPainter, rect: object, mode: QIcon.Mode, state: QIcon.State) -> None:
        theme = current()
        colour = theme.dim if mode is QIcon.Mode.Disabled else theme.text
        renderer = QSvgRenderer(QByteArray(_source(self._name).replace(b"#000", colour.encode())))
        renderer.render(painter, QRectF(rect))  # type: ignore[call-overload]

    def pixmap(self, size: object, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap: QPixmap = QPixmap(size)  # type: ignore[call-overload]
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, pixmap.rect(), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        return _Engine(self._name)


def icon(name: str) -> QIcon:
    """One of `resources/icons`, by its name without the ending."""
    return QIcon(_Engine(name))


def application_icon() -> QIcon:
    """The program's own icon, in colour."""
    return QIcon(str(resources_folder() / "icons" / "photoaes.svg"))


@lru_cache(maxsize=64)
def _source(name: str) -> bytes:
    return (resources_folder() / "icons" / f"{name}.svg").read_bytes()
