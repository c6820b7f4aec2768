"""Small files of the window's own, written on a thread: a busy disk takes a second for one."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor


class Saver:
    """In the order in which it was asked. `stop` before the program ends."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="saver")
        self._is_stopped = False

    def save(self, work: Callable[[], object]) -> None:
        """`work` raises nothing, and does not touch the window."""
        if self._is_stopped:
            work()  # a window that is closed last still says how it was left
        else:
            self._pool.submit(work)

    def stop(self) -> None:
        """Wait until all is written."""
        self._is_stopped = True
        self._pool.shutdown(wait=True)
