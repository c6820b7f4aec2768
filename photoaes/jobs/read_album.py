"""Reads an album's files and sidecars into the store: facts, and the marks of other programs."""

from __future__ import annotations

import itertools
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeAlias, TypeVar

from photoaes.album.pairs import Paired
from photoaes.album.photo import PICASA, Photo, Walked
from photoaes.album.sidecars.beside import saying_beside
from photoaes.album.sidecars.reading import MarkSource
from photoaes.album.store.database import parts
from photoaes.album.store.doubts import offer_missing
from photoaes.album.store.identity import path_key
from photoaes.album.store.marks_import import Conflict
from photoaes.album.store.opening import Store
from photoaes.album.store.outside import NO_SIDECARS, signature, signatures
from photoaes.album.store.scores import (
    save_facts,
    save_pictures,
    without_facts,
    without_picture,
)
from photoaes.album.store.sharing import share_marks
from photoaes.album.store.sync import SyncSummary, Unknown
from photoaes.album.store.take_over import Said, TakenOver, take_over
from photoaes.errors import PhotoUnreadable
from photoaes.jobs.compare import look_at_undated
from photoaes.jobs.events import Events
from photoaes.jobs.read import PhotoReading, look_at_photos, read_photos

# Saved at once: little enough that a break loses seconds of reading, enough to be quick.
READ_AT_ONCE = 2000

Result = TypeVar("Result")
Job: TypeAlias = Generator[Events, None, Result]
Group: TypeAlias = tuple[Photo, ...]


@dataclass(frozen=True)
class OpenedAlbum:
    """A folder's photos, now known to the store, and what the store learned from the scan.

    `met` are all sidecars that lie in the folder, whomever they belong to, and what was left out.
    """

    folder: Path
    paired: Paired
    summary: SyncSummary
    met: Walked = field(default_factory=Walked)

    @property
    def photos(self) -> tuple[Photo, ...]:
        """Those to show, score and rate; RAW files beside a JPEG are not among them."""
        return self.paired.photos


