"""How well the app's order agrees with a person's, estimated from the person's own ratings.

For each pair of differently rated photos the posterior is asked for their order as if both ratings
were unknown (leave-pair-out). For Gaussian ratings that needs no new fit: with covariance V and
mean f at the pair, taking out the two ratings y leaves

    mean = (V^-1 - 1/s^2)^-1 (V^-1 f - y / s^2)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from photoaes.model.taste import Taste

Floats = NDArray[np.float64]
BOOTSTRAPS = 500
MIN_PAIRS = 5


@dataclass(frozen=True)
class Agreement:
    """Held-out agreement from `rated` photos.

    `pairs_*` are shares, 0..1, of the differently rated pairs that are ordered as the person did;
    `srocc_*` what they correspond to. Margins are half widths of 95 % intervals of the personal
    values. `blend`, 0..1, is how much of the personal score the evidence supports, and
    `is_better` whether it supports any.
    """

    rated: int
    pairs_generic: float
    pairs_personal: float
    pairs_margin: float
    srocc_generic: float
    srocc_personal: float
    srocc_margin: float
    is_better: bool
    blend: float


def estimate_agreement(taste: Taste, general: NDArray[np.float32]) -> Agreement | None:
    """From a fitted taste and the general scores [N]; None where there are too few pairs."""
    rated = ~np.isnan(taste.ratings)
    ratings = taste.ratings[rated]
    decided = ratings[:, None] > ratings[None, :]
    if decided.sum() < MIN_PAIRS:
        return None
    gaps = _held_out_gaps(taste, rated)
    scores = general[taste.support[rated]].astype(np.float64)
    personal = np.where(decided, (np.sign(gaps) + 1) / 2, 0)
    generic = np.where(decided, (np.sign(scores[:, None] - scores[None, :]) + 1) / 2, 0)
    samples = _bootstrap(personal, generic, decided)
    after, before = personal.sum() / decided.sum(), generic.sum() / decided.sum()
    margin = 1.96 * float(samples[:, 0].std())
    gain_deviation = float((samples[:, 0] - samples[:, 1]).std())
    blend = _blend(after - before, gain_deviation)
    return Agreement(
        len(ratings),
        float(before),
        float(after),
        margin,
        _srocc(float(before)),
        _srocc(float(after)),
        (_srocc(float(after) + margin) - _srocc(float(after) - margin)) / 2,
        blend > 0,
        blend,
    )


def _held_out_gaps(taste: Taste, rated: NDArray[np.bool_]) -> Floats:
    """f_i - f_j of each pair of rated photos, both ratings left out, [K, K]."""
    cov = taste.covariance[np.ix_(rated, rated)]
    f, y, precision = taste.mean[rated], taste.ratings[rated], 1 / taste.noise**2
    a, b, c = np.diag(cov)[:, None], cov, np.diag(cov)[None, :]
    determinant = np.maximum(a * c - b * b, 1e-12)
    # Of V^-1 the entries p q; q r, then of the cavity's precision.
    p, q, r = c / determinant, -b / determinant, a / determinant
    first = p * f[:, None] + q * f[None, :] - precision * y[:, None]
    second = q * f[:, None] + r * f[None, :] - precision * y[None, :]
    p, r = p - precision, r - precision
    cavity = p * r - q * q
    gaps: Floats = ((r * first - q * second) - (p * second - q * first)) / cavity
    return gaps


def _bootstrap(personal: Floats, generic: Floats, decided: NDArray[np.bool_]) -> Floats:
    """Agreement [samples, 2] of personal and generic over photos drawn with replacement."""
    rng = np.random.default_rng(0)
    count = len(decided)
    times = rng.multinomial(count, np.full(count, 1 / count), size=BOOTSTRAPS).astype(float)
    pairs = np.einsum("si,si->s", times @ decided, times)
    kept = pairs > 0
    sums = [np.einsum("si,si->s", times @ x, times)[kept] for x in (personal, generic)]
    samples: Floats = np.stack(sums, axis=1) / pairs[kept, None]
    return samples


def _blend(gain: float, deviation: float) -> float:
    """Evidence that the personal order is better, as a weight: none below a gain of zero."""
    if gain <= 0:
        return 0.0
    return float(gain**2 / (gain**2 + deviation**2))


def _srocc(pairs: float) -> float:
    """The rank correlation at which a share of pairs is ordered alike, for normal scores."""
    tau = np.clip(2 * pairs - 1, -1, 1)
    return float(6 / np.pi * np.arcsin(np.sin(np.pi / 2 * tau) / 2))
