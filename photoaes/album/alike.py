"""Which photos look like one of them, and which kinds of pictures there are in an album."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from photoaes.album.columns import NOTHING, Numbers

ROUNDS, DRAWS = 25, 4
MOST_LOOKS = 24
_SAMPLE = 4096  # photos that the looks are found by; all are then put to the nearest


@dataclass(frozen=True)
class Looks:
    """The look of each photo [N], NOTHING where it is not known, and for each look [K] the photo
    that is most in its middle. The look with the most photos comes first."""

    look: Numbers
    middle: NDArray[np.int64]


def most_alike(features: NDArray[np.float32], index: int, count: int) -> NDArray[np.int64]:
    """Photo `index` and those most like it, by the cosine of their features [N, d], best first.

    None if nothing is known of it: its features are zeros, as are those of others unknown.
    """
    if not features[index].any():
        return np.zeros(0, dtype=np.int64)
    unit = _unit(features)
    cosine = unit @ unit[index]
    cosine[index] = np.inf
    known = features.any(axis=1)
    order = np.argsort(np.where(known, -cosine, np.inf), kind="stable")
    return np.asarray(order[: min(count, int(known.sum()))], dtype=np.int64)


def looks(features: NDArray[np.float32]) -> Looks:
    """Photos by what they look like: spherical k-means of features [N, d], whose rows of zeros are
    unknown. About sqrt(N / 2) looks; the same features give the same looks."""
    known = np.flatnonzero(features.any(axis=1))
    look = np.full(len(features), NOTHING, dtype=np.int32)
    if not len(known):
        return Looks(look, np.zeros(0, dtype=np.int64))
    unit = _unit(features[known])
    count = int(np.clip(round((len(known) / 2) ** 0.5), 1, MOST_LOOKS))
    centres = _centres(unit, count)
    nearest = (unit @ centres.T).argmax(axis=1)
    sizes = np.bincount(nearest, minlength=len(centres))
    order = np.argsort(-sizes, kind="stable")[: np.count_nonzero(sizes)]
    place = np.empty(len(sizes), dtype=np.int32)
    place[np.argsort(-sizes, kind="stable")] = np.arange(len(sizes), dtype=np.int32)
    look[known] = place[nearest]
    closeness = unit @ centres[order].T
    inside = nearest[:, None] == order[None, :]
    middle = known[np.where(inside, closeness, -np.inf).argmax(axis=0)]
    return Looks(look, middle.astype(np.int64))


def _unit(features: NDArray[np.float32]) -> NDArray[np.float32]:
    length = np.linalg.norm(features, axis=1, keepdims=True)
    return np.asarray(features / np.where(length > 0, length, 1), dtype=np.float32)


def _centres(unit: NDArray[np.float32], count: int) -> NDArray[np.float32]:
    """Of some draws, always the same, the centres [count, d] that photos are closest to."""
    random = np.random.default_rng(0)
    sample = unit[np.linspace(0, len(unit) - 1, min(len(unit), _SAMPLE)).astype(int)]
    draws = [_settled(sample, _apart(sample, count, random)) for _ in range(DRAWS)]
    return max(draws, key=lambda centres: float((sample @ centres.T).max(axis=1).sum()))


def _apart(
    sample: NDArray[np.float32], count: int, random: np.random.Generator
) -> NDArray[np.float32]:
    """Photos that lie far apart, as k-means++ draws them; fewer where there are no more kinds."""
    chosen = [int(random.integers(len(sample)))]
    away = np.maximum(1 - sample @ sample[chosen[0]], 0)
    while len(chosen) < count and away.max() > 1e-6:
        chosen.append(int(random.choice(len(sample), p=away / away.sum())))
        away = np.maximum(np.minimum(away, 1 - sample @ sample[chosen[-1]]), 0)
    return np.asarray(sample[chosen], dtype=np.float32)


def _settled(sample: NDArray[np.float32], centres: NDArray[np.float32]) -> NDArray[np.float32]:
    """Lloyd's rounds."""
    nearest = np.zeros(0, dtype=np.int64)
    for _ in range(ROUNDS):
        last, nearest = nearest, (sample @ centres.T).argmax(axis=1)
        if np.array_equal(last, nearest):
            break
        sums = np.zeros_like(centres)
        np.add.at(sums, nearest, sample)
        moved = _unit(sums)
        centres = np.where(moved.any(axis=1, keepdims=True), moved, centres).astype(np.float32)
    return centres
