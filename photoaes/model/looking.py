"""Photos decoded ahead on threads and given to a model in batches: one runner for all that look.

Batches go to the device as bytes (pinned memory on CUDA) and are normalised there. If a batch does
not fit into the GPU's memory it is halved, and if not even one photo fits, the rest is done on the
CPU, each with a sentence. The model comes with the first photo that can be read: where none can,
torch is not needed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photoaes.errors import OutOfGpuMemory, PhotoUnreadable, Sentence
from photoaes.images import open_image
from photoaes.model.device import gpu_sentences
from photoaes.model.paper.backbone import Preprocessing
from photoaes.prefetch import SECONDS, TOO_LONG, prefetch

if TYPE_CHECKING:
    import torch

Result = TypeVar("Result")
ResultOut = TypeVar("ResultOut", covariant=True)
Measure = Callable[[Image.Image], object]
MOST_THREADS = 16
AT_ONCE = 16  # photos, before the model says how many it can take


class Model(Protocol[ResultOut]):
    """What looks at photos: on a device, from which it can move to another."""

    device: torch.device
    preprocessing: Preprocessing

    @property
    def batches(self) -> Mapping[str, int]:
        """How many photos fit at once, by the kind of device."""

    def look(self, pixels: NDArray[np.uint8]) -> Sequence[ResultOut]:
        """One result a photo of bytes [B, S, S, 3]."""
        ...

    def move(self, device: torch.device) -> None:
        """Move the model to this device."""
        ...


@dataclass(frozen=True)
class Seen(Generic[Result]):
    """What the model says of a photo, or the reason why it says nothing; `measured` is what the
    caller's `measure` said of the opened photo."""

    path: Path
    result: Result | None
    problem: PhotoUnreadable | None = None
    measured: object = None


@dataclass(frozen=True)
class Picture:
    """A photo that is no file, or not by itself: what its problems call it, and what opens it so
    that its shorter side has at least so many pixels. Raises PhotoUnreadable."""

    path: Path
    open: Callable[[int], Image.Image]


@dataclass(frozen=True)
class Retreat:
    """A sentence about how the work goes on where memory did not suffice: with smaller batches, or
    on the CPU."""

    text: str


@dataclass(frozen=True)
class _Decoded:
    path: Path
    pixels: NDArray[np.uint8] | PhotoUnreadable
    measured: object = None


@dataclass(frozen=True)
class Later(Generic[Result]):
    """A model that is made once it is needed, and how photos are prepared for it."""

    make: Callable[[], Model[Result]]
    preprocessing: Preprocessing


class Looker(Generic[Result]):
    """A model that looks at photos; moves to the CPU when the GPU's memory does not suffice.

    One that is still to come is given as what makes it when the first photo is there.
    """

    def __init__(self, model: Model[Result] | Later[Result], batch: int | None = None) -> None:
        self._given, self._preprocessing = model, model.preprocessing
        self._made: Model[Result] | None = None
        self.batch = batch

    @property
    def _model(self) -> Model[Result]:
        if self._made is None:
            with gpu_sentences():
                given = self._given
                self._made = given.make() if isinstance(given, Later) else given
            self.batch = self.batch or self._made.batches[self._made.device.type]
        return self._made

    def look(
        self,
        photos: Iterable[Path | Picture],
        workers: int | None = None,
        measure: Measure | None = None,
    ) -> Generator[Seen[Result] | Retreat, None, None]:
        """Each photo once, in order. A photo that cannot be read is passed on with its problem.

        `measure` is called with each opened photo, upright and not smaller than the model needs it,
        on the decoding threads: it need not be opened again for that.
        """

        def decoded(photo: Path | Picture) -> _Decoded:
            return self._decoded(photo, measure)

        threads = workers or min(os.cpu_count() or 1, MOST_THREADS)
        most = 2 * (self.batch or AT_ONCE) + threads
        ahead = prefetch(decoded, photos, workers=threads, ahead=most, late=_given_up)
        try:
            for first in ahead:
                # One by one until one can be read: for a folder of broken files there is no model.
                is_lost = self._made is None and isinstance(first.pixels, PhotoUnreadable)
                rest = [] if is_lost else list(islice(ahead, self._batch() - 1))
                yield from self._seen([first, *rest])
        finally:
            ahead.close()

    def _batch(self) -> int:
        model = self._model  # which knows how many it can take
        return self.batch or model.batches[model.device.type]

    def _decoded(self, photo: Path | Picture, measure: Measure | None) -> _Decoded:
        preprocessing, path = self._preprocessing, _path_of(photo)
        try:
            if isinstance(photo, Picture):
                image = photo.open(preprocessing.resize)
            else:
                image = open_image(path, min_edge=preprocessing.resize)
        except PhotoUnreadable as problem:
            return _Decoded(path, problem)
        measured = None if measure is None else measure(image)
        return _Decoded(path, preprocessing.pixels(image), measured)

    def _seen(self, chunk: list[_Decoded]) -> Iterator[Seen[Result] | Retreat]:
        pixels = [one.pixels for one in chunk if not isinstance(one.pixels, PhotoUnreadable)]
        found: list[Result] = []
        while len(found) < len(pixels):
            part = pixels[len(found) : len(found) + self._batch()]
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

    def _smaller(self) -> Retreat:
        """Halve the batch, or leave the GPU when there is nothing left to halve."""
        import torch

        torch.cuda.empty_cache()
        if self._batch() > 1:
            self.batch = self._batch() // 2
            return Retreat(
                "The GPU's memory is too small for this many photos at once; going on with "
                f"{self.batch} at a time."
            )
        self._model.move(torch.device("cpu"))
        self.batch = self._model.batches["cpu"]
        return Retreat(
            "The GPU's memory is too small for even one photo; going on with the CPU, which is "
            "slower. Closing other programs that use the GPU may help."
        )


def _path_of(photo: Path | Picture) -> Path:
    return photo.path if isinstance(photo, Picture) else photo


def _given_up(photo: Path | Picture) -> _Decoded:
    path, reason = _path_of(photo), Sentence(TOO_LONG, SECONDS)
    return _Decoded(path, PhotoUnreadable(path, reason))
