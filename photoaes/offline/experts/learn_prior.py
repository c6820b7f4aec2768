"""A bank's prior, learned from many people's ratings (empirical Bayes).

The general score is a Gaussian process on the photos' mean ratings, linear in the features, with a
part for the experts. How far people differ from it, and along which groups of features, is what
makes their ratings of left-out themes most likely, all people together (type-II maximum likelihood;
MacKay 1992).

The photos may be those that the experts were trained on: levels hardly depend on their labels. The
experts' own scores and the gradients by their coefficients do, so their parts are not learned but
given: what they are worth was measured on themes that the experts had not seen (NOTES.md).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from photoaes.errors import InputInvalid
from photoaes.model.taste.basis import Basis
from photoaes.model.taste.prior import Likeness, Prior, Spread
from photoaes.offline.experts.probe import theme_folds

Floats = NDArray[np.float64]
# Of the general score that comes from the experts, merged at alpha_0.
EXPERTS_SHARE = 1 / 3
# Variances in stars that a person may depart along the scaled coefficients.
COEFFICIENT_STRENGTHS = {"head": 0.01, "backbone": 0.03}
# People with fewer photos tell nothing of how people differ in agreement, and knowledge of people
# is never worth more than so many of a person's own photos: on other themes the mean is another.
FEWEST_PHOTOS, MOST_PHOTOS = 20, 100.0
STEPS, RATE = 100, 0.1
# Where strengths are held to, and how firmly: few photos say little of some groups.
USUAL_STRENGTH, HELD = 0.1, 0.5


@dataclass(frozen=True)
class Rater:
    """Whose ratings teach: rows [K] of photos and stars [K]."""

    rows: NDArray[np.intp]
    stars: Floats


@dataclass(frozen=True)
class Learned:
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
    basis: Basis, features: NDArray[np.float16], raters: Sequence[Rater], themes: Sequence[str]
) -> Learned:
    """From features [N, 1 + D + d] of photos, their raters and themes [N].

    Raises InputInvalid where nobody has rated enough of them.
    """
    centre = basis.directions(features).mean(axis=0)
    z = (basis.directions(features) - centre).astype(np.float64)
    learned = [group for group in basis.groups if not group.is_coefficients]
    parts = [unit(z[:, basis.places[group.name]]) for group in learned]
    kernels = [part @ part.T for part, _ in parts]
    means, rated = _mean_ratings(raters, len(features))
    crowd = crowd_strengths(kernels, means, rated)
    kernel = sum(s * k for s, k in zip(crowd.groups, kernels, strict=True))
    assert isinstance(kernel, np.ndarray)
    folds = theme_folds(list(themes))
    left_out = np.full(len(features), np.nan)
    left_out[rated] = _left_out(
        kernel[np.ix_(rated, rated)], means[rated], folds[rated], crowd.noise
    )
    people = _people_strengths(kernels, left_out, raters)
    dual = solved(kernel[np.ix_(rated, rated)], means[rated], crowd.noise)
    general, scale = np.zeros(basis.width), np.zeros(basis.width)
    both = zip(learned, parts, crowd.groups, people.groups, strict=True)
    for group, (part, size), strength, own in both:
        place = basis.places[group.name]
        general[place] = (1 - EXPERTS_SHARE) * strength / size * (part[rated].T @ dual)
        scale[place] = np.sqrt(own) / size
    for group in basis.groups:
        if group.is_coefficients:
            strength = COEFFICIENT_STRENGTHS.get(group.name, COEFFICIENT_STRENGTHS["head"])
            scale[basis.places[group.name]] = np.sqrt(strength)
    scores = basis.scores(features).astype(np.float64)
    steep = EXPERTS_SHARE * float(np.nanstd(left_out)) / max(float(scores.std()), 1e-6)
    prior = Prior(
        float(means[rated].mean()),
        steep,
        float(scores.mean()),
        general.astype(np.float32),
        centre,
        scale.astype(np.float32),
        people.spread,
        _likeness(left_out, raters),
    )
    named = zip(learned, crowd.groups, people.groups, strict=True)
    strengths = {group.name: (float(a), float(b)) for group, a, b in named}
    correlation = float(np.corrcoef(left_out[rated], means[rated])[0, 1])
    return Learned(prior, strengths, correlation)


def unit(z: Floats) -> tuple[Floats, float]:
    """A group's features [N, k] scaled to a variance of one in all, and by what they were divided.

    So a strength says how much taste lies in a group, whatever its features' own size.
    """
    size = max(float(np.sqrt((z**2).sum(axis=1).mean())), 1e-12)
    return z / size, size


def _mean_ratings(raters: Sequence[Rater], count: int) -> tuple[Floats, NDArray[np.bool_]]:
    """The photos' mean stars [N], and which have any."""
    total, number = np.zeros(count), np.zeros(count)
    for rater in raters:
        total[rater.rows] += rater.stars
        number[rater.rows] += 1
    return total / np.maximum(number, 1), number > 0


