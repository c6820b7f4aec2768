"""Marks changed here, outside, or both: what each of the two said last decides.

Changed outside only: taken over. Changed here only: ours stays. Both: ours stays too, if it is
clearly the newer; else it is a conflict, which a person settles. What was read or made by a machine
gives way to what is said outside; what a person put on a photo here is replaced only where the
outside had said the same before, so that it was changed there alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from photoaes.album.marks import plain
from photoaes.album.store.rating_log import StepKind

Value = int | str | None
# Clocks of a network drive and of this computer differ by so much, and FAT counts by two seconds.
CLEARLY = timedelta(seconds=3)


class Outcome(Enum):
    """KEPT: ours is the newer, which is told once. OPEN: a person has to say."""

    NOTHING_NEW = "nothing new"
    TAKEN = "taken"
    KEPT = "kept"
    OPEN = "open"


@dataclass(frozen=True)
class Sides:
    """One mark: `ours` and who set it, what was seen outside before, and what is said there now.

    None is silence; 0, `Flag.NONE` and "" say "none". The times are asked for where they matter.
    """

    ours: Value
    kind: StepKind | None
    before: Value
    theirs: Value
    ours_at: Callable[[], datetime | None]
    theirs_at: Callable[[], datetime | None]


def compare(sides: Sides) -> Outcome:
    """What to do about it. What is TAKEN may be "none": taken away outside."""
    ours, before, theirs = plain(sides.ours), plain(sides.before), plain(sides.theirs)
    if sides.theirs is None or theirs in (ours, before):
        return Outcome.NOTHING_NEW
    if sides.kind is not StepKind.PERSON:
        # Stars that a machine made stand where nobody has said anything.
        is_silence = theirs is None and sides.kind is not StepKind.IMPORT
        return Outcome.NOTHING_NEW if is_silence else Outcome.TAKEN
    if theirs is not None and before is not None and ours == before:
        return Outcome.TAKEN
    if ours == before and theirs is None:
        return Outcome.OPEN  # taken away outside: perhaps by a program that lost it
    return Outcome.KEPT if _is_newer(sides) else Outcome.OPEN


def _is_newer(sides: Sides) -> bool:
    ours, theirs = sides.ours_at(), sides.theirs_at()
    return ours is not None and theirs is not None and ours > theirs + CLEARLY
