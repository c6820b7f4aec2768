"""Agreement between two orders or two scales, on plain arrays."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def plcc(a: ArrayLike, b: ArrayLike) -> float:
    """Pearson's correlation, -1..1; nan where one side is constant."""
    x, y = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    x, y = x - x.mean(), y - y.mean()
    scale = np.sqrt((x @ x) * (y @ y))
    return float(x @ y / scale) if scale > 0 else float("nan")


def srocc(a: ArrayLike, b: ArrayLike) -> float:
    """Spearman's correlation, -1..1: Pearson of the average ranks, so that ties count as ties.

    Equation 5 of the paper holds without ties only. nan where one side is constant.
    """
    return plcc(_ranks(a), _ranks(b))


def pair_accuracy(scores: ArrayLike, ratings: ArrayLike) -> float:
    """Share of the pairs with different ratings that the scores order alike, 0..1.

    Equal scores count half; nan where all ratings are equal.
    """
    gap = _gaps(ratings)
    decided = gap > 0
    if not decided.any():
        return float("nan")
    agreement = np.sign(_gaps(scores)[decided])
    return float((agreement + 1).mean() / 2)


def _ranks(values: ArrayLike) -> NDArray[np.float64]:
    """Average ranks from 1 on, as scipy's `rankdata` has them, whose import takes a second."""
    given = np.asarray(values, dtype=float).ravel()
    if np.isnan(given).any():
        return np.full(given.shape, np.nan)
    _, place, count = np.unique(given, return_inverse=True, return_counts=True)
    last = count.cumsum()
    found: NDArray[np.float64] = (last - (count - 1) / 2)[place]
    return found


def _gaps(values: ArrayLike) -> NDArray[np.float64]:
    """Difference of each value to each other, [N, N]."""
    x = np.asarray(values, dtype=float)
    gaps: NDArray[np.float64] = x[:, None] - x[None, :]
    return gaps
