"""Writes to the store for which the window does not wait.

They are not jobs of the worker: none cancels another, and what was asked for is written even if
the window is closed meanwhile. A rating is never lost.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

T = TypeVar("T")
WAIT_S = 0.03  # longer than that a person would notice
log = logging.getLogger(__name__)


class Writer(QObject):
    """Has a thread, for which the window waits a moment and no longer. `stop` before the program
    ends."""

    busy_changed = Signal(bool)
    failed = Signal(object)  # Exception
    _ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="writer")
        self._is_stopped = False
        self._under_way = 0
        self._is_told_busy = False
        self._ended.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Whether something is being written, or was and has not been told yet."""
        return self._under_way > 0

    def write(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Call `work` on the thread, then `done` in the GUI thread, both in the order in which they
        were asked for.

        Mostly that is within this call: a mark is on the disk in a millisecond, unless the disk is
        busy, somebody else at the store, or very many photos are marked.
        """
        is_first = not self.is_busy
        self._under_way += 1
        task = _WriteTask(work, done)
        if self._is_stopped:  # events that were under way are handled after the end
            self._run(task)
            return
        future = self._pool.submit(self._run, task)
        if is_first and wait([future], timeout=WAIT_S).done:
            self._tell(task)
        elif not self._is_told_busy:
            self._is_told_busy = True
            self.busy_changed.emit(True)

    def stop(self) -> None:
        """Wait until all is written; what is still asked for is written at once."""
        self._is_stopped = True
        self._pool.shutdown(wait=True)

    def _run(self, task: _WriteTask) -> None:
        """On the thread."""
        try:
            value = task.work()
        except Exception as error:  # noqa: BLE001 - it is told in the GUI thread
            log.exception("Not written")
            task.tell = partial(self.failed.emit, error)
        else:
            task.tell = partial(task.done, value)
        self._ended.emit(task)

    def _tell(self, task: _WriteTask) -> None:
        if task.tell is None:  # told before, by who waited for it
            return
        tell, task.tell = task.tell, None
        self._under_way -= 1
        if self._under_way == 0 and self._is_told_busy:
            self._is_told_busy = False
            self.busy_changed.emit(False)
        tell()


@dataclass
class _WriteTask:
    """`tell` says in the GUI thread what came of it."""

    work: Callable[[], Any]
    done: Callable[[Any], None]
    tell: Callable[[], Any] | None = None
