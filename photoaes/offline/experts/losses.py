"""What an expert learns by: votes where they are known, else the mean score."""

from __future__ import annotations

import torch
from torch import Tensor


def loss_of_each(distribution: Tensor, targets: Tensor, levels: Tensor | None) -> Tensor:
    """Each photo's loss [B] for level probabilities [B, 10] and targets [B] in 1..10.

    With `levels` [B, 10], the shares of votes, it is the earth mover's distance with r = 2: the
    root of the mean squared difference of the cumulative distributions (Talebi & Milanfar 2018;
    the authors' `utils/losses.py`). Without, the squared error of the mean score.
    """
    if levels is not None:
        apart = (distribution - levels).cumsum(dim=1)
        # The root's slope at zero has no bound.
        return (apart.square().mean(dim=1) + 1e-12).sqrt()
    template = torch.arange(1.0, distribution.shape[1] + 1, device=distribution.device)
    return (distribution @ template - targets).square()
