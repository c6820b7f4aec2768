"""A pseudo-database: what strong encoders, taught by a few rated photos, say of many unrated ones.

Rated photos are few, and experts that learn from them alone put what they know into their heads.
An expert that learns what a teacher says of thousands of photos moves its backbone as well: its
task vector carries taste (NOTES.md). The teacher is a Gaussian process, linear in the levels of a
teacher tower and of a companion, over whole photos; it is no part of what the expert becomes.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from photoaes.model.device import has_bfloat16
from photoaes.model.paper.backbone import Preprocessing
from photoaes.model.paper.companion import Companion
from photoaes.model.paper.levels import watched
from photoaes.model.paper.tower import Tower
from photoaes.new_files import new_file
from photoaes.offline.experts.crowd import crowd_strengths, solved, unit
from photoaes.offline.experts.decoding import read_photo
from photoaes.prefetch import prefetch

BATCH, AT_ONCE, DECODE_THREADS = 16, 1024, 2
TEACHER_BLOCKS = (5, 7, 9, 11)
Floats = NDArray[np.float64]
Levels = dict[str, NDArray[np.float16]]


@dataclass(frozen=True)
class Encoders:
    """The two that look; the companion reads RGB bytes as they are."""

    teacher: Tower
    companion: Companion
    device: torch.device

    @property
    def preprocessing(self) -> Preprocessing:
        """Whole photos, at the companion's size."""
        size = self.companion.spec.size
        return Preprocessing(size, size, (0.5,) * 3, (0.5,) * 3, whole=True)

    def look(self, pixels: NDArray[np.uint8]) -> Levels:
        """Levels [B, *] by name of photos as bytes [B, S, S, 3]."""
        plain = torch.from_numpy(pixels).to(self.device).permute(0, 3, 1, 2).float()
        size = self.teacher.image_size
        small = torch.nn.functional.interpolate(plain, size, mode="bicubic", antialias=True)
        fast = torch.autocast(self.device.type, torch.bfloat16, enabled=has_bfloat16(self.device))
        with torch.inference_mode(), fast:
            levels = self.companion(plain)
            with watched(self.teacher, TEACHER_BLOCKS) as blocks:
                levels["teacher"] = self.teacher(small / 127.5 - 1)
        levels |= {f"teacher {number}": blocks[number] for number in TEACHER_BLOCKS}
        return {name: values.half().cpu().numpy() for name, values in levels.items()}


def levels_of(
    encoders: Encoders, paths: Sequence[Path], work: Path
) -> Generator[tuple[int, int], None, Levels]:
    """Levels [N, *] of photos; some at a time they are kept in `work`, and a run that was broken
    off goes on. Yields (done, photos)."""
    work.mkdir(parents=True, exist_ok=True)
    parts: list[Mapping[str, NDArray[np.float16]]] = []
    for start in range(0, len(paths), AT_ONCE):
        file = work / f"levels-{start:06}.npz"
        if not file.is_file():
            _keep(file, _looked_at(encoders, paths[start : start + AT_ONCE]))
        with np.load(file) as kept:
            parts.append({name: kept[name] for name in kept.files})
        yield min(start + AT_ONCE, len(paths)), len(paths)
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def pseudo_labels(rated: Levels, scores: Floats, unrated: Levels) -> tuple[Floats, float]:
    """Scores [M] of unrated photos from those [N] of rated ones, and the correlation on photos that
    were left out, every fifth in turn."""
    kernel = np.zeros((len(scores), len(scores)))
    across = np.zeros((len(unrated["teacher"]), len(scores)))
    both = [_standard(rated[name], unrated[name]) for name in rated]
    kernels = [ours @ ours.T for ours, _ in both]
    strengths = crowd_strengths(kernels, scores, np.ones(len(scores), dtype=bool))
    for strength, own, (ours, theirs) in zip(strengths.groups, kernels, both, strict=True):
        kernel += strength * own
        across += strength * (theirs @ ours.T)
    found = scores.mean() + across @ solved(kernel, scores, strengths.noise)
    left_out = np.empty(len(scores))
    for fold in range(5):
        out = np.arange(len(scores)) % 5 == fold
        dual = solved(kernel[np.ix_(~out, ~out)], scores[~out], strengths.noise)
        left_out[out] = scores[~out].mean() + kernel[np.ix_(out, ~out)] @ dual
    return found, float(np.corrcoef(left_out, scores)[0, 1])


def as_scores(values: Floats) -> Floats:
    """On the score's scale, 1..10, with a mean of 5.5 and a deviation of 1.5."""
    standard = (values - values.mean()) / max(float(values.std()), 1e-9)
    return np.asarray(np.clip(5.5 + 1.5 * standard, 1, 10))


def _standard(rated: NDArray[np.float16], unrated: NDArray[np.float16]) -> tuple[Floats, Floats]:
    """Both standardised by the unrated ones, of a variance of one in all."""
    mean, spread = unrated.mean(axis=0, dtype=np.float64), unrated.std(axis=0, dtype=np.float64)
    spread = np.where(spread > 1e-6, spread, 1)
    theirs, size = unit((unrated - mean) / spread)
    return (rated - mean) / spread / size, theirs


def _looked_at(encoders: Encoders, paths: Sequence[Path]) -> Levels:
    preprocessing, parts = encoders.preprocessing, list[Levels]()
    read = partial(read_photo, preprocessing)
    pixels: list[NDArray[np.uint8]] = []
    for photo in prefetch(read, paths, workers=DECODE_THREADS, ahead=2 * BATCH):
        pixels.append(photo)
        if len(pixels) == BATCH:
            parts.append(encoders.look(np.stack(pixels)))
            pixels = []
    if pixels:
        parts.append(encoders.look(np.stack(pixels)))
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _keep(file: Path, levels: Levels) -> None:
    with new_file(file, over=True) as kept:
        np.savez(kept, **levels)  # type: ignore[arg-type]
