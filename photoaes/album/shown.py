"""What the grid shows: the album's photos in an order, filtered, and cut into sections."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from photoaes.album.alike import Looks
from photoaes.album.columns import DAY, NOTHING, Columns
from photoaes.album.filtering import Condition, shown
from photoaes.album.ordering import BY_MARKS, SortKey, ordered, values_of
from photoaes.album.stacks import stacked

Indices = NDArray[np.int64]
LOWEST = -1e300
BEST_OF_DAY = 6


class Grouping(Enum):
    """What stands under one heading in the grid."""

    NONE = "none"
    DAY = "day"
    BURST = "burst"  # stacks, without headings
    TIMELINE = "timeline"  # of each day the best, the days in order
    LOOK = "look"  # what looks alike


STACKING = (Grouping.BURST, Grouping.TIMELINE)  # where some stand for others


@dataclass(frozen=True)
class Shown:
    """Indices `rows` [M] of the photos shown, in order, and `starts` [S], each section's first row.

    `keys` [S] are the sections' days (whole days since 1970) or looks, nan for none. Without
    headings `starts` is None. `in_stacks` photos are behind others that stand for them; `totals`
    [S] are the sections' sizes with these.
    """

    rows: Indices
    starts: Indices | None = None
    keys: NDArray[np.float64] | None = None
    in_stacks: int = 0
    totals: Indices | None = None

    @classmethod
    def empty(cls) -> Shown:
        """A grid without photos."""
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
    looks: Looks | None = None,
) -> Shown:
    """Order, filter, and cut into sections or put into stacks, of which some are `opened`.

    Sections stand in the order of their first photos, so the best day comes first when the order
    is by score; photos of no day come last. Within a section the order holds. On a timeline days
    stand in their own order, and each shows its best, or all if it is `opened`. Photos that look
    alike are one section only where `looks` tell.
    """
    key, descending = order_of(grouping, key, descending)
    order = ordered(columns, key, descending=descending)
    rows = order[shown(columns, conditions)[order]]
    if grouping is Grouping.NONE or not len(rows):
        return Shown(rows)
    if grouping is Grouping.BURST:
        in_stacks = stacked(columns, rows, opened)
        return Shown(in_stacks, in_stacks=len(rows) - len(in_stacks))
    if grouping is Grouping.LOOK:
        if looks is None:
            return Shown(rows)
        look = looks.look[rows].astype(np.float64)
        return _sections(rows, np.where(look == NOTHING, np.inf, look))
    days = days_of(columns, rows)
    if grouping is Grouping.TIMELINE:
        return _timeline(rows, days, opened)
    return _sections(rows, days)


def order_of(grouping: Grouping, key: SortKey, descending: bool) -> tuple[SortKey, bool]:
    """The order that holds: a timeline has one of its own."""
    return (SortKey.SCORE, True) if grouping is Grouping.TIMELINE else (key, descending)


def stack_of(
    columns: Columns, grouping: Grouping, index: int
) -> tuple[int, NDArray[np.bool_]] | None:
    """What `opened` calls the photo's stack, or its day on a timeline, and who is in it [N]."""
    if grouping is Grouping.TIMELINE:
        every = days_of(columns, np.arange(len(columns)))
        day = every[index]
        return (int(day), every == day) if np.isfinite(day) else None
    group = int(columns.group[index])
    return None if group == NOTHING else (group, columns.group == group)


def fellows(
    columns: Columns | None, grouping: Grouping, index: int | None
) -> NDArray[np.bool_] | None:
    """Who is in the photo's stack, or of its day on a timeline [N]; None where nothing stacks."""
    if columns is None or index is None or grouping not in STACKING:
        return None
    stack = stack_of(columns, grouping, index)
    return None if stack is None else stack[1]


def one_of_each(columns: Columns, grouping: Grouping, opened: Collection[int]) -> Indices:
    """A photo of each stack or day that is `opened`, by which `stack_of` finds it again."""
    every = np.arange(len(columns))
    of = days_of(columns, every) if grouping is Grouping.TIMELINE else columns.group
    found, first = np.unique(of, return_index=True)
    return np.asarray(first[np.isin(found, sorted(opened))], dtype=np.int64)


def days_of(columns: Columns, indices: Indices) -> NDArray[np.float64]:
    """Whole days since 1970 of these photos [M]; inf without a date, a section of their own."""
    days = np.floor(columns.taken[indices] / DAY)
    return np.where(np.isnan(days), np.inf, days)


def _sections(rows: Indices, section: NDArray[np.float64], by_first: bool = True) -> Shown:
    """The rows [M] cut by their sections [M], in the order of their first rows or of their own."""
    values, first, inverse = np.unique(section, return_index=True, return_inverse=True)
    first = np.where(np.isinf(values), len(rows), first)
    in_order = np.argsort(first) if by_first else np.arange(len(values))
    place = np.empty_like(in_order)  # of each section among all
    place[in_order] = np.arange(len(in_order))
    rows = rows[np.argsort(place[inverse], kind="stable")]
    sizes = np.bincount(inverse, minlength=len(values))[in_order]
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)
    keys = values[in_order]
    return Shown(rows, starts, np.where(np.isinf(keys), np.nan, keys), totals=sizes)


def _timeline(rows: Indices, days: NDArray[np.float64], opened: Collection[int]) -> Shown:
    """Of each day the first of the rows, which are the best first."""
    whole = _sections(rows, days, by_first=False)
    assert whole.starts is not None
    assert whole.keys is not None
    assert whole.totals is not None
    section = np.repeat(np.arange(len(whole.starts)), whole.totals)
    place = np.arange(len(rows)) - whole.starts[section]
    is_open = np.isin(whole.keys, sorted(opened))[section]
    kept = (place < BEST_OF_DAY) | is_open
    sizes = np.bincount(section[kept], minlength=len(whole.starts))
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)
    hidden = len(rows) - int(kept.sum())
    return Shown(whole.rows[kept], starts, whole.keys, hidden, whole.totals)
