"""Stage one of the paper: an expert for one score database (appendix F).

First the head learns alone on the frozen backbone, then head and backbone together; AdamW with a
cosine schedule in each part. The paper does not state the loss: it is the earth mover's distance
where a database gives its votes, else the squared error of the score. Frozen features are computed
once, so the head's 60,000 steps cost minutes.

What a step does depends on the seed, the part and the step alone, not on what was drawn before:
its photos and its dropout. So a run that was killed goes on as if nothing had been, and several
processes, each with its share of every batch, do what one would do.
"""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from photoaes.model.device import has_bfloat16
from photoaes.model.metrics import plcc, srocc
from photoaes.model.paper.backbone import BackboneSpec
from photoaes.model.paper.score_model import DROPOUT, HIDDEN, ScoreModel
from photoaes.offline.experts.checkpoint import Checkpoints
from photoaes.offline.experts.losses import loss_of_each
from photoaes.offline.experts.processes import ALONE, Processes

FEATURE_BATCH = 64


@dataclass(frozen=True)
class Phase:
    """One of the two phases: steps, batch size, first and last learning rate."""

    steps: int
    batch: int
    lr: float
    final_lr: float

    def lr_at(self, step: int) -> float:
        """Cosine from the first rate, at step 0, to the last one."""
        share = (1 + math.cos(math.pi * step / max(self.steps, 1))) / 2
        return self.final_lr + (self.lr - self.final_lr) * share


@dataclass(frozen=True)
class FinetuneSettings:
    """The paper's values; a small backbone of ours wants larger rates and fewer steps."""

    head: Phase = Phase(60_000, 128, 1.5e-5, 1.5e-6)
    whole: Phase = Phase(5_000, 32, 1.5e-6, 1.5e-7)
    weight_decay: float = 0.01
    seed: int = 0


@dataclass(frozen=True)
class FinetuneProgress:
    """After `step` of `steps` of the part ("head" or "whole"): the step's loss."""

    part: str
    step: int
    steps: int
    loss: float


@dataclass(frozen=True)
class Expert:
    """What fine-tuning leaves: every layer's tensor, and its agreement on the held-out photos."""

    tensors: Mapping[str, Tensor]
    figures: Mapping[str, float]


@dataclass(frozen=True)
class Photos:
    """Photos as bytes [N, S, S, 3] with targets [N] in 1..10.

    `levels` [N, 10] are the shares of votes by the head's levels, where they are known. `rows` are
    the places of the photos in `pixels` where that holds others too, which may lie on disk.
    """

    pixels: NDArray[np.uint8]
    targets: NDArray[np.float64]
    levels: NDArray[np.float64] | None = None
    rows: NDArray[np.int64] | None = None


def finetune(
    backbone: BackboneSpec,
    theta_pre: Mapping[str, Tensor],
    train: Photos,
    test: Photos | None,
    settings: FinetuneSettings,
    device: torch.device,
    checkpoints: Checkpoints | None = None,
    processes: Processes = ALONE,
) -> Generator[FinetuneProgress, None, Expert]:
    """Fine-tune one expert, yielding after each step. `theta_pre` holds `backbone.*`.

    With `checkpoints` it goes on from the last one. Every one of several `processes` runs this
    with the same arguments and gets the same expert.
    """
    torch.manual_seed(settings.seed)
    model = ScoreModel(backbone.build(), backbone.embed_dim).to(device)
    model.load_state_dict(dict(theta_pre), strict=False)
    run = _Run(model, _Inputs(backbone, train, device), settings, checkpoints, processes)
    yield from run.part("head", settings.head, _FrozenPass(model))
    yield from run.part("whole", settings.whole, _WholePass(model, device))
    figures = {} if test is None else _figures(model, _Inputs(backbone, test, device))
    return Expert({n: p.detach().cpu() for n, p in model.named_parameters()}, figures)


class _Inputs:
    """Photos that stay bytes until a batch of them is asked for."""

    def __init__(self, backbone: BackboneSpec, photos: Photos, device: torch.device) -> None:
        self._normalise = backbone.preprocessing.normalise
        self._photos = photos
        self._device = device
        self.targets = torch.tensor(photos.targets, dtype=torch.float32, device=device)
        levels = photos.levels
        self.levels = (
            None if levels is None else torch.tensor(levels, dtype=torch.float32).to(device)
        )

    def __getitem__(self, rows: NDArray[np.int64]) -> Tensor:
        places = rows if self._photos.rows is None else self._photos.rows[rows]
        return self._normalise(torch.from_numpy(self._photos.pixels[places]).to(self._device))

    def batches(self) -> Iterator[Tensor]:
        """All inputs in order, in batches."""
        for start in range(0, len(self.targets), FEATURE_BATCH):
            yield self[np.arange(start, min(start + FEATURE_BATCH, len(self.targets)))]


