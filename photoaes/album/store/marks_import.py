"""Marks that no person gave here: found in sidecars and tables, or made of scores.

Neither ever replaces what a person said, not even "cleared".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from photoaes.album.marks import Flag, Marks
from photoaes.album.store.opening import Store
from photoaes.album.store.rating_log import FIELDS, Field, Known, StepKind, Wish, known_all, record


@dataclass(frozen=True)
class Conflict:
    """The source says otherwise than the store; nothing was changed."""

    path: Path
    field: Field
    ours: int | str
    theirs: int | str
    source: str


@dataclass(frozen=True)
class Imported:
    """How many photos got stars, a flag or a label; who disagrees; what the store does not know."""

    stars: int
    flags: int
    labels: int
    conflicts: tuple[Conflict, ...]
    unknown: tuple[Path, ...]


def import_marks(
    store: Store, found: Iterable[Wish], source: str, *, is_undoable: bool = False
) -> Imported:
    """Fill in what was never said here, as one step.

    Foreign 0 stars, no flag and no label say nothing: cameras write them. `is_undoable` is for
    imports that the user asked for; those at the opening of an album are not among what Ctrl+Z
    takes back.
    """
    changes: list[tuple[Known, Field, int | str, str | None]] = []
    conflicts: list[Conflict] = []
    unknown: list[Path] = []
    # Two sources of one photo in one call: the second meets what the first has filled.
    filled: dict[tuple[int, Field], int | str] = {}
    found = list(found)
    with store.transaction():
        photos = known_all(store, (wish.path for wish in found))
        for wish in found:
            photo = photos.get(wish.path)
            if photo is None:
                unknown.append(wish.path)
                continue
            for field, theirs in _said(wish.marks).items():
                ours = filled.get((photo.id, field), getattr(photo.marks, field))
                if ours is None:
                    filled[photo.id, field] = theirs
                    changes.append((photo, field, theirs, wish.source))
                elif ours != theirs:
                    told = wish.source or source
                    conflicts.append(Conflict(wish.path, field, ours, theirs, told))
        record(store, StepKind.IMPORT, source, changes, is_undoable=is_undoable)
    stars, flags, labels = (sum(name == field for _, name, *_ in changes) for field in FIELDS)
    return Imported(stars, flags, labels, tuple(conflicts), tuple(unknown))


def fillable(store: Store, paths: Iterable[Path]) -> list[Path]:
    """Photos whose stars a machine may set: never rated, or rated by a machine before."""
    photos = known_all(store, paths)
    return [path for path, photo in photos.items() if _is_fillable(photo)]


def set_machine_stars(store: Store, stars: Mapping[Path, int], source: str) -> int:
    """Stars 1..5 made of scores, as one undoable step; how many photos changed.

    Only photos that no person has rated or cleared. They never enter `ratings_for_fit`. `source`
    names the profile. Raises ValueError for other stars.
    """
    changes: list[tuple[Known, Field, int | str, str | None]] = []
    with store.transaction():
        photos = known_all(store, stars)
        for path, value in stars.items():
            if value not in range(1, 6):
                raise ValueError(f"{value} is no number of stars that a score can make")
            photo = photos.get(path)
            if photo and _is_fillable(photo) and photo.marks.stars != value:
                changes.append((photo, "stars", value, None))
        return record(store, StepKind.MACHINE, source, changes, is_undoable=True)


def clear_machine_stars(store: Store, paths: Iterable[Path]) -> int:
    """Take back all stars that were made of scores, as one undoable step; how many photos changed.

    The photos are as if never rated, so that an import or another filling finds them empty.
    """
    with store.transaction():
        changes: list[tuple[Known, Field, int | str | None, str | None]] = [
            (photo, "stars", None, None)
            for photo in known_all(store, paths).values()
            if photo.kinds["stars"] is StepKind.MACHINE
        ]
        return record(store, StepKind.PERSON, "", changes, is_undoable=True)


def _is_fillable(photo: Known) -> bool:
    return photo.marks.stars is None or photo.kinds["stars"] is StepKind.MACHINE


def _said(marks: Marks) -> dict[Field, int | str]:
    said: dict[Field, int | str] = {}
    if marks.stars:
        said["stars"] = marks.stars
    if marks.flag not in (None, Flag.NONE):
        said["flag"] = marks.flag
    if marks.label:
        said["label"] = marks.label
    return said
