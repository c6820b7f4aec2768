"""What follows from an album's columns as a whole: stars of the scores, places, sizes of bursts."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from photoaes.album.columns import NOTHING, UNRATED, Columns
from photoaes.album.ordering import SortKey, ordered
from photoaes.album.ranking import own_stars

MOVERS = 3
AMONG = 1000  # of those that moved most: bursts are shorter


@dataclass(frozen=True)
class Belief:
    """Which stars a taste expects the person to give, [N]: the mean and one standard deviation,
    nan for a photo that it knows nothing of."""

    mean: NDArray[np.float64]
    deviation: NDArray[np.float64]


@dataclass(frozen=True)
class Standing:
    """Of N photos: `stars` [N] are the scores on the person's own scale, nan for none, or None
    while no photo has a score; `places` [N] count from 0, the best; `groups` are their sizes.

    `margins` [N] say how far the person's own stars are from `stars`, as one standard deviation;
    None where no taste tells. `ranked` photos have a place by a score or by stars, and the others,
    not looked at yet, come after them. `moved` are the photos that the taste moved up most, and
    down most.
    """

    stars: NDArray[np.float64] | None
    places: NDArray[np.int64]
    groups: NDArray[np.int64]
    margins: NDArray[np.float64] | None = None
    ranked: int = 0
    moved: tuple[tuple[int, ...], tuple[int, ...]] = ((), ())

    def score(self, index: int) -> float | None:
        """Of one photo, in the person's own stars; None for one that has none."""
        return _known(self.stars, index)

    def margin(self, index: int) -> float | None:
        """How far the person's own stars are from its score, as one deviation; None if unknown."""
        return _known(self.margins, index)

    def place(self, index: int) -> int:
        """The photo's rank by score; 1 is the best."""
        return int(self.places[index]) + 1

    def group_size(self, columns: Columns, index: int) -> int:
        """How many photos its burst has; 0 outside bursts."""
        group = int(columns.group[index])
        return int(self.groups[group]) if group != NOTHING else 0

    def score_limits(self, columns: Columns, low: float, high: float) -> tuple[float, float]:
        """The model's scores between which photos have `low` to `high` of the person's stars,
        as they are shown, with one decimal."""
        if self.stars is None:
            return -np.inf, np.inf
        inside = (self.stars >= low - 0.05) & (self.stars < high + 0.05)
        if not inside.any():
            return np.inf, np.inf
        return float(columns.score[inside].min()), float(columns.score[inside].max())


def standing(columns: Columns, belief: Belief | None = None) -> Standing:
    """A tenth of a second for 100,000 photos with scores: for a thread that may wait."""
    known = ~np.isnan(columns.score)
    stars = margins = None
    if known.any():
        stars = np.full(len(columns), np.nan)
        stars[known] = own_stars(columns.score[known], columns.own[columns.own != UNRATED])
        margins = None if belief is None else _margins(stars, belief)
    grouped = columns.group[columns.group != NOTHING].astype(np.int64)
    return Standing(
        stars,
        _places(columns),
        np.bincount(grouped),
        margins,
        _ranked(columns),
        _moved(columns, known),
    )


def placed_anew(now: Standing, columns: Columns) -> Standing:
    """After a person has spoken: the same scores, and the places that follow."""
    return replace(now, places=_places(columns), ranked=_ranked(columns))


def _ranked(columns: Columns) -> int:
    return int((~np.isnan(columns.score) | (columns.own != UNRATED)).sum())


def _places(columns: Columns) -> NDArray[np.int64]:
    places = np.empty(len(columns), dtype=np.int64)
    places[ordered(columns, SortKey.SCORE, descending=True)] = np.arange(len(columns))
    return places


def _margins(stars: NDArray[np.float64], belief: Belief) -> NDArray[np.float64]:
    """The root mean square of what the person gives minus `stars`, by what the taste expects.

    Own stars have the spread of the person's ratings, which what is expected has not: far from it,
    the interval is wider.
    """
    return np.asarray(np.hypot(belief.deviation, stars - belief.mean))


def _known(values: NDArray[np.float64] | None, index: int) -> float | None:
    return None if values is None or np.isnan(values[index]) else float(values[index])


def _moved(columns: Columns, known: NDArray[np.bool_]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    # Without a taste they are the same array, see `load_columns`.
    if columns.score is columns.general or not known.any():
        return (), ()
    order = ordered(columns, SortKey.CHANGE, descending=True)
    order = order[known[order]]
    return _apart(order, columns), _apart(order[::-1], columns)


def _apart(order: NDArray[np.int64], columns: Columns) -> tuple[int, ...]:
    """The first few, of each group one: three frames of a burst would tell one thing."""
    first = order[:AMONG]
    group = np.where(columns.group[first] == NOTHING, -1 - first, columns.group[first])
    _, at = np.unique(group, return_index=True)
    return tuple(first[np.sort(at)][:MOVERS].tolist())
