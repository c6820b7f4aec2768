"""Table 5's rival: one expert, all of whose tensors are trained on a person's few ratings.

The paper does not say how. Here: the loss, batches and steps of stage two, and the learning rate
of stage one's backbone, 1.5e-6 falling to a tenth of it, which is the method's default.
"""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor

from photoaes.model.paper.fit import Support, batch_loss, batches
from photoaes.model.paper.fit_settings import FitSettings
from photoaes.model.paper.merge import Merger

BACKBONE_LR = 1.5e-6


def fine_tune(
    merger: Merger, start: Mapping[str, Tensor], support: Support, settings: FitSettings
) -> dict[str, Tensor]:
    """The tensors after `settings.steps` steps from `start`."""
    tensors = {name: tensor.clone().requires_grad_(True) for name, tensor in start.items()}
    optimizer = torch.optim.AdamW(tensors.values(), settings.lr, weight_decay=settings.weight_decay)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(
        optimizer, max(settings.steps, 1), settings.lr / 10
    )
    inputs = merger.inputs(support.pixels)
    ratings = torch.tensor(support.ratings, device=merger.device)
    drawn = batches(len(ratings), settings)
    for _ in range(settings.steps):
        chosen = next(drawn).to(merger.device)
        loss = batch_loss(merger, tensors, inputs[chosen], ratings[chosen], settings)
        if loss is None:
            continue
        optimizer.zero_grad()
        torch.autograd.backward(loss)
        optimizer.step()
        schedule.step()
    return {name: tensor.detach() for name, tensor in tensors.items()}
