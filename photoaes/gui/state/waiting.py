"""Marks on photos that the store does not know yet: given as soon as it does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from photoaes.album.marks import Marks
from photoaes.gui.state.marking import Indices


class Waiting:
    """In the order in which they were said. Until then no star is drawn: it is not on the disk."""

    def __init__(self) -> None:
        self._marks: list[tuple[list[Path], Marks]] = []

    def add(self, paths: list[Path], marks: Marks) -> None:
        """Keep marks for photos that are not known yet."""
        self._marks.append((paths, marks))

    def take(self, place_of: Mapping[str, int]) -> Iterator[tuple[Indices, Marks]]:
        """What waits, for photos by the places of their paths; nothing waits any more."""
        waiting, self._marks = self._marks, []
        for marked, marks in waiting:
            found = [place_of[at] for at in map(str, marked) if at in place_of]
            yield np.array(found, dtype=np.int64), marks

    def forget(self) -> None:
        """Another album was opened before this one was known."""
        self._marks.clear()
