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

from photoaes.album.columns import NOTHING, REJECTED, UNRATED, Columns
from photoaes.album.ranking import RankedPhoto


@dataclass(frozen=True)
class Wanted:
    """`amount` photos or percent of those with a score; `least` in the person's own stars."""

    amount: float = 50
    unit: Literal["photos", "percent"] = "photos"
    least: float = 1.0
    one_per_burst: bool = False


def best_shots(
    columns: Columns, stars: NDArray[np.float64], wanted: Wanted, taken_out: Collection[int] = ()
) -> list[RankedPhoto]:
    """Those photos, best first. `stars` [N] are scores on the person's own scale, nan for none.

    Rejected photos and those `taken_out` by hand (indices) are left out, and the next ones move
    up. Of a burst the suggested best stands for all, unless it was taken out.
    """
    order = np.lexsort((columns.name, -np.nan_to_num(columns.score, nan=-np.inf)))
    order = order[~np.isnan(columns.score[order])]
    count = wanted.amount
    if wanted.unit == "percent":
        count = math.ceil(len(order) * wanted.amount / 100)
    # A bracket or a panorama is kept whole: all of it is best.
    counts = Counter(columns.group[columns.best].tolist())
    whole = {number for number, many in counts.items() if many > 1}
    chosen: list[RankedPhoto] = []
    seen: set[int] = set()
    for place, index in enumerate(order.tolist(), start=1):
        if len(chosen) >= count or stars[index] < wanted.least:
            break
        group = int(columns.group[index])
        if index in taken_out or columns.flag[index] == REJECTED:
            continue
        if wanted.one_per_burst and group >= 0:
            if group in seen and group not in whole:
                continue
            seen.add(group)
        chosen.append(_ranked(columns, stars, index, place))
    return chosen


def left_out_of_bursts(columns: Columns, chosen: Iterable[Path]) -> tuple[int, int]:
    """How many photos are not chosen though another of their burst is, and of how many bursts."""
    paths = set(chosen)
    is_chosen = np.array([path in paths for path in columns.paths], dtype=bool)
    bursts = np.unique(columns.group[is_chosen & (columns.group != NOTHING)])
    out = np.isin(columns.group, bursts) & ~is_chosen & (columns.flag != REJECTED)
    return int(out.sum()), len(np.unique(columns.group[out]))


def _ranked(columns: Columns, stars: NDArray[np.float64], index: int, place: int) -> RankedPhoto:
    rating = UNRATED if columns.by_machine[index] else int(columns.stars[index])
    return RankedPhoto(
        columns.paths[index],
        place,
        float(columns.score[index]),
        float(stars[index]),
        None if rating == UNRATED else rating,
    )
