"""A part that scrolls where there is too little room for it, and else looks as it is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QScrollArea, QWidget


def scrolled(part: QWidget) -> QScrollArea:
    """A widget in an area that scrolls up and down alone; its words wrap."""
    area = QScrollArea()
    _put_into(area, part)
    return area


def _put_into(area: QScrollArea, part: QWidget) -> None:
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(part)


class Drawer(QScrollArea):
    """As high as what is in it at its width, but never more than half of the window."""

    def __init__(self, part: QWidget) -> None:
        super().__init__()
        self._part = part
        _put_into(self, part)
        part.installEventFilter(self)

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the size of the window, which is known from now on."""
        super().showEvent(event)
        self.window().installEventFilter(self)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the height that the lines need in the new width."""
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        """Other things are in it, or the window has another height."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._fit()
        return False

    def _fit(self) -> None:
        wide = self.viewport().width()
        needed = self._part.heightForWidth(wide)
        needed = needed if needed > 0 else self._part.sizeHint().height()
        self.setFixedHeight(min(needed, self.window().height() // 2))
