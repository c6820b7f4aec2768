"""The best shots of an album: by number or share, above a score, one of each burst."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from photoaes.album.columns import DAY, NOTHING, REJECTED, UNRATED, Columns
from photoaes.album.ranking import RankedPhoto, worth
from photoaes.album.scenes import scenes

HOUR = DAY / 24


@dataclass(frozen=True)
class Wanted:
    """`amount` photos or percent of those with a score, or so many photos of each day, hour or
    scene, so that a trip's story is kept; `least` in the person's own stars."""

    amount: float = 50
    unit: Literal["photos", "percent", "per day", "per hour", "per scene"] = "photos"
    least: float = 1.0
    one_per_burst: bool = False


def proposed(count: int) -> int:
    """How many of so many photos to begin with: a tenth in round numbers, from 10 to 200, but of
    few photos no more than a third."""
    tenth = 5 * round(count / 50)
    return max(1, min(max(10, tenth), 200, math.ceil(count / 3)))


def best_shots(
    columns: Columns, stars: NDArray[np.float64], wanted: Wanted, taken_out: Collection[int] = ()
) -> list[RankedPhoto]:
    """Those photos, best first: by a person's own stars, where there are some, before the score.
    `stars` [N] are scores on the person's own scale, nan for none.

    Rejected photos and those `taken_out` by hand (indices) are left out, and the next ones move
    up. Of a burst the best stands for all, unless it was taken out.
    """
    rejected = columns.flag == REJECTED
    value = worth(stars, columns.own, rejected)
    counts_as = np.where(columns.own == UNRATED, stars, columns.own)
    order = np.lexsort((columns.name, -np.nan_to_num(value, nan=-np.inf)))
    order = order[~np.isnan(value[order])]
    count, period = wanted.amount, _periods(columns, wanted.unit)
    if wanted.unit == "percent":
        count = math.ceil(len(order) * wanted.amount / 100)
    taken: Counter[float] = Counter()  # of each period
    # A bracket or a panorama is kept whole: all of it is best.
    counts = Counter(columns.group[columns.best].tolist())
    whole = {number for number, many in counts.items() if many > 1}
    chosen: list[RankedPhoto] = []
    seen: set[int] = set()
    for place, index in enumerate(order.tolist(), start=1):
        if period is None and len(chosen) >= count:
            break
        group = int(columns.group[index])
        if index in taken_out or rejected[index] or counts_as[index] < wanted.least:
            continue
        when = 0.0 if period is None else float(period[index])
        if taken[when] >= count:
            continue
        if wanted.one_per_burst and group >= 0:
            if group in seen and group not in whole:
                continue
            seen.add(group)
        taken[when] += 1
        chosen.append(_ranked(columns, stars, index, place))
    return chosen


def _periods(columns: Columns, unit: str) -> NDArray[np.float64] | None:
    """The day, hour or scene of each photo [N], -1 without a date; None where the album is one."""
    if unit == "per scene":
        return scenes(columns.taken)
    length = {"per day": DAY, "per hour": HOUR}.get(unit)
    return None if length is None else np.nan_to_num(np.floor(columns.taken / length), nan=-1.0)


def just_these(
    columns: Columns, stars: NDArray[np.float64], indices: Collection[int]
) -> list[RankedPhoto]:
    """The photos that somebody has picked out by hand (indices), best first, rejected or not."""
    value = worth(stars, columns.own, columns.flag == REJECTED)
    chosen = np.array(sorted(indices), dtype=np.int64)
    order = np.lexsort((columns.name[chosen], -np.nan_to_num(value[chosen], nan=-np.inf)))
    return [
        _ranked(columns, stars, index, place)
        for place, index in enumerate(chosen[order].tolist(), start=1)
    ]


def left_out_of_bursts(columns: Columns, chosen: Iterable[Path]) -> tuple[int, int]:
    """How many photos are not chosen though another of their burst is, and of how many bursts."""
    paths = set(chosen)
    is_chosen = np.array([path in paths for path in columns.paths], dtype=bool)
    bursts = np.unique(columns.group[is_chosen & (columns.group != NOTHING)])
    out = np.isin(columns.group, bursts) & ~is_chosen & (columns.flag != REJECTED)
    return int(out.sum()), len(np.unique(columns.group[out]))


def _ranked(columns: Columns, stars: NDArray[np.float64], index: int, place: int) -> RankedPhoto:
    given = int(columns.own[index])
    rating = None if given == UNRATED else given
    is_rejected = bool(columns.flag[index] == REJECTED)
    score, star = float(columns.score[index]), float(stars[index])
    return RankedPhoto(columns.paths[index], place, score, star, rating, is_rejected)
