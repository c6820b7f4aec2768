"""How well the app's order agrees with a person's, estimated from the person's own ratings.

For each pair of differently rated photos the posterior is asked for their order as if both ratings
were unknown (leave-pair-out). For Gaussian ratings that needs no new fit: with covariance V and
mean f at the pair, taking out the two ratings y leaves

    mean = (V^-1 - 1/s^2)^-1 (V^-1 f - y / s^2)

The share of pairs that K photos give has a variance of about 0.2 / K: with ten photos far more than
people differ by. So what is told is drawn to what people have in common, as if there were some more
photos on which this person was like the others.

Whether the stars tell anything at all is another question, for somebody may have typed them without
looking: the held-out order must fit them better than it fits the same stars dealt out anew
(a permutation test; Fisher 1935). How unlikely that is decides how much of the taste ranks: of all
photos of a stranger the posterior mean makes a little too much, and of stars without meaning far
too much.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from photoaes.model.taste.posterior import Taste
from photoaes.model.taste.prior import GeneralAgreement

Floats = NDArray[np.float64]
MIN_PAIRS = 5
# How much the order gains over the general one, in share of pairs, after K photos:
# GAIN K / (K + GAIN_HALF), as measured on OASIS (NOTES.md). People differ in it so little that
# their own evidence counts as K photos against GAIN_PHOTOS.
GAIN, GAIN_HALF, GAIN_PHOTOS = 0.055, 50.0, 300.0
# So often stars are dealt out anew, and so seldom may these fit as well by chance.
DEALS, BY_CHANCE = 199, 0.04
# Parts of the personal score that rank where the stars tell something, and at most where they do
# not yet: there they lean the order as far as chance is unlikely (chosen on one half of people and
# confirmed on the other, NOTES.md).
TOLD, LEANING = 0.75, 0.5


@dataclass(frozen=True)
class Agreement:
    """Agreement with ratings that were held out, from `rated` photos.

    `pairs_*` are shares, 0..1, of the differently rated pairs that are ordered as the person did;
    `srocc_*` the rank correlations they correspond to. Margins are half widths of 95 % intervals
    of the personal values. `by_chance`, 0..1, is how likely stars given without looking would fit
    as well, and `is_told` whether that is unlikely enough. `blend`, 0..1, is how much of the
    personal score ranks.
    """

    rated: int
    pairs_general: float
    pairs_personal: float
    pairs_margin: float
    srocc_general: float
    srocc_personal: float
    srocc_margin: float
    by_chance: float

    @property
    def is_told(self) -> bool:
        """Whether the stars say more than stars given without looking would."""
        return self.by_chance <= BY_CHANCE

    @property
    def blend(self) -> float:
        """TOLD where the stars tell a taste, else LEANING at most, less the likelier chance is."""
        return TOLD if self.is_told else LEANING * (1 - self.by_chance)


def estimate_agreement(
    taste: Taste, general: NDArray[np.float32], likeness: GeneralAgreement
) -> Agreement | None:
    """From a fitted taste and the general scores [N]; None where there are too few pairs."""
    rated = ~np.isnan(taste.ratings)
    ratings, count = taste.ratings[rated], int(rated.sum())
    decided = ratings[:, None] > ratings[None, :]
    if decided.sum() < MIN_PAIRS:
        return None
    scores = general[taste.support[rated]].astype(np.float64)
    before = _share(scores[:, None] - scores[None, :], decided)
    gain = _share(_held_out_gaps(taste, rated), decided) - before
    expected = GAIN * count / (count + GAIN_HALF)
    gain = _drawn(gain, expected, count, GAIN_PHOTOS)
    before = _drawn(before, likeness.pairs, count, likeness.photos)
    after = min(before + gain, 1.0)
    margin = 1.96 * float(np.sqrt(likeness.chance / (count + likeness.photos)))
    return Agreement(
        count,
        before,
        after,
        margin,
        _srocc(before),
        _srocc(after),
        (_srocc(after + margin) - _srocc(after - margin)) / 2,
        _by_chance(taste, rated),
    )


def _by_chance(taste: Taste, rated: NDArray[np.bool_]) -> float:
    """The share of deals, these stars among them, that the held-out order fits as well."""
    rng, ratings = np.random.default_rng(0), taste.ratings[rated]
    # The posterior mean is linear in the stars: df / dy = V / s^2.
    moves = taste.covariance[np.ix_(rated, rated)] / taste.noise**2
    found, as_good = _held_out_share(taste, rated, taste.mean[rated], ratings), 1
    for _ in range(DEALS):
        dealt = rng.permutation(ratings)
        mean = taste.mean[rated] + moves @ (dealt - ratings)
        as_good += _held_out_share(taste, rated, mean, dealt) >= found
    return as_good / (DEALS + 1)


def _held_out_share(taste: Taste, rated: NDArray[np.bool_], f: Floats, stars: Floats) -> float:
    decided = stars[:, None] > stars[None, :]
    return _share(_gaps_without(taste, rated, f, stars), decided)


def _share(gaps: Floats, decided: NDArray[np.bool_]) -> float:
    """Of the pairs [K, K] that are decided, those whose gap is positive; no gap counts half."""
    return float((np.sign(gaps[decided]) + 1).mean() / 2)


def _drawn(value: float, common: float, count: int, photos: float) -> float:
    """A value from `count` photos, drawn to what people have in common."""
    return (count * value + photos * common) / (count + photos)


def _held_out_gaps(taste: Taste, rated: NDArray[np.bool_]) -> Floats:
    """f_i - f_j of each pair of rated photos, both ratings left out, [K, K]."""
    return _gaps_without(taste, rated, taste.mean[rated], taste.ratings[rated])


def _gaps_without(taste: Taste, rated: NDArray[np.bool_], f: Floats, y: Floats) -> Floats:
    """The same for posterior means f [K] from stars y [K]."""
    cov, precision = taste.covariance[np.ix_(rated, rated)], 1 / taste.noise**2
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


def _srocc(pairs: float) -> float:
    """The rank correlation at which a share of pairs is ordered alike, for normal scores."""
    tau = np.clip(2 * pairs - 1, -1, 1)
    return float(6 / np.pi * np.arcsin(np.sin(np.pi / 2 * tau) / 2))
