"""The merged model made linear in its coefficients, photo by photo.

    f(x; a) ~ f0(x) + sum_il J_il(x) (a_il - a0_il),    J_il = df/da_il = <df/dtheta^l, tau_i^l>

It is expanded at the bank's alpha_0, the same for every person, so f0 and J of a photo are computed
once, and what the score model's row reads beside them (`basis` makes features of it all). Per
photo the matrices of linear and convolution layers need only what goes in, x_t, and the gradient of
what comes out, g_t, over the tokens t: <sum_t g_t x_t', left_i right_i> = sum_t (g_t left_i) .
(right_i x_t). All other layers (biases, norms, embeddings) are small: torch.func makes their
gradients photo by photo.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.func import functional_call, grad, vmap
from torch.nn import functional

from photoaes.model.bank.manifest import Bank
from photoaes.model.paper.layers import EMBEDDING
from photoaes.model.paper.levels import watched
from photoaes.model.paper.merge import Merger
from photoaes.model.paper.open_attention import open_attentions
from photoaes.model.paper.score_model import Sight, layer_names
from photoaes.model.taste.basis import Basis, read_basis


@dataclass(frozen=True)
class TangentBatch:
    """Of B photos f(x; alpha_0) [B], J [B, n, L], and levels [B, *] by name."""

    scores: Tensor
    gradients: Tensor
    levels: Mapping[str, Tensor]


# Photos at once by device; of a large tower each takes a third of a gigabyte.
BATCHES = {"cuda": 64, "mps": 16, "cpu": 8}
LARGE, FEWER = 50_000_000, {"cuda": 64, "mps": 4, "cpu": 2}
HUGE, FEWEST = 200_000_000, {"cuda": 64, "mps": 1, "cpu": 1}


class Tangent:
    """Measures photos for one bank on its device (`looking.Model`)."""

    def __init__(self, merger: Merger, basis: Basis, sight: Sight) -> None:
        self.basis = basis
        self.preprocessing = merger.preprocessing
        self.device = merger.device
        self._vectors = merger.vectors
        self._sight = replace(sight, is_near=True)
        alpha_0 = torch.from_numpy(basis.alpha_0).to(merger.device)
        model = merger.model
        size = sum(parameter.numel() for parameter in model.parameters())
        large = FEWEST if size > HUGE else FEWER
        self.batches: Mapping[str, int] = large if size > LARGE else BATCHES
        merger.merge_into(model, alpha_0)
        names = layer_names(model)
        open_attentions(model)
        self._model = model.requires_grad_(False)
        # Opening an attention renames its layers but leaves their order.
        opened = dict(self._model.named_parameters())
        self._layer = dict(zip(opened, names, strict=True))
        self._matrices = {
            f"{name}.weight": module
            for name, module in self._model.named_modules()
            if isinstance(module, nn.Linear) or _is_plain_convolution(module)
        }
        self._small: dict[str, Tensor] = {
            name: p for name, p in opened.items() if name not in self._matrices
        }
        size = self._model.size or self.preprocessing.crop
        self._shapes = self._output_shapes(torch.zeros(1, 3, size, size, device=self.device))

    def look(self, pixels: NDArray[np.uint8]) -> list[NDArray[np.float16]]:
        """`features` of bytes [B, S, S, 3], a row a photo."""
        return list(self.features(pixels))

    def move(self, device: torch.device) -> None:
        """Move model and task vectors to this device."""
        self.device = device
        self._vectors = self._vectors.to(device)
        self._model.to(device)
        # `to` keeps parameters but makes new tensors of what is no leaf: look them up again.
        self._small = {n: p for n, p in self._model.named_parameters() if n in self._small}

    def features(self, pixels: NDArray[np.uint8]) -> NDArray[np.float16]:
        """Rows [B, 1 + D + d] of photos given as bytes [B, S, S, 3]."""
        found = self.measured(pixels)
        return self.basis.packed(found.scores, found.gradients, found.levels)

    def measured(self, pixels: NDArray[np.uint8]) -> TangentBatch:
        """Score, J and levels of photos given as bytes [B, S, S, 3]."""
        inputs = self.preprocessing.normalise(torch.from_numpy(pixels).to(self.device))
        scores, gradients, levels = self._expanded(self._model.resized(inputs))
        with torch.inference_mode():
            frozen = self._sight.companion_levels(inputs)
        return TangentBatch(scores, gradients, {**levels, **frozen})

    def _expanded(self, inputs: Tensor) -> tuple[Tensor, Tensor, dict[str, Tensor]]:
        """f0 [B], J [B, n, L] and the tower's levels of normalised inputs [B, 3, S, S]."""
        # What is added to each matrix's output is zero; its gradient is that of the output.
        added = {n: torch.zeros(s, device=self.device) for n, s in self._shapes.items()}
        each = vmap(grad(self._score, argnums=(0, 1), has_aux=True), in_dims=(None, None, 0))
        (small, outer), (scores, inner, blocks) = each(self._small, added, inputs)
        columns = {}
        with torch.no_grad():
            for name, gradient in small.items():
                layer = self._vectors.layers[self._layer[name]]
                columns[self._layer[name]] = layer.inner_each(gradient)
            for name, module in self._matrices.items():
                layer = self._vectors.layers[self._layer[name]]
                tokens = _tokens(module, inner[name], outer[name])
                columns[self._layer[name]] = layer.inner_tokens(*tokens)
        gradients = torch.stack([columns[name] for name in self._vectors.names], dim=2)
        levels = {EMBEDDING: inner["head.0.weight"].flatten(1).float()}
        levels |= {f"block {number}": blocks[number].flatten(1) for number in self._sight.blocks}
        return scores, gradients, levels

    def _score(
        self, small: Mapping[str, Tensor], added: dict[str, Tensor], photo: Tensor
    ) -> tuple[Tensor, tuple[Tensor, dict[str, Tensor], dict[int, Tensor]]]:
        """The score of one photo [3, S, S]; beside it each matrix's input, and pooled blocks."""
        seen: dict[str, Tensor] = {}

        def hook(name: str) -> object:
            def keep(_: nn.Module, inputs: tuple[Tensor], output: Tensor) -> Tensor:
                seen[name] = inputs[0]
                return output + added[name]

            return keep

        hooks = [m.register_forward_hook(hook(n)) for n, m in self._matrices.items()]
        try:
            with watched(self._model.backbone, self._sight.blocks) as blocks:
                [score] = functional_call(self._model, dict(small), (photo[None],))
        finally:
            for handle in hooks:
                handle.remove()
        return score, (score, seen, blocks)

    def _output_shapes(self, photo: Tensor) -> dict[str, torch.Size]:
        """The shape of what each matrix makes of one photo."""
        shapes: dict[str, torch.Size] = {}

        def hook(name: str) -> object:
            return lambda _, __, output: shapes.update({name: output.shape})

        hooks = [m.register_forward_hook(hook(n)) for n, m in self._matrices.items()]
        with torch.no_grad():
            self._model(photo)
        for handle in hooks:
            handle.remove()
        return shapes


def tangent_of(bank: Bank, device: torch.device, count: int = 0) -> Tangent:
    """The bank's tangent, its tensors read and checked; about `count` photos are to come.

    Raises BankInvalid.
    """
    sight = bank.sight()
    if sight.companion is not None:
        sight.companion.prepare(count)
    return Tangent(bank.merger(device), read_basis(bank), sight)


def _is_plain_convolution(module: nn.Module) -> bool:
    return (
        isinstance(module, nn.Conv2d) and module.groups == 1 and not isinstance(module.padding, str)
    )


def _tokens(module: nn.Module, inner: Tensor, outer: Tensor) -> tuple[Tensor, Tensor]:
    """Of each photo a matrix's inputs x [B, T, in] and output gradients g [B, T, out]."""
    if isinstance(module, nn.Conv2d) and not isinstance(module.padding, str):
        patches = functional.unfold(
            inner.flatten(0, 1),
            module.kernel_size,
            module.dilation,
            module.padding,
            module.stride,
        )
        return patches.mT, outer.flatten(0, 1).flatten(2).mT
    count = len(inner)
    return inner.reshape(count, -1, inner.shape[-1]), outer.reshape(count, -1, outer.shape[-1])
