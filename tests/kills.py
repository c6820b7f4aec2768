"""How often each test of kill -9 kills, and when: with PHOTOAES_KILLS=50 the four make 200."""

import os
import random
from collections.abc import Iterator

KILLS = int(os.environ.get("PHOTOAES_KILLS", "20"))
_TRIES = 100 * KILLS


class Moments:
    """Random moments of work whose pace nobody knows: a busy machine takes ten times what it took a
    moment ago. What each kill met tells where the next ones fall.

    Iterates over seconds: KILLS, and on until so many kills as are `wanted` fell into the work.
    """

    def __init__(self, seed: int, most: float, wanted: int = 1) -> None:
        self._random, self._most, self._wanted = random.Random(seed), most, wanted
        self._amid = 0

    def __iter__(self) -> Iterator[float]:
        for number in range(_TRIES):
            if number >= KILLS and self._amid >= self._wanted:
                return
            yield self._random.uniform(0, self._most)
        raise AssertionError(f"only {self._amid} of {_TRIES} kills fell into the work")

    def met(self, *, is_begun: bool, is_done: bool) -> None:
        """What the last kill has left."""
        self._amid += is_begun and not is_done
        self._most *= 0.8 if is_done else 1.0 if is_begun else 1.25