@dataclass(frozen=True)
class Found:
    """What reading an album's files brought.

    Counts of photos that got marks they lacked; `changed` are marks that were changed outside, and
    are now so here; `conflicts` are those where what a person said here is kept, and `open` counts
    the ones among them that a person has to settle. `disagreements` are photos whose own sources
    differ or are another photo's, and `unread` what nobody can make out; both are sentences.
    `dated` has one word of `Metadata.dated_by` for each file whose EXIF tells no time of its
    exposure, and `noticed` a program and its field for each photo whose mark there is not read;
    `unopened` are files of which not even the size can be made out.
    """

    stars: int = 0
    flags: int = 0
    labels: int = 0
    changed: tuple[Conflict, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    open: int = 0
    disagreements: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    dated: tuple[str, ...] = ()
    noticed: tuple[str, ...] = ()
    unopened: tuple[PhotoUnreadable, ...] = ()

    @property
    def is_any(self) -> bool:
        """Whether marks are not what they were."""
        return bool(self.stars or self.flags or self.labels or self.changed)

    def and_more(self, more: Found) -> Found:
        """What this and another reading have found, together."""
        return Found(
            *(getattr(self, name) + getattr(more, name) for name in self.__dataclass_fields__)
        )


def read_album(store: Store, album: OpenedAlbum) -> Job[Found]:
    """Read photos and sidecars that are new or have changed, and take over others' marks.

    What a person said here is replaced only by what was changed outside alone (`three_way`).
    """
    yield from _hash_old_pictures(store, album)
    found = yield from read_paired(store, album.paired, album.met.sidecars)
    if album.summary.missing or album.summary.new:
        offer_missing(store, album.folder)
    yield from look_at_undated(store, album.photos, marked=True)
    return found


def read_paired(store: Store, paired: Paired, sidecars: Iterable[Photo]) -> Job[Found]:
    """As `read_album`, of some photos and the sidecars in their folders."""
    beside = saying_beside(paired.files(), sidecars)
    groups = _to_read(store, paired, beside)
    found = Found()
    for number, part in enumerate(parts(groups, READ_AT_ONCE)):
        readings = yield from read_photos(part, number * READ_AT_ONCE, len(groups))
        signed = {
            group[0].path: (_signature(group, beside), _is_shared(group, beside)) for group in part
        }
        found = found.and_more(_take_over(store, paired, readings, signed))
    return found


def _to_read(store: Store, paired: Paired, beside: dict[str, list[Photo]]) -> list[Group]:
    """Photos of which a file or a sidecar is new or has changed, or a sidecar is gone."""
    lacking = {photo.at for photo in without_facts(store, paired.files())}
    seen = signatures(store)
    if not (lacking or seen or beside):
        return []
    return [
        group
        for group in paired.groups()
        if any(file.at in lacking for file in group)
        or _signature(group, beside) != seen.get(path_key(group[0].at), NO_SIDECARS)
    ]


def _signature(group: Group, beside: dict[str, list[Photo]]) -> bytes:
    if not beside:
        return NO_SIDECARS
    return signature({one.at: one for file in group for one in beside.get(file.at, ())}.values())


def _is_shared(group: Group, beside: dict[str, list[Photo]]) -> bool:
    files = [one for file in group for one in beside.get(file.at, ())]
    return bool(files) and all(one.path.name in PICASA for one in files)


def _hash_old_pictures(store: Store, album: OpenedAlbum) -> Job[None]:
    """Of photos that are in the store since a version that did not know their pictures."""
    for part in parts(without_picture(store, album.paired.files()), READ_AT_ONCE):
        looked = yield from look_at_photos(Unknown(tuple(part), frozenset()))
        pictures = ((photo, looked.fingerprints[photo.path].picture) for photo in part)
        save_pictures(store, pictures)


def _take_over(
    store: Store,
    paired: Paired,
    readings: Sequence[PhotoReading],
    signed: dict[Path, tuple[bytes, bool]],
) -> Found:
    whole = [reading for reading in readings if not reading.is_given_up]
    said = [_said(paired, reading, signed[reading.photo.path]) for reading in whole]
    taken = take_over(store, said, "found when the album was opened")
    read = {reading.photo.path for reading in whole}
    share_marks(store, {path: rest for path, rest in paired.companions.items() if path in read})
    # Last: a run that is broken off before reads the files again.
    save_facts(store, itertools.chain.from_iterable(reading.facts for reading in readings))
    return _found(taken, readings)


def _said(paired: Paired, reading: PhotoReading, signed: tuple[bytes, bool]) -> Said:
    by = reading.marks.said_by
    return Said(
        paired.members(reading.photo.path),
        reading.marks.marks,
        {field: str(source.path) for field, source in by.items()},
        {field: partial(_changed_at, source) for field, source in by.items()},
        *signed,
    )


def _changed_at(source: MarkSource) -> datetime | None:
    return source.changed_at


def _found(taken: TakenOver, readings: Sequence[PhotoReading]) -> Found:
    disagreements = tuple(
        f"{reading.photo.path}: {other.path} says otherwise, and is older or weighs less"
        for reading in readings
        for other in reading.marks.conflicts
    ) + tuple(
        f"{path}: the sidecar beside it was seen with another photo; nothing of it is taken over"
        for path in taken.strangers
    )
    unread = tuple(f"{u.path}: {u.reason}" for r in readings for u in r.marks.unread)
    return Found(
        taken.stars,
        taken.flags,
        taken.labels,
        taken.changed,
        (*taken.kept, *taken.open),
        len(taken.open),
        disagreements,
        unread,
        tuple(f.dated_by for r in readings for _, f in r.facts if f.dated_by),
        tuple(field for r in readings for field in r.marks.noticed),
        tuple(problem for r in readings for problem in r.unopened),
    )
