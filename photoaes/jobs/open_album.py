"""An album in the store: opened, shown, and its new files read."""

from __future__ import annotations

import itertools
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from photoaes.album.columns import Columns, bare_columns
from photoaes.album.ordering import best_by_word
from photoaes.album.pairs import Paired, pair
from photoaes.album.photo import Photo, photos_in
from photoaes.album.standing import Standing, standing
from photoaes.album.store.database import parts
from photoaes.album.store.embeddings import load_embeddings
from photoaes.album.store.feature_cache import FeatureCache
from photoaes.album.store.marks_import import Conflict, import_marks
from photoaes.album.store.opening import Store
from photoaes.album.store.profiles import profiles
from photoaes.album.store.rating_log import Wish, known_all, newest_step
from photoaes.album.store.scores import load_columns, save_facts, without_facts
from photoaes.album.store.sharing import share_marks
from photoaes.album.store.sync import SyncSummary, sync, to_hash
from photoaes.errors import InputInvalid, Sentence
from photoaes.jobs.events import Events
from photoaes.jobs.read import PhotoReading, find_photos, hash_photos, read_photos

# Saved at once: little enough that a break loses seconds of reading, enough to be quick.
READ_AT_ONCE = 2000
MANY_NEW = 500  # photos that nobody should wait for to be looked at

Result = TypeVar("Result")
Places: TypeAlias = NDArray[np.int64]
Job: TypeAlias = Generator[Events, None, Result]


@dataclass(frozen=True)
class OpenedAlbum:
    """A folder's photos, now known to the store, and what the store learned from the scan."""

    folder: Path
    paired: Paired
    summary: SyncSummary

    @property
    def photos(self) -> tuple[Photo, ...]:
        """Those to show, score and rate; RAW files beside a JPEG are not among them."""
        return self.paired.photos


@dataclass(frozen=True)
class Found:
    """What reading an album's files brought: how many marks, who disagrees, what is unreadable."""

    stars: int = 0
    flags: int = 0
    labels: int = 0
    conflicts: tuple[Conflict, ...] = ()
    unread: tuple[str, ...] = ()


def open_album(store: Store, folder: Path, *, split_pairs: bool = False) -> Job[OpenedAlbum]:
    """Find the folder's photos and make them known; from then on they can be shown and rated.

    `split_pairs` makes a RAW and the JPEG beside it two photos. Only files that are new or have
    changed are opened. Raises InputInvalid for an album without photos.
    """
    folder = folder.resolve()
    files = yield from _files(folder)
    return (yield from _known(store, folder, files, split_pairs))


def _files(folder: Path) -> Job[list[Photo]]:
    files = yield from find_photos(folder)
    if not files:
        raise InputInvalid(Sentence("There are no photos in {0}.", folder), folder)
    return files


def _known(store: Store, folder: Path, files: list[Photo], split_pairs: bool) -> Job[OpenedAlbum]:
    hashes = yield from hash_photos(to_hash(store, files))
    summary = sync(store, files, hashes=hashes, folder=folder)
    paired = pair(files, split=split_pairs)
    share_marks(store, paired.companions)
    return OpenedAlbum(folder, paired, summary)


def read_album(store: Store, album: OpenedAlbum) -> Job[Found]:
    """Read dates and cameras of photos that are new or have changed, and take over others' marks.

    Nothing that was ever said here about a photo is replaced.
    """
    lacking = {photo.at for photo in without_facts(store, album.paired.files())}
    found = Found()
    if not lacking:
        return found
    groups = [one for one in album.paired.groups() if any(file.at in lacking for file in one)]
    for number, part in enumerate(parts(groups, READ_AT_ONCE)):
        readings = yield from read_photos(part, number * READ_AT_ONCE, len(groups))
        found = _added(found, _take_over(store, album.paired, readings))
    return found


@dataclass(frozen=True)
class AlbumView:
    """An album as the grid shows it; `found` is None until its files are read.

    `came_from` [N] says where each photo stood in the album that was on show before, -1 for a new
    one. The columns know all that was said up to the step.
    """

    album: OpenedAlbum
    columns: Columns
    standing: Standing
    came_from: Places
    step: int
    found: Found | None = None
    is_early: bool = False  # the store does not know all of the photos yet


