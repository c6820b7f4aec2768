"""A job run to its end."""

from __future__ import annotations

from collections.abc import Generator
from typing import TypeVar

Result = TypeVar("Result")


def finished(job: Generator[object, None, Result]) -> Result:
    """What the job returns; what it yields on the way is let go."""
    try:
        while True:
            next(job)
    except StopIteration as done:
        result: Result = done.value
        return result
