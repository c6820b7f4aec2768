"""A small vision tower that learns, from random weights, to see as a teacher sees.

Matching only the teacher's last features from random weights learns next to nothing in tens of
thousands of images. So the first part of the run is local: each block of the student gets the
teacher's own input to that block and learns the teacher's output, all blocks at once. In the
second part the blocks are joined: the student runs on its own activations, and every block
boundary and the final features are matched, with gradients through the whole tower.

A student with fewer blocks takes several of the teacher's as one; a student with fewer tokens
learns the teacher's patch tokens averaged over its own, larger patches.

A run may start from the student of an earlier one, also of another photo size: small photos first,
the final size last, costs half of training at the final size throughout. Matrix products are in
bfloat16 where the processor has it; the residual stream and the losses stay in fp32.
"""

from __future__ import annotations

import math
import time
from collections.abc import Generator, Mapping
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import Tensor
from torch.nn import functional
from torch.nn.attention import SDPBackend, sdpa_kernel

from photoaes.model.device import has_bfloat16
from photoaes.model.paper.backbone import BackboneSpec
from photoaes.model.paper.tower import Tower
from photoaes.offline.experts.checkpoint import load_checkpoint, save_checkpoint
from photoaes.offline.experts.photo_pack import PackedPhotos
from photoaes.offline.experts.towers import load_teacher, plain_tower, take_over
from photoaes.prefetch import prefetch

CHECKPOINT_SECONDS = 120.0


@dataclass(frozen=True)
class DistillSettings:
    """One run. `joined_from` is the share of the steps after which the blocks are joined;
    from then on the features weigh as much as `feature_weight` blocks."""

    steps: int
    batch: int = 64
    lr: float = 2e-3
    warmup: int = 100
    weight_decay: float = 0.02
    joined_from: float = 0.4
    feature_weight: float = 4.0
    min_area: float = 0.4
    seed: int = 0


@dataclass(frozen=True)
class DistillProgress:
    """Where the run is. The loss is relative: 1 is no better than predicting the mean."""

    step: int
    steps: int
    joined: bool
    loss: float


def boundaries(tower: Tower, inputs: Tensor) -> list[Tensor]:
    """The token sequence [B, 1 + patches, w] before the first block and after each block."""
    tokens: list[Tensor] = [tower.tokens(inputs)]
    for block in tower.transformer.resblocks:
        tokens.append(block(tokens[-1]))
    return tokens


def _features(tower: Tower, tokens: Tensor) -> Tensor:
    """The tower's output [B, d] from its last tokens."""
    features: Tensor = tower.ln_post(tokens[:, 0]) @ tower.proj
    return features


