"""Stage one of the paper: an expert for one score database (appendix F).

First the head learns alone on the frozen backbone, then head and backbone together; AdamW with a
cosine schedule in each part. The loss is the mean squared error of the score, which the paper
does not state. Frozen features are computed once, so the head's 60,000 steps cost seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from photoaes.model.backbone import BackboneSpec
from photoaes.model.device import has_bfloat16
from photoaes.model.metrics import plcc, srocc
from photoaes.model.score_model import ScoreModel

FEATURE_BATCH = 64


@dataclass(frozen=True)
class Part:
    """One of the two parts: steps, batch size, first and last learning rate."""

    steps: int
    batch: int
    lr: float
    final_lr: float


@dataclass(frozen=True)
class FinetuneSettings:
    """The paper's values; a small backbone of ours wants larger rates and fewer steps."""

    head: Part = Part(60_000, 128, 1.5e-5, 1.5e-6)
    whole: Part = Part(5_000, 32, 1.5e-6, 1.5e-7)
    weight_decay: float = 0.01
    seed: int = 0


@dataclass(frozen=True)
class FinetuneProgress:
    """After `step` of `steps` of the part ("head" or "whole"): the step's mean squared error."""

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
    """Photos as bytes [N, S, S, 3] with targets [N] in 1..10."""

    pixels: NDArray[np.uint8]
    targets: NDArray[np.float64]


def finetune(
    backbone: BackboneSpec,
    theta_pre: Mapping[str, Tensor],
    train: Photos,
    test: Photos | None,
    settings: FinetuneSettings,
    device: torch.device,
) -> Generator[FinetuneProgress, None, Expert]:
    """Fine-tune one expert, yielding after each step. `theta_pre` holds `backbone.*`."""
    torch.manual_seed(settings.seed)
    model = ScoreModel(backbone.build(), backbone.embed_dim).to(device)
    model.load_state_dict(dict(theta_pre), strict=False)
    inputs = _Inputs(backbone, train, device)
    features = _features(model, inputs)
    fast = torch.autocast(device.type, torch.bfloat16, enabled=has_bfloat16(device))

    def whole(rows: Tensor) -> Tensor:
        with fast:
            seen = model.backbone(inputs[rows])
        return model.score(model.distribution(seen.float()))

    yield from _train(
        "head",
        model.head,
        settings,
        settings.head,
        inputs.targets,
        lambda rows: model.score(model.distribution(features[rows])),
    )
    yield from _train("whole", model, settings, settings.whole, inputs.targets, whole)
    figures = {} if test is None else _figures(model, _Inputs(backbone, test, device))
    return Expert({n: p.detach().cpu() for n, p in model.named_parameters()}, figures)


class _Inputs:
    """Photos that stay bytes until a batch of them is asked for."""

    def __init__(self, backbone: BackboneSpec, photos: Photos, device: torch.device) -> None:
        self._normalise = backbone.preprocessing.normalise
        self._pixels = torch.from_numpy(photos.pixels)
        self._device = device
        self.targets = torch.tensor(photos.targets, dtype=torch.float32, device=device)

    def __getitem__(self, rows: Tensor | slice) -> Tensor:
        return self._normalise(self._pixels[rows].to(self._device))

    def batches(self) -> Iterator[Tensor]:
        """All photos in order."""
        for start in range(0, len(self.targets), FEATURE_BATCH):
            yield self[slice(start, start + FEATURE_BATCH)]


def _features(model: ScoreModel, inputs: _Inputs) -> Tensor:
    model.eval()
    with torch.no_grad():
        return torch.cat([model.backbone(batch).float() for batch in inputs.batches()])


def _train(
    name: str,
    module: torch.nn.Module,
    settings: FinetuneSettings,
    part: Part,
    targets: Tensor,
    score: Callable[[Tensor], Tensor],
) -> Iterator[FinetuneProgress]:
    module.train()
    optimizer = torch.optim.AdamW(module.parameters(), part.lr, weight_decay=settings.weight_decay)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(
        optimizer, max(part.steps, 1), part.final_lr
    )
    rng = np.random.default_rng([settings.seed, len(name)])
    for step in range(part.steps):
        rows = torch.from_numpy(rng.choice(len(targets), min(part.batch, len(targets)), False))
        loss = (score(rows) - targets[rows.to(targets.device)]).square().mean()
        optimizer.zero_grad(set_to_none=True)
        torch.autograd.backward(loss)
        optimizer.step()
        schedule.step()
        yield FinetuneProgress(name, step + 1, part.steps, float(loss.detach()))


def _figures(model: ScoreModel, inputs: _Inputs) -> dict[str, float]:
    model.eval()
    with torch.no_grad():
        scores = torch.cat([model(batch) for batch in inputs.batches()]).cpu().numpy()
    targets = inputs.targets.cpu().numpy()
    return {"srocc": srocc(scores, targets), "plcc": plcc(scores, targets)}
