"""What follows from scores that are kept: the best of each burst, and stars for the unrated."""

from __future__ import annotations

import shlex
from collections.abc import Generator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from photoaes.album.marks import Flag
from photoaes.album.ordering import best_by_word
from photoaes.album.photo import Photo
from photoaes.album.ranking import rank, whole_stars
from photoaes.album.store.embeddings import load_embeddings
from photoaes.album.store.feature_cache import FeatureCache
from photoaes.album.store.lessons import ratings_for_fit
from photoaes.album.store.marks_import import fillable
from photoaes.album.store.opening import Store
from photoaes.album.store.profiles import Profile
from photoaes.album.store.rating_log import known_all
from photoaes.album.store.scores import load_columns, load_scores, photo_ids
from photoaes.errors import InputInvalid
from photoaes.jobs.compare import compare_similar
from photoaes.jobs.events import Progress
from photoaes.jobs.read_album import OpenedAlbum


def best_of_bursts(
    store: Store,
    cache: FeatureCache,
    bank_digest: str,
    photos: Sequence[Photo],
    scores: Mapping[Path, float],
) -> Generator[Progress, None, set[Path]]:
    """The best of each group of similar photos by these scores, a person's own word before them,
    and all in no group."""
    features = load_embeddings(store, cache, bank_digest, photos)
    score = np.array([scores.get(photo.path, np.nan) for photo in photos])
    yield from compare_similar(store, photos, bank_digest, features, score)
    group, best = best_by_scores(store, photos, bank_digest, features, score)
    columns = load_columns(store, photos, bank_digest, None, features)
    best = best_by_word(replace(columns, score=score, group=group, best=best))
    return {photo.path for photo, is_best in zip(photos, best, strict=True) if is_best}


def best_by_scores(
    store: Store,
    photos: Sequence[Photo],
    bank_digest: str,
    features: NDArray[np.float32] | None,
    score: NDArray[np.float64],
) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    """Groups and the best of each, as in `Columns`, by scores [N] that are not kept yet."""
    columns = load_columns(store, photos, bank_digest, None, features, score)
    return columns.group, columns.best


def stars_to_fill(store: Store, album: OpenedAlbum, profile: Profile) -> dict[Path, int]:
    """Scores by the profile as stars, for photos that nobody has rated or cleared: a preview.

    `marks_import.set_machine_stars` gives them, to all files of each photo. Raises InputInvalid if
    there are no scores.
    """
    scores = scores_by_path(store, album.photos, profile)
    ratings = ratings_for_fit(store, [photo.path for photo in album.photos])
    free = set(fillable(store, scores))
    stars = whole_stars(rank(scores, ratings))
    return {path: value for path, value in stars.items() if path in free}


def rejected_photos(store: Store, paths: Sequence[Path]) -> set[Path]:
    """The photos that a person has rejected."""
    known = known_all(store, paths)
    return {path for path, one in known.items() if one.marks.flag is Flag.REJECT}


def scores_by_path(store: Store, photos: Sequence[Photo], profile: Profile) -> dict[Path, float]:
    """Of the photos that the profile has scored. Raises InputInvalid if it has none of them."""
    values = load_scores(store, profile.bank_digest, profile.name, photo_ids(store, photos))
    scores = {
        photo.path: float(value)
        for photo, value in zip(photos, values, strict=True)
        if not np.isnan(value)
    }
    if not scores:
        raise InputInvalid(
            f"No photo of this album has a score by {profile.name!r} yet. "
            f"Run `photoaes rank FOLDER --profile {shlex.quote(profile.name)}` first."
        )
    return scores
