"""What people share: their mean ratings as a Gaussian process, linear in groups of features.

How strong each group is makes the mean ratings most likely (type-II maximum likelihood; MacKay
1992). Twins are pairs of photos that a photographer would not tell apart in worth, such as a photo
and its black-and-white copy: each is one more observation, that the two scores differ by nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from photoaes.model.taste.prior import Spread

Floats = NDArray[np.float64]
STEPS, RATE = 100, 0.1
# The variance with which twins may differ, in stars squared. A third of it makes them yet more
# alike and costs agreement with people, twice as much leaves low light a fault (NOTES.md).
TWINS_NOISE = 0.5


@dataclass(frozen=True)
class Strengths:
    """Variances of the groups, and of the noise."""

    groups: Floats
    noise: float
    spread: Spread = Spread()


def unit(z: Floats) -> tuple[Floats, float]:
    """A group's features [N, k] scaled to a variance of one in all, and by what they were divided.

    So a strength says how much taste lies in a group, whatever its features' own size.
    """
    size = max(float(np.sqrt((z**2).sum(axis=1).mean())), 1e-12)
    return z / size, size


def crowd_strengths(
    kernels: Sequence[Floats], means: Floats, rated: NDArray[np.bool_]
) -> Strengths:
    """Those that make the mean ratings most likely."""
    each = torch.tensor(np.stack([kernel[np.ix_(rated, rated)] for kernel in kernels]))
    given = torch.tensor(means[rated] - means[rated].mean())[:, None]
    start = torch.full((len(kernels) + 1,), -2.0, dtype=torch.float64)

    def loss(logarithms: Tensor) -> Tensor:
        variances = logarithms.exp()
        covariance = (variances[:-1, None, None] * each).sum(dim=0)
        covariance = covariance + variances[-1] * torch.eye(len(given), dtype=torch.float64)
        return surprise(covariance, given) + 0.02 * (logarithms + 2).square().sum()

    found = smallest(loss, start).exp().numpy()
    return Strengths(found[:-1], float(found[-1]))


def surprise(covariance: Tensor, left: Tensor) -> Tensor:
    """Minus the log likelihood of values [K, 1] with this covariance, but for a constant."""
    factor = torch.linalg.cholesky(covariance)
    white = torch.linalg.solve_triangular(factor, left, upper=False)
    found: Tensor = white.square().sum() / 2 + factor.diagonal().log().sum()
    return found


def smallest(loss: Callable[[Tensor], Tensor], start: Tensor) -> Tensor:
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


def weights_of(rated: Floats, means: Floats, noise: float, twins: Floats, apart: Floats) -> Floats:
    """The process written out: weights [D] on features of variance one, each group times the root
    of its strength.

    `rated` [N, D] are the features of photos with `means` [N], `twins` [T, D] the differences of
    features between twins, which something else sets `apart` [T] by so much already.
    """
    rows = np.concatenate([rated, twins])
    y = np.concatenate([means - means.mean(), -apart])
    noises = np.repeat([noise, TWINS_NOISE], [len(rated), len(twins)])
    found: Floats = rows.T @ np.linalg.solve(rows @ rows.T + np.diag(noises), y)
    return found


def left_out(
    rated: Floats, means: Floats, folds: NDArray[np.int64], noise: float, twins: Floats
) -> Floats:
    """Predictions [N] of each fold by a process on the others; arrays as in `weights_of`."""
    predicted, nothing = np.empty(len(means)), np.zeros(len(twins))
    for fold in np.unique(folds):
        others = folds != fold
        weights = weights_of(rated[others], means[others], noise, twins, nothing)
        predicted[~others] = means[others].mean() + rated[~others] @ weights
    return predicted
