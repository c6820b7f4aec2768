"""Scores as stars by share: the best twentieth gets five, the next ones four, and so on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from photoaes.album.columns import REJECTED, UNRATED, Columns
from photoaes.album.ordering import SortKey, ordered

USUAL = (5, 15, 30, 30, 20)  # percent that get 5, 4, 3, 2, 1 stars


def stars_by_share(columns: Columns, percents: Sequence[int]) -> dict[int, int]:
    """Stars for photos by their places (indices) that have a score and that nobody has rated.

    `percents` are for 5, 4, 3, 2, 1 stars, of all photos that have a score and are not rejected, by
    their order; what is left over 100 percent gets none.
    """
    order = ordered(columns, SortKey.SCORE, descending=True)
    order = order[~np.isnan(columns.score[order]) & (columns.flag[order] != REJECTED)]
    ends = np.minimum(np.cumsum(percents), 100) * len(order) / 100
    stars: dict[int, int] = {}
    for place, photo in enumerate(order.tolist()):
        step = int(np.searchsorted(ends, place + 0.5))
        if step < len(percents) and columns.own[photo] == UNRATED:
            stars[photo] = 5 - step
    return stars
