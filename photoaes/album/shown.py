"""What the grid shows: the album's photos in an order, filtered, and cut into sections."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from photoaes.album.columns import DAY, Columns
from photoaes.album.filtering import Condition, shown
from photoaes.album.ordering import BY_MARKS, SortKey, ordered, values_of
from photoaes.album.stacks import stacked

Indices = NDArray[np.int64]
LOWEST = -1e300


class Grouping(Enum):
    """What stands under one heading in the grid."""

    NONE = "none"
    DAY = "day"
    BURST = "burst"  # stacks, without headings


@dataclass(frozen=True)
class Shown:
    """Indices `rows` [M] of the photos shown, in order, and `starts` [S], each section's first row.

    `keys` [S] are the sections' days (whole days since 1970, nan for none). Without headings
    `starts` is None. `in_stacks` photos are behind others that stand for them.
    """

    rows: Indices
    starts: Indices | None = None
    keys: NDArray[np.float64] | None = None
    in_stacks: int = 0

    @classmethod
    def empty(cls) -> Shown:
        """No photos."""
        return cls(np.zeros(0, dtype=np.int64))

    def row_of(self, index: int | None) -> int | None:
        """The row of a photo; None if it is not shown."""
        if index is None:
            return None
        found = np.flatnonzero(self.rows == index)
        return int(found[0]) if len(found) else None


def is_outdated(
    now: Shown, columns: Columns, conditions: Collection[Condition], key: SortKey, descending: bool
) -> bool:
    """Whether marks have changed what `show` would give; ties aside."""
    mask = shown(columns, conditions)
    if int(np.count_nonzero(mask)) != len(now.rows) + now.in_stacks or not mask[now.rows].all():
        return True
    if now.in_stacks or key not in BY_MARKS or not len(now.rows):
        return False
    values = values_of(columns, key)[now.rows]
    # Photos without a value come last in both directions.
    downwards = np.nan_to_num(values if descending else -values, nan=LOWEST)
    falls = np.diff(downwards) <= 0
    if now.starts is not None:
        falls[now.starts[1:] - 1] = True
    return not bool(falls.all())


def show(
    columns: Columns,
    conditions: Collection[Condition],
    key: SortKey,
    descending: bool,
    grouping: Grouping = Grouping.NONE,
    opened: Collection[int] = (),
) -> Shown:
    """Order, filter, and cut into sections or put into stacks, of which some are `opened`.

    Sections stand in the order of their first photos, so the best day comes first when the order
    is by score; photos of no day come last. Within a section the order holds.
    """
    order = ordered(columns, key, descending=descending)
    rows = order[shown(columns, conditions)[order]]
    if grouping is Grouping.NONE or not len(rows):
        return Shown(rows)
    if grouping is Grouping.BURST:
        in_stacks = stacked(columns, rows, opened)
        return Shown(in_stacks, in_stacks=len(rows) - len(in_stacks))
    section = np.floor(columns.taken / DAY)[rows]
    # nan is a section of its own: photos without a date.
    section = np.where(np.isnan(section), np.inf, section)
    values, first, inverse = np.unique(section, return_index=True, return_inverse=True)
    first = np.where(np.isinf(values), len(rows), first)
    in_order = np.argsort(first)
    place = np.empty_like(in_order)  # of each section among all
    place[in_order] = np.arange(len(in_order))
    rows = rows[np.argsort(place[inverse], kind="stable")]
    sizes = np.bincount(inverse, minlength=len(values))[in_order]
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)
    keys = values[in_order]
    return Shown(rows, starts, np.where(np.isinf(keys), np.nan, keys))
