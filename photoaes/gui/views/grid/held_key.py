"""A key that is held moves no faster than pictures come."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

# A desktop repeats a key some thirty times a second. Of photos that were never opened no computer
# shows thirty screens a second, and what was asked for is forgotten with every step: so there would
# be grey all the way.
LONGEST_S = 1.0  # and then on: a drive may be slow, and nobody wants to be held up by it
MOVING = {
    Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Up, Qt.Key.Key_Down,
    Qt.Key.Key_Left, Qt.Key.Key_Right,
}  # fmt: skip


class HeldKey:
    """`shows_pictures` says whether all that is in sight has come."""

    def __init__(
        self, shows_pictures: Callable[[], bool], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._shows_pictures, self._clock = shows_pictures, clock
        self._moved_at = 0.0

    def may_move(self, event: QKeyEvent) -> bool:
        """Whether this press goes through: one that a person makes always does."""
        if event.key() not in MOVING:
            return True
        is_early = self._clock() - self._moved_at < LONGEST_S
        if event.isAutoRepeat() and is_early and not self._shows_pictures():
            return False
        self._moved_at = self._clock()
        return True
