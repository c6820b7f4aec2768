"""Looks closely at photos that may show the same: only they are opened again, at full size."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import closing
from itertools import islice
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from photoaes.album.columns import NOTHING
from photoaes.album.look import look_of
from photoaes.album.photo import Photo
from photoaes.album.sharpness import fine_sharpness
from photoaes.album.similar import ALIKE, candidates
from photoaes.album.store.database import parts
from photoaes.album.store.identity import path_key
from photoaes.album.store.likeness import (
    load_fine,
    save_fine,
    save_looks,
    undated,
    undated_without_looks,
    without_looks,
)
from photoaes.album.store.opening import Store
from photoaes.album.store.scores import load_columns, photo_ids
from photoaes.errors import PhotoUnreadable
from photoaes.images import open_image
from photoaes.jobs.events import Progress
from photoaes.jobs.find_faces import find_faces, how_to_install
from photoaes.prefetch import prefetch

THREADS = 2
MOST_PIXELS = 64_000_000  # beyond, a blur that a person sees shows at half the size as well
CANDIDATES = 4  # of a group, those with the highest scores
_AT_ONCE = 50

Value = TypeVar("Value")


def compare_similar(
    store: Store,
    photos: Sequence[Photo],
    bank_digest: str,
    features: NDArray[np.float32] | None,
    score: NDArray[np.float64],
) -> Generator[Progress, None, None]:
    """See what may be one burst, and how sharp its best frames are; both are kept in the store.

    `features` [N, d] and `score` [N] are of these photos.
    """
    yield from look_at_undated(store, photos, marked=False)
    ids = photo_ids(store, photos)
    columns = load_columns(store, photos, bank_digest, None, features)
    maybe = candidates(columns.taken, columns.camera.values, features)
    lacking = set(without_looks(store, ids[maybe]))
    wanted = [photos[one] for one in maybe.tolist() if ids[one] in lacking]
    wanted += [photos[one] for one in _maybe_originals(store, ids, features) if one not in maybe]
    yield from _measured(
        wanted, lambda photo: look_of(photo.path), lambda found: save_looks(store, found)
    )
    group = load_columns(store, photos, bank_digest, None, features).group
    known = load_fine(store, ids)
    best = [photos[one] for one in _candidates(group, score) if np.isnan(known[one])]
    yield from _measured(best, _fine, lambda found: save_fine(store, found))
    if how_to_install() is None:
        yield from find_faces(store, [photos[one] for one in _candidates(group, score)])


def _maybe_originals(
    store: Store, ids: NDArray[np.int64], features: NDArray[np.float32] | None
) -> list[int]:
    """Dated photos that a photo without a time may be a forward of, by their features [N, d]: those
    that were measured by an older photoaes, which did not note what they look like."""
    if features is None:
        return []
    unit = features / np.maximum(np.linalg.norm(features, axis=1, keepdims=True), 1e-9)
    is_undated = undated(store, ids)
    dated = np.flatnonzero(~is_undated & np.isin(ids, without_looks(store, ids)))
    found = np.zeros(len(dated), dtype=bool)
    others = np.flatnonzero(is_undated).tolist() if len(dated) else []
    for part in parts(others, _AT_ONCE):
        found |= (unit[dated] @ unit[list(part)].T >= ALIKE).any(axis=1)
    return [int(one) for one in dated[found]]


def look_at_undated(
    store: Store, photos: Sequence[Photo], *, marked: bool
) -> Generator[Progress, None, None]:
    """See what photos look like that no time tells from others; with `marked` those alone that
    somebody has marked: it is their marks that another photo under their name must not get."""
    lacking = undated_without_looks(store, marked=marked)
    wanted = [photo for photo in photos if path_key(photo.at) in lacking] if lacking else []
    yield from _measured(
        wanted, lambda photo: look_of(photo.path), lambda found: save_looks(store, found)
    )


def _candidates(group: NDArray[np.int32], score: NDArray[np.float64]) -> list[int]:
    """Of each group those with the highest scores."""
    taken: dict[int, int] = {}
    chosen = []
    for index in np.argsort(-np.nan_to_num(score, nan=-np.inf), kind="stable").tolist():
        number = int(group[index])
        if number != NOTHING and taken.setdefault(number, 0) < CANDIDATES:
            taken[number] += 1
            chosen.append(index)
    return sorted(chosen)


def _fine(photo: Photo) -> float | None:
    try:
        return fine_sharpness(open_image(photo.path, max_pixels=MOST_PIXELS))
    except PhotoUnreadable:
        return None


def _measured(
    photos: Sequence[Photo],
    measure: Callable[[Photo], Value | None],
    save: Callable[[Iterable[tuple[Photo, Value]]], None],
) -> Generator[Progress, None, None]:
    done = 0
    ahead = prefetch(measure, photos, workers=THREADS, ahead=4 * THREADS, late=lambda _: None)
    with closing(ahead):
        for part in parts(photos, _AT_ONCE):
            found = []
            for photo, value in zip(part, islice(ahead, len(part)), strict=True):
                done += 1
                if value is not None:
                    found.append((photo, value))
                yield Progress("Comparing similar photos", done, len(photos))
            save(found)
