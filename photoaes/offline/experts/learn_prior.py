"""A bank's prior, learned from many people's ratings (empirical Bayes).

The general score is a Gaussian process on the photos' mean ratings, linear in the features, with a
part for the experts. How far people differ from it, and along which groups of features, is what
makes their ratings of left-out themes most likely, all people together (type-II maximum likelihood;
MacKay 1992).

The photos may be those that the experts were trained on: levels hardly depend on their labels. The
experts' own scores and the gradients by their coefficients do, so their parts are not learned but
given: what they are worth was measured on themes that the experts had not seen (NOTES.md). That
goes for experts that learned from no ratings too, since the tangent is taken at alpha_0, and for
the embedding of the tower that is merged there: where a bank has other levels, it tells nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from photoaes.errors import InputInvalid
from photoaes.model.paper.layers import EMBEDDING
from photoaes.model.taste.basis import TASKS, UNRATED, Basis, Group, without_companion
from photoaes.model.taste.prior import GeneralAgreement, Prior, Spread
from photoaes.offline.experts.crowd import (
    Strengths,
    crowd_strengths,
    left_out,
    smallest,
    surprise,
    unit,
    weights_of,
)
from photoaes.offline.experts.probe import theme_folds

Floats = NDArray[np.float64]
# Of the general score that comes from the experts, merged at alpha_0.
EXPERTS_SHARE = 1 / 3
# By how many stars, one deviation, a person may depart along the scaled coefficients.
COEFFICIENT_SCALES = {TASKS: 0.1, "head": 0.1, "backbone": 0.17, UNRATED: 0.22}
# People with fewer photos tell nothing of how people differ in agreement, and knowledge of people
# is never worth more than so many of a person's own photos: on other themes the mean is another.
FEWEST_PHOTOS, MOST_PHOTOS = 20, 100.0
# Where strengths are held to, and how firmly: few photos say little of some groups.
USUAL_STRENGTH, HELD = 0.1, 0.5


@dataclass(frozen=True)
class Rater:
    """Whose ratings teach: rows [K] of photos and stars [K]."""

    rows: NDArray[np.intp]
    stars: Floats


@dataclass(frozen=True)
class Twins:
    """Features [T, 1 + D + d] of photos and of copies that are worth the same."""

    photos: NDArray[np.float16]
    copies: NDArray[np.float16]

    def apart(self, basis: Basis) -> Apart:
        """By how much the features of copies differ from those of their photos."""
        photos, copies = (
            basis.directions(f).astype(np.float64) for f in (self.photos, self.copies)
        )
        scores = basis.scores(self.copies) - basis.scores(self.photos)
        return Apart(copies - photos, scores.astype(np.float64))

    def without_companion(self, basis: Basis) -> Twins:
        """The same as they would be measured without the companion."""
        return Twins(without_companion(basis, self.photos), without_companion(basis, self.copies))


@dataclass(frozen=True)
class Apart:
    """Of twins the differences in features, `directions` [T, D], and in f at alpha_0 [T]."""

    directions: Floats
    scores: Floats


@dataclass(frozen=True)
class LearnedPrior:
    """The prior, the strength of each group for the crowd and for people, and the correlation of
    the general score with mean ratings of left-out themes."""

    prior: Prior
    strengths: Mapping[str, tuple[float, float]]
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
    basis: Basis,
    features: NDArray[np.float16],
    raters: Sequence[Rater],
    themes: Sequence[str],
    twins: Twins | None = None,
    leave_out: Sequence[str] = (),
) -> LearnedPrior:
    """From features [N, 1 + D + d] of photos, their raters and themes [N], and from features of
    photos that are `twins`. Groups of features to `leave_out` tell nothing (an ablation).

    Raises InputInvalid where nobody has rated enough of them.
    """
    centre = basis.directions(features).mean(axis=0)
    learned = [group for group in _levels(basis) if group.name not in leave_out]
    z = (basis.directions(features) - centre).astype(np.float64)
    parts = [unit(z[:, basis.places[group.name]]) for group in learned]
    kernels = [part @ part.T for part, _ in parts]
    means, rated = _mean_ratings(raters, len(features))
    crowd = crowd_strengths(kernels, means, rated)
    apart = (twins or Twins(features[:0], features[:0])).apart(basis)
    names, sizes = [group.name for group in learned], [size for _, size in parts]
    weigh = _scales(basis, dict(zip(names, np.sqrt(crowd.groups) / sizes, strict=True)))
    folds = theme_folds(list(themes))[rated]
    own, differing = (z * weigh)[rated], apart.directions * weigh
    unseen = np.full(len(features), np.nan)
    unseen[rated] = left_out(own, means[rated], folds, crowd.noise, differing)
    people = _people_strengths(kernels, unseen, raters)
    scores = basis.scores(features).astype(np.float64)
    steep = EXPERTS_SHARE * float(np.nanstd(unseen)) / max(float(scores.std()), 1e-6)
    expected = (1 - EXPERTS_SHARE) * means[rated]
    general = weigh * weights_of(own, expected, crowd.noise, differing, steep * apart.scores)
    own_scales = dict(zip(names, np.sqrt(people.groups) / sizes, strict=True))
    given = {name: s for name, s in COEFFICIENT_SCALES.items() if name not in leave_out}
    prior = Prior(
        float(means[rated].mean()),
        steep,
        float(scores.mean()),
        general.astype(np.float32),
        centre,
        _scales(basis, given | own_scales).astype(np.float32),
        people.spread,
        _likeness(unseen, raters),
    )
    both = zip(names, crowd.groups, people.groups, strict=True)
    found = {name: (float(a), float(b)) for name, a, b in both}
    correlation = float(np.corrcoef(unseen[rated], means[rated])[0, 1])
    return LearnedPrior(prior, found, correlation)


def _levels(basis: Basis) -> list[Group]:
    """Groups of levels that hardly know the labels of the photos that teach."""
    rows = [group for group in basis.groups if not group.is_coefficients]
    return [group for group in rows if group.name != EMBEDDING] or rows


def _scales(basis: Basis, by_group: Mapping[str, float]) -> Floats:
    """One number a group, for each of its features [D]; 0 where none is given."""
    scale = np.zeros(basis.width)
    for name, value in by_group.items():
        if name in basis.places:
            scale[basis.places[name]] = value
    return scale


def _mean_ratings(raters: Sequence[Rater], count: int) -> tuple[Floats, NDArray[np.bool_]]:
    """The photos' mean stars [N], and which have any."""
    total, number = np.zeros(count), np.zeros(count)
    for rater in raters:
        total[rater.rows] += rater.stars
        number[rater.rows] += 1
    return total / np.maximum(number, 1), number > 0


