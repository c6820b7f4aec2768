"""Whether a photo is held by the mouse, and from where it is dragged."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication


class Holding:
    """From a press on a photo to the release; `drag` is called once, and returns after the drop."""

    def __init__(self, drag: Callable[[], None]) -> None:
        self._drag = drag
        self._at: QPoint | None = None
        self._was_dragged = False

    def press(self, event: QMouseEvent, on_photo: bool) -> None:
        """Note where a button was pressed: dragging may follow."""
        is_left = event.button() is Qt.MouseButton.LeftButton
        self._at = event.position().toPoint() if is_left and on_photo else None
        self._was_dragged = False

    def move(self, event: QMouseEvent) -> bool:
        """Whether the move is that of a photo that is held, and nothing else."""
        if self._at is None or not event.buttons():
            return False
        moved = event.position().toPoint() - self._at
        if moved.manhattanLength() >= QApplication.startDragDistance() and not self._was_dragged:
            self._was_dragged = True
            self._drag()
        return True

    def release(self) -> None:
        """Forget the press: nothing was dragged."""
        self._at = None
