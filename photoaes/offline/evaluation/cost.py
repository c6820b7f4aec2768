"""What an evaluation will take, told before it; measured on this machine, with its own bank."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import torch

from photoaes.model.paper.fit import Support, fit
from photoaes.offline.evaluation.contest import Contest
from photoaes.offline.evaluation.evaluate import draws_of
from photoaes.offline.evaluation.methods import method_of
from photoaes.offline.experts.cost import Cost, seconds_to_decode, timed

# Of a method in the linear model or on arrays, a draw: rough, and of no weight beside the others.
QUICK_SECONDS = 0.05
# Features take about this many passes of the model (benchmarked), and each expert scores once.
FEATURE_PASSES = 3


def evaluation_cost(contest: Contest) -> Cost:
    """Decoding, measuring, and each method's draws. Decodes nothing but a sample."""
    plan, photos, bank = contest.plan, contest.photos, contest.bank
    merger = bank.merger(contest.device.torch)
    crop, count = merger.preprocessing.crop, len(photos.paths)
    decoding = seconds_to_decode(photos.paths, merger.preprocessing)
    pixels = np.random.default_rng(0).integers(0, 256, (8, crop, crop, 3), dtype=np.uint8)
    alpha = merger.vectors.uniform(torch.full((len(bank.tasks),), 1 / len(bank.tasks)))
    tensors = merger.merged(alpha.to(contest.device.torch))
    forward = timed(lambda: merger.scores_with(tensors, pixels)) / len(pixels)
    passes = FEATURE_PASSES + len(bank.tasks)
    parts = [
        (f"Decoding {count} photos", count * decoding),
        (f"Features and experts' scores of {count} photos", count * forward * passes),
    ]
    steps = {k: _step_seconds(contest, k) for k in plan.shots if k > 1}
    names = set(photos.asked)
    for method in plan.methods:
        seconds = 0.0
        for shots in plan.shots:
            draws = draws_of(plan, contest.ratings, names, contest.seen, shots, 0)
            queries = sum(len(planned.query) for planned in draws)
            each = _draw_seconds(contest, method, steps.get(shots, 0.0))
            scoring = queries * forward if method_of(method)[0].exact or method == "ours" else 0.0
            seconds += plan.trials * (len(draws) * each + scoring)
        parts.append((f"{method}, {plan.trials} trials", seconds))
    width = sum(len(bank.tasks) for _ in bank.layer_shapes()) * 4
    disk = (
        ("Decoded photos, in the cache", float(count * crop**2 * 3)),
        ("Features, in the cache", float(count * width)),
    )
    return Cost(tuple(parts), disk if contest.cache else ())


def _draw_seconds(contest: Contest, method: str, step: float) -> float:
    known, spec = method_of(method)
    if not known.exact:
        return QUICK_SECONDS
    if spec.name == "initialisation":
        return 0.0
    return step * spec.changed(replace(contest.settings, **known.defaults)).steps


def _step_seconds(contest: Contest, shots: int) -> float:
    """Of a step of the paper's fit on `shots` photos."""
    merger = contest.bank.merger(contest.device.torch)
    crop, count = merger.preprocessing.crop, min(shots, contest.settings.batch)
    rng = np.random.default_rng(0)
    pixels = rng.integers(0, 256, (count, crop, crop, 3), dtype=np.uint8)
    ratings = (np.arange(count) % 5 + 1).astype(np.float64)
    settings = replace(contest.settings, steps=4, initialisation="uniform")
    run = fit(merger, Support(pixels, ratings), settings)
    return timed(lambda: next(run))
