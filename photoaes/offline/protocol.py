"""The K-shot protocol: who is judged, on which photos, after learning from which.

For each person K photos are drawn as the support set and all others are the query set. Every
method gets the same draws. Photos that the bank was trained on are never queries: they fill a
support set only where the unseen photos would not leave `MIN_QUERY` to judge on.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

MIN_QUERY = 15


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
) -> Draw | None:
    """The draw that seed, person, K and trial stand for; None where too few photos are left."""
    rng = np.random.default_rng([seed, zlib.crc32(person.encode()), shots, trial])
    unseen = sorted(set(images) - set(seen))
    known = sorted(set(images) & set(seen))
    fresh = min(shots, max(len(unseen) - MIN_QUERY, 0))
    if shots - fresh > len(known) or len(unseen) - fresh < MIN_QUERY:
        return None
    order = [unseen[i] for i in rng.permutation(len(unseen))]
    filled = [known[i] for i in rng.permutation(len(known))[: shots - fresh]]
    return Draw(person, shots, trial, tuple(order[:fresh] + filled), tuple(order[fresh:]))


@dataclass(frozen=True)
class Result:
    """One method's SROCC on one draw's query set; nan where all query ratings are equal."""

    person: str
    shots: int
    trial: int
    method: str
    srocc: float


@dataclass(frozen=True)
class Row:
    """A line of the table: mean SROCC over people, its 95 % interval, and the same against K=0.

    The person's draws are averaged first; intervals are percentiles of a bootstrap over people.
    """

    shots: int
    method: str
    people: int
    draws: int
    mean: float
    interval: tuple[float, float]
    gain: float
    gain_interval: tuple[float, float]


GENERIC = "K=0"
BOOTSTRAPS = 10_000


def summarise(results: Sequence[Result], seed: int = 0) -> list[Row]:
    """One row for each K and method, in the order of their first result.

    A gain compares the same people and draws. Draws with an undefined SROCC are left out.
    """
    kept = [result for result in results if not np.isnan(result.srocc)]
    keys = dict.fromkeys((result.shots, result.method) for result in kept)
    return [_row(kept, shots, method, seed) for shots, method in keys]


def _row(results: Sequence[Result], shots: int, method: str, seed: int) -> Row:
    own = {(r.person, r.trial): r.srocc for r in results if (r.shots, r.method) == (shots, method)}
    base = {
        (r.person, r.trial): r.srocc for r in results if (r.shots, r.method) == (shots, GENERIC)
    }
    means = _by_person(own)
    gains = _by_person({key: own[key] - base[key] for key in own.keys() & base.keys()})
    return Row(
        shots,
        method,
        len(means),
        len(own),
        float(means.mean()),
        _interval(means, seed),
        float(gains.mean()) if len(gains) else float("nan"),
        _interval(gains, seed),
    )


def _by_person(values: Mapping[tuple[str, int], float]) -> np.ndarray:
    people = sorted({person for person, _ in values})
    return np.array(
        [np.mean([v for (p, _), v in values.items() if p == person]) for person in people]
    )


def _interval(values: np.ndarray, seed: int) -> tuple[float, float]:
    if len(values) == 0:
        return float("nan"), float("nan")
    rng = np.random.default_rng(seed)
    means = values[rng.integers(len(values), size=(BOOTSTRAPS, len(values)))].mean(axis=1)
    low, high = np.percentile(means, (2.5, 97.5))
    return float(low), float(high)
