"""What only a person can tell, as commands put it."""

from __future__ import annotations

from collections.abc import Sequence

from photoaes.album.store.conflicts import OpenConflict
from photoaes.album.store.doubts import Doubt
from photoaes.cli.wording import marks_in_words


def say_doubts(found: Sequence[Doubt]) -> None:
    """Print a line for each doubt, with how to answer it."""
    for one in found:
        was = "this name" if one.earlier == one.path else str(one.earlier)
        print(f"{one.path}: is it the photo that had {marks_in_words(one.marks)} at {was}?")
    if found:
        print("answer with `photoaes settle PHOTO --same` or `--other`; until then it has no stars")


def say_conflicts(found: Sequence[OpenConflict]) -> None:
    """Print a line for each conflict, with how to answer it."""
    for one in found:
        ours = "none" if one.ours is None else one.ours
        print(f"{one.path}: {one.field} {ours} here, {one.theirs} in {one.source}")
    if found:
        print("answer with `photoaes settle PHOTO --mine` or `--theirs`; until then yours count")
