"""What a job says while it works."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from photoaes.album.photo import Photo


@dataclass(frozen=True)
class Progress:
    """`done` of `total` in a stage, such as "Reading rated photos", "Learning" or "Scoring".

    `total` is None while nobody can know it.
    """

    stage: str
    done: int
    total: int | None


@dataclass(frozen=True)
class Notice:
    """A sentence for the user that stops nothing."""

    text: str


@dataclass(frozen=True)
class ScoredPhoto:
    """A score as soon as there is one, and what else the opened photo told; the caller keeps it.

    `embedding` [d] is what the backbone sees in the photo; it tells near-duplicates. `sharpness` is
    None where the photo was measured earlier and not opened now.
    """

    photo: Photo
    score: float
    sharpness: float | None
    embedding: NDArray[np.float16]


Events = Progress | Notice | ScoredPhoto
Event = TypeVar("Event")
Told = TypeVar("Told")
Result = TypeVar("Result")


def retold(
    job: Generator[Event, None, Result], tell: Callable[[Event], Iterable[Told]]
) -> Generator[Told, None, Result]:
    """The job with what `tell` makes of each of its events: none, one, or several.

    It returns what the job returns, and closes it.
    """
    try:
        while True:
            try:
                event = next(job)
            except StopIteration as finished:
                result: Result = finished.value
                return result
            yield from tell(event)
    finally:
        job.close()
