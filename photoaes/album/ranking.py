"""Orders scored photos and chooses the best of them."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

from photoaes.album.photo import natural_key


@dataclass(frozen=True)
class RankedPhoto:
    """A photo's place, from 1; `score` is the taste's, in stars, or the merged model's, 1..10.

    `stars` is its place as `own_stars` says it; `rating` what the user gave, None where unrated.
    """

    path: Path
    rank: int
    score: float
    stars: float
    rating: int | None


@dataclass(frozen=True)
class Choice:
    """Which of the ranked photos to keep; every limit given must hold."""

    top: int | None = None
    percent: float | None = None
    min_stars: float | None = None


def rank(scores: Mapping[Path, float], ratings: Mapping[Path, int]) -> list[RankedPhoto]:
    """All scored photos, best first; equal scores in natural order of their names."""
    order = sorted(scores, key=lambda path: (-scores[path], natural_key(str(path))))
    stars = own_stars([scores[path] for path in order], list(ratings.values())).tolist()
    return [
        RankedPhoto(path, place, scores[path], star, ratings.get(path))
        for place, (path, star) in enumerate(zip(order, stars, strict=True), start=1)
    ]


def own_stars(scores: ArrayLike, ratings: ArrayLike) -> NDArray[np.float64]:
    """Scores [N] put on the person's own scale of stars, 1..5, keeping their order.

    A photo that beats a share q of the album gets the stars below which a share q of the person's
    ratings lie (the ratings' quantile). So the album gets the spread of stars that the person
    gives; it is right as far as the rated photos are a fair sample of the album. Without ratings
    the scale is spread evenly.
    """
    given = np.asarray(ratings, dtype=np.float64)
    below, star = _quantiles(given if len(given) else np.arange(1.0, 6.0))
    values = np.asarray(scores, dtype=np.float64)
    order = np.argsort(values)
    # Equal scores, from `first` to `end` in order, beat half of each other.
    changes = np.flatnonzero(np.diff(values[order])) + 1
    first, end = np.append([0], changes).astype(np.int64), np.append(changes, len(values))
    shares = (first + end) / (2 * max(len(values), 1))
    stars = np.empty(len(values))
    stars[order] = np.repeat(np.interp(shares, below, star), end - first)
    return stars


def _quantiles(
    ratings: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Corners of the quantile function: shares [2 V] and the stars there, for V different ratings.

    Equal ratings are spread evenly over what is rounded to them and lies within 1..5: else all of
    a person's fives would make one score, 5.0, for a fifth of an album.
    """
    values, counts = np.unique(ratings, return_counts=True)
    end = np.cumsum(counts) / len(ratings)
    begin = end - counts / len(ratings)
    low, high = np.maximum(values - 0.5, 1), np.minimum(values + 0.5, 5)
    return np.column_stack([begin, end]).ravel(), np.column_stack([low, high]).ravel()


def whole_stars(ranked: Iterable[RankedPhoto]) -> dict[Path, int]:
    """Scores as stars, 1..5, for photos that nobody has rated."""
    return {photo.path: round(photo.stars) for photo in ranked if photo.rating is None}


def choose(
    ranked: Sequence[RankedPhoto], choice: Choice, among: Collection[Path] | None = None
) -> list[RankedPhoto]:
    """The best photos within all limits, at least one of them for a percentage above 0.

    With `among` (such as the best of each burst) the others take no part.
    """
    if among is not None:
        ranked = [photo for photo in ranked if photo.path in among]
    count = len(ranked)
    if choice.top is not None:
        count = min(count, choice.top)
    if choice.percent is not None:
        count = min(count, math.ceil(len(ranked) * choice.percent / 100))
    chosen = ranked[:count]
    if choice.min_stars is not None:
        chosen = [photo for photo in chosen if photo.stars >= choice.min_stars]
    return list(chosen)
