"""Jobs are generators: they yield what happens on the way, and return what came of it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from typing import TypeVar

Event = TypeVar("Event")
Told = TypeVar("Told")
Result = TypeVar("Result")


def finished(job: Generator[object, None, Result]) -> Result:
    """What the job returns; what it yields on the way is let go."""
    try:
        while True:
            next(job)
    except StopIteration as done:
        result: Result = done.value
        return result


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
