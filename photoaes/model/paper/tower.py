"""A plain vision transformer (Dosovitskiy et al. 2021), layer for layer as open_clip has it.

The same names, numbers and random weights, without the import of open_clip, which takes seconds and
brings torchvision along. Tests hold the two against each other.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional


class _LayerNorm(nn.LayerNorm):
    """In the type of its input, also in mixed precision."""

    def forward(self, x: Tensor) -> Tensor:
        found = functional.layer_norm(x, self.normalized_shape, self.weight, self.bias, self.eps)
        return found.to(x.dtype)


class Block(nn.Module):
    """Attention and perceptron, each around a shortcut; tokens [B, T, w] to [B, T, w]."""

    def __init__(
        self, width: int, heads: int, ratio: float, norm: Callable[[int], nn.LayerNorm]
    ) -> None:
        super().__init__()
        self.ln_1 = norm(width)
        self.attn: nn.Module = nn.MultiheadAttention(width, heads, batch_first=True)
        self.ln_2 = norm(width)
        inner = int(width * ratio)
        parts = [("c_fc", nn.Linear(width, inner)), ("gelu", nn.GELU())]
        self.mlp = nn.Sequential(OrderedDict([*parts, ("c_proj", nn.Linear(inner, width))]))

    def forward(self, x: Tensor) -> Tensor:
        """Tokens [B, T, w] after attention and MLP."""
        seen = self.ln_1(x)
        x = x + self.attn(seen, seen, seen, need_weights=False)[0]
        y: Tensor = x + self.mlp(self.ln_2(x))
        return y


class _Blocks(nn.Module):
    def __init__(
        self,
        width: int,
        layers: int,
        heads: int,
        ratio: float,
        norm: Callable[[int], nn.LayerNorm],
    ) -> None:
        super().__init__()
        self.resblocks = nn.ModuleList([Block(width, heads, ratio, norm) for _ in range(layers)])

    def forward(self, x: Tensor) -> Tensor:
        for block in self.resblocks:
            x = block(x)
        return x


def _normal(scale: float, *shape: int) -> Tensor:
    """`scale * torch.randn(shape)`; on the meta device no numbers: whatever is calculated there
    imports torch's compiler, 1.3 CPU seconds of a start."""
    numbers = torch.empty(shape)
    return numbers if numbers.is_meta else numbers.normal_().mul_(scale)


class Tower(nn.Module):
    """Normalised inputs [B, 3, S, S] to embeddings [B, d], read off the class token."""

    def __init__(self, embed_dim: int, vision: Mapping[str, Any]) -> None:
        super().__init__()
        width, patch = int(vision.get("width", 768)), int(vision.get("patch_size", 16))
        side = int(vision.get("image_size", 224))
        norm: Callable[[int], nn.LayerNorm] = partial(
            _LayerNorm, **(vision.get("norm_kwargs") or {})
        )
        self.image_size, self.patch_size = (side, side), (patch, patch)
        self.conv1 = nn.Conv2d(3, width, kernel_size=patch, stride=patch, bias=False)
        scale = width**-0.5
        self.class_embedding = nn.Parameter(_normal(scale, width))
        places = (side // patch) ** 2 + 1
        self.positional_embedding = nn.Parameter(_normal(scale, places, width))
        self.ln_pre = nn.Identity() if vision.get("no_ln_pre", False) else norm(width)
        heads = width // int(vision.get("head_width", 64))
        layers, ratio = int(vision.get("layers", 12)), float(vision.get("mlp_ratio", 4.0))
        self.transformer = _Blocks(width, layers, heads, ratio, norm)
        self.ln_post = norm(width)
        self.proj = nn.Parameter(_normal(scale, width, embed_dim))

    def forward(self, inputs: Tensor) -> Tensor:
        """Inputs of the size that the tower was built for."""
        embedding: Tensor = self.ln_post(self.transformer(self.tokens(inputs)))[:, 0] @ self.proj
        return embedding

    def tokens(self, inputs: Tensor) -> Tensor:
        """What the first block is given of inputs [B, 3, S, S]: [B, 1 + patches, w]."""
        patches = self.conv1(inputs).flatten(2).mT
        first = self.class_embedding.expand(len(patches), 1, -1).to(patches.dtype)
        tokens = torch.cat([first, patches], dim=1) + self.positional_embedding.to(patches.dtype)
        found: Tensor = self.ln_pre(tokens)
        return found
