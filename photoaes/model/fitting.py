"""Stage two of the paper: a person's coefficients from a few rated photos.

    alpha_i^l = exp(r_i / T) / sum_j exp(r_j / T), r_i = SROCC of expert i    (equations 4 and 6)
    loss = mean over pairs with y1 > y2 of softplus(f(x2) - f(x1))            (equation 3)

AdamW, cosine from 1e-2 to 1e-3, batches of 32, 500 steps; only the n x L coefficients move. At each
step one model is merged and differentiated; the coefficients' gradient is the inner product of
its gradient with the task vectors. No graph goes through the merge and no expert is copied.

Ties teach nothing and are left out of the mean. The paper says y1 >= y2, which would teach an
order between equals; its code gives ties zero loss but counts them. `pairs="halves"` is that code:
a shuffled batch cut into two halves, opposite photos compared, ties counted.
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.func import functional_call
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.nn.functional import softplus

from photoaes.errors import InputInvalid
from photoaes.model.backbone import Preprocessing
from photoaes.model.device import has_bfloat16
from photoaes.model.metrics import srocc
from photoaes.model.score_model import ScoreModel
from photoaes.model.task_vector import TaskVectors, coefficient_gradient, merge

SCORING_BATCH = 32


@dataclass(frozen=True)
class FitSettings:
    """The paper's values (appendix F), but T: the paper says 1, which is nearly uniform; the
    authors' code has 0.1, which is what explains their tables."""

    steps: int = 500
    lr: float = 1e-2
    final_lr: float = 1e-3
    batch: int = 32
    initialisation: Literal["adaptive", "uniform", "best"] = "adaptive"
    temperature: float = 0.1
    pairs: Literal["all", "halves"] = "all"
    weight_decay: float = 0.0
    seed: int = 0
    # Differentiate in bfloat16 where `has_bfloat16`: 1.5 to 1.7 times as fast on such a processor.
    mixed: bool = False


@dataclass(frozen=True)
class FitProgress:
    """After `step` of `steps`: the loss on the step's pairs (0.69 = no order learned yet)."""

    step: int
    steps: int
    loss: float


@dataclass(frozen=True)
class Support:
    """The support set: K photos as bytes [K, S, S, 3] and their ratings [K]."""

    pixels: NDArray[np.uint8]
    ratings: NDArray[np.float64]

    def __post_init__(self) -> None:
        if len(self.pixels) != len(self.ratings):
            raise ValueError("every support photo needs one rating")
        if len(np.unique(self.ratings)) < 2:
            raise InputInvalid(
                f"All {len(self.ratings)} rated photos have the same rating. "
                "Use at least two different values: the difference is what teaches."
            )


def bradley_terry(scores: Tensor, better: Tensor, worse: Tensor) -> Tensor:
    """Equation 3: mean of softplus(f_worse - f_better) over index pairs [P] into scores [B]."""
    return softplus(scores[worse] - scores[better]).mean()


def expert_weights(agreement: Sequence[float], settings: FitSettings) -> Tensor:
    """Starting weight of each task [n], summing to one, from its SROCC on the support set.

    An undefined SROCC counts as 0.
    """
    r = torch.tensor([0.0 if math.isnan(value) else value for value in agreement])
    if settings.initialisation == "uniform":
        return torch.full_like(r, 1 / len(r))
    if settings.initialisation == "best":
        return torch.nn.functional.one_hot(r.argmax(), len(r)).float()
    return torch.softmax(r / settings.temperature, dim=0)


class Merger:
    """theta_pre, the task vectors and one score model on a device, ready for any coefficients."""

    def __init__(
        self,
        model: ScoreModel,
        theta_pre: Mapping[str, Tensor],
        vectors: TaskVectors,
        preprocessing: Preprocessing,
        device: torch.device,
    ) -> None:
        self.device = device
        self.vectors = vectors.to(device)
        self.preprocessing = preprocessing
        self._theta_pre = {name: tensor.to(device) for name, tensor in theta_pre.items()}
        self._model = model.to(device)

    def merged(self, alpha: Tensor) -> dict[str, Tensor]:
        """Equation 2 for alpha [n, L]."""
        return merge(self._theta_pre, self.vectors, alpha)

    def inputs(self, pixels: NDArray[np.uint8]) -> Tensor:
        """Bytes [B, S, S, 3] as the model's input on the device."""
        return self.preprocessing.normalise(torch.from_numpy(pixels).to(self.device))

    def scores(self, tensors: Mapping[str, Tensor], inputs: Tensor) -> Tensor:
        """f(x) for merged `tensors`, [B]; differentiable in both."""
        result: Tensor = functional_call(self._model, dict(tensors), (inputs,))
        return result

    def scores_of(self, alpha: Tensor, pixels: NDArray[np.uint8]) -> NDArray[np.float64]:
        """Scores [N] of many photos, in batches, without gradients."""
        tensors = self.merged(alpha)
        with torch.no_grad():
            parts = [
                self.scores(tensors, self.inputs(pixels[i : i + SCORING_BATCH]))
                for i in range(0, len(pixels), SCORING_BATCH)
            ]
        return torch.cat(parts).double().cpu().numpy()

    def expert_scores(self, pixels: NDArray[np.uint8]) -> NDArray[np.float64]:
        """Each task's own scores, [n, N]: the merge with that task alone in full."""
        rows = torch.eye(len(self.vectors.tasks), device=self.device)
        return np.stack([self.scores_of(self.vectors.uniform(row), pixels) for row in rows])


