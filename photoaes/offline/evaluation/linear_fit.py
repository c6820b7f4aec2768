"""The paper's fit in the linear model, for many people at once.

The same loss, initialisation, optimiser and steps as `model.paper.fit`, with the scores

    f(x; a) = f0(x) + J(x) . (a - a0)

of features measured once. A step for all people is two batched products.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import softplus

from photoaes.model.metrics import srocc
from photoaes.model.paper.fit import batches
from photoaes.model.paper.fit_settings import FitSettings, expert_weights


@dataclass(frozen=True)
class LinearModel:
    """N photos: `scores` f0 [N], `gradients` J [N, n, L], and the tasks' own `experts` [n, N]."""

    scores: NDArray[np.float32]
    gradients: NDArray[np.float32]
    experts: NDArray[np.float64]

    def at(self, alpha: Tensor, rows: NDArray[np.intp]) -> NDArray[np.float64]:
        """The scores of some photos for coefficients [n, L]."""
        count = len(self.experts)
        moved = torch.from_numpy(self.gradients[rows]).flatten(1) @ (alpha - 1 / count).flatten()
        return (torch.from_numpy(self.scores[rows]) + moved).double().numpy()


def linear_fit(
    model: LinearModel,
    supports: Sequence[NDArray[np.intp]],
    ratings: Sequence[NDArray[np.float64]],
    settings: FitSettings,
) -> Tensor:
    """alpha [P, n, L] of P people who rated K photos each: rows [K] and ratings [K] of each."""
    starts = [
        _start(model, rows, given, settings) for rows, given in zip(supports, ratings, strict=True)
    ]
    alpha = torch.stack(starts)
    layers = alpha.shape[2]
    # As in `fit`: with one coefficient a task, one column stands for all layers.
    free = alpha[:, :, :1].clone() if settings.coefficients == "task" else alpha
    free.requires_grad_(True)
    optimizer = torch.optim.AdamW([free], settings.lr, weight_decay=settings.weight_decay)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(
        optimizer, max(settings.steps, 1), settings.final_lr
    )
    gradients = torch.from_numpy(model.gradients).flatten(1)
    base = torch.from_numpy(model.scores)
    rows = torch.from_numpy(np.stack(supports))
    given = torch.from_numpy(np.stack(ratings))
    drawn = _batches(rows.shape[1], settings)
    for _ in range(settings.steps):
        chosen = next(drawn)
        photos, stars = rows[:, chosen], given[:, chosen]
        alpha = free.expand(-1, -1, layers)
        moved = gradients[photos] @ (alpha - 1 / alpha.shape[1]).flatten(1)[:, :, None]
        loss = _loss(base[photos] + moved[:, :, 0], stars, settings)
        (free.grad,) = torch.autograd.grad(loss, free)
        optimizer.step()
        schedule.step()
    return free.detach().expand(-1, -1, layers)


def _start(
    model: LinearModel,
    support: NDArray[np.intp],
    ratings: NDArray[np.float64],
    settings: FitSettings,
) -> Tensor:
    """Equations 4 and 6: alpha [n, L] from the experts' agreement on the support set."""
    agreement = [srocc(scores[support], ratings) for scores in model.experts]
    weights = expert_weights(agreement, settings)
    return weights[:, None].expand(-1, model.gradients.shape[2]).clone()


def _batches(count: int, settings: FitSettings) -> Iterator[Tensor]:
    """Random batches of positions, the same for all: each person's order is random by itself."""
    if settings.last_batch == "kept":
        yield from batches(count, settings)
    rng = np.random.default_rng(settings.seed)
    while True:
        yield torch.from_numpy(rng.permutation(count)[: settings.batch])


def _loss(scores: Tensor, ratings: Tensor, settings: FitSettings) -> Tensor:
    """The sum over people of a batch's loss as in `model.paper.fit`, scores and ratings [P, B]."""
    if settings.loss == "mse":
        return (scores - 2 * ratings.to(scores.dtype)).square().mean(dim=1).sum()
    compared = _compared(scores.shape[1], settings)
    decided = (ratings[:, :, None] > ratings[:, None, :]) & compared
    each = softplus(scores[:, None, :] - scores[:, :, None]) * decided
    pairs = decided.sum(dim=(1, 2)).clamp(min=1)
    if settings.pairs == "halves":  # the authors' mean counts the ties, at zero loss
        pairs = torch.full_like(pairs, max(scores.shape[1] // 2, 1))
    return (each.sum(dim=(1, 2)) / pairs).sum()


def _compared(count: int, settings: FitSettings) -> Tensor:
    """Which photos of a batch meet, [B, B]: all, or each of one half its opposite."""
    if settings.pairs == "all":
        return torch.ones(count, count, dtype=torch.bool)
    half = count // 2
    first = torch.arange(half)
    meet = torch.zeros(count, count, dtype=torch.bool)
    meet[first, first + half] = meet[first + half, first] = True
    return meet
