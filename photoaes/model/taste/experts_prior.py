"""The prior of a bank that nobody's ratings taught: the mean of its experts, as they are.

Such a bank merges its experts in equal parts, and where they are far from the linear model that is
something else than their mean: of a tiny bank with random experts their orders agree at .33, and
people who think as the experts do were served worse than by K=0. Here the experts have scored some
photos exactly, and what their mean is in features is learned from these: a ridge on the features
and on the plain general score, as strong as photos left out want it. Where experts are near the
linear model it makes no difference (NOTES.md, "Kept").
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from photoaes.model.taste.basis import Basis
from photoaes.model.taste.prior import Prior, plain_prior

Floats = NDArray[np.float64]
STRENGTHS = 10.0 ** np.arange(-4, 2.5, 0.5)
# Of a part that is the same for all photos: so large that it is not held back.
CONSTANT = 100.0
FEWEST_PHOTOS = 8


def experts_prior(
    basis: Basis, features: NDArray[np.float16], experts_mean: Floats, slope: float = 0.5
) -> Prior:
    """From features [N, 1 + D + d] of photos and the mean [N] of their experts' exact z-scores.

    The general score spreads over `slope` stars, one standard deviation of these photos. Of fewer
    than eight photos, where the experts tell none apart, or where alpha_0 was learned from people
    (`has_equal_parts`), it is the plain prior.
    """
    plain = plain_prior(basis, features, slope)
    target = experts_mean - experts_mean.mean()
    if len(features) < FEWEST_PHOTOS or target.std() < 1e-9 or not has_equal_parts(basis):
        return plain
    target *= slope / target.std()
    scores = basis.scores(features).astype(np.float64)
    z = (basis.directions(features) - plain.centre).astype(np.float64)
    scale = np.zeros(basis.width)
    for group in basis.groups:
        if not group.is_coefficients:
            place = basis.places[group.name]
            scale[place] = 1 / max(float(np.sqrt((z[:, place] ** 2).sum(axis=1).mean())), 1e-9)
    steep = 1 / max(float(scores.std()), 1e-9)
    weights = _ridge(np.column_stack([z * scale, (scores - scores.mean()) * steep]), target)
    general = (weights[:-1] * scale).astype(np.float32)
    return replace(plain, slope=float(weights[-1]) * steep, general=general)


def has_equal_parts(basis: Basis) -> bool:
    """Whether alpha_0 merges all experts alike; where it was learned, it knows more than the mean
    does (starter bank without its prior: SROCC .447 against .396, NOTES.md)."""
    return bool(np.ptp(basis.alpha_0) == 0)


def _ridge(x: Floats, target: Floats) -> Floats:
    """Weights of x [N, F], whose columns have a mean of 0, of the strength that serves photos left
    out one by one best (Rasmussen & Williams 2006, section 5.4.2).

    The inverse of x x' + CONSTANT + strength is written in the basis of x and the constant, which
    is the same for all strengths; of what lies outside it is 1 / strength.
    """
    constant = np.full(len(x), CONSTANT**0.5)
    basis, spread, _ = np.linalg.svd(np.column_stack([x, constant]), full_matrices=False)
    squares, along = np.square(basis), basis.T @ target
    outside, share = target - basis @ along, 1 - squares.sum(axis=1)
    errors, duals = [], []
    for strength in STRENGTHS:
        held = 1 / (spread**2 + strength)
        duals.append(basis @ (held * along) + outside / strength)
        errors.append(float(np.square(duals[-1] / (squares @ held + share / strength)).mean()))
    weights: Floats = x.T @ duals[int(np.argmin(errors))]
    return weights
