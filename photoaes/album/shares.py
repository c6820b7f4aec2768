"""Scores as stars or labels by share: the best twentieth gets the first, and so on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from photoaes.album.columns import NOTHING, REJECTED, UNRATED, Columns
from photoaes.album.ordering import SortKey, ordered

USUAL = (5, 15, 30, 30, 20)  # percent that get 5, 4, 3, 2, 1 stars


def stars_by_share(columns: Columns, percents: Sequence[int]) -> dict[int, int]:
    """Stars for photos by their places (indices) that have a score and that nobody has rated.

    `percents` are for 5, 4, 3, 2, 1 stars, of all photos that have a score and are not rejected, by
    their order; what is left over 100 percent gets none.
    """
    return {
        photo: 5 - step
        for photo, step in _steps(columns, percents)
        if columns.own[photo] == UNRATED
    }


def labels_by_share(
    columns: Columns, percents: Sequence[int], labels: Sequence[str]
) -> dict[int, str]:
    """The same with these labels, "" for a share without one; a photo that has a label keeps it."""
    return {
        photo: labels[step]
        for photo, step in _steps(columns, percents)
        if labels[step] and columns.label.values[photo] == NOTHING
    }


def spoken_for(columns: Columns, percents: Sequence[int], *, labels: bool = False) -> list[int]:
    """How many photos of each share keep what a person gave them: stars, or labels."""
    is_kept = columns.label.values != NOTHING if labels else columns.own != UNRATED
    kept = [step for photo, step in _steps(columns, percents) if is_kept[photo]]
    return [kept.count(step) for step in range(len(percents))]


def _steps(columns: Columns, percents: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Each photo that falls into a share, and which, the best first."""
    order = ordered(columns, SortKey.SCORE, descending=True)
    order = order[~np.isnan(columns.score[order]) & (columns.flag[order] != REJECTED)]
    ends = np.minimum(np.cumsum(percents), 100) * len(order) / 100
    for place, photo in enumerate(order.tolist()):
        step = int(np.searchsorted(ends, place + 0.5))
        if step < len(percents):
            yield photo, step
