"""What a job says while it works."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Progress:
    """`done` of `total` in a stage, such as "Reading rated photos", "Learning" or "Scoring"."""

    stage: str
    done: int
    total: int


@dataclass(frozen=True)
class Notice:
    """A sentence for the user that stops nothing."""

    text: str


Events = Progress | Notice
