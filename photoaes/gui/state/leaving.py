"""Lets go of very many objects a few at a time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QObject, QTimer

AT_ONCE = 2000  # objects, which take a millisecond or two


class Leaving(QObject):
    """An album of 100,000 photos that nobody wants any more would be freed where the last reference
    to it goes, all at once, and keep the window waiting for a tenth of a second."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._heaps: list[list[Any]] = []
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._free_some)

    def add(self, *many: Iterable[Any]) -> None:
        """Hold these while others let go of them, then free them."""
        self._heaps += [list(one) for one in many]
        self._timer.start()

    def _free_some(self) -> None:
        if not self._heaps:
            self._timer.stop()
            return
        del self._heaps[-1][-AT_ONCE:]
        if not self._heaps[-1]:
            self._heaps.pop()
