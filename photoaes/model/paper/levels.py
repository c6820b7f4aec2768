"""What a tower sees on its way: the pooled outputs of its blocks beside its last one.

The last layer throws away what it was not trained to tell, and taste lives in some of that.
Multi-level, spatially pooled features are those of Hosu, Goldluecke and Saupe (2019), from whom the
paper has its head. Any tower whose blocks give tokens [B, T, w] or maps [B, c, h, w] can be read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor, nn


def blocks_of(tower: nn.Module) -> list[nn.Module]:
    """The tower's blocks, first to last: of open_clip's transformers and of timm's models."""
    transformer = getattr(tower, "transformer", None)
    if transformer is not None:
        return list(transformer.resblocks)
    blocks = getattr(getattr(tower, "trunk", tower), "blocks", None)
    if not isinstance(blocks, nn.Sequential | nn.ModuleList):
        return []
    nested = [list(one) if isinstance(one, nn.Sequential) else [one] for one in blocks]
    return [block for stage in nested for block in stage]


@contextmanager
def watched(tower: nn.Module, chosen: Sequence[int]) -> Iterator[dict[int, Tensor]]:
    """While the tower runs, the pooled outputs of the `chosen` blocks by their number."""
    seen: dict[int, Tensor] = {}

    def keep(number: int) -> Callable[[nn.Module, Any, Tensor], None]:
        return lambda _, __, output: seen.update({number: pooled(output)})

    blocks = blocks_of(tower)
    hooks = [blocks[number].register_forward_hook(keep(number)) for number in chosen]
    try:
        yield seen
    finally:
        for hook in hooks:
            hook.remove()


def pooled(output: Tensor) -> Tensor:
    """Mean and deviation over positions: of tokens [B, T, w] with the class token, [B, 3 w]; of
    maps [B, c, h, w], [B, 2 c]."""
    output = output.float()
    if output.ndim == 4:
        positions = output.permute(0, 2, 3, 1).flatten(1, 2)  # as channels last lie in memory
        mean = positions.mean(1, keepdim=True)
        # Not `var`, which goes through positions one by one and takes three times as long.
        deviation = ((positions - mean).square().mean(1) + 1e-12).sqrt()
        return torch.cat([mean[:, 0], deviation], dim=1)
    patches = output[:, 1:]
    return torch.cat([patches.mean(1), _deviation(patches, 1), output[:, 0]], dim=1)


def _deviation(values: Tensor, dim: int) -> Tensor:
    return (values.var(dim, correction=0) + 1e-12).sqrt()
