"""The score model: vision tower, head, and the score that it reads off (paper, appendix D)."""

from __future__ import annotations

import torch
from torch import Tensor, nn

# The head's sizes (paper, appendix D); `LEVELS` are the score's steps, template t = 1..10.
HIDDEN = 512
DROPOUT = 0.5
LEVELS = 10


class ScoreModel(nn.Module):
    """f(x) = p . t with p = s / sum(s), s = sigmoid(head(tower(x))), t = 1..10.

    The paper does not say that s is made to sum to one; the authors' code does it, and so do we.
    Parameters are named `backbone.*` and `head.*`; each of them is one layer in the paper's sense.
    """

    template: Tensor

    def __init__(self, backbone: nn.Module, embed_dim: int) -> None:
        super().__init__()
        self.backbone = backbone
        self.head = build_head(embed_dim)
        self.register_buffer("template", torch.arange(1.0, LEVELS + 1.0), persistent=False)

    def forward(self, inputs: Tensor) -> Tensor:
        """Normalised inputs [B, 3, S, S] to scores [B] in 1..10."""
        return self.score(self.distribution(self.backbone(inputs)))

    def distribution(self, features: Tensor) -> Tensor:
        """Features [B, d] to level probabilities [B, 10] that sum to one."""
        strength = torch.sigmoid(self.head(features).float())
        return strength / strength.sum(dim=-1, keepdim=True)

    def score(self, distribution: Tensor) -> Tensor:
        """Level probabilities [B, 10] to their mean [B]."""
        return distribution @ self.template


def build_head(embed_dim: int) -> nn.Sequential:
    """Linear, GELU, dropout, linear. The positions 0 and 3 are the names in the authors' files."""
    return nn.Sequential(
        nn.Linear(embed_dim, HIDDEN), nn.GELU(), nn.Dropout(DROPOUT), nn.Linear(HIDDEN, LEVELS)
    )


def layer_names(model: nn.Module) -> list[str]:
    """The names of all layers, in the model's order: one layer is one parameter tensor.

    152 for the tower of ViT-B/16 and 296 for ViT-L/14; the head adds 4.
    """
    return [name for name, _ in model.named_parameters()]
