"""Groups of people whose tastes depart from the crowd's in the same way, as score databases.

The paper (section 5.3) proposes to partition a database by who rated it: each group's mean is a
taste of its own, and a new person is a blend of such tastes. What a person gave is standardised,
the crowd's mean is taken off, and people are clustered by the leading directions of what is left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
DIRECTIONS = 6
ROUNDS = 50


def group_means(
    ratings: Mapping[str, Mapping[str, float]], images: Sequence[str], groups: int, seed: int = 0
) -> Floats:
    """Mean rating of each image by each group of people, [groups, N], on the ratings' own scale.

    Only `images` are looked at. An image that nobody of a group rated gets the crowd's mean. The
    largest group comes first; the same seed gives the same groups.
    """
    table = _table(ratings, images)
    member = _clusters(_departures(table), groups, np.random.default_rng(seed))
    crowd = np.nanmean(table, axis=0)
    order = np.argsort(-np.bincount(member, minlength=groups), kind="stable")
    means = [_mean(table[member == group], crowd) for group in order]
    return np.stack(means)


def _table(ratings: Mapping[str, Mapping[str, float]], images: Sequence[str]) -> Floats:
    """People by images, nan where not rated; people who rated none of them are left out."""
    place = {name: index for index, name in enumerate(images)}
    rows = []
    for given in ratings.values():
        row = np.full(len(images), np.nan)
        for name, value in given.items():
            if name in place:
                row[place[name]] = value
        if not np.isnan(row).all():
            rows.append(row)
    return np.stack(rows)


def _departures(table: Floats) -> Floats:
    """Where each person lies along the leading directions of departing from the crowd, [P, D]."""
    centred = table - np.nanmean(table, axis=1, keepdims=True)
    spread = np.nanstd(table, axis=1, keepdims=True)
    standard = centred / np.where(spread > 0, spread, 1)
    rest = np.nan_to_num(standard - np.nanmean(standard, axis=0))
    left, strength, _ = np.linalg.svd(rest, full_matrices=False)
    return np.asarray(left[:, :DIRECTIONS] * strength[:DIRECTIONS])


def _clusters(points: Floats, count: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """k-means from points that are far apart (k-means++); each point's cluster [P]."""
    centres = [points[rng.integers(len(points))]]
    while len(centres) < count:
        near = np.min([((points - c) ** 2).sum(axis=1) for c in centres], axis=0)
        centres.append(points[rng.choice(len(points), p=near / near.sum())])
    middle = np.stack(centres)
    for _ in range(ROUNDS):
        member = ((points[:, None] - middle[None]) ** 2).sum(axis=2).argmin(axis=1)
        middle = np.stack(
            [
                points[member == k].mean(axis=0) if (member == k).any() else middle[k]
                for k in range(count)
            ]
        )
    return np.asarray(member, dtype=np.int64)


def _mean(rows: Floats, crowd: Floats) -> Floats:
    rated = ~np.isnan(rows)
    total = np.where(rated, rows, 0).sum(axis=0)
    count = rated.sum(axis=0)
    return np.where(count > 0, total / np.maximum(count, 1), crowd)
