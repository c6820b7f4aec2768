"""An album in the store: opened, shown, and its new files read."""

from __future__ import annotations

import itertools
import os
from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from photoaes.album.columns import Columns, bare_columns
from photoaes.album.ordering import best_by_word
from photoaes.album.pairs import Paired, folders_of_kinds, pair
from photoaes.album.photo import Photo, Walked, photo_as, photos_in
from photoaes.album.standing import Standing, standing
from photoaes.album.store.embeddings import load_embeddings
from photoaes.album.store.feature_cache import FeatureCache
from photoaes.album.store.opening import Store
from photoaes.album.store.profiles import profiles
from photoaes.album.store.rating_log import is_any_known, known_all, newest_step
from photoaes.album.store.scores import load_columns, without_facts
from photoaes.album.store.sharing import share_marks
from photoaes.album.store.sync import SyncSummary, sync, unknown_photos
from photoaes.errors import InputInvalid
from photoaes.images.kinds import IMAGE_EXTENSIONS
from photoaes.jobs.compare import look_at_undated
from photoaes.jobs.events import Events
from photoaes.jobs.read import find_photos, look_at_photos, no_photos
from photoaes.jobs.read_album import Found, Job, OpenedAlbum, read_album, read_paired

MANY_NEW = 500  # photos that nobody should wait for to be looked at
Places: TypeAlias = NDArray[np.int64]


def open_album(
    store: Store, folder: Path, *, split_pairs: bool = False, exclude: Sequence[str] = ()
) -> Job[OpenedAlbum]:
    """Find the folder's photos and make them known; from then on they can be shown and rated.

    `split_pairs` makes a RAW and the JPEG beside it two photos; `exclude` as in `walk`. Only files
    that are new or have changed are opened. Raises InputInvalid for an album without photos.
    """
    folder = folder.resolve()
    met = Walked()
    files = yield from _files(folder, met, exclude)
    return (yield from _known(store, folder, files, met, split_pairs))


def _files(folder: Path, met: Walked, exclude: Sequence[str]) -> Job[list[Photo]]:
    files = yield from find_photos(folder, met, exclude)
    if not files:
        raise no_photos(folder, met)
    return files


def _known(
    store: Store, folder: Path, files: list[Photo], met: Walked, split_pairs: bool
) -> Job[OpenedAlbum]:
    looked = yield from look_at_photos(unknown_photos(store, files))
    summary = sync(store, files, looked=looked, folder=folder)
    paired = pair(files, split=split_pairs)
    share_marks(store, paired.companions)
    return OpenedAlbum(folder, paired, summary, met)


@dataclass(frozen=True)
class AlbumView:
    """An album as the grid shows it; `found` is None until its files are read.

    `came_from` [N] says where each photo stood in the album that was on show before, -1 for a new
    one. The columns know all that was said up to the step; `place_of` each path's place in them.
    """

    album: OpenedAlbum
    columns: Columns
    standing: Standing
    came_from: Places
    step: int
    place_of: Mapping[str, int]
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
    exclude: Sequence[str] = (),
    before: Sequence[Photo] = (),
) -> Generator[Events | AlbumView, None, AlbumView]:
    """Open an album, or that of a photo, and read it; yields it as soon as it can be shown, and
    returns it whole.

    Very many photos of which the store knows none are shown by their names alone, before it does:
    nobody has said anything of them yet, so nothing is missing.

    The personal scores are those of the taste profile, if there is one of this name and bank.
    `before` are the photos on show now.
    """
    if os.path.isfile(folder):  # noqa: PTH113 - raises nothing
        folder = folder.parent
    folder, met = folder.resolve(), Walked()
    files = yield from _files(folder, met, exclude)
    if len(files) >= MANY_NEW and not is_any_known(store, files):
        album = OpenedAlbum(folder, pair(files, split=split_pairs), SyncSummary(), met)
        yield _early_view(album, before)
        before = album.photos
    album = yield from _known(store, folder, files, met, split_pairs)
    known = {one.name for one in profiles(store) if one.bank_digest == bank_digest}
    taste = profile if profile in known else None
    view = _view(store, cache, album, bank_digest, taste, _came_from(album.photos, before))
    yield view
    begun = without_facts(store, album.photos)
    found = yield from read_album(store, album)
    if begun or found.is_any:
        here = np.arange(len(album.photos))
        view = _view(store, cache, album, bank_digest, taste, here)
    return replace(view, found=found)


def _early_view(album: OpenedAlbum, before: Sequence[Photo]) -> AlbumView:
    columns = bare_columns(album.photos)
    came_from = _came_from(album.photos, before)
    return AlbumView(album, columns, standing(columns), came_from, 0, _places(album), is_early=True)


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
    return AlbumView(album, columns, standing(columns), came_from, step, _places(album))


def _places(album: OpenedAlbum) -> dict[str, int]:
    return {photo.at: place for place, photo in enumerate(album.photos)}


def _came_from(photos: Sequence[Photo], before: Sequence[Photo]) -> Places:
    places = {photo.at: place for place, photo in enumerate(before)}
    return np.array([places.get(photo.at, -1) for photo in photos], dtype=np.int64)


def known_photos(store: Store, paths: Iterable[Path], *, split_pairs: bool = False) -> Paired:
    """The photos that these files are or go with, made known and read without opening their album.

    Raises InputInvalid for what is no file.
    """
    wanted = {photo.path: photo for photo in (_file(store, path) for path in paths)}
    here = dict.fromkeys(path.parent for path in wanted)
    folders = dict.fromkeys(one for folder in here for one in folders_of_kinds(folder))
    met = Walked()
    beside = {one.path: one for folder in folders for one in photos_in(folder, met)}
    around = pair((beside | wanted).values(), split=split_pairs)
    groups = [group for group in around.groups() if any(one.path in wanted for one in group)]
    companions = {group[0].path: group[1:] for group in groups if len(group) > 1}
    sync(store, itertools.chain.from_iterable(groups))
    share_marks(store, companions)
    paired = Paired(tuple(group[0] for group in groups), companions)
    # A few: nobody waits for how far it is.
    for _ in read_paired(store, paired, met.sidecars):
        pass
    for _ in look_at_undated(store, paired.photos, marked=False):
        pass
    return paired


def _file(store: Store, path: Path) -> Photo:
    """By the path that an album has it under, which may lead through links inside the album: its
    own folder is resolved, and nothing below."""
    if not path.is_file():
        raise InputInvalid(f"There is no photo {path.resolve()}.", path)
    if path.suffix.lower() not in IMAGE_EXTENSIONS:  # no album would ever show its stars
        raise InputInvalid(f"{path.resolve()} is no photo.", path)
    named = Path(os.path.abspath(path))  # noqa: PTH100 - `absolute` keeps ".."
    links = [above for above in named.parents if os.path.islink(above)]  # noqa: PTH114 - quicker
    ways = [above.resolve() / named.relative_to(above) for above in links]
    every = dict.fromkeys([named, *ways, path.resolve()])
    known = known_all(store, every)
    best = next((one for one in every if one in known), next(iter(ways), named))
    return photo_as(best, path.stat())
