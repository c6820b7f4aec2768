"""`photoaes evaluate` with the paper's exact fit put together for a processor with AMX.

    python -m tests.benchmarks.exact_fits check BANK
    python -m tests.benchmarks.exact_fits evaluate ... --methods K=0 initialisation paper ...

The same step as `model.fitting`, in bfloat16: the network is fused by torch.compile (which needs a
C++ compiler), the patch embedding is written as a product, and layers of one shape are merged and
differentiated together. 100 people with 50 photos each take 15 hours on one core without it, and
six with it. `check` prints how long a step takes either way, and the cosine of its gradient with
that of the plain step in fp32.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.func import functional_call
from torch.nn.attention import SDPBackend, sdpa_kernel

from photoaes.__main__ import main as photoaes
from photoaes.model import fitting
from photoaes.model.bank import read_bank
from photoaes.model.fit_settings import FitSettings
from photoaes.model.merger import Merger
from photoaes.model.task_vector import LowRankLayer, TaskVectors
from tests.benchmarks.machine import machine_line

PLAIN_STEP = fitting._step
Shape = tuple[int, ...]


@dataclass(frozen=True)
class Alike:
    """G layers of one shape: their `columns` of alpha, `base` [G, *shape] and factors, of which
    `left` [G, rows, n r] and `right` [G, n r, columns]; dense ones have `left` [G, n, P] alone."""

    names: tuple[str, ...]
    columns: Tensor
    base: Tensor
    left: Tensor
    right: Tensor | None

    def merged(self, alpha: Tensor) -> Tensor:
        weights = alpha[:, self.columns].T
        if self.right is None:
            return self.base + torch.bmm(weights[:, None], self.left).reshape(self.base.shape)
        rank = self.left.shape[2] // len(alpha)
        scaled = self.left * weights.repeat_interleave(rank, 1)[:, None].bfloat16()
        return self.base + torch.bmm(scaled, self.right).float().reshape(self.base.shape)

    def gradient(self, gradients: Mapping[str, Tensor], tasks: int) -> Tensor:
        stacked = torch.stack([gradients[name] for name in self.names])
        if self.right is None:
            return torch.bmm(self.left, stacked.reshape(len(self.names), -1, 1))[:, :, 0].T
        flat = stacked.reshape(len(self.names), self.left.shape[1], -1).bfloat16()
        inner = (torch.bmm(self.left.mT, flat).float() * self.right.float()).sum(2)
        return inner.reshape(len(self.names), tasks, -1).sum(2).T


def _grouped(merger: Merger) -> list[Alike]:
    vectors: TaskVectors = merger.vectors
    members: dict[tuple[Shape, int], list[str]] = {}
    for name, layer in vectors.layers.items():
        rank = layer.left.shape[2] if isinstance(layer, LowRankLayer) else 0
        members.setdefault((tuple(layer.shape), rank), []).append(name)
    return [_alike(merger, shape, names) for (shape, _), names in members.items()]


def _alike(merger: Merger, shape: Shape, names: list[str]) -> Alike:
    layers = [merger.vectors.layers[name] for name in names]
    columns = torch.tensor([merger.vectors.names.index(name) for name in names])
    zero = torch.zeros(shape)
    base = torch.stack([merger._theta_pre.get(name, zero).float() for name in names])
    left, right = [], []
    for layer in layers:
        if isinstance(layer, LowRankLayer):
            left.append(layer.left.transpose(0, 1).flatten(1).bfloat16())
            right.append(layer.right.flatten(0, 1).bfloat16())
        else:
            left.append(layer.values.flatten(1).float())
    joined = torch.stack(right) if right else None
    return Alike(tuple(names), columns, base, torch.stack(left), joined)


def _network(model: nn.Module, tensors: dict[str, Tensor], inputs: Tensor) -> Tensor:
    scores: Tensor = functional_call(model, tensors, (inputs,))
    return scores


_fused = torch.compile(_network, dynamic=False)


def _as_product(convolution: nn.Conv2d) -> Callable[[Tensor], Tensor]:
    """The patch embedding; torch's convolution is slow to differentiate in its weights."""
    side = int(convolution.kernel_size[0])

    def embed(x: Tensor) -> Tensor:
        batch, channels, height, _ = x.shape
        grid = height // side
        cut = x.reshape(batch, channels, grid, side, grid, side).permute(0, 2, 4, 1, 3, 5)
        rows = cut.reshape(batch, grid * grid, -1)
        found = nn.functional.linear(rows, convolution.weight.flatten(1))
        return found.mT.reshape(batch, -1, grid, grid)

    return embed


