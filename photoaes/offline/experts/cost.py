"""What a run will take, told before it: hours and disk, from a few steps measured on this machine.

Nothing is written and nothing downloaded: towers have random weights, which cost the same.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from photoaes.errors import PhotoUnreadable
from photoaes.model.paper.backbone import BackboneSpec, Preprocessing
from photoaes.model.paper.score_model import ScoreModel
from photoaes.offline.databases import ScoreDatabase
from photoaes.offline.experts.decoding import DECODE_THREADS, read_photo
from photoaes.offline.experts.finetune import (
    FinetuneSettings,
    Phase,
    Photos,
    finetune,
)

SAMPLE, FEW = 24, 4
# AdamW keeps two numbers a parameter beside the model's own, in fp32; a task vector is fp16.
CHECKPOINT_BYTES, VECTOR_BYTES = 12, 2


@dataclass(frozen=True)
class Cost:
    """`seconds` and `disk` bytes of each part, by what it is."""

    seconds: tuple[tuple[str, float], ...]
    disk: tuple[tuple[str, float], ...]

    def lines(self) -> list[str]:
        """The cost in lines to print, the sums last."""
        hours = [f"{what}: {_time(value)}" for what, value in self.seconds]
        sizes = [f"{what}: {_size(value)} of disk" for what, value in self.disk]
        total = sum(value for _, value in self.seconds)
        bytes_ = sum(value for _, value in self.disk)
        return [*hours, *sizes, f"In all about {_time(total)} and {_size(bytes_)} of disk."]


def stage_one_cost(
    spec: BackboneSpec, database: ScoreDatabase, settings: FinetuneSettings, device: torch.device
) -> Cost:
    """Of one expert: each part's seconds from a few photos and steps, and its disk."""
    count, preprocessing = len(database.paths), spec.preprocessing
    decoding = seconds_to_decode(database.paths, preprocessing)
    model = ScoreModel(spec.build(), spec.embed_dim)
    size = sum(p.numel() for p in model.parameters())
    batch = min(settings.whole.batch, FEW if device.type == "cpu" else settings.whole.batch)
    photos = _random_photos(batch, preprocessing)
    head, whole = (
        _step_seconds(spec, photos, settings, device, part) for part in ("head", "whole")
    )
    scale = settings.whole.batch / batch
    forward = seconds_to_score(spec, device)
    seconds = (
        (f"Decoding {count} photos", count * decoding),
        (f"Features of {count} photos", count * forward),
        (f"{settings.head.steps} steps of the head", settings.head.steps * head),
        (f"{settings.whole.steps} steps of the whole model", settings.whole.steps * whole * scale),
    )
    disk = (
        ("Decoded photos", float(count * preprocessing.crop**2 * 3)),
        ("Checkpoints while it runs", float(2 * size * CHECKPOINT_BYTES)),
        ("The task vector", float(size * VECTOR_BYTES)),
    )
    return Cost(seconds, disk)


def seconds_to_decode(paths: Sequence[Path], preprocessing: Preprocessing) -> float:
    """For one photo, from a few spread over all, by as many threads as a run has."""
    step = max(len(paths) // SAMPLE, 1)
    sample = [path for path in paths[::step][:SAMPLE] if path.is_file()]
    begun = time.perf_counter()
    for path in sample:
        try:
            read_photo(preprocessing, path)
        except PhotoUnreadable:
            continue
    each = (time.perf_counter() - begun) / max(len(sample), 1)
    return each / min(DECODE_THREADS, torch.get_num_threads())


def seconds_to_score(spec: BackboneSpec, device: torch.device) -> float:
    """For one photo through the model, without gradients."""
    model = ScoreModel(spec.build(), spec.embed_dim).to(device).eval()
    pixels = torch.from_numpy(_random_photos(8, spec.preprocessing).pixels).to(device)
    inputs = spec.preprocessing.normalise(pixels)

    def once() -> None:
        with torch.no_grad():
            float(model(inputs).sum())

    return timed(once) / len(pixels)


def timed(once: Callable[[], object]) -> float:
    """Seconds of the quickest of three calls after a first one, which prepares kernels."""
    once()
    found = []
    for _ in range(3):
        begun = time.perf_counter()
        once()
        found.append(time.perf_counter() - begun)
    return min(found)


def _step_seconds(
    spec: BackboneSpec,
    photos: Photos,
    settings: FinetuneSettings,
    device: torch.device,
    part: str,
) -> float:
    none = Phase(0, settings.whole.batch, 1e-6, 1e-6)
    few = Phase(5, photos.pixels.shape[0], 1e-6, 1e-6)
    short = FinetuneSettings(
        few if part == "head" else none, few if part == "whole" else none, seed=settings.seed
    )
    moments = [time.perf_counter() for _ in finetune(spec, {}, photos, None, short, device)]
    return float(np.diff(moments).min())


def _random_photos(count: int, preprocessing: Preprocessing) -> Photos:
    rng = np.random.default_rng(0)
    shape = (count, preprocessing.crop, preprocessing.crop, 3)
    return Photos(rng.integers(0, 256, shape, dtype=np.uint8), rng.uniform(1, 10, count))


def _time(seconds: float) -> str:
    if seconds >= 3600:
        return f"{seconds / 3600:.1f} h"
    return f"{seconds / 60:.1f} min" if seconds >= 60 else f"{seconds:.1f} s"


def _size(count: float) -> str:
    for unit, size in (("GB", 1e9), ("MB", 1e6)):
        if count >= size:
            return f"{count / size:.1f} {unit}"
    return f"{count / 1e3:.0f} kB"
