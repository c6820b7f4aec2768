"""Scores as stars or labels by share: the best twentieth gets the first, and so on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from photoaes.album.columns import NOTHING, REJECTED, UNRATED, Columns
from photoaes.album.ordering import Indices, SortKey, ordered

USUAL = (5, 15, 30, 30, 20)  # percent that get 5, 4, 3, 2, 1 stars


def stars_by_share(columns: Columns, percents: Sequence[int]) -> dict[int, int]:
    """Stars for photos by their places (indices) that have a score and that nobody has rated.

    `percents` are for 5, 4, 3, 2, 1 stars, of all photos that have a score and are not rejected, by
    their order; what is left over 100 percent gets none.
    """
    photos, steps = _steps(columns, percents)
    is_free = columns.own[photos] == UNRATED
    return dict(zip(photos[is_free].tolist(), (5 - steps[is_free]).tolist(), strict=True))


def labels_by_share(
    columns: Columns, percents: Sequence[int], labels: Sequence[str]
) -> dict[int, str]:
    """The same with these labels, "" for a share without one; a photo that has a label keeps it."""
    photos, steps = _steps(columns, percents)
    is_free = columns.label.values[photos] == NOTHING
    pairs = zip(photos[is_free].tolist(), steps[is_free].tolist(), strict=True)
    return {photo: labels[step] for photo, step in pairs if labels[step]}


def sizes(columns: Columns, percents: Sequence[int]) -> list[int]:
    """How many photos fall into each share, those that have stars or a label already too."""
    count = int((~np.isnan(columns.score) & (columns.flag != REJECTED)).sum())
    found: list[int] = np.bincount(_cut(count, percents), minlength=len(percents) + 1).tolist()
    return found[: len(percents)]


def _steps(columns: Columns, percents: Sequence[int]) -> tuple[Indices, Indices]:
    """The photos that fall into a share [M], the best first, and which it is for each [M]."""
    order = ordered(columns, SortKey.SCORE, descending=True)
    order = order[~np.isnan(columns.score[order]) & (columns.flag[order] != REJECTED)]
    steps = _cut(len(order), percents)
    is_inside = steps < len(percents)
    return order[is_inside], steps[is_inside]


def _cut(count: int, percents: Sequence[int]) -> Indices:
    """The share of each of so many photos, the best first; one more than the last for the rest."""
    ends = np.minimum(np.cumsum(percents), 100) * count / 100
    return np.searchsorted(ends, np.arange(count) + 0.5)
