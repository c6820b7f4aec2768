"""Scores of many photos by one merged model, flowing in while the rest is still being read.

Decoding runs ahead on threads; batches go to the device as bytes (pinned memory on CUDA) and are
normalised there; on a GPU the model runs in half precision. If a batch does not fit into the
GPU's memory it is halved, and if not even one photo fits, the rest is scored on the CPU.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from photoaes.errors import PhotoUnreadable
from photoaes.images import open_image
from photoaes.model.backbone import Preprocessing
from photoaes.model.prefetch import prefetch
from photoaes.model.score_model import ScoreModel

BATCH = {"cuda": 128, "mps": 32, "cpu": 16}


@dataclass(frozen=True)
class Scored:
    """One photo's score, 1..10, or the reason why there is none."""

    path: Path
    score: float | None
    problem: PhotoUnreadable | None = None


@dataclass(frozen=True)
class Notice:
    """A sentence about how the work goes on."""

    text: str


class Scorer:
    """A merged model on its device; moves to the CPU when the GPU's memory does not suffice."""

    def __init__(
        self,
        model: ScoreModel,
        tensors: Mapping[str, Tensor],
        preprocessing: Preprocessing,
        device: torch.device,
        batch: int | None = None,
    ) -> None:
        model.load_state_dict(dict(tensors))
        self._model = model.to(device)
        self._preprocessing = preprocessing
        self._device = device
        self.batch = batch or BATCH[device.type]

    def score(
        self, paths: Iterable[Path], workers: int | None = None
    ) -> Generator[Scored | Notice, None, None]:
        """Each photo once, in order. A photo that cannot be read is passed on with its problem."""
        threads = workers or min(os.cpu_count() or 1, 16)
        decoded = prefetch(self._decoded, paths, workers=threads, ahead=2 * self.batch + threads)
        try:
            while chunk := list(islice(decoded, self.batch)):
                yield from self._scored(chunk)
        finally:
            decoded.close()

    def _decoded(self, path: Path) -> tuple[Path, NDArray[np.uint8] | PhotoUnreadable]:
        try:
            image = open_image(path, min_edge=self._preprocessing.resize)
        except PhotoUnreadable as problem:
            return path, problem
        return path, self._preprocessing.pixels(image)

    def _scored(
        self, chunk: list[tuple[Path, NDArray[np.uint8] | PhotoUnreadable]]
    ) -> Iterator[Scored | Notice]:
        pixels = [item for _, item in chunk if not isinstance(item, PhotoUnreadable)]
        scores: list[float] = []
        while len(scores) < len(pixels):
            part = pixels[len(scores) : len(scores) + self.batch]
            try:
                scores += self._forward(np.stack(part))
            except torch.OutOfMemoryError:
                yield self._smaller()
        ready = iter(scores)
        for path, item in chunk:
            if isinstance(item, PhotoUnreadable):
                yield Scored(path, None, item)
            else:
                yield Scored(path, next(ready))

    def _smaller(self) -> Notice:
        """Halve the batch, or leave the GPU when there is nothing left to halve."""
        torch.cuda.empty_cache()
        if self.batch > 1:
            self.batch //= 2
            return Notice(
                "The GPU's memory is too small for this many photos at once; going on with "
                f"{self.batch} at a time."
            )
        self._device = torch.device("cpu")
        self._model.to(self._device)
        self.batch = BATCH["cpu"]
        return Notice(
            "The GPU's memory is too small for even one photo; going on with the CPU, which is "
            "slower. Closing other programs that use the GPU may help."
        )

    def _forward(self, pixels: NDArray[np.uint8]) -> list[float]:
        """Bytes [B, S, S, 3] to B scores."""
        batch = torch.from_numpy(pixels)
        if self._device.type == "cuda":
            batch = batch.pin_memory()
        inputs = self._preprocessing.normalise(batch.to(self._device, non_blocking=True))
        half = torch.float16 if self._device.type == "mps" else torch.bfloat16
        mixed = torch.autocast(self._device.type, half, enabled=self._device.type != "cpu")
        with torch.inference_mode(), mixed:
            scores: list[float] = self._model(inputs).float().tolist()
        return scores
