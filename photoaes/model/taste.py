"""A person's taste as one convex posterior, in the person's own stars.

    y = f(x) + noise,    f(x) = m(x) + psi(x) . w,    w ~ N(0, 1)

m is the general score as stars, and psi [D] are the directions in which people's tastes are known
to differ: the intercept, the general score's slope, the coefficients of the task vectors (through
the tangent's gradients) and, as a residual, the backbone's embedding. A rating is Gaussian around
f; a choice between two photos is logistic in the difference of their f. Newton's method finds the
mode in the space of the photos that the person judged, of which there are few (Laplace).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from photoaes.model.tangent import Layout

Floats = NDArray[np.float64]
NEWTON_STEPS = 20


@dataclass(frozen=True)
class Prior:
    """How tastes differ between people, as standard deviations in stars.

    `mean` is a general person's mean rating and `slope` the stars that the general score spreads
    over (one standard deviation of the album).
    """

    mean: float = 3.0
    slope: float = 0.5
    mean_deviation: float = 0.7
    slope_deviation: float = 0.3
    coefficients: float = 0.3
    residual: float = 0.5
    noise: float = 0.9


@dataclass(frozen=True)
class Space:
    """An album prepared for taste: `general` m [N] and `directions` psi [N, D], float32.

    `to_coefficients` [D, n L] says what w means for alpha; `experts` [N, n] are the tasks' own
    scores in the linear model.
    """

    layout: Layout
    general: NDArray[np.float32]
    directions: NDArray[np.float32]
    to_coefficients: NDArray[np.float32]
    experts: NDArray[np.float32]
    noise: float


@dataclass(frozen=True)
class Taste:
    """The posterior. `scores` [N] and `uncertainty` [N] (one deviation) are in stars.

    `coefficients` [n, L] are alpha for the exact merged model, which lacks the residual. The rest
    is the posterior at the judged photos: `support` [M] are their rows, `mean` [M] and
    `covariance` [M, M] of f, `ratings` [M] their stars, nan where only compared.
    """

    scores: NDArray[np.float32]
    uncertainty: NDArray[np.float32]
    coefficients: NDArray[np.float32]
    support: NDArray[np.intp]
    ratings: Floats
    mean: Floats
    covariance: Floats
    noise: float


def taste_space(layout: Layout, features: NDArray[np.float16], prior: Prior) -> Space:
    """Prepare all photos of an album, [N, 1 + n L + d] as the tangent measured them."""
    gradients, embeddings = layout.gradients(features), layout.embeddings(features)
    experts = _experts(layout, layout.generic(features), gradients)
    general = _standardised(_standardised(experts).mean(axis=1, keepdims=True))[:, 0]
    spread = gradients.std(axis=0) + np.float32(1e-6)
    share = np.float32(prior.coefficients / np.sqrt(layout.coefficients))
    parts = [
        np.full((len(features), 1), prior.mean_deviation, dtype=np.float32),
        general[:, None] * np.float32(prior.slope_deviation),
        (gradients - gradients.mean(axis=0)) / spread * share,
        _standardised(embeddings) * np.float32(prior.residual / np.sqrt(layout.embed_dim)),
    ]
    directions = np.concatenate(parts, axis=1)
    to_coefficients = np.zeros((directions.shape[1], layout.coefficients), dtype=np.float32)
    rows = np.arange(layout.coefficients)
    to_coefficients[2 + rows, rows] = share / spread
    stars = np.float32(prior.mean) + np.float32(prior.slope) * general
    return Space(layout, stars, directions, to_coefficients, experts, prior.noise)


def fit_taste(
    space: Space,
    rated: Sequence[int],
    stars: ArrayLike,
    better: Sequence[tuple[int, int]] = (),
) -> Taste:
    """The posterior from the ratings of the rows `rated` and choices (winner row, loser row)."""
    support = np.unique(np.array([*rated, *(row for pair in better for row in pair)], dtype=int))
    ratings = np.full(len(support), np.nan)
    ratings[np.searchsorted(support, rated)] = stars
    pairs = np.searchsorted(support, np.array(better, dtype=int).reshape(-1, 2))
    psi = space.directions[support].astype(np.float64)
    prior_mean = space.general[support].astype(np.float64)
    kernel = psi @ psi.T
    dual, weight = _mode(kernel, prior_mean, ratings, pairs, space.noise)
    inner = np.linalg.solve(np.eye(len(support)) + weight @ kernel, weight)
    cross = space.directions @ psi.T.astype(np.float32)  # [N, M]
    explained = np.einsum("nm,nm->n", cross @ inner.astype(np.float32), cross)
    variance = np.einsum("nd,nd->n", space.directions, space.directions) - explained
    count, layers = len(space.layout.tasks), len(space.layout.layers)
    moved = (psi.T @ dual) @ space.to_coefficients / max(space.noise, 1e-6)
    return Taste(
        space.general + cross @ dual.astype(np.float32),
        np.sqrt(np.maximum(variance, 0)),
        (1 / count + moved.reshape(count, layers)).astype(np.float32),
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
        slope, curve = _choices(f, pairs, noise)
        slope += np.where(given, ratings - f, 0) / noise**2
        weight = precision + curve
        target = weight @ (f - prior_mean) + slope
        dual = np.asarray(np.linalg.solve(np.eye(len(kernel)) + weight @ kernel, target))
    return dual, weight


def _choices(f: Floats, pairs: NDArray[np.intp], noise: float) -> tuple[Floats, Floats]:
    """Slope [M] and curvature [M, M] of sum log sigma((f_winner - f_loser) / noise)."""
    slope: Floats = np.zeros(len(f))
    curve: Floats = np.zeros((len(f), len(f)))
    winner, loser = pairs.T
    lost = 1 / (1 + np.exp((f[winner] - f[loser]) / noise))
    np.add.at(slope, winner, lost / noise)
    np.add.at(slope, loser, -lost / noise)
    bend = lost * (1 - lost) / noise**2
    for a, b, sign in ((winner, winner, 1), (loser, loser, 1), (winner, loser, -1)):
        np.add.at(curve, (a, b), sign * bend)
        if sign < 0:
            np.add.at(curve, (b, a), -bend)
    return slope, curve


def _experts(
    layout: Layout, generic: NDArray[np.float32], gradients: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Each task's own score in the linear model, [N, n]: coefficients 1 for it, 0 for others."""
    count = len(layout.tasks)
    steps = gradients.reshape(len(gradients), count, -1).sum(axis=2)
    scores: NDArray[np.float32] = generic[:, None] + steps - steps.mean(axis=1, keepdims=True)
    return scores


def _standardised(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Columns with mean 0 and deviation 1; constant ones are 0."""
    spread = values.std(axis=0)
    scaled: NDArray[np.float32] = (values - values.mean(axis=0)) / np.where(spread > 0, spread, 1)
    return scaled
