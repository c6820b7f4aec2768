"""What a person can put on a photo: stars, a flag, a label."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

LEAST_GOOD = 3  # stars, from which on a photo says what somebody likes
LONGEST_LABEL = 200  # letters: of "Red" and "Select", not of a hostile file's megabytes


class Flag(StrEnum):
    """NONE is a statement (neither picked nor rejected); where nothing is said, there is none."""

    NONE = "none"
    PICK = "pick"
    REJECT = "reject"


@dataclass(frozen=True)
class Marks:
    """Each is None where nothing is said about it.

    `stars`: 1..5, or 0 for "unrated", said explicitly. `label` is free text such as "Red"; "" is a
    label taken away.
    """

    stars: int | None = None
    flag: Flag | None = None
    label: str | None = None

    def __post_init__(self) -> None:
        if self.stars is not None and self.stars not in range(6):
            raise ValueError(f"{self.stars} is no number of stars")


def plain(value: int | str | None) -> int | str | None:
    """A mark's value, None for all that says "none"."""
    return None if value in (0, "", Flag.NONE) else value


def stars_of_percent(value: int) -> int | None:
    """Windows writes 1, 25, 50, 75 and 99 for one to five stars; None out of 0..100."""
    if not 0 <= value <= 100:
        return None
    return 0 if value == 0 else min(5, (value + 12) // 25 + 1)
