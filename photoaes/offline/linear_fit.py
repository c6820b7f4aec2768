"""The paper's fit in the linear model, for many people at once.

The same loss, initialisation, optimiser and steps as `model.fitting`, with the scores

    f(x; a) = f0(x) + J(x) . (a - a0)

of features measured once. A step for all people is two batched products.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import softplus

from photoaes.model.fitting import FitSettings, expert_weights
from photoaes.model.metrics import srocc


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
    alpha = torch.stack(starts).requires_grad_(True)
    optimizer = torch.optim.AdamW([alpha], settings.lr, weight_decay=settings.weight_decay)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(
        optimizer, max(settings.steps, 1), settings.final_lr
    )
    gradients = torch.from_numpy(model.gradients).flatten(1)
    base = torch.from_numpy(model.scores)
    rows = torch.from_numpy(np.stack(supports))
    given = torch.from_numpy(np.stack(ratings))
    rng = np.random.default_rng(settings.seed)
    for _ in range(settings.steps):
        chosen = _batch(rng, rows.shape[1], settings.batch)
        photos, stars = rows[:, chosen], given[:, chosen]
        moved = gradients[photos] @ (alpha - 1 / alpha.shape[1]).flatten(1)[:, :, None]
        loss = _loss(base[photos] + moved[:, :, 0], stars)
        (alpha.grad,) = torch.autograd.grad(loss, alpha)
        optimizer.step()
        schedule.step()
    return alpha.detach()


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


def _batch(rng: np.random.Generator, count: int, size: int) -> Tensor:
    """A random batch of positions, the same for all: each person's order is random by itself."""
    return torch.from_numpy(rng.permutation(count)[:size])


def _loss(scores: Tensor, ratings: Tensor) -> Tensor:
    """The sum over people of equation 3, for scores and ratings [P, B]; ties left out."""
    decided = (ratings[:, :, None] > ratings[:, None, :]).float()
    each = softplus(scores[:, None, :] - scores[:, :, None]) * decided
    pairs = decided.sum(dim=(1, 2))
    return (each.sum(dim=(1, 2)) / pairs.clamp(min=1)).sum()
