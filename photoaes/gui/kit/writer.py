"""Writes to the store for which the window does not wait.

They are not jobs of the worker: none cancels another, and what was asked for is written even if
the window is closed meanwhile. A rating is never lost.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from photoaes.album.store.opening import Store

T = TypeVar("T")
AT_ONCE = 1000  # photos that are marked within a blink
log = logging.getLogger(__name__)


class Writer(QObject):
    """Has a thread for what takes long, or would have to wait. `stop` before the program ends."""

    busy_changed = Signal(bool)
    failed = Signal(object)  # Exception
    _ended = Signal(object)

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="writer")
        self._under_way = 0
        self._ended.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Whether something is being written, or was and has not been told yet."""
        return self._under_way > 0

    def write(
        self, size: Callable[[], int], work: Callable[[], T], done: Callable[[T], None]
    ) -> None:
        """Call `work`, then `done` in the GUI thread, both in the order in which they were asked
        for.

        That is at once where nobody else is at the store and `size`, the number of photos, is
        small; else on the thread.
        """
        if not self.is_busy:
            with self._store.turn_if_free() as is_free:
                values = [work()] if is_free and size() <= AT_ONCE else []
            if values:
                done(values[0])
                return
        self._under_way += 1
        if self._under_way == 1:
            self.busy_changed.emit(True)
        self._pool.submit(self._run, work, done)

    def stop(self) -> None:
        """Wait until all is written."""
        self._pool.shutdown(wait=True)

    def _run(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """On the thread."""
        try:
            value = work()
        except Exception as error:  # noqa: BLE001 - it is told in the GUI thread
            log.exception("Not written")
            self._ended.emit(partial(self.failed.emit, error))
        else:
            self._ended.emit(partial(done, value))

    def _tell(self, tell: Callable[[], Any]) -> None:
        self._under_way -= 1
        if self._under_way == 0:
            self.busy_changed.emit(False)
        tell()
