"""What a job says while it works."""

from __future__ import annotations

from dataclasses import dataclass


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


Events = Progress | Notice
