"""A thread that takes nothing more once it was stopped."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor


class Pool:
    """Events that were under way when the program ended may still ask for something: it is not
    begun. `stop` before the program ends."""

    def __init__(self, name: str) -> None:
        self._threads = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._is_stopped = False

    def submit(self, work: Callable[[], object]) -> None:
        """Call `work` on the thread, after what was asked for before."""
        if not self._is_stopped:
            self._threads.submit(work)

    def stop(self) -> None:
        """End the thread; what it is at is finished first, and nothing else is begun."""
        self._is_stopped = True
        self._threads.shutdown(wait=True, cancel_futures=True)
