"""Is the agreement that a person is told the agreement that comes true?

For each draw the estimate is made from the support set alone, as the app makes it, and set beside
the share of the query's pairs that the order orders as the person did. That share is
itself of few photos: the interval that should hold it is wider than the one told by what chance
adds.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from photoaes.model.metrics import pair_accuracy
from photoaes.model.taste.agreement import estimate_agreement
from photoaes.model.taste.posterior import fit_taste
from photoaes.offline.evaluation.evaluate import EvaluationPlan, draws_of
from photoaes.offline.evaluation.judging import case_of
from photoaes.offline.evaluation.material import Material


@dataclass(frozen=True)
class Told:
    """Of one draw: agreement (share of pairs) told, and what came true; `margin` has chance in."""

    person: str
    shots: int
    trial: int
    told: float
    margin: float
    true: float
    told_general: float
    true_general: float
    blend: float


def calibration(
    material: Material,
    names: Sequence[str],
    ratings: Mapping[str, Mapping[str, float]],
    plan: EvaluationPlan,
    seen: Collection[str] = (),
) -> list[Told]:
    """For every draw of the plan that gives an estimate."""
    row = {name: index for index, name in enumerate(names)}
    space, found = material.space, []
    for trial, shots in product(range(plan.trials), plan.shots):
        for planned in draws_of(plan, ratings, row, seen, shots, trial):
            case = case_of(planned, row, ratings[planned.person], plan.scale)
            taste = fit_taste(space, case.support.tolist(), case.stars)
            agreement = estimate_agreement(taste, space.general, space.likeness)
            if agreement is None:
                continue
            truth = [ratings[planned.person][name] for name in planned.query]
            general = space.general[case.query]
            order = general + agreement.blend * (taste.scores[case.query] - general)
            chance = 1.96**2 * space.likeness.chance / len(truth)
            found.append(
                Told(
                    planned.person,
                    shots,
                    trial,
                    agreement.pairs_personal,
                    float(np.hypot(agreement.pairs_margin, np.sqrt(chance))),
                    pair_accuracy(order, truth),
                    agreement.pairs_general,
                    pair_accuracy(general, truth),
                    agreement.blend,
                )
            )
    return [told for told in found if not np.isnan(told.true)]


@dataclass(frozen=True)
class Bin:
    """Draws of one K that were told about the same: mean told, mean true, and how often the true
    value lay within the margin."""

    shots: int
    draws: int
    told: float
    true: float
    within: float


def bins(draws: Sequence[Told], parts: int = 5) -> list[Bin]:
    """For each K its draws in `parts` of equal size, by what was told."""
    table = []
    for shots in sorted({told.shots for told in draws}):
        own = sorted((t for t in draws if t.shots == shots), key=lambda told: told.told)
        for part in np.array_split(np.arange(len(own)), parts):
            some = [own[i] for i in part]
            if some:
                told = float(np.mean([t.told for t in some]))
                true = float(np.mean([t.true for t in some]))
                within = float(np.mean([abs(t.true - t.told) <= t.margin for t in some]))
                table.append(Bin(shots, len(some), told, true, within))
    return table