def open_view(
    store: Store,
    cache: FeatureCache,
    folder: Path,
    bank_digest: str,
    *,
    profile: str = "",
    split_pairs: bool = False,
    before: Sequence[Photo] = (),
) -> Generator[Events | AlbumView, None, AlbumView]:
    """Open an album and read it; yields it as soon as it can be shown, and returns it whole.

    Very many photos of which the store knows none are shown by their names alone, before it does:
    nobody has said anything of them yet, so nothing is missing.

    The personal scores are those of the taste profile, if there is one of this name and bank.
    `before` are the photos on show now.
    """
    folder = folder.resolve()
    files = yield from _files(folder)
    if len(files) >= MANY_NEW and not known_all(store, (photo.path for photo in files)):
        early = _early_view(folder, pair(files, split=split_pairs), before)
        yield early
        before = early.album.photos
    album = yield from _known(store, folder, files, split_pairs)
    known = {one.name for one in profiles(store) if one.bank_digest == bank_digest}
    taste = profile if profile in known else None
    view = _view(store, cache, album, bank_digest, taste, _came_from(album.photos, before))
    yield view
    begun = without_facts(store, album.photos)
    found = yield from read_album(store, album)
    if begun:
        here = np.arange(len(album.photos))
        view = _view(store, cache, album, bank_digest, taste, here)
    return replace(view, found=found)


def _early_view(folder: Path, paired: Paired, before: Sequence[Photo]) -> AlbumView:
    columns = bare_columns(paired.photos)
    album = OpenedAlbum(folder, paired, SyncSummary())
    came_from = _came_from(paired.photos, before)
    return AlbumView(album, columns, standing(columns), came_from, 0, is_early=True)


def _view(
    store: Store,
    cache: FeatureCache,
    album: OpenedAlbum,
    bank_digest: str,
    profile: str | None,
    came_from: Places,
) -> AlbumView:
    step = newest_step(store)
    looks = load_embeddings(store, cache, bank_digest, album.photos)
    columns = load_columns(store, album.photos, bank_digest, profile, looks)
    columns = replace(columns, best=best_by_word(columns))
    return AlbumView(album, columns, standing(columns), came_from, step)


def _came_from(photos: Sequence[Photo], before: Sequence[Photo]) -> Places:
    places = {photo.at: place for place, photo in enumerate(before)}
    return np.array([places.get(photo.at, -1) for photo in photos], dtype=np.int64)


def known_photos(store: Store, paths: Iterable[Path], *, split_pairs: bool = False) -> Paired:
    """The photos that these files are or go with, made known without opening their album.

    Raises InputInvalid for what is no file.
    """
    wanted = {photo.path: photo for photo in map(_file, paths)}
    folders = dict.fromkeys(path.parent for path in wanted)
    beside = {photo.path: photo for folder in folders for photo in photos_in(folder)}
    around = pair((beside | wanted).values(), split=split_pairs)
    groups = [group for group in around.groups() if any(one.path in wanted for one in group)]
    companions = {group[0].path: group[1:] for group in groups if len(group) > 1}
    sync(store, itertools.chain.from_iterable(groups))
    share_marks(store, companions)
    return Paired(tuple(group[0] for group in groups), companions)


def _file(path: Path) -> Photo:
    path = path.resolve()
    if not path.is_file():
        raise InputInvalid(f"There is no photo {path}.", path)
    status = path.stat()
    return Photo(path, status.st_size, status.st_mtime_ns)


def _take_over(store: Store, paired: Paired, readings: Sequence[PhotoReading]) -> Found:
    wishes = [
        Wish(reading.photo.path, reading.marks.marks, str(reading.marks.winner.path))
        for reading in readings
        if reading.marks.winner is not None
    ]
    imported = import_marks(store, wishes, "found when the album was opened")
    read = {reading.photo.path for reading in readings}
    share_marks(store, {path: rest for path, rest in paired.companions.items() if path in read})
    # Last: a run that is broken off before reads the files again.
    save_facts(store, itertools.chain.from_iterable(reading.facts for reading in readings))
    unread = tuple(f"{u.path}: {u.reason}" for r in readings for u in r.marks.unread)
    return Found(imported.stars, imported.flags, imported.labels, imported.conflicts, unread)


def _added(found: Found, more: Found) -> Found:
    return Found(
        found.stars + more.stars,
        found.flags + more.flags,
        found.labels + more.labels,
        found.conflicts + more.conflicts,
        found.unread + more.unread,
    )
