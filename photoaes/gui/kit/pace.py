"""How fast something goes, and how long it takes yet."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

SETTLED_S = 1.0  # before, a guess would jump


@dataclass(frozen=True)
class Left:
    """Things a second, and seconds that are left."""

    rate: float
    seconds: float


class Pace:
    """Of one stage after the other; a stage that begins anew is another one."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._stage, self._begun, self._first, self._last = "", 0.0, 0, 0

    def at(self, stage: str, done: int, total: int | None) -> Left | None:
        """Now, with so many done; None while nothing can be said."""
        now = self._clock()
        if stage != self._stage or done < self._last:
            self._stage, self._begun, self._first = stage, now, done
        self._last = done
        gone = now - self._begun
        if total is None or gone < SETTLED_S or done <= self._first:
            return None
        rate = (done - self._first) / gone
        return Left(rate, max(total - done, 0) / rate)
