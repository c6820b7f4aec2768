"""Runs jobs off the GUI thread, one at a time.

A job is a plain generator (see `photoaes.jobs`). One thread owns the GPU, so a new job cancels the
one before it. What the job yields arrives in the GUI thread as lists, some thirty times a second,
whatever the job's own pace; its result or its error comes last, and a cancelled job says nothing.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Generator
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, SignalInstance

from photoaes.errors import PhotoaesError
from photoaes.gui.kit.pool import Pool

Job = Generator[Any, None, Any]
BATCH_SECONDS = 0.033
log = logging.getLogger(__name__)


class Run(QObject):
    """One job on its way. It stays a child of its worker: its last emission may be under way."""

    _events = Signal(object)  # a list: as `list` each of thousands of events would be converted
    _done = Signal(object)
    _failed = Signal(object)

    def __init__(self, job: Job, parent: QObject) -> None:
        super().__init__(parent)
        self._job: Job | None = job
        self._cancel = Event()

    @property
    def cancelled(self) -> bool:
        """Whether its events are no longer wanted; those queued already still arrive."""
        return self._cancel.is_set()

    def cancel(self) -> None:
        """Ask the job to end; it does at its next yield, and frees what it holds."""
        self._cancel.set()

    def call(
        self,
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
        progress: Callable[[list[Any]], None],
    ) -> None:
        """Call these in the GUI thread; before the start, or the first events are lost."""
        wanted: tuple[tuple[SignalInstance, Callable[[Any], None]], ...] = (
            (self._done, done),
            (self._failed, failed),
            (self._events, progress),
        )
        for signal, callback in wanted:
            signal.connect(self._unless_cancelled(callback), Qt.ConnectionType.QueuedConnection)

    def _unless_cancelled(self, callback: Callable[[Any], None]) -> Callable[[Any], None]:
        def call(value: Any) -> None:
            if not self.cancelled:
                callback(value)

        return call

    def execute(self) -> None:
        """Run the job to its end, on the worker's thread."""
        try:
            result = self._exhaust()
        except PhotoaesError as error:
            self._failed.emit(error)
        except Exception as error:  # noqa: BLE001 - a bug in a job must reach the user, not vanish
            log.exception("A job failed")
            self._failed.emit(error)
        else:
            self._done.emit(result)
        finally:
            self._job = None  # with it goes what the job held, the GPU's memory too

    def _exhaust(self) -> Any:
        assert self._job is not None
        waiting: list[Any] = []
        told = time.monotonic()
        try:
            while not self.cancelled:
                waiting.append(next(self._job))
                if time.monotonic() - told > BATCH_SECONDS:
                    self._events.emit(waiting)
                    waiting, told = [], time.monotonic()
        except StopIteration as finished:
            if waiting:
                self._events.emit(waiting)
            return finished.value
        finally:
            self._job.close()
        return None


class Worker(QObject):
    """The one thread for jobs. `stop` before the program ends."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = Pool("worker")
        self._run: Run | None = None

    def start(
        self,
        job: Job,
        *,
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
        progress: Callable[[list[Any]], None],
    ) -> Run:
        """Cancel what runs and start the job; callbacks are called in the GUI thread."""
        self.cancel()
        self._run = run = Run(job, self)
        run.call(done, failed, progress)
        self._pool.submit(run.execute)
        return run

    def add(
        self,
        job: Job,
        *,
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
        progress: Callable[[list[Any]], None] = lambda _: None,
    ) -> Run:
        """Run a job after what runs now, which goes on; what is started next comes after it.

        Who added it may cancel it; `cancel` does not: nothing that is started meanwhile, such as
        learning from a star, may break off an export.
        """
        run = Run(job, self)
        run.call(done, failed, progress)
        self._pool.submit(run.execute)
        return run

    def cancel(self) -> None:
        """Cancel what runs, if anything does."""
        if self._run is not None:
            self._run.cancel()
            self._run = None

    def stop(self) -> None:
        """Cancel and wait for the thread to end."""
        self.cancel()
        self._pool.stop()
