"""The K-shot protocol: who is judged, on which photos, after learning from which.

For each person K photos are drawn as the support set and all others are the query set. Every
method gets the same draws. Photos that the bank was trained on are never queries: they fill a
support set only where the unseen photos would not leave the fewest that are judged on.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import wilcoxon

# The paper names no minimum. The fewest photos that its people leave to be judged on are five: of
# 105 on Flickr-AES, at K = 100. With more asked for, its tables would be of other people.
MIN_QUERY = 5


@dataclass(frozen=True)
class Draw:
    """One person's K support photos and query photos, by name; they share none."""

    person: str
    shots: int
    trial: int
    support: tuple[str, ...]
    query: tuple[str, ...]


def draw(
    person: str,
    images: Collection[str],
    shots: int,
    trial: int,
    *,
    seen: Collection[str] = (),
    seed: int = 0,
    min_query: int = MIN_QUERY,
) -> Draw | None:
    """The draw that seed, person, K and trial stand for; None where too few photos are left."""
    rng = np.random.default_rng([seed, zlib.crc32(person.encode()), shots, trial])
    unseen = sorted(set(images) - set(seen))
    known = sorted(set(images) & set(seen))
    if why_no_draw(len(unseen), len(known), shots, min_query) is not None:
        return None
    fresh = min(shots, len(unseen) - min_query)
    order = [unseen[i] for i in rng.permutation(len(unseen))]
    filled = [known[i] for i in rng.permutation(len(known))[: shots - fresh]]
    return Draw(person, shots, trial, tuple(order[:fresh] + filled), tuple(order[fresh:]))


def why_no_draw(unseen: int, known: int, shots: int, min_query: int) -> str | None:
    """Why a person with so many photos, unseen by and known to the bank, cannot be judged at K.

    None where they can.
    """
    needed = shots + min_query
    if unseen < min_query and known:
        return f"{unseen} photos that the bank does not know; {min_query} to judge on are needed"
    if unseen + known < needed:
        return f"{unseen + known} photos; {shots} + {min_query} are needed"
    return None


@dataclass(frozen=True)
class Result:
    """One method's SROCC, pair accuracy and PLCC on one draw's query set; nan where all are equal.

    `part` tells draws of several runs apart, such as those of two cross-fitted banks.
    """

    person: str
    shots: int
    trial: int
    method: str
    srocc: float
    pairs: float
    plcc: float = float("nan")
    part: str = ""


@dataclass(frozen=True)
class TableRow:
    """A line of the table: mean SROCC over people, its 95 % interval, mean pair accuracy and PLCC.

    The person's draws are averaged first; intervals are percentiles of a bootstrap over people.
    `deviation` is what the paper prints: the SD over trials of the mean over people, nan for one.
    """

    shots: int
    method: str
    people: int
    draws: int
    mean: float
    interval: tuple[float, float]
    pairs: float
    plcc: float
    deviation: float


@dataclass(frozen=True)
class Comparison:
    """How much higher a method's SROCC is than another's, on the same people and draws.

    `worse` is the share of people for whom it is lower; `p` is Wilcoxon's signed-rank test, nan
    where nobody differs.
    """

    shots: int
    method: str
    other: str
    people: int
    gain: float
    interval: tuple[float, float]
    worse: float
    p: float


EXPERTS_ALIKE = "K=0"
BOOTSTRAPS = 10_000
# Person, part and trial.
Key = tuple[str, str, int]


def summarise(results: Sequence[Result], seed: int = 0) -> list[TableRow]:
    """One row for each K and method, in the order of their first result.

    Draws with an undefined SROCC are left out.
    """
    rows = []
    for (shots, method), values in _grouped(results).items():
        means = _by_person({key: result.srocc for key, result in values.items()})
        pairs = _by_person({key: result.pairs for key, result in values.items()})
        linear = _by_person({key: result.plcc for key, result in values.items()})
        rows.append(
            TableRow(
                shots,
                method,
                len(means),
                len(values),
                float(means.mean()),
                _interval(means, seed),
                float(pairs.mean()),
                float(linear.mean()),
                _deviation(values),
            )
        )
    return rows


def _deviation(values: Mapping[Key, Result]) -> float:
    """SD (n - 1) over the trials that have all people; a trial broken off is another average."""
    trials: dict[int, dict[Key, float]] = {}
    for key, result in values.items():
        trials.setdefault(result.trial, {})[key] = result.srocc
    most = max(len(trial) for trial in trials.values())
    means = [_by_person(trial).mean() for trial in trials.values() if len(trial) == most]
    return float(np.std(means, ddof=1)) if len(means) > 1 else float("nan")


def compare(results: Sequence[Result], method: str, seed: int = 0) -> list[Comparison]:
    """`method` against each other method, for each K."""
    groups = _grouped(results)
    return [
        _comparison(shots, method, other, groups[shots, method], values, seed)
        for (shots, other), values in groups.items()
        if other != method and (shots, method) in groups
    ]


def _comparison(
    shots: int,
    method: str,
    other: str,
    own: Mapping[Key, Result],
    base: Mapping[Key, Result],
    seed: int,
) -> Comparison:
    both = own.keys() & base.keys()
    gains = _by_person({key: own[key].srocc - base[key].srocc for key in both})
    mean = float(gains.mean()) if len(gains) else float("nan")
    worse = float((gains < 0).mean()) if len(gains) else float("nan")
    p = float(wilcoxon(gains).pvalue) if np.any(gains != 0) else float("nan")
    interval = _interval(gains, seed)
    return Comparison(shots, method, other, len(gains), mean, interval, worse, p)


def _grouped(
    results: Sequence[Result],
) -> dict[tuple[int, str], dict[Key, Result]]:
    """By K and method: the results with a defined SROCC, by person, part and trial."""
    groups: dict[tuple[int, str], dict[Key, Result]] = {}
    for result in results:
        if not np.isnan(result.srocc):
            group = groups.setdefault((result.shots, result.method), {})
            group[result.person, result.part, result.trial] = result
    return groups


def _by_person(values: Mapping[Key, float]) -> NDArray[np.float64]:
    """The mean of each person's draws, by name."""
    people: dict[str, list[float]] = {}
    for (person, *_), value in sorted(values.items()):
        people.setdefault(person, []).append(value)
    return np.array([np.mean(draws) for draws in people.values()])


def _interval(values: NDArray[np.float64], seed: int) -> tuple[float, float]:
    if len(values) == 0:
        return float("nan"), float("nan")
    rng = np.random.default_rng(seed)
    means = values[rng.integers(len(values), size=(BOOTSTRAPS, len(values)))].mean(axis=1)
    low, high = np.percentile(means, (2.5, 97.5))
    return float(low), float(high)
