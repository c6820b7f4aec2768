"""Scores of many photos by one merged model, flowing in while the rest is still being read.

Decoding runs ahead on threads; batches go to the device as bytes (pinned memory on CUDA) and are
normalised there; on a GPU the model runs in half precision. If a batch does not fit into the
GPU's memory it is halved, and if not even one photo fits, the rest is scored on the CPU.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor

from photoaes.errors import PhotoUnreadable
from photoaes.images import open_image
from photoaes.model.paper.backbone import Preprocessing
from photoaes.model.paper.score_model import ScoreModel
from photoaes.model.prefetch import prefetch

BATCH = {"cuda": 128, "mps": 32, "cpu": 16}


@dataclass(frozen=True)
class Scored:
    """One photo's score, 1..10, or the reason why there is none.

    `features` are the backbone's [d], in half precision; `measured` is what the caller's `measure`
    said of the photo.
    """

    path: Path
    score: float | None
    problem: PhotoUnreadable | None = None
    features: NDArray[np.float16] | None = None
    measured: float | None = None


@dataclass(frozen=True)
class Notice:
    """A sentence about how the work goes on."""

    text: str


@dataclass(frozen=True)
class _Decoded:
    path: Path
    pixels: NDArray[np.uint8] | PhotoUnreadable
    measured: float | None = None


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
        self,
        paths: Iterable[Path],
        workers: int | None = None,
        measure: Callable[[Image.Image], float] | None = None,
    ) -> Generator[Scored | Notice, None, None]:
        """Each photo once, in order. A photo that cannot be read is passed on with its problem.

        `measure` is called with each opened photo, on the decoding threads: it need not be opened
        again for that.
        """

        def decoded(path: Path) -> _Decoded:
            return self._decoded(path, measure)

        threads = workers or min(os.cpu_count() or 1, 16)
        ahead = prefetch(decoded, paths, workers=threads, ahead=2 * self.batch + threads)
        try:
            while chunk := list(islice(ahead, self.batch)):
                yield from self._scored(chunk)
        finally:
            ahead.close()

    def _decoded(self, path: Path, measure: Callable[[Image.Image], float] | None) -> _Decoded:
        try:
            image = open_image(path, min_edge=self._preprocessing.resize)
        except PhotoUnreadable as problem:
            return _Decoded(path, problem)
        measured = None if measure is None else measure(image)
        return _Decoded(path, self._preprocessing.pixels(image), measured)

    def _scored(self, chunk: list[_Decoded]) -> Iterator[Scored | Notice]:
        pixels = [one.pixels for one in chunk if not isinstance(one.pixels, PhotoUnreadable)]
        found: list[tuple[float, NDArray[np.float16]]] = []
        while len(found) < len(pixels):
            part = pixels[len(found) : len(found) + self.batch]
            try:
                found += self._forward(np.stack(part))
            except torch.OutOfMemoryError:
                yield self._smaller()
        ready = iter(found)
        for one in chunk:
            if isinstance(one.pixels, PhotoUnreadable):
                yield Scored(one.path, None, one.pixels)
            else:
                score, features = next(ready)
                yield Scored(one.path, score, None, features, one.measured)

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

    def _forward(self, pixels: NDArray[np.uint8]) -> list[tuple[float, NDArray[np.float16]]]:
        """Bytes [B, S, S, 3] to B scores with their features."""
        batch = torch.from_numpy(pixels)
        if self._device.type == "cuda":
            batch = batch.pin_memory()
        inputs = self._preprocessing.normalise(batch.to(self._device, non_blocking=True))
        half = torch.float16 if self._device.type == "mps" else torch.bfloat16
        mixed = torch.autocast(self._device.type, half, enabled=self._device.type != "cpu")
        with torch.inference_mode(), mixed:
            features = self._model.backbone(inputs)
            scores = self._model.score(self._model.distribution(features))
        rows = features.to("cpu", torch.float16).numpy()
        return list(zip(scores.float().tolist(), rows, strict=True))
