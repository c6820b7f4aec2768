"""What follows from an album's columns as a whole: stars of the scores, places, sizes of bursts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from photoaes.album.columns import NOTHING, UNRATED, Columns
from photoaes.album.ranking import own_stars


@dataclass(frozen=True)
class Standing:
    """Of N photos: `stars` [N] are the scores on the person's own scale, nan for none, or None
    while no photo has a score; `places` [N] count from 0, the best; `groups` are their sizes."""

    stars: NDArray[np.float64] | None
    places: NDArray[np.int64]
    groups: NDArray[np.int64]

    def score_limits(self, columns: Columns, low: float, high: float) -> tuple[float, float]:
        """The model's scores between which photos have `low` to `high` of the person's stars,
        as they are shown, with one decimal."""
        if self.stars is None:
            return -np.inf, np.inf
        inside = (self.stars >= low - 0.05) & (self.stars < high + 0.05)
        if not inside.any():
            return np.inf, np.inf
        return float(columns.score[inside].min()), float(columns.score[inside].max())


def standing(columns: Columns) -> Standing:
    """Milliseconds for 100,000 photos."""
    known = ~np.isnan(columns.score)
    stars = None
    if known.any():
        stars = np.full(len(columns), np.nan)
        stars[known] = own_stars(columns.score[known], columns.stars[columns.stars != UNRATED])
    places = np.empty(len(columns), dtype=np.int64)
    places[np.argsort(-columns.score, kind="stable")] = np.arange(len(columns))
    grouped = columns.group[columns.group != NOTHING].astype(np.int64)
    return Standing(stars, places, np.bincount(grouped))
