"""Agreement between two orders or two scales, on plain arrays."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import rankdata


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
    return plcc(rankdata(a), rankdata(b))


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


def _gaps(values: ArrayLike) -> NDArray[np.float64]:
    """Difference of each value to each other, [N, N]."""
    x = np.asarray(values, dtype=float)
    gaps: NDArray[np.float64] = x[:, None] - x[None, :]
    return gaps
