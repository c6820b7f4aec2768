"""The score model: vision tower, head, and the score that it reads off (paper, appendix D).

Beyond the paper the head may have one linear row, `head.direct`, on the levels of the tower and of
a frozen companion (`levels`, `companion`): what a crowd or a person likes and no task vector
carries is part of the same model, and one forward pass gives its score.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field, replace

import torch
from torch import Tensor, nn
from torch.nn.functional import interpolate

from photoaes.model.device import has_bfloat16
from photoaes.model.paper.companion import Companion
from photoaes.model.paper.layers import DIRECT, EMBEDDING, STEPS
from photoaes.model.paper.levels import watched
from photoaes.model.paper.open_attention import open_attentions
from photoaes.model.paper.tower import Tower

# The head's sizes (paper, appendix D).
HIDDEN = 512
DROPOUT = 0.5


@dataclass(frozen=True)
class Sight:
    """What the linear row reads: pooled outputs of these `blocks` of the tower, and the levels of
    the `companion`. `columns` is how many numbers that is, 0 for a model without the row. `mean`
    and `std` are those by which the inputs were normalised. `is_near`: the companion in half
    precision where the processor has it, in half the time. With the tower so too (`hasten`) scores
    move by up to .05 stars; Spearman is .9997 on OASIS, .9996 on other photos, .9968 on the sample
    album's painted ones."""

    blocks: tuple[int, ...] = ()
    companion: Companion | None = None
    columns: int = 0
    mean: tuple[float, float, float] = (0.0, 0.0, 0.0)
    std: tuple[float, float, float] = (1.0, 1.0, 1.0)
    is_near: bool = False

    def companion_levels(self, inputs: Tensor) -> Mapping[str, Tensor]:
        """The companion's levels of normalised inputs [B, 3, S, S], none where there is none."""
        if self.companion is None:
            return {}
        device = inputs.device
        is_half = self.is_near and has_bfloat16(device)
        mixed = torch.autocast(device.type, torch.bfloat16) if is_half else nullcontext()
        with mixed:
            levels: dict[str, Tensor] = self.companion.to(device)(self.pixels(inputs))
        return levels

    def pixels(self, inputs: Tensor) -> Tensor:
        """Normalised inputs [B, 3, S, S] as RGB 0..255 again."""
        mean, std = (torch.tensor(v, device=inputs.device) for v in (self.mean, self.std))
        return (inputs * std[:, None, None] + mean[:, None, None]) * 255


@dataclass(frozen=True)
class Look:
    """A batch as the model sees it: `distribution` [B, 10], the tower's `embedding` [B, d], and
    levels [B, *] by name, the embedding among them."""

    distribution: Tensor
    embedding: Tensor
    levels: Mapping[str, Tensor] = field(default_factory=dict)


