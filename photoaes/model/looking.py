"""Photos decoded ahead on threads and given to a model in batches: one runner for all that look.

Batches go to the device as bytes (pinned memory on CUDA) and are normalised there. If a batch does
not fit into the GPU's memory it is halved, and if not even one photo fits, the rest is done on the
CPU, each with a sentence.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Generic, Protocol, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

from photoaes.errors import OutOfGpuMemory, PhotoUnreadable, Sentence
from photoaes.images import open_image
from photoaes.model.device import gpu_sentences
from photoaes.model.paper.backbone import Preprocessing
from photoaes.prefetch import SECONDS, TOO_LONG, prefetch

Result = TypeVar("Result")
ResultOut = TypeVar("ResultOut", covariant=True)
MOST_THREADS = 16


class Model(Protocol[ResultOut]):
    """What looks at photos: on a device, from which it can move to another."""

    device: torch.device
    preprocessing: Preprocessing

    @property
    def batches(self) -> Mapping[str, int]:
        """Photos at once by device."""

    def look(self, pixels: NDArray[np.uint8]) -> Sequence[ResultOut]:
        """One result a photo of bytes [B, S, S, 3]."""
        ...

    def move(self, device: torch.device) -> None:
        """Go on there."""
        ...


@dataclass(frozen=True)
class Seen(Generic[Result]):
    """What the model says of a photo, or the reason why it says nothing; `measured` is what the
    caller's `measure` said of the opened photo."""

    path: Path
    result: Result | None
    problem: PhotoUnreadable | None = None
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


class Looker(Generic[Result]):
    """A model that looks at photos; moves to the CPU when the GPU's memory does not suffice."""

    def __init__(self, model: Model[Result], batch: int | None = None) -> None:
        self._model = model
        self.batch = batch or model.batches[model.device.type]

    def look(
        self,
        paths: Iterable[Path],
        workers: int | None = None,
        measure: Callable[[Image.Image], float] | None = None,
    ) -> Generator[Seen[Result] | Notice, None, None]:
        """Each photo once, in order. A photo that cannot be read is passed on with its problem.

        `measure` is called with each opened photo, on the decoding threads: it need not be opened
        again for that.
        """

        def decoded(path: Path) -> _Decoded:
            return self._decoded(path, measure)

        threads = workers or min(os.cpu_count() or 1, MOST_THREADS)
        ahead = prefetch(
            decoded, paths, workers=threads, ahead=2 * self.batch + threads, late=_given_up
        )
        try:
            while chunk := list(islice(ahead, self.batch)):
                yield from self._seen(chunk)
        finally:
            ahead.close()

    def _decoded(self, path: Path, measure: Callable[[Image.Image], float] | None) -> _Decoded:
        preprocessing = self._model.preprocessing
        try:
            image = open_image(path, min_edge=preprocessing.resize)
        except PhotoUnreadable as problem:
            return _Decoded(path, problem)
        measured = None if measure is None else measure(image)
        return _Decoded(path, preprocessing.pixels(image), measured)

    def _seen(self, chunk: list[_Decoded]) -> Iterator[Seen[Result] | Notice]:
        pixels = [one.pixels for one in chunk if not isinstance(one.pixels, PhotoUnreadable)]
        found: list[Result] = []
        while len(found) < len(pixels):
            part = pixels[len(found) : len(found) + self.batch]
            try:
                with gpu_sentences():
                    found += self._model.look(np.stack(part))
            except OutOfGpuMemory:
                yield self._smaller()
        ready = iter(found)
        for one in chunk:
            if isinstance(one.pixels, PhotoUnreadable):
                yield Seen(one.path, None, one.pixels)
            else:
                yield Seen(one.path, next(ready), None, one.measured)

    def _smaller(self) -> Notice:
        """Halve the batch, or leave the GPU when there is nothing left to halve."""
        torch.cuda.empty_cache()
        if self.batch > 1:
            self.batch //= 2
            return Notice(
                "The GPU's memory is too small for this many photos at once; going on with "
                f"{self.batch} at a time."
            )
        self._model.move(torch.device("cpu"))
        self.batch = self._model.batches["cpu"]
        return Notice(
            "The GPU's memory is too small for even one photo; going on with the CPU, which is "
            "slower. Closing other programs that use the GPU may help."
        )


def _given_up(path: Path) -> _Decoded:
    reason = Sentence(TOO_LONG, SECONDS)
    return _Decoded(path, PhotoUnreadable(path, reason))
