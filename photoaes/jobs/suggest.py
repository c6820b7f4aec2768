"""Photos whose stars would teach the most, by place in the album on show."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from photoaes.album.columns import UNRATED, Columns
from photoaes.album.suggestion import spread_over_time
from photoaes.jobs.personalize import MeasuredAlbum, suggest_photos


def telling_photos(
    columns: Columns, place_of: Mapping[str, int], album: MeasuredAlbum | None, count: int
) -> NDArray[np.int64]:
    """Indices into the columns, the most telling first; spread over time where there is no measured
    `album` to tell what the photos look like. `place_of` has each path's place in the columns."""
    if album is None:
        return spread_over_time(columns, count)
    rated = [columns.paths[index] for index in np.flatnonzero(columns.own != UNRATED).tolist()]
    wanted = map(str, suggest_photos(album, rated, count))
    return np.array([place_of[at] for at in wanted if at in place_of], dtype=np.int64)