class ScoreModel(nn.Module):
    """f(x) = p . t + w . levels(x) with p = s / sum(s), s = sigmoid(head(tower(x))), t = 1..10.

    The paper does not say that s is made to sum to one; the authors' code does it, and so do we.
    Parameters are named `backbone.*` and `head.*`; each of them is one layer in the paper's sense.
    The row w is zero unless somebody sets it. Photos may come larger than the tower reads them:
    the companion sees them as they come.
    """

    template: Tensor

    def __init__(self, backbone: nn.Module, embed_dim: int, sight: Sight | None = None) -> None:
        super().__init__()
        self.backbone = backbone
        self.sight = sight or Sight()
        self.head = build_head(embed_dim)
        if self.sight.columns:
            self.head.direct = _zero_row(self.sight.columns)
        self.size = _image_size(backbone)
        self._is_half = False
        # Not `arange`, which on the meta device imports torch's compiler.
        template = torch.tensor([float(step) for step in range(1, STEPS + 1)])
        self.register_buffer("template", template, persistent=False)

    def forward(self, inputs: Tensor) -> Tensor:
        """Normalised inputs [B, 3, S, S] to scores [B], in 1..10 with the template as it is."""
        if not self.sight.columns:
            return self.score(self.distribution(self.backbone(self.resized(inputs))))
        return self.scored(self.look(inputs))

    def scored(self, look: Look) -> Tensor:
        """Scores [B] of what was seen, the row's part among them."""
        score = self.score(look.distribution)
        if not self.sight.columns:
            return score
        row: Tensor = self.head.direct(torch.cat(list(look.levels.values()), dim=1))
        return score + row[:, 0]

    def look(self, inputs: Tensor) -> Look:
        """All that is to be seen in normalised inputs [B, 3, S, S]."""
        with watched(self.backbone, self.sight.blocks) as seen:
            embedding = self._embedding(self.resized(inputs))
        levels = {EMBEDDING: embedding.float()}
        levels |= {f"block {number}": seen[number] for number in self.sight.blocks}
        levels |= self.sight.companion_levels(inputs)
        return Look(self.distribution(embedding), embedding, levels)

    def hasten(self) -> None:
        """From now on look in half precision where this CPU has it, in half the time: the scores
        are near enough to rank by (`Sight.is_near`). The tower's layers get other names."""
        self.sight = replace(self.sight, is_near=True)
        if isinstance(self.backbone, Tower) and has_bfloat16(torch.device("cpu")):
            open_attentions(self.backbone)
            self.backbone.to(torch.bfloat16)
            self._is_half = True

    def _embedding(self, inputs: Tensor) -> Tensor:
        if not self._is_half:
            seen: Tensor = self.backbone(inputs)
            return seen
        half: Tensor = self.backbone(inputs.to(torch.bfloat16))
        return half.float()

    def resized(self, inputs: Tensor) -> Tensor:
        """Inputs [B, 3, S, S] at the size that the tower reads."""
        if self.size is None or inputs.shape[-1] == self.size:
            return inputs
        size = (self.size, self.size)
        return interpolate(inputs, size, mode="bilinear", antialias=True, align_corners=False)

    def distribution(self, features: Tensor) -> Tensor:
        """Features [B, d] to level probabilities [B, 10] that sum to one."""
        strength = torch.sigmoid(self.head(features).float())
        return strength / strength.sum(dim=-1, keepdim=True)

    def score(self, distribution: Tensor) -> Tensor:
        """Level probabilities [B, 10] to their mean [B]."""
        return distribution @ self.template


class Head(nn.Sequential):
    """Linear, GELU, dropout, linear, by the names 0 and 3 that the authors' files have; beside
    them `direct`, if there is one, which the score model itself applies."""

    direct: nn.Linear

    def forward(self, features: Tensor) -> Tensor:
        """Features [B, d] to the strengths of the ten steps, [B, 10], before the sigmoid."""
        linear, gelu, dropout, last = list(self)[:4]
        strength: Tensor = last(dropout(gelu(linear(features))))
        return strength


def build_head(embed_dim: int) -> Head:
    """The paper's head, with random weights."""
    return Head(
        nn.Linear(embed_dim, HIDDEN), nn.GELU(), nn.Dropout(DROPOUT), nn.Linear(HIDDEN, STEPS)
    )


def layer_names(model: nn.Module) -> list[str]:
    """The names of all layers, in the model's order: one layer is one parameter tensor.

    152 for the tower of ViT-B/16 and 296 for ViT-L/14; the head adds 4. The linear row is not one
    of them: no task vector moves it.
    """
    return [name for name, _ in model.named_parameters() if not name.startswith(DIRECT)]


def _zero_row(columns: int) -> nn.Linear:
    row = nn.Linear(columns, 1)
    nn.init.zeros_(row.weight)
    nn.init.zeros_(row.bias)
    return row


def _image_size(backbone: nn.Module) -> int | None:
    """The side of the square that the tower reads, where it says so."""
    size = getattr(backbone, "image_size", None)
    return size[0] if isinstance(size, tuple) else size