def _pooled(tokens: Tensor, patches: int) -> Tensor:
    """Teacher's tokens with the patch tokens averaged down to `patches` of them."""
    side, target = math.isqrt(tokens.shape[1] - 1), math.isqrt(patches)
    if side == target:
        return tokens
    grid = tokens[:, 1:].reshape(len(tokens), side, side, -1).permute(0, 3, 1, 2)
    grid = functional.avg_pool2d(grid, side // target)
    return torch.cat([tokens[:, :1], grid.flatten(2).transpose(1, 2)], dim=1)


def _mismatch(student: Tensor, teacher: Tensor, origin: Tensor | None = None) -> Tensor:
    """Mean squared error over the variance to explain, class token and patches counting the same.

    With `origin`, the block's input, the variance is that of the block's contribution.
    """
    explained = teacher - (teacher.mean(0, keepdim=True) if origin is None else origin)
    parts = (slice(0, 1), slice(1, None))
    errors = [
        (student[:, part] - teacher[:, part]).square().mean() / explained[:, part].square().mean()
        for part in parts
        if teacher[:, part].numel()
    ]
    return torch.stack(errors).mean()


def distill_loss(
    student: Tower,
    targets: list[Tensor],
    features: Tensor,
    inputs: Tensor,
    feature_weight: float | None,
) -> Tensor:
    """Mean relative mismatch of all blocks and the features: local, or joined with that weight."""
    joined = feature_weight is not None
    with torch.autocast(inputs.device.type, enabled=False):
        own = student.tokens(inputs)
    losses = []
    for index, block in enumerate(student.transformer.resblocks):
        # The first block starts from the student's own embedding: nothing else teaches that one.
        origin = own if joined or index == 0 else targets[index]
        own = block(origin)
        losses.append(_mismatch(own, targets[index + 1], None if joined else targets[index]))
    last = _features(student, own if joined else targets[-1]).float()
    weight = feature_weight or 1.0
    losses.append(weight * _mismatch(last[:, None], features[:, None]))
    return torch.stack(losses).sum() / (len(losses) - 1 + weight)


def _view(image: Image.Image, size: int, min_area: float, rng: np.random.Generator) -> np.ndarray:
    """A random crop of the image, flipped half the time, as [size, size, 3] bytes."""
    area = rng.uniform(min_area, 1.0) * min(image.size) ** 2
    aspect = math.exp(rng.uniform(-0.25, 0.25))
    width = min(math.sqrt(area * aspect), image.width)
    height = min(math.sqrt(area / aspect), image.height)
    left, top = rng.uniform(0, image.width - width), rng.uniform(0, image.height - height)
    box = (left, top, left + width, top + height)
    view = image.resize((size, size), Image.Resampling.BICUBIC, box=box)
    pixels = np.asarray(view, dtype=np.uint8)
    return pixels[:, ::-1] if rng.random() < 0.5 else pixels


def _batch(photos: PackedPhotos, settings: DistillSettings, size: int, step: int) -> Tensor:
    """The photos of one step, [batch, size, size, 3] bytes: a function of seed and step alone."""
    per_epoch = len(photos) // settings.batch
    epoch, position = divmod(step, max(per_epoch, 1))
    order = np.random.default_rng([settings.seed, 0, epoch]).permutation(len(photos))
    chosen = order[position * settings.batch : (position + 1) * settings.batch]
    rng = np.random.default_rng([settings.seed, 1, step])
    views = [_view(photos.open(int(i)), size, settings.min_area, rng) for i in chosen]
    return torch.from_numpy(np.stack(views))


def _learning_rate(settings: DistillSettings, step: int) -> float:
    """Linear warm-up, then a cosine to a hundredth, once for each of the two parts of the run."""
    turn = round(settings.steps * settings.joined_from)
    start, end = (0, turn) if step < turn else (turn, settings.steps)
    share = (step - start) / max(end - start, 1)
    ramp = min(1.0, (step - start + 1) / settings.warmup)
    peak = settings.lr if step < turn else settings.lr / 2
    return peak * ramp * (0.01 + 0.99 * (1 + math.cos(math.pi * share)) / 2)


def distill(
    photos: PackedPhotos,
    teacher: Path,
    student: BackboneSpec,
    settings: DistillSettings,
    checkpoint: Path,
    device: torch.device,
    start: Mapping[str, Tensor] | None = None,
) -> Generator[DistillProgress, None, None]:
    """Train the student, from random weights or from those of an earlier one (`start`, by name).

    The last checkpoint holds it when the generator is done.

    Goes on from `checkpoint` where that exists: the same photos in the same order as an unbroken
    run. Raises InputInvalid when it belongs to a run with other settings.
    """
    size = student.preprocessing.crop
    watched = load_teacher(teacher, size).to(device)
    torch.manual_seed(settings.seed)
    tower = plain_tower(student)
    if start is not None:
        take_over(tower, start)
    tower = tower.to(device)
    optimizer = torch.optim.AdamW(tower.parameters(), settings.lr, betas=(0.9, 0.98))
    for group in optimizer.param_groups:
        group["weight_decay"] = settings.weight_decay
    identity = {"student": student.model, **asdict(settings)}
    first = load_checkpoint(checkpoint, identity, tower, optimizer)
    saved = time.monotonic()
    batches = prefetch(
        lambda step: _batch(photos, settings, size, step),
        range(first, settings.steps),
        workers=4 if device.type == "cpu" else 16,
        ahead=4 if device.type == "cpu" else 32,
    )
    for step, pixels in enumerate(batches, start=first):
        joined = step >= round(settings.steps * settings.joined_from)
        for group in optimizer.param_groups:
            group["lr"] = _learning_rate(settings, step)
        weight = settings.feature_weight if joined else None
        loss = _step(tower, watched, student, optimizer, pixels.to(device), weight)
        if step + 1 == settings.steps or time.monotonic() - saved > CHECKPOINT_SECONDS:
            save_checkpoint(checkpoint, identity, tower, optimizer, step + 1)
            saved = time.monotonic()
        yield DistillProgress(step + 1, settings.steps, joined, loss)


def _step(
    tower: Tower,
    teacher: Tower,
    spec: BackboneSpec,
    optimizer: torch.optim.Optimizer,
    pixels: Tensor,
    feature_weight: float | None,
) -> float:
    inputs = spec.preprocessing.normalise(pixels)
    on_cpu = pixels.device.type == "cpu"
    stride = len(teacher.transformer.resblocks) // len(tower.transformer.resblocks)
    patches = len(tower.positional_embedding) - 1
    with (
        torch.autocast(pixels.device.type, torch.bfloat16, enabled=has_bfloat16(pixels.device)),
        # With some fifty tokens torch's flash attention costs a seventh of the pace on a CPU.
        sdpa_kernel(SDPBackend.MATH) if on_cpu else nullcontext(),
    ):
        with torch.no_grad():
            seen = boundaries(teacher, inputs)
            features = _features(teacher, seen[-1]).float()
            targets = [_pooled(tokens, patches).float() for tokens in seen[::stride]]
        loss = distill_loss(tower, targets, features, inputs, feature_weight)
    optimizer.zero_grad(set_to_none=True)
    torch.autograd.backward(loss)
    torch.nn.utils.clip_grad_norm_(tower.parameters(), 1.0)
    optimizer.step()
    return float(loss.detach())
