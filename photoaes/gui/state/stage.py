"""Where a person stands with learning, and by what it is done."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path


class Stage(Enum):
    """What the person can do next: open, rate, learn, wait or use the taste."""

    NO_ALBUM = "no album"
    FEW = "few"
    ONE_VALUE = "one value"
    READY = "ready"
    WORKING = "working"
    LEARNED = "learned"
    NOT_BETTER = "not better"


@dataclass(frozen=True)
class Settings:
    """Which bank, device and method; the pace of the last run, for telling how long it will take.

    The method is "taste", ours, or "paper", its fit of 500 steps.
    """

    bank_folder: Path
    device: str = "auto"
    pace: float = 0.0
    method: str = "taste"