def fit(
    merger: Merger, support: Support, settings: FitSettings
) -> Generator[FitProgress, None, Tensor]:
    """Learn alpha [n, L] (on the CPU, float32) from the support set; yields after each step.

    The same seed, machine and device give the same coefficients. Closing the generator cancels.
    """
    alpha = initial_coefficients(merger, support, settings)
    alpha.requires_grad_(True)
    optimizer = torch.optim.AdamW([alpha], settings.lr, weight_decay=settings.weight_decay)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(
        optimizer, max(settings.steps, 1), settings.final_lr
    )
    inputs = merger.inputs(support.pixels)
    ratings = torch.tensor(support.ratings, device=merger.device)
    batches = _batches(len(ratings), settings)
    for step in range(settings.steps):
        chosen = next(batches).to(merger.device)
        loss = _step(merger, alpha, inputs[chosen], ratings[chosen], settings)
        optimizer.step()
        schedule.step()
        yield FitProgress(step + 1, settings.steps, loss)
    return alpha.detach().cpu()


def initial_coefficients(merger: Merger, support: Support, settings: FitSettings) -> Tensor:
    """Equations 4 and 6: alpha [n, L] on the merger's device, the same in all layers."""
    if settings.initialisation == "uniform":
        agreement = [0.0] * len(merger.vectors.tasks)
    else:
        experts = merger.expert_scores(support.pixels)
        agreement = [srocc(scores, support.ratings) for scores in experts]
    return merger.vectors.uniform(expert_weights(agreement, settings).to(merger.device))


def _batches(count: int, settings: FitSettings) -> Iterator[Tensor]:
    """Index batches without end: all photos where they fit, else shuffled epochs in parts."""
    rng = np.random.default_rng(settings.seed)
    while True:
        order = torch.from_numpy(rng.permutation(count))
        whole = max(count // settings.batch, 1) * settings.batch
        yield from torch.split(order[:whole], settings.batch)


@contextlib.contextmanager
def _precision(device: torch.device, settings: FitSettings) -> Iterator[None]:
    """fp32, or bfloat16 products with fp32 sums if that is asked for and there."""
    if not (settings.mixed and has_bfloat16(device)):
        yield
        return
    # torch's fused attention for CPUs is slow to differentiate in bfloat16.
    plain = sdpa_kernel(SDPBackend.MATH) if device.type == "cpu" else contextlib.nullcontext()
    with torch.autocast(device.type, torch.bfloat16), plain:
        yield


def _step(
    merger: Merger, alpha: Tensor, inputs: Tensor, ratings: Tensor, settings: FitSettings
) -> float:
    """Put d loss / d alpha into alpha.grad and return the loss."""
    better, worse = _pairs(ratings, settings)
    if len(better) == 0:  # a batch of equals teaches nothing
        alpha.grad = torch.zeros_like(alpha)
        return 0.0
    tensors = {name: t.requires_grad_(True) for name, t in merger.merged(alpha).items()}
    with _precision(merger.device, settings):
        scores = merger.scores(tensors, inputs).float()
    loss = _loss(scores, better, worse, ratings, settings)
    gradients = torch.autograd.grad(loss, list(tensors.values()))
    alpha.grad = coefficient_gradient(dict(zip(tensors, gradients, strict=True)), merger.vectors)
    return float(loss.detach())


def _pairs(ratings: Tensor, settings: FitSettings) -> tuple[Tensor, Tensor]:
    """Indices of the better and the worse photo of each pair, [P] each, ties left out."""
    if settings.pairs == "all":
        better, worse = torch.nonzero(ratings[:, None] > ratings[None, :], as_tuple=True)
        return better, worse
    half = len(ratings) // 2
    first = torch.arange(half, device=ratings.device)
    second = first + half
    swap = ratings[first] < ratings[second]
    decided = ratings[first] != ratings[second]
    better, worse = torch.where(swap, second, first), torch.where(swap, first, second)
    return better[decided], worse[decided]


def _loss(
    scores: Tensor, better: Tensor, worse: Tensor, ratings: Tensor, settings: FitSettings
) -> Tensor:
    loss = bradley_terry(scores, better, worse)
    if settings.pairs == "halves":  # the authors' mean counts the ties, at zero loss
        return loss * len(better) / (len(ratings) // 2)
    return loss
