"""Orders scored photos and chooses the best of them."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

from photoaes.album.folding import natural_key

WITHIN = 1e-6  # so little that no photo leaves its stars, not even among 100,000 scores
TELLING = 10  # ratings that say which stars somebody gives
SUNK = 10.0  # stars: more than there are, so that rejected photos come last


@dataclass(frozen=True)
class RankedPhoto:
    """A photo's place, from 1; `score` is the taste's, in stars, or the merged model's, 1..10.

    `stars` is its score as `own_stars` says it; both are nan where nothing has scored it. `rating`
    is what the user gave, None where unrated.
    """

    path: Path
    rank: int
    score: float
    stars: float
    rating: int | None
    is_rejected: bool = False

    @property
    def counts_as(self) -> float:
        """Stars to compare with a limit: the person's own, else what the score says."""
        return self.stars if self.rating is None else float(self.rating)


@dataclass(frozen=True)
class Choice:
    """Which of the ranked photos to keep; every limit given must hold."""

    top: int | None = None
    percent: float | None = None
    min_stars: float | None = None


def rank(
    scores: Mapping[Path, float], ratings: Mapping[Path, int], rejected: Collection[Path] = ()
) -> list[RankedPhoto]:
    """All scored photos, best first by `worth`; equal ones in natural order of their names."""
    paths = list(scores)
    stars = own_stars([scores[path] for path in paths], list(ratings.values()))
    given = np.array([ratings.get(path, 0) for path in paths], dtype=np.int64)
    out = set(rejected)
    is_rejected = np.array([path in out for path in paths], dtype=bool)
    value = worth(stars, given, is_rejected)
    order = sorted(range(len(paths)), key=lambda i: (-value[i], natural_key(str(paths[i]))))
    return [
        RankedPhoto(
            paths[i],
            place,
            scores[paths[i]],
            float(stars[i]),
            ratings.get(paths[i]),
            bool(is_rejected[i]),
        )
        for place, i in enumerate(order, start=1)
    ]


def sunk(ranked: Sequence[RankedPhoto], rejected: Collection[Path]) -> list[RankedPhoto]:
    """The same, with these at the end: for a ranking that was made without knowing of them."""
    out = set(rejected)
    kept = [photo for photo in ranked if photo.path not in out]
    last = [replace(photo, is_rejected=True) for photo in ranked if photo.path in out]
    return [replace(photo, rank=place) for place, photo in enumerate([*kept, *last], start=1)]


def worth(stars: ArrayLike, given: ArrayLike, rejected: ArrayLike) -> NDArray[np.float64]:
    """Where photos stand on the person's scale [N], nan for none: the person's own word first.

    `stars` [N] are scores on that scale (nan for none), `given` [N] the person's own stars, below
    1 where there are none. A rated photo stands at what it was given, and among those of the same
    stars by its score; rejected photos stand below all others.
    """
    value, given = np.array(stars, dtype=np.float64), np.asarray(given)
    rated = given >= 1
    own, score = given[rated].astype(np.float64), value[rated]
    value[rated] = own + WITHIN * np.nan_to_num(score - own)
    value[np.asarray(rejected, dtype=bool)] -= SUNK
    return value


def own_stars(scores: ArrayLike, ratings: ArrayLike) -> NDArray[np.float64]:
    """Scores [N] put on the person's own scale of stars, 1..5, keeping their order.

    A photo that beats a share q of the album gets the stars below which a share q of the person's
    ratings lie (the ratings' quantile). So the album gets the spread of stars that the person
    gives; it is right as far as the rated photos are a fair sample of the album. Without ratings
    the scale is spread evenly, and the first `TELLING` turn it step by step into the person's: two
    stars say little of what an album is worth to somebody.
    """
    given = np.asarray(ratings, dtype=np.float64)
    even = np.arange(1.0, 6.0)
    doubt = max(1 - len(given) / TELLING, 0.0)
    weights = np.append(np.ones(len(given)), np.full(len(even), doubt))
    below, star = _quantiles(np.append(given, even)[weights > 0], weights[weights > 0])
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
    ratings: NDArray[np.float64], weights: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Corners of the quantile function: shares [2 V] and the stars there, for V different ratings,
    each of which counts as much as its weight.

    Equal ratings are spread evenly over what is rounded to them and lies within 1..5: else all of
    a person's fives would make one score, 5.0, for a fifth of an album.
    """
    values, which = np.unique(ratings, return_inverse=True)
    end = np.cumsum(np.bincount(which, weights)) / weights.sum()
    begin = np.append(0.0, end[:-1])
    low, high = np.maximum(values - 0.5, 1), np.minimum(values + 0.5, 5)
    return np.column_stack([begin, end]).ravel(), np.column_stack([low, high]).ravel()


def whole_stars(ranked: Iterable[RankedPhoto]) -> dict[Path, int]:
    """Scores as stars, 1..5, for photos that nobody has rated."""
    return {photo.path: round(photo.stars) for photo in ranked if photo.rating is None}


def choose(
    ranked: Sequence[RankedPhoto], choice: Choice, among: Collection[Path] | None = None
) -> list[RankedPhoto]:
    """The best photos within all limits, at least one of them for a percentage above 0, and none
    that was rejected. Whether a rated photo has `min_stars` is what the person gave it.

    With `among` (such as the best of each burst) the others take no part.
    """
    ranked = [photo for photo in ranked if not photo.is_rejected]
    if among is not None:
        ranked = [photo for photo in ranked if photo.path in among]
    count = len(ranked)
    if choice.top is not None:
        count = min(count, choice.top)
    if choice.percent is not None:
        count = min(count, math.ceil(len(ranked) * choice.percent / 100))
    chosen = ranked[:count]
    if choice.min_stars is not None:
        chosen = [photo for photo in chosen if photo.counts_as >= choice.min_stars]
    return list(chosen)
