"""Work done ahead by a few threads, handed over in order, and never waited for without end."""

from __future__ import annotations

import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import Future, wait
from contextlib import closing
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
SECONDS = 20.0  # for one item: a drive that hangs, or a file that is made to, gets no more
TOO_LONG = "it could not be opened within {0:.0f} seconds"  # a sentence's form, of SECONDS
_TURN = 0.5
# A process that was stopped (Ctrl-Z, a closed lid) finds all its files late when it goes on: what
# does not hang is there within so many seconds.
_GRACE = 3.0
AT_ONCE = 16
_LOOK_S = 0.1  # of one thread's time: what it tells of the drive


def prefetch(
    function: Callable[[Item], Result],
    items: Iterable[Item],
    *,
    workers: int,
    ahead: int,
    late: Callable[[Item], Result] | None = None,
    most: int | None = None,
) -> Generator[Result, None, None]:
    """`map` with `workers` threads and at most `ahead` results waiting, so memory stays bounded.

    Results come in the order of the items; an exception of `function` is raised at its place.
    With `late`, an item that takes longer than SECONDS is given up, and what `late` makes of it
    stands in its place. Threads are added, up to `most`, while those there mostly wait. Closing the
    iterator drops what has not begun. Decoding releases the interpreter lock, so threads are
    enough.
    """
    waiting: deque[_DecodeTask[Item, Result]] = deque()
    threads = _Threads(workers, workers if most is None else most)

    def result(task: _DecodeTask[Item, Result]) -> Result:
        if late is None or task.future.done() or task.is_in_time():
            return task.future.result()
        threads.replace_one()
        return late(task.item)

    try:
        for item in items:
            waiting.append(_DecodeTask(function, item))
            threads.work.put(waiting[-1].run)
            if len(waiting) >= ahead:
                yield result(waiting.popleft())
        while waiting:
            yield result(waiting.popleft())
    finally:
        for task in waiting:
            task.future.cancel()
        threads.end(may_leave=late is not None)


def prefetch_many(
    function: Callable[[Item], Result],
    items: Sequence[Item],
    *,
    most: int,
    workers: int = 1,
    late: Callable[[Item], Result],
) -> Generator[Result, None, None]:
    """The same for work that takes less than to hand it over: AT_ONCE items together.

    Where these take too long together each of them is begun anew, by itself. `workers` threads do
    it on a fast disk: one, as a rule, since two in turn at the interpreter lock take a third
    longer. Up to `most` wait for a slow one.
    """
    parts = [items[start : start + AT_ONCE] for start in range(0, len(items), AT_ONCE)]

    def done(part: Sequence[Item]) -> list[Result] | None:
        return [function(item) for item in part]

    together = prefetch(
        done, parts, workers=workers, most=most, ahead=4 * most, late=lambda _: None
    )
    with closing(together):
        for part, found in zip(parts, together, strict=True):
            if found is None:
                alone = prefetch(function, part, workers=most, ahead=2 * most, late=late)
                with closing(alone):
                    yield from alone
            else:
                yield from found


class _DecodeTask(Generic[Item, Result]):
    def __init__(self, function: Callable[[Item], Result], item: Item) -> None:
        self.item = item
        self.future: Future[Result] = Future()
        self._function = function
        self._begun: float | None = None

    def run(self) -> None:
        if not self.future.set_running_or_notify_cancel():
            return
        self._begun = time.monotonic()
        try:
            result = self._function(self.item)
        except BaseException as error:  # noqa: BLE001 - raised where the result is taken
            self.future.set_exception(error)
        else:
            self.future.set_result(result)

    def is_in_time(self) -> bool:
        """Wait for it; False once it has taken too long."""
        waited = 0.0
        while not wait([self.future], timeout=_TURN).done:
            waited += _TURN
            is_late = self._begun is not None and time.monotonic() - self._begun > SECONDS
            if is_late and waited > _GRACE:
                return False
        return True


class _Threads:
    """They do not keep the process from ending: one may wait for a drive that is gone."""

    def __init__(self, count: int, most: int) -> None:
        self.work: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._all: list[threading.Thread] = []
        self._hanging, self._most = 0, most
        self._lock = threading.Lock()
        for _ in range(count):
            self._add()

    def replace_one(self) -> None:
        """Start another thread in the place of one that hangs."""
        with self._lock:
            self._hanging += 1
            self._add()

    def end(self, *, may_leave: bool) -> None:
        """Wait for all but those that hang, or are found to."""
        with self._lock:
            self._most = 0
            for _ in self._all:
                self.work.put(None)
        end = time.monotonic() + SECONDS
        while sum(thread.is_alive() for thread in self._all) > self._hanging:
            if may_leave and time.monotonic() > end:
                return
            time.sleep(0.001)

    def _add(self) -> None:
        thread = threading.Thread(target=self._run, name="decode", daemon=True)
        self._all.append(thread)
        thread.start()

    def _run(self) -> None:
        begun, own = time.perf_counter(), time.thread_time()
        while (run := self.work.get()) is not None:
            run()
            passed = time.perf_counter() - begun
            if passed > _LOOK_S:
                self._add_if_waiting(passed, time.thread_time() - own)
                begun, own = time.perf_counter(), time.thread_time()

    def _add_if_waiting(self, passed: float, own: float) -> None:
        """Add one where the processor would be free for it: seconds of one thread, and of them
        those of a processor."""
        with self._lock:
            count = len(self._all) - self._hanging
            if count < self._most and passed > (count + 1) * own:
                self._add()
