"""Photos that show the same: bursts by time, near-duplicates by the backbone's features.

Two photos are alike if the same camera took them within `BURST_SECONDS`, or if they were taken
within `NEAR_SECONDS` of each other and their features are closer than `ALIKE`. Groups are what
such pairs connect. Only neighbours in time are compared, so an album of 100,000 photos takes
seconds; features alone would call two sunsets of different years duplicates.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from photoaes.album.columns import NOTHING, Floats, Numbers

BURST_SECONDS = 2.0
NEAR_SECONDS = 300.0
ALIKE = 0.95  # cosine of the features
NEIGHBOURS = 20  # how many photos ahead in time a photo is compared with

_BLOCK = 64  # photos that are compared at once: small, since all pairs within are computed

Pairs = NDArray[np.int64]


def groups(taken: Floats, camera: Numbers, features: NDArray[np.float32] | None) -> Numbers:
    """A group number for each photo [N], NOTHING for one that is like no other.

    `taken` is in seconds, nan where unknown: such a photo is in no group. `features` is [N, d] or
    None while there are none; a row of zeros is a photo without. Numbers rise with the time of
    each group's first photo, so a scan that finds the same photos gives the same groups.
    """
    order = np.argsort(taken, kind="stable")[: np.count_nonzero(~np.isnan(taken))]
    pairs = [_burst(order, step, taken, camera) for step in range(1, NEIGHBOURS + 1)]
    if features is not None:
        unit = _unit(features[order])
        pairs += [order[near] for near in _near_duplicates(taken[order], unit)]
    return _connected(len(taken), np.concatenate(pairs), order)


def best_of_groups(group: Numbers, score: Floats, sharpness: Floats) -> NDArray[np.bool_]:
    """True for the suggested best of each group and for every photo in none, [N].

    The best has the highest score, then the highest sharpness, then stands first. A missing score
    or sharpness (nan) is the lowest.
    """
    rank = np.lexsort(
        (
            np.arange(len(group)),
            -np.nan_to_num(sharpness, nan=-np.inf),
            -np.nan_to_num(score, nan=-np.inf),
        )
    )
    best = group == NOTHING
    grouped = rank[group[rank] != NOTHING]
    _, first = np.unique(group[grouped], return_index=True)
    best[grouped[first]] = True
    return np.asarray(best, dtype=bool)


def most_alike(features: NDArray[np.float32], photo: int, count: int) -> NDArray[np.int64]:
    """`photo` and the photos most like it, by the cosine of their features [N, d], best first.

    None if nothing is known of it: its features are zeros, as are those of others unknown.
    """
    if not features[photo].any():
        return np.zeros(0, dtype=np.int64)
    unit = _unit(features)
    cosine = unit @ unit[photo]
    cosine[photo] = np.inf
    known = features.any(axis=1)
    order = np.argsort(np.where(known, -cosine, np.inf), kind="stable")
    return np.asarray(order[: min(count, int(known.sum()))], dtype=np.int64)


def _unit(features: NDArray[np.float32]) -> NDArray[np.float32]:
    length = np.linalg.norm(features, axis=1, keepdims=True)
    return np.asarray(features / np.where(length > 0, length, 1), dtype=np.float32)


def _burst(order: NDArray[np.int64], step: int, taken: Floats, camera: Numbers) -> Pairs:
    """Pairs [P, 2] of one burst that are `step` places apart in time."""
    first, second = order[:-step], order[step:]
    apart = taken[second] - taken[first]
    alike = (apart <= BURST_SECONDS) & (camera[first] == camera[second])
    return np.stack([first[alike], second[alike]], axis=1)


def _near_duplicates(taken: Floats, unit: NDArray[np.float32]) -> Iterator[Pairs]:
    """Pairs [P, 2] that look alike, as places in time; `taken` [N] rises, `unit` is [N, d]."""
    for start in range(0, len(taken), _BLOCK):
        cosine = unit[start : start + _BLOCK] @ unit[start : start + _BLOCK + NEIGHBOURS].T
        first, second = np.nonzero(cosine >= ALIKE)
        step = second - first
        apart = taken[start + second] - taken[start + first]
        near = (step > 0) & (step <= NEIGHBOURS) & (apart <= NEAR_SECONDS)
        yield start + np.stack([first[near], second[near]], axis=1)


def _connected(count: int, pairs: Pairs, order: NDArray[np.int64]) -> Numbers:
    """The groups that the pairs connect, numbered in the order of their first photos."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    if len(pairs) == 0:
        return np.full(count, NOTHING, dtype=np.int32)
    links = coo_array((np.ones(len(pairs), dtype=np.int8), tuple(pairs.T)), shape=(count, count))
    parts, part = connected_components(links, directed=False)
    in_time = order[np.isin(order, pairs)]
    grouped, first = np.unique(part[in_time], return_index=True)
    number = np.full(parts, NOTHING, dtype=np.int32)
    number[grouped[np.argsort(first)]] = np.arange(len(grouped), dtype=np.int32)
    group: Numbers = number[part]
    return group
