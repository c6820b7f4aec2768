"""A person's taste as one convex posterior, in the person's own stars.

    y = f(x) + noise,    f(x) = m(x) + psi(x) . w,    w ~ N(w0, 1)

m is the general score (`prior`), and psi [D] are the directions in which people differ: the
mean rating, the slope of the general score, and the backbone's embedding, merged at a0. A rating is
Gaussian around f; a choice between two photos is logistic in the difference of their f. Newton's
method finds the mode in the space of the photos that the person judged, of which there are few,
and the posterior is the Gaussian of the same curvature there (Laplace).

Directions along J, the gradients by coefficient, added nothing to these (NOTES.md). They serve the
other way round: the coefficients are those whose linear model comes closest to f.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from photoaes.model.taste.prior import Likeness, Prior
from photoaes.model.taste.tangent import Layout

Floats = NDArray[np.float64]
NEWTON_STEPS = 20
SLOPE = 1  # the general score's slope among the directions
# Photos on which the coefficients are sought, and how strongly these are held to a0, as a share of
# the gradients' mean square. Held less, they go where the merged model is no longer linear: at 0.1
# its order on OASIS was the opposite of the one sought (-0.66), at 1 it is that order (0.86).
SAMPLE = 1000
HELD = 1.0
# The slope that a person is expected to give the general score, before anything is known of him or
# her: the person's own stars then tell the rest of it. With 1 the stars are predicted best, with
# less the order is right more often (NOTES.md).
EXPECTED_SLOPE = 0.75


@dataclass(frozen=True)
class Space:
    """An album of N photos prepared for taste.

    `general` m [N] in stars, `directions` psi [N, D], `experts` [N, n] the tasks' own scores;
    of a sample of rows f0 [S] and J [S, n L]. `slope` turns m less its mean into psi's second.
    """

    layout: Layout
    general: NDArray[np.float32]
    directions: NDArray[np.float32]
    experts: NDArray[np.float32]
    sample: NDArray[np.intp]
    sample_scores: NDArray[np.float32]
    sample_gradients: NDArray[np.float32]
    slope: float
    prior: Prior

    @property
    def noise(self) -> float:
        """The deviation of a rating around what the person thinks of the photo, in stars."""
        return self.prior.spread.noise

    @property
    def likeness(self) -> Likeness:
        """How alike people are."""
        return self.prior.likeness

    @cached_property
    def nearest(self) -> Floats:
        """The matrix [n L, S] from scores of the sample to the coefficients that make them.

        Least squares in the linear model, held to a0; in dual form, since S may be below n L.
        """
        gradients = self.sample_gradients.astype(np.float64)
        gradients -= gradients.mean(axis=0)
        inner = gradients @ gradients.T
        inner[np.diag_indices_from(inner)] += HELD * np.trace(inner) / len(inner) + 1e-9
        return np.asarray(np.linalg.solve(inner, gradients).T, dtype=np.float64)


@dataclass(frozen=True)
class Taste:
    """The posterior: `scores` [N] and `uncertainty` [N] (one deviation), in stars, and the mean
    `weights` [D] of the directions.

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


def taste_space(layout: Layout, features: NDArray[np.float16], prior: Prior) -> Space:
    """Prepare all photos of an album, [N, 1 + n L + d] as the tangent measured them."""
    z, e = prior.standardised(layout, features)
    general, spread = prior.general(z, e), prior.spread
    centred = general - np.float32(prior.mean)
    slope = spread.slope / max(float(np.sqrt((centred**2).mean())), 1e-6)
    parts = [
        np.full((len(features), 1), spread.mean, dtype=np.float32),
        centred[:, None] * np.float32(slope),
        e * np.float32(spread.residual / np.sqrt(layout.embed_dim)),
    ]
    sample = np.arange(0, len(features), -(-len(features) // SAMPLE))
    rows = features[sample]
    return Space(
        layout,
        general,
        np.concatenate(parts, axis=1),
        z,
        sample,
        layout.generic(rows),
        layout.gradients(rows),
        slope,
        prior,
    )


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
    expected = np.zeros(psi.shape[1])
    expected[SLOPE] = (EXPECTED_SLOPE - 1) / space.slope
    prior_mean = space.general[support] + psi @ expected
    kernel = psi @ psi.T
    dual, weight = _mode(kernel, prior_mean, ratings, pairs, space.noise)
    inner = np.linalg.solve(np.eye(len(support)) + weight @ kernel, weight)
    # Of w the mean [D] and what the support explains of its covariance, [D, D].
    mean = (expected + psi.T @ dual).astype(np.float32)
    explained = (psi.T @ inner @ psi).astype(np.float32)
    left = space.directions - space.directions @ explained
    variance = np.einsum("nd,nd->n", left, space.directions)
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


def coefficients_of(space: Space, scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """alpha [n, L] of the merged model that comes closest to personal scores [N].

    What the scores have beyond the task vectors is lost. Their scale is set to that of f0, since
    only the order counts.
    """
    wanted = scores[space.sample] - scores[space.sample].mean()
    wanted = wanted / max(float(wanted.std()), 1e-6) * space.sample_scores.std()
    left = wanted - (space.sample_scores - space.sample_scores.mean())
    count = len(space.layout.tasks)
    moved = (space.nearest @ left).reshape(count, -1)
    return np.asarray(1 / count + moved, dtype=np.float32)


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
