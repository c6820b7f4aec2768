"""How fast something goes, and how long it takes yet."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

SETTLED_S = 1.0  # before, a guess would jump
WINDOW_S = 20.0  # what was quick before, since it was known, or slow, says nothing of the rest


@dataclass(frozen=True)
class Left:
    """How many things are done in a second, and how many seconds are left."""

    rate: float
    seconds: float


class Pace:
    """Of one stage after the other; a stage that begins anew is another one."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._stage = ""
        self._seen: deque[tuple[float, int]] = deque()  # when, and how many were done

    def at(self, stage: str, done: int, total: int | None) -> Left | None:
        """Now, with so many done; None while nothing can be said."""
        now = self._clock()
        if stage != self._stage or (self._seen and done < self._seen[-1][1]):
            self._stage = stage
            self._seen.clear()
        if not self._seen or done > self._seen[-1][1]:
            self._seen.append((now, done))
        while len(self._seen) > 2 and now - self._seen[1][0] >= WINDOW_S:
            self._seen.popleft()
        begun, first = self._seen[0]
        gone = now - begun
        if total is None or gone < SETTLED_S or done <= first:
            return None
        rate = (done - first) / gone
        return Left(rate, max(total - done, 0) / rate)
