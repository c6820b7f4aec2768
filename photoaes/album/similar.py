"""Photos that show the same: bursts, near-duplicates, and copies.

A burst is time and likeness: one camera's frames, each within `BURST_SECONDS` of the last, that
look alike; a second shot within `NEAR_SECONDS` has to look nearly the same. Equal pictures are
copies whenever they were taken, and so are nearly equal ones of which one has no time (`copies`:
that may be a forward of the other). Groups do not
chain: a photo joins if it is like all that are in the group, and within its span of time. So eight
scenes of a slow pan, or a folder of scans with one date, are no burst.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from photoaes.album.columns import NOTHING, Floats, Numbers
from photoaes.album.sharpness import sharp_enough

BURST_SECONDS = 2.0
NEAR_SECONDS = 300.0
# Cosine of the backbone's features and correlation of the looks. Of 145,000 pairs of different
# photos 15 reach the first two, of frames of one scene that move by 6 % 94 % do; the features alone
# take pictures of noise for the same.
BURST_ALIKE, BURST_LOOK = 0.85, 0.5
ALIKE, LOOK = 0.95, 0.5
NEIGHBOURS = 20  # how many photos ahead in time a photo is compared with
# Without anything to compare by: so many seconds at most, and so many photos of one second.
BLIND_SPAN = 10.0
_CROWD = 12

_BLOCK = 64  # photos that are compared at once: small, since all pairs within are computed
_LOOK = 256

Pairs = NDArray[np.int64]
Looks = Callable[[NDArray[np.int64]], NDArray[np.float32]]


def _no_looks(indices: NDArray[np.int64]) -> NDArray[np.float32]:
    return np.zeros((len(indices), _LOOK), dtype=np.float32)


def groups(
    taken: Floats,
    camera: Numbers,
    features: NDArray[np.float32] | None,
    looks: Looks = _no_looks,
    copies: Pairs | None = None,
) -> Numbers:
    """A group number for each photo [N], NOTHING for one that is like no other.

    `taken` is in seconds, nan where no time is known. `features` is [N, d], or None while there are
    none; a row of zeros is a photo without. `looks` gives rows [M, 256] of mean 0 and length 1 for
    M photos, zeros for none; `copies` are pairs [P, 2] that are known to be equal. Numbers rise
    with the time of each group's first photo, so a scan that finds the same photos gives the same
    groups; those without a time come last.
    """
    order = np.argsort(taken, kind="stable")[: np.count_nonzero(~np.isnan(taken))]
    unit = None if features is None else _unit(features)
    near = np.unique(_candidates(order, taken, camera, unit))
    group: dict[int, list[int]] = {}
    if len(near):
        group = _Linker(taken, camera, unit, looks, near).linked(order[np.isin(order, near)])
    for first, second in copies.tolist() if copies is not None else ():
        _join(group, first, second)
    return _numbered(len(taken), group, taken)


def best_of_groups(
    group: Numbers,
    score: Floats,
    sharpness: Floats,
    fine: Floats | None = None,
    camera: Numbers | None = None,
    whole: NDArray[np.bool_] | None = None,
    is_forward: NDArray[np.bool_] | None = None,
    face_faults: Numbers | None = None,
) -> NDArray[np.bool_]:
    """True for the suggested best of each group and for every photo in none, [N].

    Of those that are not visibly softer than the sharpest of the group (by `fine`, see
    `sharp_enough`), and of these of those with the fewest `face_faults` (closed eyes, faces out of
    focus), the best has the highest score, then the highest sharpness, then stands first. A missing
    score or sharpness (nan) is the lowest. Photos of a group kept `whole`, such as a bracket, are
    all of them best; a forward never is, since its original is there.
    """
    enough = np.ones(len(group), dtype=bool) if fine is None else sharp_enough(group, fine, camera)
    rank = np.lexsort(
        (
            np.arange(len(group)),
            -np.nan_to_num(sharpness, nan=-np.inf),
            -np.nan_to_num(score, nan=-np.inf),
            np.zeros(len(group)) if face_faults is None else face_faults,
            ~enough,
            np.zeros(len(group)) if is_forward is None else is_forward,
        )
    )
    best = group == NOTHING
    grouped = rank[group[rank] != NOTHING]
    _, first = np.unique(group[grouped], return_index=True)
    best[grouped[first]] = True
    if whole is not None:
        best |= whole
    return np.asarray(best, dtype=bool)


def forwards(group: Numbers, is_dated: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Photos that their camera did not date, in a group with one that it did, [N]: copies of it."""
    originals = np.unique(group[is_dated & (group != NOTHING)])
    return np.asarray(~is_dated & np.isin(group, originals), dtype=bool)


def candidates(
    taken: Floats, camera: Numbers, features: NDArray[np.float32] | None
) -> NDArray[np.int64]:
    """Photos that may be in a group, as far as times and features tell: their looks decide."""
    order = np.argsort(taken, kind="stable")[: np.count_nonzero(~np.isnan(taken))]
    unit = None if features is None else _unit(features)
    return np.unique(_candidates(order, taken, camera, unit))


