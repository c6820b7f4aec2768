"""What was measured of photos is kept as it comes, and taken from there the next time."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np

from photoaes.album.photo import Photo
from photoaes.album.store.feature_cache import TANGENT, FeatureCache, photo_versions
from photoaes.album.store.opening import Store
from photoaes.album.store.scores import photo_ids, save_sharpness
from photoaes.jobs import Measured
from photoaes.jobs.personalizing import Features

SAVE_EVERY = 256  # measured photos: a break loses some seconds of work
Event = TypeVar("Event")
Result = TypeVar("Result")


def versions_of(store: Store, photos: Sequence[Photo]) -> dict[Path, bytes]:
    """Under what each hashed photo's features are kept."""
    by_id = photo_versions(store)
    ids = photo_ids(store, photos).tolist()
    return {
        photo.path: by_id[number]
        for photo, number in zip(photos, ids, strict=True)
        if number in by_id
    }


def known_features(
    cache: FeatureCache, digest: str, versions: Mapping[Path, bytes]
) -> dict[Path, Features]:
    """Those that were measured before."""
    paths = list(versions)
    found, rows = cache.load(digest, TANGENT, [versions[path] for path in paths])
    present = [path for path, is_there in zip(paths, found, strict=True) if is_there]
    return dict(zip(present, rows.astype(np.float16, copy=False), strict=True))


def measured_once(
    job: Callable[[Mapping[Path, Features]], Generator[Event | Measured, None, Result]],
    store: Store,
    cache: FeatureCache,
    photos: Sequence[Photo],
    digest: str,
) -> Generator[Event, None, Result]:
    """A job that is given what was measured before; what it measures is kept, the rest passed on.

    `digest` is of the bank that measures.
    """
    versions = versions_of(store, photos)
    known = known_features(cache, digest, versions)
    return (yield from keeping(job(known), store, cache, photos, digest, versions))


def keeping(
    job: Generator[Event | Measured, None, Result],
    store: Store,
    cache: FeatureCache,
    photos: Sequence[Photo],
    digest: str,
    versions: Mapping[Path, bytes],
) -> Generator[Event, None, Result]:
    """The job with what it measures kept, some photos at a time; all else is passed on."""
    waiting: list[Measured] = []
    try:
        while True:
            event = next(job)
            if not isinstance(event, Measured):
                yield event
                continue
            waiting.append(event)
            if len(waiting) >= SAVE_EVERY:
                _save(store, cache, photos, digest, versions, waiting)
                waiting = []
    except StopIteration as finished:
        result: Result = finished.value
        return result
    finally:
        _save(store, cache, photos, digest, versions, waiting)
        job.close()


def _save(
    store: Store,
    cache: FeatureCache,
    photos: Sequence[Photo],
    digest: str,
    versions: Mapping[Path, bytes],
    measured: Sequence[Measured],
) -> None:
    rows = [(versions[one.path], one.features) for one in measured if one.path in versions]
    cache.save(digest, TANGENT, rows)
    sharp = {one.path: one.sharpness for one in measured}
    save_sharpness(store, ((p, sharp[p.path]) for p in photos if p.path in sharp))
