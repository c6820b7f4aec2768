"""A blind check: a few photos that nobody has rated are rated without their scores in sight, then
it is counted in how many pairs the scores, as they were before, agree with the person."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from photoaes.album.columns import REJECTED, UNRATED, Columns

Indices = NDArray[np.int64]
ENOUGH = 10  # photos


@dataclass(frozen=True)
class BlindCheck:
    """The photos [K] in the order in which they are shown, which tells nothing, and their scores
    from before the check."""

    photos: Indices
    score: NDArray[np.float64]
    general: NDArray[np.float64]


@dataclass(frozen=True)
class CheckVerdict:
    """Of `pairs` that the person told apart, how many the scores have in the person's order."""

    rated: int
    pairs: int
    personal: int
    general: int


def begin_check(
    columns: Columns, rng: np.random.Generator, count: int = ENOUGH
) -> BlindCheck | None:
    """Unrated photos from all parts of the order; None if there are not enough with a score.

    Of each burst there is one at most, and nothing that was rejected.
    """
    free = (columns.own == UNRATED) & ~np.isnan(columns.score) & columns.best
    rows = np.flatnonzero(free & (columns.flag != REJECTED))
    if len(rows) < count:
        return None
    parts = np.array_split(rows[np.argsort(columns.score[rows], kind="stable")], count)
    photos = rng.permutation(np.array([rng.choice(part) for part in parts]))
    return BlindCheck(photos, columns.score[photos].copy(), columns.general[photos].copy())


def judge(check: BlindCheck, stars: NDArray[np.int32]) -> CheckVerdict:
    """From the person's stars [K] for the photos; those that are UNRATED say nothing."""
    rated = stars != UNRATED
    given = stars[rated].astype(np.int64)
    apart = given[:, None] > given[None, :]
    return CheckVerdict(
        int(rated.sum()),
        int(apart.sum()),
        _agreed(check.score[rated], apart),
        _agreed(check.general[rated], apart),
    )


def _agreed(scores: NDArray[np.float64], apart: NDArray[np.bool_]) -> int:
    """Equal scores have half a pair right."""
    gaps = np.sign(np.nan_to_num(scores[:, None] - scores[None, :])[apart])
    return round(float((gaps + 1).sum() / 2))
