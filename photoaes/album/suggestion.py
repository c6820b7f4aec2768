"""Which photos to rate first, before anything is known about them but when they were taken."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from photoaes.album.columns import UNRATED, Columns


def spread_over_time(columns: Columns, count: int) -> NDArray[np.int64]:
    """Up to `count` unrated photos, spread evenly over the album's time, one of each burst [M].

    Photos of one scene teach the same; those of different hours and days are rarely alike.
    """
    order = np.lexsort((columns.name, np.nan_to_num(columns.taken, nan=np.inf)))
    order = order[columns.own[order] == UNRATED]
    wanted: NDArray[np.int64] = order[columns.best[order]]
    if not len(wanted):
        wanted = order
    places = np.unique(np.linspace(0, len(wanted) - 1, min(count, len(wanted))).round())
    chosen: NDArray[np.int64] = wanted[places.astype(np.int64)] if len(wanted) else wanted
    return chosen