def kept_whole(
    group: Numbers,
    bias: Floats,
    is_bracket: NDArray[np.bool_],
    is_series: NDArray[np.bool_] | None = None,
) -> NDArray[np.bool_]:
    """Photos of groups that are exposure brackets or panoramas, [N]: nothing of them is left out.

    `bias` is the exposure's in steps, nan where unknown. Frames of a bracket differ in it, and the
    camera says so (`is_bracket`), or all of three and more differ. Those of `is_series` say
    themselves that they are a part of a whole.
    """
    whole = np.zeros(len(group), dtype=bool)
    known = (group != NOTHING) & ~np.isnan(bias)
    for number in np.unique(group[known & ((bias != 0) | is_bracket)]).tolist():
        members = np.flatnonzero(group == number)
        steps = np.unique(bias[members][~np.isnan(bias[members])])
        said = bool(is_bracket[members].all())
        if len(steps) >= 2 and (said or len(steps) == len(members) >= 3):
            whole[members] = True
    if is_series is not None:
        whole |= is_series & (group != NOTHING)
    return whole


class _Linker:
    """Complete linkage in the order of time: a photo joins a group if it is like all of it."""

    def __init__(
        self,
        taken: Floats,
        camera: Numbers,
        unit: NDArray[np.float32] | None,
        looks: Looks,
        wanted: NDArray[np.int64],
    ) -> None:
        self._taken, self._camera, self._unit = taken, camera, unit
        self._place = {index: row for row, index in enumerate(wanted.tolist())}
        self._looks = looks(wanted)
        self._has_look: NDArray[np.bool_] = np.asarray(self._looks.any(axis=1))
        seconds, counts = np.unique(np.floor(taken[wanted]), return_counts=True)
        self._crowded = set(seconds[counts > _CROWD].tolist())

    def linked(self, order: NDArray[np.int64]) -> dict[int, list[int]]:
        """By photo the group that it is in, for those in one of two and more."""
        recent: list[list[int]] = []
        group: dict[int, list[int]] = {}
        for index in order.tolist():
            oldest = self._taken[index] - NEAR_SECONDS
            recent = [one for one in recent if self._taken[one[-1]] >= oldest][-NEIGHBOURS:]
            home = next((one for one in reversed(recent) if self._joins(index, one)), None)
            if home is None:
                recent.append([index])
            else:
                home.append(index)
                group |= dict.fromkeys(home, home)
        return group

    def _joins(self, index: int, group: list[int]) -> bool:
        span = self._taken[index] - self._taken[group[0]]
        if span > NEAR_SECONDS:
            return False
        last = group[-1]
        is_burst = (
            self._taken[index] - self._taken[last] <= BURST_SECONDS
            and self._camera[index] == self._camera[last]
        )
        cosine, look = (BURST_ALIKE, BURST_LOOK) if is_burst else (ALIKE, LOOK)
        features = self._features(index, group)
        if features is not None and features < cosine:
            return False
        looks = self._look(index, group)
        if looks is not None:
            return looks >= look and (features is not None or is_burst)
        if features is not None:
            return True
        is_crowd = float(np.floor(self._taken[index])) in self._crowded
        return is_burst and span <= BLIND_SPAN and not is_crowd

    def _features(self, index: int, group: list[int]) -> float | None:
        if self._unit is None:
            return None
        rows = self._unit[group]
        has_all = np.asarray(rows.any(axis=1)).all() and self._unit[index].any()
        if not has_all:
            return None
        return float((rows @ self._unit[index]).min())

    def _look(self, index: int, group: list[int]) -> float | None:
        rows = [self._place[one] for one in group]
        row = self._place[index]
        if not (self._has_look[row] and self._has_look[rows].all()):
            return None
        return float((self._looks[rows] @ self._looks[row]).min())


def _unit(features: NDArray[np.float32]) -> NDArray[np.float32]:
    length = np.linalg.norm(features, axis=1, keepdims=True)
    return np.asarray(features / np.where(length > 0, length, 1), dtype=np.float32)


def _candidates(
    order: NDArray[np.int64], taken: Floats, camera: Numbers, unit: NDArray[np.float32] | None
) -> Pairs:
    pairs = [_burst(order, step, taken, camera) for step in range(1, NEIGHBOURS + 1)]
    if unit is not None:
        pairs += [order[near] for near in _near_duplicates(taken[order], unit[order])]
    return np.concatenate(pairs)


def _burst(order: NDArray[np.int64], step: int, taken: Floats, camera: Numbers) -> Pairs:
    """Pairs [P, 2] of one camera within a burst's time that are `step` places apart in time."""
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


def _join(group: dict[int, list[int]], first: int, second: int) -> None:
    """Put copies into one group; two groups that hold copies of each other stay two."""
    one, other = group.get(first), group.get(second)
    if one is None and other is None:
        group[first] = group[second] = [first, second]
    elif one is None and other is not None:
        other.append(first)
        group[first] = other
    elif other is None and one is not None:
        one.append(second)
        group[second] = one


def _numbered(count: int, group: dict[int, list[int]], taken: Floats) -> Numbers:
    numbers = np.full(count, NOTHING, dtype=np.int32)
    found = {id(members): members for members in group.values()}

    def first(members: list[int]) -> tuple[float, int]:
        times = [float(taken[one]) for one in members if not np.isnan(taken[one])]
        return min(times, default=np.inf), min(members)

    for number, members in enumerate(sorted(found.values(), key=first)):
        numbers[members] = number
    return numbers
