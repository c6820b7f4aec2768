"""The order of the grid, as indices into an album's columns."""

from __future__ import annotations

from enum import Enum

import numpy as np
from numpy.typing import NDArray

from photoaes.album.columns import NOTHING, UNRATED, Columns

Indices = NDArray[np.int64]


class SortKey(Enum):
    """What the grid can be sorted by."""

    SCORE = "score"
    GENERIC = "generic"
    CHANGE = "change"
    STARS = "stars"
    DATE = "date"
    NAME = "name"
    SIZE = "size"
    CAMERA = "camera"
    GROUP = "group"


def ordered(columns: Columns, key: SortKey, *, descending: bool = False) -> Indices:
    """All photos [N] by `key`; ties by date, then name, upwards in both directions.

    Photos that have no value (no score, unrated, no date) come last in both directions.
    """
    values = _values(columns, key)
    missing = np.isnan(values)
    main = np.where(missing, 0, -values if descending else values)
    undated = np.isnan(columns.taken)
    dates = np.where(undated, 0, columns.taken)
    # lexsort sorts by its last key first.
    return np.lexsort((columns.name, dates, undated, main, missing))


def _values(columns: Columns, key: SortKey) -> NDArray[np.float64]:
    """The key's numbers [N], nan where a photo has none."""
    match key:
        case SortKey.SCORE:
            return columns.score
        case SortKey.GENERIC:
            return columns.generic
        case SortKey.CHANGE:
            return _places(columns.generic) - _places(columns.score)
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


def _or_nan(values: NDArray[np.int32], missing: int) -> NDArray[np.float64]:
    return np.where(values == missing, np.nan, values.astype(float))


def _places(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Each photo's place by score, 0 best, nan without one: how far personalising moved it."""
    places = np.empty(len(scores))
    places[np.argsort(-scores, kind="stable")] = np.arange(len(scores), dtype=float)
    places[np.isnan(scores)] = np.nan
    return places
