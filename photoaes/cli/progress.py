"""Progress on stderr: one line that renews itself on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Generator
from typing import TypeVar

from photoaes.cli.terminal import Harmless

Result = TypeVar("Result")
TERMINAL_SECONDS, LOG_SECONDS = 0.1, 10.0


class Meter:
    """Prints how far a stage is, with its pace and the time left once that can be told."""

    def __init__(self, quiet: bool = False) -> None:
        self._quiet = quiet
        self._terminal = sys.stderr.isatty()
        self._stage = ""
        self._begun = self._printed = 0.0
        self._width = 0

    def show(self, stage: str, done: int, total: int | None, detail: str = "") -> None:
        """`done` of `total`, if that is known, in a stage; seldom enough not to cost anything."""
        now = time.monotonic()
        if stage != self._stage:
            self._stage, self._begun, self._printed = stage, now, 0.0
        pause = TERMINAL_SECONDS if self._terminal else LOG_SECONDS
        is_last = total is not None and done >= total
        if self._quiet or (not is_last and now - self._printed < pause):
            return
        self._printed = now
        elapsed = now - self._begun
        left = elapsed / done * (total - done) if done and total else 0.0
        pace = f", {done / elapsed:.0f}/s, {left:.0f} s left" if elapsed > 1 and left >= 1 else ""
        count = f"{done} of {total}" if total is not None else f"{done}"
        self._line(f"{stage}: {count}{pace}{detail and ', '}{detail}", last=is_last)

    def through(self, job: Generator[tuple[int, int], None, Result], stage: str) -> Result:
        """Run a job that yields (done, total) to its end; its result."""
        try:
            while True:
                self.show(stage, *next(job))
        except StopIteration as finished:
            result: Result = finished.value
            return result
        finally:
            job.close()
            self.end()

    def say(self, text: str) -> None:
        """Print a sentence on a line of its own."""
        self._line(text, last=True)

    def end(self) -> None:
        """Leave a line that is still being renewed, so that nothing else is written into it."""
        if self._width:
            self._width = 0
            with contextlib.suppress(OSError):
                print(file=sys.stderr)

    def _line(self, text: str, *, last: bool) -> None:
        # Work goes on where nobody can be told how far it is: a full disk, a reader that has gone.
        with contextlib.suppress(OSError):
            self._write(text, last=last)

    def _write(self, text: str, *, last: bool) -> None:
        if not self._terminal:
            print(text, file=sys.stderr)
            return
        end = "\n" if last else ""
        if isinstance(sys.stderr, Harmless):
            sys.stderr.to_the_start()
        print(f"{text:<{self._width}}", end=end, file=sys.stderr, flush=True)
        self._width = 0 if last else len(text)