def _people_strengths(
    kernels: Sequence[Floats], general: Floats, raters: Sequence[Rater]
) -> Strengths:
    """Those that make all people's ratings most likely, given general scores [N] of themes that
    these were not learned from."""
    each = torch.tensor(np.stack(kernels))
    centred = general - np.nanmean(general)
    slope = torch.tensor(np.nan_to_num(centred / np.nanstd(general)))
    parts = [
        (torch.tensor(r.rows), torch.tensor(r.stars - general[r.rows])[:, None]) for r in raters
    ]
    begin = Spread()
    people = np.log([begin.mean**2, begin.slope**2, begin.noise**2])
    usual = float(np.log(USUAL_STRENGTH))
    start = torch.tensor([*people, *[usual] * len(kernels)], dtype=torch.float64)

    def loss(logarithms: Tensor) -> Tensor:
        mean, steep, noise = logarithms[:3].exp()
        shared = (logarithms[3:].exp()[:, None, None] * each).sum(dim=0)
        shared = shared + mean + steep * torch.outer(slope, slope)
        total = HELD * (logarithms[3:] - usual).square().sum()
        for rows, left in parts:
            own = noise * torch.eye(len(rows), dtype=torch.float64)
            total = total + surprise(shared[rows][:, rows] + own, left)
        return total

    found = smallest(loss, start).exp().numpy()
    mean, steep, noise = np.sqrt(found[:3]).tolist()
    return Strengths(found[3:], noise**2, Spread(mean, steep, noise))


def _likeness(general: Floats, raters: Sequence[Rater]) -> GeneralAgreement:
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
    return GeneralAgreement(float(shares.mean()), chance / between, chance)


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
