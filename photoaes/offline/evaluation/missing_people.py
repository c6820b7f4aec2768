"""Who is not judged at a K, and why: whoever is missing is named, never dropped in silence."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from photoaes.offline.evaluation.evaluate import EvaluationPlan
from photoaes.offline.evaluation.protocol import Result, why_no_draw

UNRATED = "no ratings in the table"
UNDEFINED = "no SROCC: all ratings or all scores of the photos judged on are equal, in every draw"


@dataclass(frozen=True)
class MissingPerson:
    """Somebody who should be judged at `shots`, and why not; `photos` is how many they rated."""

    person: str
    shots: int
    photos: int
    why: str


def missing_people(
    plan: EvaluationPlan,
    expected: Iterable[str],
    ratings: Mapping[str, Mapping[str, float]],
    seen: Collection[str] = (),
) -> list[MissingPerson]:
    """Of those `expected` (whom papers test on, or all who rated): for each K who has no draw."""
    found = []
    for person in expected:
        given = ratings.get(person, {})
        known = len(given.keys() & set(seen))
        for shots in plan.shots:
            why = why_no_draw(len(given) - known, known, shots, plan.min_query)
            if why is not None:
                found.append(MissingPerson(person, shots, len(given), why if given else UNRATED))
    return sorted(found, key=lambda one: (one.shots, one.person))


def without_srocc(results: Sequence[Result]) -> list[MissingPerson]:
    """Those who were judged at a K, but of whom no method has a defined SROCC there."""
    every: dict[tuple[int, str], list[bool]] = {}
    for result in results:
        every.setdefault((result.shots, result.person), []).append(bool(np.isnan(result.srocc)))
    lost = sorted(key for key, undefined in every.items() if all(undefined))
    return [MissingPerson(person, shots, 0, UNDEFINED) for shots, person in lost]


def as_records(people: Iterable[MissingPerson]) -> list[dict[str, Any]]:
    """The people as plain records, for the JSON beside the results."""
    return [asdict(one) for one in people]


def from_records(records: object) -> list[MissingPerson]:
    """What `as_records` wrote; whatever else stands there is left out."""
    found = []
    for one in records if isinstance(records, list) else []:
        try:
            shots, photos = int(one["shots"]), int(one["photos"])
            found.append(MissingPerson(str(one["person"]), shots, photos, str(one["why"])))
        except (KeyError, TypeError, ValueError, OverflowError):
            continue
    return found