class _FrozenPass(nn.Module):
    """The head on features [B, d] that the frozen backbone gave: level probabilities [B, 10]."""

    def __init__(self, model: ScoreModel) -> None:
        super().__init__()
        self.head = model.head

    def forward(self, features: Tensor, kept: Tensor) -> Tensor:
        """`kept` [B, hidden] is the scaled dropout mask, in place of the head's own dropout."""
        linear, gelu, _, last = self.head
        strength = torch.sigmoid(last(gelu(linear(features)) * kept).float())
        return strength / strength.sum(dim=-1, keepdim=True)


class _WholePass(nn.Module):
    """Backbone, in bfloat16 where that is faster, and head: inputs [B, 3, S, S] to [B, 10]."""

    def __init__(self, model: ScoreModel, device: torch.device) -> None:
        super().__init__()
        self.backbone, self.rest = model.backbone, _FrozenPass(model)
        self._resized = model.resized
        self._kind, self._fast = device.type, has_bfloat16(device)

    def forward(self, inputs: Tensor, kept: Tensor) -> Tensor:
        """The distribution by the whole model; `kept` as for `_FrozenPass.forward`."""
        with torch.autocast(self._kind, torch.bfloat16, enabled=self._fast):
            features = self.backbone(self._resized(inputs))
        distribution: Tensor = self.rest(features.float(), kept)
        return distribution


@dataclass(frozen=True)
class _Run:
    """One process's way through both parts."""

    model: ScoreModel
    inputs: _Inputs
    settings: FinetuneSettings
    checkpoints: Checkpoints | None
    processes: Processes

    def part(self, name: str, part: Phase, module: nn.Module) -> Iterator[FinetuneProgress]:
        """The steps of one part; those that a checkpoint has done are not run again."""
        optimizer = torch.optim.AdamW(
            module.parameters(), part.lr, weight_decay=self.settings.weight_decay
        )
        done = self.checkpoints.resume(name, self.model, optimizer) if self.checkpoints else 0
        if done >= part.steps:
            return
        frozen = _features(self.model, self.inputs) if name == "head" else None
        module.train()
        shared = self.processes.shared(module)
        for step in range(done, part.steps):
            for group in optimizer.param_groups:
                group["lr"] = part.lr_at(step)
            loss = self._step(name, part, step, shared, frozen, optimizer)
            if self.checkpoints and self.processes.first:
                last = step + 1 == part.steps
                self.checkpoints.offer(name, self.model, optimizer, step + 1, last=last)
            yield FinetuneProgress(name, step + 1, part.steps, loss)

    def _step(
        self, name: str, part: Phase, step: int, module: nn.Module, frozen: Tensor | None,
        optimizer: torch.optim.Optimizer,
    ) -> float:  # fmt: skip
        # Seeds are numbers: the lengths of "head" and "whole" tell the parts apart.
        rng = np.random.default_rng([self.settings.seed, len(name), step])
        count = len(self.inputs.targets)
        batch = rng.choice(count, min(part.batch, count), replace=False)
        kept = (rng.random((len(batch), HIDDEN), np.float32) >= DROPOUT) / (1 - DROPOUT)
        mine = self.processes.share(len(batch))
        rows, targets = batch[mine], self.inputs.targets
        inputs = self.inputs[rows] if frozen is None else frozen[rows]
        mask = torch.from_numpy(kept[mine].astype(np.float32)).to(targets.device)
        levels = None if self.inputs.levels is None else self.inputs.levels[rows]
        each = loss_of_each(module(inputs, mask), targets[rows], levels)
        # Gradients are averaged over processes, so each counts its photos of the whole batch.
        loss = each.sum() * (self.processes.count / len(batch))
        optimizer.zero_grad(set_to_none=True)
        torch.autograd.backward(loss)
        optimizer.step()
        return self.processes.mean(float(loss.detach()))


def _features(model: ScoreModel, inputs: _Inputs) -> Tensor:
    model.eval()
    with torch.no_grad():
        return torch.cat(
            [model.backbone(model.resized(batch)).float() for batch in inputs.batches()]
        )


def _figures(model: ScoreModel, inputs: _Inputs) -> dict[str, float]:
    model.eval()
    with torch.no_grad():
        scores = torch.cat([model(batch) for batch in inputs.batches()]).cpu().numpy()
    targets = inputs.targets.cpu().numpy()
    return {"srocc": srocc(scores, targets), "plcc": plcc(scores, targets)}