_ready: dict[int, list[Alike]] = {}


def _step(
    merger: Merger, alpha: Tensor, inputs: Tensor, ratings: Tensor, settings: FitSettings
) -> tuple[float, Tensor]:
    """In place of `fitting._step`, which still does what is not the paper's own loss."""
    if settings.loss != "rank" or settings.pairs != "all" or settings.noise:
        return PLAIN_STEP(merger, alpha, inputs, ratings, settings)
    if id(merger) not in _ready:
        _ready[id(merger)] = _grouped(merger)
        patches = merger._model.backbone.conv1
        assert isinstance(patches, nn.Conv2d)
        patches.forward = _as_product(patches)  # type: ignore[assignment]
    groups = _ready[id(merger)]
    found = {
        name: tensor
        for group in groups
        for name, tensor in zip(group.names, group.merged(alpha), strict=True)
    }
    tensors = {name: found[name].requires_grad_(True) for name in merger.vectors.names}
    better, worse = fitting._pairs(ratings, settings)
    if len(better) == 0:
        return 0.0, torch.zeros_like(alpha)
    merger._model.train(False)
    with torch.autocast("cpu", torch.bfloat16), sdpa_kernel(SDPBackend.MATH):
        scores = _fused(merger._model, tensors, inputs).float()
    loss = fitting.bradley_terry(scores, better, worse)
    gradients = dict(zip(tensors, torch.autograd.grad(loss, list(tensors.values())), strict=True))
    result = torch.empty_like(alpha)
    for group in groups:
        result[:, group.columns] = group.gradient(gradients, len(alpha))
    return float(loss.detach()), result


def _check(folder: Path, steps: int = 12) -> None:
    bank = read_bank(folder)
    preprocessing = bank.backbone.preprocessing
    vectors, device = bank.task_vectors(), torch.device("cpu")
    plain, fused = (
        Merger(bank.model(), bank.theta_pre(), vectors, preprocessing, device) for _ in range(2)
    )
    print(machine_line())
    rng = np.random.default_rng(0)
    weights = torch.softmax(torch.from_numpy(rng.normal(size=len(bank.tasks))).float(), 0)
    alpha = vectors.uniform(weights)
    for photos in (10, 32):
        shape = (photos, preprocessing.crop, preprocessing.crop, 3)
        inputs = plain.inputs(rng.integers(0, 256, shape, dtype=np.uint8))
        ratings = torch.from_numpy(rng.integers(1, 6, photos))
        exact = PLAIN_STEP(plain, alpha, inputs, ratings, FitSettings())[1]
        ways = (("plain", PLAIN_STEP, plain), ("fused", _step, fused))
        for name, step, merger in ways:
            taken = []
            for _ in range(steps + 2):
                begun = time.perf_counter()
                found = step(merger, alpha, inputs, ratings, FitSettings(mixed=True))[1]
                taken.append(time.perf_counter() - begun)
            cosine = torch.cosine_similarity(found.flatten(), exact.flatten(), dim=0)
            median = statistics.median(taken[2:]) * 1000
            print(f"{photos} photos, {name}: {median:.0f} ms a step, cosine {cosine:.4f}")


def main() -> int:
    """`check`, or photoaes with the fused step."""
    if sys.argv[1:2] == ["check"]:
        parser = argparse.ArgumentParser()
        parser.add_argument("check")
        parser.add_argument("bank", type=Path)
        _check(parser.parse_args().bank)
        return 0
    fitting._step = _step
    return photoaes(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
