"""The methods that `evaluate` compares. Each gets cases without query ratings, returns scores.

    K=0             mean of the experts' z-scores over all photos: nothing learned
    general         what the bank's prior thinks of a photo before anyone has rated
    initialisation  the paper's adaptive initialisation, exact
    paper           the paper's fit, exact: a minute a person on two cores
    linear          the paper's fit in the linear model
    stack           ridge on the n experts' scores, its mean 1/n each
    ridge           K=0, and a ridge on the embedding for what it leaves
    ours-ungated    our posterior
    ours            our posterior, as far as held-out evidence supports it

A method that cannot learn from a support set (one photo, or equal ratings) gives the K=0 scores.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from photoaes.model.agreement import estimate_agreement
from photoaes.model.fitting import FitSettings, Merger, Support, fit, initial_coefficients
from photoaes.model.prior import Prior
from photoaes.model.tangent import Layout
from photoaes.model.taste import Space, Taste, fit_taste, taste_space
from photoaes.offline.linear_fit import LinearModel, linear_fit
from photoaes.offline.protocol import GENERIC

Scores = NDArray[np.float64]
PEOPLE_AT_ONCE = 64
# Of the baselines; for `ridge` the best of nine pairs tried on OASIS at K = 10 and 50 (NOTES.md).
SLOPE, STRENGTH = 0.25, 1.5


@dataclass(frozen=True)
class Material:
    """N photos as all methods see them: `pixels` [N, S, S, 3], `features`, `experts` [n, N]."""

    merger: Merger
    layout: Layout
    pixels: NDArray[np.uint8]
    features: NDArray[np.float16]
    experts: Scores
    prior: Prior
    settings: FitSettings

    @cached_property
    def generic(self) -> Scores:
        """The K=0 scores [N]."""
        return generic_scores(self.experts)

    @cached_property
    def space(self) -> Space:
        """The photos prepared for our method."""
        return taste_space(self.layout, self.features, self.prior)

    @cached_property
    def linear(self) -> LinearModel:
        """The photos in the linear model."""
        shape = (len(self.pixels), len(self.layout.tasks), -1)
        gradients = self.layout.gradients(self.features).reshape(shape)
        return LinearModel(self.layout.generic(self.features), gradients, self.experts)

    @cached_property
    def embeddings(self) -> Scores:
        """The frozen backbone's embeddings, standardised over the photos, [N, d] / sqrt(d)."""
        raw = self.layout.embeddings(self.features).astype(np.float64)
        spread = raw.std(axis=0)
        scale = np.where(spread > 0, spread, 1) * np.sqrt(raw.shape[1])
        scaled: Scores = (raw - raw.mean(axis=0)) / scale
        return scaled


@dataclass(frozen=True)
class Case:
    """One draw without its query ratings: rows of photos, and the support's stars (1..5) [K]."""

    support: NDArray[np.intp]
    stars: Scores
    query: NDArray[np.intp]

    @property
    def can_teach(self) -> bool:
        """Whether there is an order in it."""
        return len(np.unique(self.stars)) > 1


Method = Callable[[Material, Sequence[Case]], list[Scores]]


def generic_scores(experts: Scores) -> Scores:
    """K = 0: the mean over experts of their z-scores over all photos; [n, N] to [N]."""
    mean: Scores = _z_scores(experts).mean(axis=0)
    return mean


def _z_scores(experts: Scores) -> Scores:
    spread = experts.std(axis=1, keepdims=True)
    z: Scores = (experts - experts.mean(axis=1, keepdims=True)) / np.where(spread > 0, spread, 1)
    return z


def _generic(material: Material, cases: Sequence[Case]) -> list[Scores]:
    return [material.generic[case.query] for case in cases]


def _general(material: Material, cases: Sequence[Case]) -> list[Scores]:
    return [material.space.general[case.query].astype(np.float64) for case in cases]


def _initialisation(material: Material, cases: Sequence[Case]) -> list[Scores]:
    return [_exact(material, case, steps=False) for case in cases]


def _paper(material: Material, cases: Sequence[Case]) -> list[Scores]:
    return [_exact(material, case, steps=True) for case in cases]


def _exact(material: Material, case: Case, steps: bool) -> Scores:
    if not case.can_teach:
        return material.generic[case.query]
    support = Support(material.pixels[case.support], case.stars)
    merger, settings = material.merger, material.settings
    alpha = initial_coefficients(merger, support, settings)
    if steps:
        run = fit(merger, support, settings)
        try:
            while True:
                next(run)
        except StopIteration as finished:
            alpha = finished.value.to(merger.device)
    return merger.scores_of(alpha, material.pixels[case.query])


def _linear(material: Material, cases: Sequence[Case]) -> list[Scores]:
    scores = _generic(material, cases)
    able = [i for i, case in enumerate(cases) if case.can_teach]
    for start in range(0, len(able), PEOPLE_AT_ONCE):
        part = able[start : start + PEOPLE_AT_ONCE]
        supports = [cases[i].support for i in part]
        stars = [cases[i].stars for i in part]
        fitted = linear_fit(material.linear, supports, stars, material.settings)
        for i, alpha in zip(part, fitted, strict=True):
            scores[i] = material.linear.at(alpha, cases[i].query)
    return scores


def _stack(material: Material, cases: Sequence[Case]) -> list[Scores]:
    z = _z_scores(material.experts).T
    count = z.shape[1]
    return [_ridge_on(z / np.sqrt(count), z.mean(axis=1), case) for case in cases]


def _ridge(material: Material, cases: Sequence[Case]) -> list[Scores]:
    generic = material.generic / max(material.generic.std(), 1e-9) * SLOPE
    return [_ridge_on(material.embeddings, generic, case) for case in cases]


def _ridge_on(x: Scores, mean: Scores, case: Case) -> Scores:
    """Ridge in dual form for what `mean` [N] leaves of the stars; x [N, D], with an intercept."""
    if len(case.support) == 0:
        return mean[case.query]
    inner = x[case.support] @ x[case.support].T + 1
    left = case.stars - 3 - mean[case.support]
    weights = np.linalg.solve(inner + STRENGTH * np.eye(len(left)), left)
    scores: Scores = mean[case.query] + x[case.query] @ (x[case.support].T @ weights)
    return scores


def _ungated(material: Material, cases: Sequence[Case]) -> list[Scores]:
    return [_taste(material, case).scores[case.query].astype(np.float64) for case in cases]


def _ours(material: Material, cases: Sequence[Case]) -> list[Scores]:
    return [_gated(material, case) for case in cases]


def _taste(material: Material, case: Case) -> Taste:
    return fit_taste(material.space, case.support.tolist(), case.stars)


def _gated(material: Material, case: Case) -> Scores:
    taste, space = _taste(material, case), material.space
    general = space.general
    agreement = estimate_agreement(taste, general, space.likeness)
    blend = agreement.blend if agreement else 0.0
    scores: Scores = (1 - blend) * general[case.query] + blend * taste.scores[case.query]
    return scores


METHODS: dict[str, Method] = {
    GENERIC: _generic,
    "general": _general,
    "initialisation": _initialisation,
    "paper": _paper,
    "linear": _linear,
    "stack": _stack,
    "ridge": _ridge,
    "ours-ungated": _ungated,
    "ours": _ours,
}
# Those that run the merged model anew for each person.
EXACT = ("initialisation", "paper")
