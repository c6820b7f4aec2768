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
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.nn.functional import softplus

from photoaes.errors import InputInvalid
from photoaes.model.device import has_bfloat16
from photoaes.model.metrics import srocc
from photoaes.model.paper.fit_settings import FitSettings, expert_weights
from photoaes.model.paper.merge import Merger
from photoaes.model.paper.task_vector import GatheredGradient


@dataclass(frozen=True)
class FitProgress:
    """After `step` of `steps`: the loss on the step's pairs (0.69 = no order learned yet)."""

    step: int
    steps: int
    loss: float


@dataclass(frozen=True)
class Support:
    """The support set: K photos as bytes [K, S, S, 3] and their ratings [K] in stars, 1..5."""

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


def fit(
    merger: Merger, support: Support, settings: FitSettings
) -> Generator[FitProgress, None, Tensor]:
    """Learn alpha [n, L] (on the CPU, float32) from the support set; yields after each step.

    The same seed, machine and device give the same coefficients. Closing the generator cancels.
    """
    alpha = initial_coefficients(merger, support, settings)
    layers = alpha.shape[1]
    # All layers start alike: with one coefficient a task, one column stands for all of them.
    free = (alpha[:, :1] if settings.coefficients == "task" else alpha).clone().requires_grad_(True)
    optimizer = torch.optim.AdamW([free], settings.lr, weight_decay=settings.weight_decay)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(
        optimizer, max(settings.steps, 1), settings.final_lr
    )
    inputs = merger.inputs(support.pixels)
    ratings = torch.tensor(support.ratings, device=merger.device)
    drawn = batches(len(ratings), settings)
    for step in range(settings.steps):
        chosen = next(drawn).to(merger.device)
        alpha = free.detach().expand(-1, layers)
        with _noise(settings, step):
            photos = _flipped(inputs[chosen]) if settings.noise else inputs[chosen]
            loss, gradient = _step(merger, alpha, photos, ratings[chosen], settings)
        free.grad = gradient.sum(1, keepdim=True) if free.shape[1] < layers else gradient
        optimizer.step()
        schedule.step()
        yield FitProgress(step + 1, settings.steps, loss)
    return free.detach().expand(-1, layers).cpu().clone()


def initial_coefficients(merger: Merger, support: Support, settings: FitSettings) -> Tensor:
    """Equations 4 and 6: alpha [n, L] on the merger's device, the same in all layers."""
    if settings.initialisation == "uniform":
        agreement = [0.0] * len(merger.vectors.tasks)
    else:
        experts = merger.expert_scores(support.pixels)
        agreement = [srocc(scores, support.ratings) for scores in experts]
    return merger.vectors.uniform(expert_weights(agreement, settings).to(merger.device))


def batches(count: int, settings: FitSettings) -> Iterator[Tensor]:
    """Index batches without end: all photos where they fit, else shuffled epochs in parts.

    What is left of an epoch, less than a batch, is dropped or a batch of its own; one photo alone
    teaches nothing.
    """
    rng = np.random.default_rng(settings.seed)
    whole = max(count // settings.batch, 1) * settings.batch
    used = count if settings.last_batch == "kept" and count % settings.batch > 1 else whole
    while True:
        order = torch.from_numpy(rng.permutation(count))
        yield from torch.split(order[:used], settings.batch)


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


@contextlib.contextmanager
def _noise(settings: FitSettings, step: int) -> Iterator[None]:
    """Randomness of this step's own, so that nothing else's depends on the fit."""
    if not settings.noise:
        yield
        return
    with torch.random.fork_rng():
        torch.manual_seed(settings.seed * 1_000_003 + step)
        yield


def _flipped(inputs: Tensor) -> Tensor:
    """Each photo [B, 3, S, S] mirrored with probability 1/2."""
    coin = torch.rand(len(inputs), 1, 1, 1) < 0.5
    return torch.where(coin.to(inputs.device), inputs.flip(-1), inputs)


def _step(
    merger: Merger, alpha: Tensor, inputs: Tensor, ratings: Tensor, settings: FitSettings
) -> tuple[float, Tensor]:
    """The loss and d loss / d alpha [n, L], in as little memory as one model and few photos take.

    Where not all photos go at once, scores come first, without a graph; then each part is looked
    at again, with the slope of the loss in its scores. That is a forward more, and the same sum.
    """
    tensors = {name: t.requires_grad_(True) for name, t in merger.own(alpha).items()}
    gathered = GatheredGradient(tensors, merger.vectors)
    parts = torch.split(inputs, _at_once(merger))
    if len(parts) == 1:
        loss = batch_loss(merger, tensors, inputs, ratings, settings)
        if loss is None:
            return 0.0, torch.zeros_like(alpha)
        torch.autograd.backward(loss)
        return float(loss.detach()), gathered.columns()
    with torch.no_grad():
        states = []
        seen = []
        for part in parts:
            states.append(torch.get_rng_state())
            seen.append(_scores(merger, tensors, part, settings))
    scores = torch.cat(seen).requires_grad_(True)
    loss = loss_of(scores, ratings, settings)
    if loss is None:
        return 0.0, torch.zeros_like(alpha)
    (slopes,) = torch.autograd.grad(loss, scores)
    for part, state, slope in zip(parts, states, torch.split(slopes, len(parts[0])), strict=True):
        if settings.noise:  # the same as in the first look
            torch.set_rng_state(state)
        torch.autograd.backward(_scores(merger, tensors, part, settings), slope)
    return float(loss.detach()), gathered.columns()


def _at_once(merger: Merger) -> int:
    """Photos whose graph fits: of ViT-L/14 one takes half a gigabyte, of B/16 a sixth."""
    size = sum(parameter.numel() for parameter in merger.model.parameters())
    if merger.device.type == "cuda" or size <= 50_000_000:
        return 1 << 30
    return 16 if size <= 200_000_000 else 1


def batch_loss(
    merger: Merger,
    tensors: Mapping[str, Tensor],
    inputs: Tensor,
    ratings: Tensor,
    settings: FitSettings,
) -> Tensor | None:
    """The loss of merged `tensors` on a batch; None where the batch teaches no order."""
    if settings.loss == "rank" and len(_pairs(ratings, settings)[0]) == 0:
        return None
    return loss_of(_scores(merger, tensors, inputs, settings), ratings, settings)


def loss_of(scores: Tensor, ratings: Tensor, settings: FitSettings) -> Tensor | None:
    """The loss of scores [B]; None where the ratings teach no order."""
    better, worse = _pairs(ratings, settings)
    if settings.loss == "rank" and len(better) == 0:
        return None
    return _loss(scores, better, worse, ratings, settings)


def _scores(
    merger: Merger, tensors: Mapping[str, Tensor], inputs: Tensor, settings: FitSettings
) -> Tensor:
    with _precision(merger.device, settings):
        return merger.scores(tensors, inputs, dropout=settings.noise).float()


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
    if settings.loss == "mse":
        return (scores - 2 * ratings.to(scores.dtype)).square().mean()
    loss = bradley_terry(scores, better, worse)
    if settings.pairs == "halves":  # the authors' mean counts the ties, at zero loss
        return loss * len(better) / (len(ratings) // 2)
    return loss
