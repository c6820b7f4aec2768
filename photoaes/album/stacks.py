"""Bursts as stacks: of each that is not opened one photo stands for all."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from photoaes.album.columns import NOTHING, PICKED, Columns
from photoaes.album.ordering import standings

Indices = NDArray[np.int64]


def stacked(columns: Columns, rows: Indices, opened: Collection[int]) -> Indices:
    """The rows [M] (indices, in order) with the photos of each group together, where the one that
    stands for it was; of groups that are not `opened` that one alone.

    It is the group's best, or the first one where the best is not among the rows.
    """
    group, place = columns.group[rows], np.arange(len(rows))
    grouped = group != NOTHING
    if not grouped.any():
        return rows
    at = np.flatnonzero(grouped)
    first = at[np.lexsort((at, ~columns.best[rows[at]], group[at]))]
    numbers, index = np.unique(group[first], return_index=True)
    stands = first[index]  # of each group, the place of the one that stands for it
    is_first = np.zeros(len(rows), dtype=bool)
    is_first[stands] = True
    at_place = place.copy()
    at_place[at] = stands[np.searchsorted(numbers, group[at])]
    is_open = np.isin(group, sorted(opened))
    order = np.lexsort((place, ~is_first, at_place))
    return np.asarray(rows[order[(~grouped | is_first | is_open)[order]]], dtype=np.int64)


def rest_of_bursts(columns: Columns, indices: Indices, is_let: NDArray[np.bool_]) -> Indices:
    """Of the groups that these photos are in, all but the best and those that somebody picked.

    What a filter hides, who is not `is_let` [N], stays as it is: nobody sees it. Where it hides the
    best, the next best is kept.
    """
    groups = np.unique(columns.group[indices])
    at = np.flatnonzero(np.isin(columns.group, groups[groups != NOTHING]) & is_let)
    stands = np.nan_to_num(standings(columns)[at], nan=-np.inf)
    order = at[np.lexsort((at, -stands, ~columns.best[at], columns.group[at]))]
    _, first = np.unique(columns.group[order], return_index=True)
    is_kept = columns.best | (columns.flag == PICKED)
    is_kept[order[first]] = True
    return np.asarray(at[~is_kept[at]], dtype=np.int64)


def place_in_burst(columns: Columns, index: int) -> int:
    """The photo's number among its group's, from 1, by time and then name."""
    members = np.flatnonzero(columns.group == columns.group[index])
    order = members[np.lexsort((columns.name[members], columns.taken[members]))]
    return int(np.flatnonzero(order == index)[0]) + 1
