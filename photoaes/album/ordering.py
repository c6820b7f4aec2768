"""The order of the grid, as indices into an album's columns."""

from __future__ import annotations

from enum import Enum

import numpy as np
from numpy.typing import NDArray

from photoaes.album.columns import NOTHING, REJECTED, UNRATED, Columns
from photoaes.album.ranking import own_stars, worth

Indices = NDArray[np.int64]


class SortKey(Enum):
    """What the grid can be sorted by."""

    SCORE = "score"
    GENERAL = "general"
    CHANGE = "change"
    STARS = "stars"
    DATE = "date"
    NAME = "name"
    SIZE = "size"
    CAMERA = "camera"
    GROUP = "group"


BY_MARKS = frozenset({SortKey.SCORE, SortKey.STARS})  # what a person says changes these orders


def ordered(columns: Columns, key: SortKey, *, descending: bool = False) -> Indices:
    """All photos [N] by `key`; ties by date, then name, upwards in both directions.

    Photos that have no value (no score, unrated, no date) come last in both directions. By score,
    a person's own word comes first: see `standings`.
    """
    values = values_of(columns, key)
    missing = np.isnan(values)
    main = np.where(missing, 0, -values if descending else values)
    undated = np.isnan(columns.taken)
    dates = np.where(undated, 0, columns.taken)
    # lexsort sorts by its last key first.
    return np.lexsort((columns.name, dates, undated, main, missing))


def values_of(columns: Columns, key: SortKey) -> NDArray[np.float64]:
    """The key's numbers [N], nan where a photo has none."""
    match key:
        case SortKey.SCORE:
            return standings(columns)
        case SortKey.GENERAL:
            return columns.general
        case SortKey.CHANGE:
            return _places(columns.general) - _places(columns.score)
        case SortKey.STARS:
            return _or_nan(columns.stars, UNRATED)
        case SortKey.DATE:
            return columns.taken
        case SortKey.NAME:
            return columns.name.astype(float)
        case SortKey.SIZE:
            return columns.size.astype(float)
        case SortKey.CAMERA:
            return _or_nan(columns.camera.values, NOTHING)
        case SortKey.GROUP:
            return _or_nan(columns.group, NOTHING)


def is_rescored(before: Columns, after: Columns, key: SortKey) -> bool:
    """Whether new scores can have changed the order by `key`."""
    if key not in (SortKey.SCORE, SortKey.CHANGE):
        return False
    names = ("score",) if key is SortKey.SCORE else ("score", "general")
    pairs = ((getattr(before, name), getattr(after, name)) for name in names)
    return not all(np.array_equal(*pair, equal_nan=True) for pair in pairs)


def standings(columns: Columns) -> NDArray[np.float64]:
    """Where each photo stands on the person's scale [N], nan for none: see `ranking.worth`."""
    stars = np.full(len(columns), np.nan)
    known = ~np.isnan(columns.score)
    stars[known] = own_stars(columns.score[known], columns.own[columns.own != UNRATED])
    return worth(stars, columns.own, columns.flag == REJECTED)


def best_by_word(columns: Columns) -> NDArray[np.bool_]:
    """`Columns.best` after a person has spoken: of the groups that this is about, the photo that
    now stands first. Among equals the one that was best before stays it, and groups that are kept
    whole stay so.
    """
    group, best = columns.group, columns.best.copy()
    grouped = group != NOTHING
    spoken = grouped & ((columns.own != UNRATED) | (columns.flag == REJECTED))
    many = np.bincount(group[grouped & best], minlength=int(group.max(initial=0)) + 1) > 1
    about = grouped & np.isin(group, group[spoken]) & ~np.append(many, False)[group]
    at = np.flatnonzero(about)
    stands = np.nan_to_num(standings(columns)[at], nan=-np.inf)
    order = at[np.lexsort((at, ~best[at], -stands, group[at]))]
    _, first = np.unique(group[order], return_index=True)
    best[at] = False
    best[order[first]] = True
    return np.asarray(best, dtype=bool)


def _or_nan(values: NDArray[np.int32], missing: int) -> NDArray[np.float64]:
    return np.where(values == missing, np.nan, values.astype(float))


def _places(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Each photo's place by score, 0 best, nan without one: how far personalising moved it."""
    places = np.empty(len(scores))
    places[np.argsort(-scores, kind="stable")] = np.arange(len(scores), dtype=float)
    places[np.isnan(scores)] = np.nan
    return places
