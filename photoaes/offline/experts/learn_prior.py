"""A bank's prior, learned from many people's ratings (empirical Bayes).

The general score is a ridge regression of the photos' mean ratings on the embedding, with a part
for the experts. Its strength is the one that predicts themes left out best. How far people differ
from it is what makes their ratings of those left-out themes most likely, all people together.

The photos may be those that the experts were trained on: the embedding hardly depends on their
labels. The experts' own scores do, so their part is not learned but given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from photoaes.errors import InputInvalid
from photoaes.model.taste.prior import Likeness, Prior, Spread, plain_prior
from photoaes.model.taste.tangent import Layout
from photoaes.offline.experts.probe import theme_folds

Floats = NDArray[np.float64]
STRENGTHS = (0.2, 0.4, 0.8, 1.6, 3.2, 6.4)
# Of the general score that comes from all experts in equal parts.
EXPERTS_SHARE = 1 / 3
# People with fewer photos tell nothing of how people differ in agreement, and knowledge of people
# is never worth more than so many of a person's own photos: on other themes the mean is another.
FEWEST_PHOTOS, MOST_PHOTOS = 20, 100.0


@dataclass(frozen=True)
class Rater:
    """Whose ratings teach: rows [K] of photos and stars [K]."""

    rows: NDArray[np.intp]
    stars: Floats


@dataclass(frozen=True)
class Learned:
    """The prior, and the correlation of the general score with mean ratings of left-out themes."""

    prior: Prior
    correlation: float


def raters_of(
    ratings: Mapping[str, Mapping[str, float]], names: Sequence[str], scale: tuple[float, float]
) -> list[Rater]:
    """People who rated some of the photos `names`, their ratings as stars."""
    row = {name: index for index, name in enumerate(names)}
    low, high = scale
    raters = []
    for given in ratings.values():
        known = [name for name in given if name in row]
        if known:
            stars = np.array([1 + 4 * (given[name] - low) / (high - low) for name in known])
            raters.append(Rater(np.array([row[name] for name in known]), stars))
    return raters


def learn_prior(
    layout: Layout, features: NDArray[np.float16], raters: Sequence[Rater], themes: Sequence[str]
) -> Learned:
    """From features [N, 1 + n L + d] of photos, their raters and themes [N].

    Raises InputInvalid where nobody has rated enough of them.
    """
    plain = plain_prior(layout, features)
    _, e = plain.standardised(layout, features)
    x = e.astype(np.float64) / np.sqrt(layout.embed_dim)
    means, rated = _mean_ratings(raters, len(features))
    folds = theme_folds(list(themes))
    tried = [_left_out(x[rated], means[rated], folds[rated], s) for s in STRENGTHS]
    errors = [float(((predicted - means[rated]) ** 2).mean()) for predicted in tried]
    best = int(np.argmin(errors))
    predicted = np.full(len(features), np.nan)
    predicted[rated] = tried[best]
    weights = _ridge(x[rated], means[rated], STRENGTHS[best]) / np.sqrt(layout.embed_dim)
    slope = float(tried[best].std())
    equal = plain_prior(layout, features, slope * EXPERTS_SHARE).expert_weights
    prior = Prior(
        plain.expert_centre,
        plain.expert_scale,
        plain.embedding_centre,
        plain.embedding_scale,
        float(means[rated].mean()),
        equal,
        ((1 - EXPERTS_SHARE) * weights).astype(np.float32),
        _spread(x, predicted, raters),
        _likeness(predicted, raters),
    )
    return Learned(prior, float(np.corrcoef(tried[best], means[rated])[0, 1]))


def _mean_ratings(raters: Sequence[Rater], count: int) -> tuple[Floats, NDArray[np.bool_]]:
    """The photos' mean stars [N], and which have any."""
    total, number = np.zeros(count), np.zeros(count)
    for rater in raters:
        total[rater.rows] += rater.stars
        number[rater.rows] += 1
    return total / np.maximum(number, 1), number > 0


def _left_out(x: Floats, y: Floats, folds: NDArray[np.int64], strength: float) -> Floats:
    """Predictions [N] of each fold by a ridge on the others."""
    predicted = np.empty(len(y))
    for fold in np.unique(folds):
        others = folds != fold
        mean = y[others].mean()
        predicted[~others] = mean + x[~others] @ _ridge(x[others], y[others], strength)
    return predicted


def _ridge(x: Floats, y: Floats, strength: float) -> Floats:
    """Weights [D] for x [N, D] and y [N] less its mean."""
    inner = x @ x.T + strength * np.eye(len(x))
    weights: Floats = x.T @ np.linalg.solve(inner, y - y.mean())
    return weights


def _spread(x: Floats, general: Floats, raters: Sequence[Rater]) -> Spread:
    """The deviations that make all ratings most likely, given general scores [N]."""
    centred = general - np.nanmean(general)
    slope = centred / np.nanstd(general)
    parts = [
        (r.stars - general[r.rows], np.outer(slope[r.rows], slope[r.rows]), x[r.rows] @ x[r.rows].T)
        for r in raters
    ]

    def surprise(logarithms: Floats) -> float:
        mean, steep, residual, noise = np.exp(2 * logarithms)
        total = 0.0
        for left, slopes, inner in parts:
            covariance = mean + steep * slopes + residual * inner + noise * np.eye(len(left))
            _, determinant = np.linalg.slogdet(covariance)
            total += determinant + left @ np.linalg.solve(covariance, left)
        return total

    start = Spread()
    begin = np.log([start.mean, start.slope, start.residual, start.noise])
    found = minimize(surprise, begin, method="Nelder-Mead", options={"xatol": 0.02, "fatol": 1.0})
    return Spread(*np.exp(found.x).tolist())


def _likeness(general: Floats, raters: Sequence[Rater]) -> Likeness:
    """How the general score's agreement with people varies beyond what chance makes of it.

    Raises InputInvalid where nobody's agreement can be told.
    """
    told = [_agreement(general[r.rows], r.stars) for r in raters]
    known = [t for t in told if t is not None]
    if not known:
        raise InputInvalid(
            f"Nobody has rated {FEWEST_PHOTOS} of these photos, and not all alike: that is what "
            "tells how people differ."
        )
    shares, errors, counts = np.array(known).T
    # Of a share from K photos the variance is chance / K, and more by how people truly differ.
    chance = float((errors * counts).mean())
    between = max(float(shares.var() - errors.mean()), chance / MOST_PHOTOS)
    return Likeness(float(shares.mean()), chance / between, chance)


def _agreement(scores: Floats, stars: Floats) -> tuple[float, float, int] | None:
    """The share of pairs ordered alike, its error's variance (jackknife over photos), and K."""
    decided = (stars[:, None] > stars[None, :]).astype(float)
    right = decided * (np.sign(scores[:, None] - scores[None, :]) + 1) / 2
    count, pairs = len(stars), decided.sum()
    of_photo = decided.sum(axis=0) + decided.sum(axis=1)
    if count < FEWEST_PHOTOS or (of_photo == pairs).any():
        return None
    without = (right.sum() - right.sum(axis=0) - right.sum(axis=1)) / (pairs - of_photo)
    error = (count - 1) / count * ((without - without.mean()) ** 2).sum()
    return float(right.sum() / pairs), float(error), count
