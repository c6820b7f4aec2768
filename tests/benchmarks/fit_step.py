"""A fitting step against a plain wrapper that rebuilds every tensor under autograd at each step.

    python -m tests.benchmarks.fit_step [--model small ViT-B-16] [--steps 5] [--batch 10]

Both do the same step on the same random bank of six tasks: merge, forward, loss, gradient of the
coefficients. They take turns within one run, so that a change of the machine's speed meets both.
"""

from __future__ import annotations

import argparse
import gc
import resource
import statistics
import time
from collections.abc import Callable

import numpy as np
import torch
from torch import Tensor

from photoaes.model.paper import fit as fitting
from photoaes.model.paper.backbone import BackboneSpec
from photoaes.model.paper.fit import bradley_terry
from photoaes.model.paper.fit_settings import FitSettings
from photoaes.model.paper.merge import Merger
from photoaes.model.paper.score_model import ScoreModel
from photoaes.model.paper.task_vector import DenseLayer, TaskVectors
from photoaes.offline.experts.towers import student_spec
from tests.benchmarks.machine import machine_line

TASKS = 6


def _merger(spec: BackboneSpec, device: torch.device) -> Merger:
    torch.manual_seed(0)
    model = ScoreModel(spec.build(), spec.embed_dim).eval().requires_grad_(False)
    layers = {
        name: DenseLayer(torch.randn(TASKS, *p.shape) * 1e-3)
        for name, p in model.named_parameters()
    }
    theta_pre = {n: p.clone() for n, p in model.named_parameters() if n.startswith("backbone.")}
    vectors = TaskVectors(tuple(f"task{i}" for i in range(TASKS)), layers)
    return Merger(model, theta_pre, vectors, spec.preprocessing, device)


def _ours(merger: Merger, alpha: Tensor, inputs: Tensor, ratings: Tensor) -> Tensor:
    return fitting._step(merger, alpha.detach(), inputs, ratings, FitSettings())[1]


def _plain(merger: Merger, alpha: Tensor, inputs: Tensor, ratings: Tensor) -> None:
    """Equation 2 written down as it stands, with the graph through the sum."""
    tensors = {}
    for column, (name, layer) in enumerate(merger.vectors.layers.items()):
        assert isinstance(layer, DenseLayer)
        total: Tensor = merger._theta_pre.get(name, torch.zeros_like(layer.values[0]))
        for row in range(TASKS):
            total = total + alpha[row, column] * layer.values[row]
        tensors[name] = total
    better, worse = torch.nonzero(ratings[:, None] > ratings[None, :], as_tuple=True)
    loss = bradley_terry(merger.scores(tensors, inputs), better, worse)
    (alpha.grad,) = torch.autograd.grad(loss, alpha)


def _seconds(step: Callable[[], object], device: torch.device) -> float:
    if device.type == "cuda":
        torch.cuda.synchronize()
    begun = time.perf_counter()
    step()
    if device.type == "cuda":
        torch.cuda.synchronize()
    return time.perf_counter() - begun


def _compare(name: str, spec: BackboneSpec, device: torch.device, steps: int, batch: int) -> None:
    merger = _merger(spec, device)
    size = spec.preprocessing.crop
    pixels = np.random.default_rng(0).integers(0, 256, (batch, size, size, 3), dtype=np.uint8)
    inputs = merger.inputs(pixels)
    ratings = (torch.arange(batch, device=device) % 5).float()
    alpha = merger.vectors.uniform(torch.full((TASKS,), 1 / TASKS, device=device))
    alpha.requires_grad_(True)
    own = _ours(merger, alpha, inputs, ratings)
    _plain(merger, alpha, inputs, ratings)
    assert own is not None
    assert alpha.grad is not None
    error = float((own - alpha.grad).norm() / alpha.grad.norm())
    ours, plain, score = [], [], []
    for _ in range(steps):
        ours.append(_seconds(lambda: _ours(merger, alpha, inputs, ratings), device))
        plain.append(_seconds(lambda: _plain(merger, alpha, inputs, ratings), device))
        score.append(_seconds(lambda: merger.scores_of(alpha.detach(), pixels), device))
    ratio = statistics.median(b / a for a, b in zip(ours, plain, strict=True))
    print(
        f"| {name} | {batch} | {statistics.median(ours):.3f} | {statistics.median(plain):.3f} "
        f"| {ratio:.2f} | {batch / statistics.median(score):.0f} | {error:.1e} |"
    )


def _peak(name: str, spec: BackboneSpec, device: torch.device, batch: int) -> None:
    """Memory above the bank during one step, by torch's own count (CUDA only)."""
    if device.type != "cuda":
        return
    for label, step in (("ours", _ours), ("plain", _plain)):
        merger = _merger(spec, device)
        inputs = merger.inputs(np.zeros((batch, *[spec.preprocessing.crop] * 2, 3), np.uint8))
        ratings = (torch.arange(batch, device=device) % 5).float()
        alpha = merger.vectors.uniform(torch.full((TASKS,), 1 / TASKS, device=device))
        alpha.requires_grad_(True)
        base = torch.cuda.memory_allocated()
        torch.cuda.reset_peak_memory_stats()
        step(merger, alpha, inputs, ratings)
        print(f"{name}, {label}: {(torch.cuda.max_memory_allocated() - base) / 2**20:.0f} MiB")
        del merger
        gc.collect()


def main() -> None:
    """Print the table for the models asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--model", nargs="+", default=["small", "ViT-B-16"])
    parser.add_argument("--steps", type=int, default=5)
    parser.add_argument("--batch", type=int, default=10)
    parser.add_argument("--device", default="cpu")
    options = parser.parse_args()
    device = torch.device(options.device)
    print(machine_line())
    print(
        "| model | photos | step, s | plain step, s | plain/ours | scored/s | gradient differs by |"
    )
    print("|---|---|---|---|---|---|---|")
    for name in options.model:
        small = student_spec(size=160, patch=32, blocks=6)
        spec = small if name == "small" else BackboneSpec(name)
        _compare(name, spec, device, options.steps, options.batch)
        _peak(name, spec, device, options.batch)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(f"peak memory of the process: {peak} MiB")


if __name__ == "__main__":
    main()