@dataclass(frozen=True)
class Strengths:
    """Variances of the groups, and of the noise."""

    groups: Floats
    noise: float
    spread: Spread = Spread()


def crowd_strengths(
    kernels: Sequence[Floats], means: Floats, rated: NDArray[np.bool_]
) -> Strengths:
    """Those that make the mean ratings most likely."""
    each = torch.tensor(np.stack([kernel[np.ix_(rated, rated)] for kernel in kernels]))
    given = torch.tensor(means[rated] - means[rated].mean())[:, None]
    start = torch.full((len(kernels) + 1,), -2.0, dtype=torch.float64)

    def surprise(logarithms: Tensor) -> Tensor:
        variances = logarithms.exp()
        covariance = (variances[:-1, None, None] * each).sum(dim=0)
        covariance = covariance + variances[-1] * torch.eye(len(given), dtype=torch.float64)
        return _surprise(covariance, given) + 0.02 * (logarithms + 2).square().sum()

    found = _smallest(surprise, start).exp().numpy()
    return Strengths(found[:-1], float(found[-1]))


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

    def surprise(logarithms: Tensor) -> Tensor:
        mean, steep, noise = logarithms[:3].exp()
        shared = (logarithms[3:].exp()[:, None, None] * each).sum(dim=0)
        shared = shared + mean + steep * torch.outer(slope, slope)
        total = HELD * (logarithms[3:] - usual).square().sum()
        for rows, left in parts:
            own = noise * torch.eye(len(rows), dtype=torch.float64)
            total = total + _surprise(shared[rows][:, rows] + own, left)
        return total

    found = _smallest(surprise, start).exp().numpy()
    mean, steep, noise = np.sqrt(found[:3]).tolist()
    return Strengths(found[3:], noise**2, Spread(mean, steep, noise))


def _surprise(covariance: Tensor, left: Tensor) -> Tensor:
    """Minus the log likelihood of values [K, 1] with this covariance, but for a constant."""
    factor = torch.linalg.cholesky(covariance)
    white = torch.linalg.solve_triangular(factor, left, upper=False)
    found: Tensor = white.square().sum() / 2 + factor.diagonal().log().sum()
    return found


def _smallest(loss: Callable[[Tensor], Tensor], start: Tensor) -> Tensor:
    """Where Adam gets to in a fixed number of steps."""
    free = start.clone().requires_grad_(True)
    optimizer = torch.optim.Adam([free], RATE)
    for _ in range(STEPS):
        (free.grad,) = torch.autograd.grad(loss(free), free)
        optimizer.step()
    return free.detach()


def solved(kernel: Floats, y: Floats, noise: float) -> Floats:
    """The dual weights [N] of a Gaussian process around the mean of y [N]."""
    found: Floats = np.linalg.solve(kernel + noise * np.eye(len(y)), y - y.mean())
    return found


def _left_out(kernel: Floats, y: Floats, folds: NDArray[np.int64], noise: float) -> Floats:
    """Predictions [N] of each fold by a process on the others."""
    predicted = np.empty(len(y))
    for fold in np.unique(folds):
        others = folds != fold
        dual = solved(kernel[np.ix_(others, others)], y[others], noise)
        predicted[~others] = y[others].mean() + kernel[np.ix_(~others, others)] @ dual
    return predicted


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
