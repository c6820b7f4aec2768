"""A person's taste as one convex posterior, in the person's own stars.

    y = f(x) + noise,    f(x) = m(x) + psi(x) . w,    w ~ N(w0, 1)

Bayesian linear regression around the general score m (`prior`). psi [2 + D], the design matrix's
row, holds the directions in which people differ: the mean rating, the slope of the general score,
and the photo's features (`basis`), each scaled by how far people differ along it. Weights on
features are coefficients of the task vectors and a row of the head (`readout`), so the posterior
mean is a merged model. A rating is Gaussian around f; a pair (better, worse) is logistic in
the difference of their f. Newton's method finds the mode in the space of the photos that the person
judged, of which there are few, and the posterior is the Gaussian of the same curvature there
(Laplace's approximation; Rasmussen & Williams 2006, section 3.4).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from photoaes.model.taste.basis import Basis
from photoaes.model.taste.prior import GeneralAgreement, Prior

Floats = NDArray[np.float64]
NEWTON_STEPS = 20
SLOPE = 1  # the general score's slope among the directions
# The slope that a person is expected to give the general score, before anything is known of him or
# her: the person's own stars then tell the rest of it. With 1 the stars are predicted best, with
# less the order is right more often (NOTES.md).
EXPECTED_SLOPE = 0.85


@dataclass(frozen=True)
class Space:
    """An album of N photos prepared for taste.

    `general` m [N] in stars, `directions` psi [N, 2 + D]. `slope` turns m less its mean into psi's
    second.
    """

    basis: Basis
    general: NDArray[np.float32]
    directions: NDArray[np.float32]
    slope: float
    prior: Prior

    @property
    def noise(self) -> float:
        """The deviation of a rating around what the person thinks of the photo, in stars."""
        return self.prior.spread.noise

    @property
    def likeness(self) -> GeneralAgreement:
        """How well the general score agrees with people."""
        return self.prior.likeness


@dataclass(frozen=True)
class Taste:
    """The posterior: `scores` [N] and `uncertainty` [N] (one deviation), in stars, and the mean
    `weights` [2 + D] of the directions.

    The rest is the posterior at the judged photos: `support` [M] are their rows, `mean` [M] and
    `covariance` [M, M] of f, `ratings` [M] their stars, nan where only compared.
    """

    scores: NDArray[np.float32]
    uncertainty: NDArray[np.float32]
    weights: NDArray[np.float32]
    support: NDArray[np.intp]
    ratings: Floats
    mean: Floats
    covariance: Floats
    noise: float


def taste_space(basis: Basis, features: NDArray[np.float16], prior: Prior) -> Space:
    """Prepare all photos of an album, [N, 1 + D + d] as the tangent measured them."""
    general, spread = prior.general_scores(basis, features), prior.spread
    centred = general - np.float32(prior.mean)
    slope = spread.slope / max(float(np.sqrt((centred**2).mean())), 1e-6)
    directions = np.empty((len(features), 2 + basis.width), dtype=np.float32)
    directions[:, 0] = spread.mean
    directions[:, SLOPE] = centred * np.float32(slope)
    directions[:, 2:] = (basis.directions(features) - prior.centre) * prior.scale
    return Space(basis, general, directions, slope, prior)


def fit_taste(
    space: Space,
    rated: Sequence[int],
    stars: ArrayLike,
    better: Sequence[tuple[int, int]] = (),
) -> Taste:
    """The posterior from the ratings of the rows `rated` and pairs (better row, worse row)."""
    support = np.unique(np.array([*rated, *(row for pair in better for row in pair)], dtype=int))
    ratings = np.full(len(support), np.nan)
    ratings[np.searchsorted(support, rated)] = stars
    pairs = np.searchsorted(support, np.array(better, dtype=int).reshape(-1, 2))
    psi = space.directions[support].astype(np.float64)
    expected = np.zeros(psi.shape[1])
    expected[SLOPE] = (EXPECTED_SLOPE - 1) / space.slope
    prior_mean = space.general[support] + psi @ expected
    kernel = psi @ psi.T
    dual, weight = _mode(kernel, prior_mean, ratings, pairs, space.noise)
    inner = np.linalg.solve(np.eye(len(support)) + weight @ kernel, weight)
    mean = (expected + psi.T @ dual).astype(np.float32)
    # What the support explains of each photo's variance, in M dimensions and not in D.
    shared = space.directions @ psi.T.astype(np.float32)
    explained = np.einsum("nm,nm->n", shared @ inner.astype(np.float32), shared)
    variance = np.einsum("nd,nd->n", space.directions, space.directions) - explained
    return Taste(
        space.general + space.directions @ mean,
        np.sqrt(np.maximum(variance, 0)),
        mean,
        support,
        ratings,
        prior_mean + kernel @ dual,
        kernel - kernel @ inner @ kernel,
        space.noise,
    )


def _mode(
    kernel: Floats, prior_mean: Floats, ratings: Floats, pairs: NDArray[np.intp], noise: float
) -> tuple[NDArray[np.floating], Floats]:
    """Newton: the dual weights a [M] with f = m + K a, and the likelihood's curvature W [M, M]."""
    given = ~np.isnan(ratings)
    precision = np.diag(given / noise**2)
    dual: NDArray[np.floating] = np.zeros(len(kernel))
    for _ in range(NEWTON_STEPS if len(pairs) else 1):
        f = prior_mean + kernel @ dual
        slope, curve = _pair_terms(f, pairs, noise)
        slope += np.where(given, ratings - f, 0) / noise**2
        weight = precision + curve
        target = weight @ (f - prior_mean) + slope
        dual = np.asarray(np.linalg.solve(np.eye(len(kernel)) + weight @ kernel, target))
    return dual, weight


def _pair_terms(f: Floats, pairs: NDArray[np.intp], noise: float) -> tuple[Floats, Floats]:
    """Slope [M] and curvature [M, M] of sum log sigma((f_better - f_worse) / noise)."""
    slope: Floats = np.zeros(len(f))
    curve: Floats = np.zeros((len(f), len(f)))
    better, worse = pairs.T
    lost = 1 / (1 + np.exp((f[better] - f[worse]) / noise))
    np.add.at(slope, better, lost / noise)
    np.add.at(slope, worse, -lost / noise)
    bend = lost * (1 - lost) / noise**2
    for a, b, sign in ((better, better, 1), (worse, worse, 1), (better, worse, -1)):
        np.add.at(curve, (a, b), sign * bend)
        if sign < 0:
            np.add.at(curve, (b, a), -bend)
    return slope, curve
