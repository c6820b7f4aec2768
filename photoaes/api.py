"""Scores for scripts: a bank is opened once, then batches of images go in and arrays come out.

    import photoaes

    bank = photoaes.open_bank()
    found = photoaes.score(["a.jpg", "b.heic"], bank)
    found.stars                      # array([3.1, 4.2], dtype=float32); nan for what has none
    found.problems                   # ("", ""): else why an image has no score

Nothing is read from or written to the user's store: the same images give the same numbers on every
computer. The command line and the window score by the same merged models (`model.scoring`).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sized
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photoaes.errors import PhotoUnreadable, Sentence
from photoaes.images import open_bytes, open_image, open_pixels
from photoaes.settings import banks_folder, starter_bank_folder

if TYPE_CHECKING:
    import torch

    from photoaes.model.bank.manifest import Bank
    from photoaes.model.device import Device
    from photoaes.model.looking import Picture
    from photoaes.model.scoring import Scored, Scorer

Given: TypeAlias = "Image.Image | NDArray[np.uint8] | bytes | str | os.PathLike[str]"


@dataclass(frozen=True)
class Scores:
    """Of N images, in the order given. `stars` [N] are on the person's scale from about 1 to 5, nan
    where there are none, and `problems` say why, "" for all others. `embeddings` [N, d] tell what
    looks alike (by their cosine); rows of zeros where there are none."""

    stars: NDArray[np.float32]
    embeddings: NDArray[np.float16]
    problems: tuple[str, ...]


@dataclass(frozen=True)
class OneScore:
    """The score of one image; its fields are as in `Scores`."""

    stars: float
    embedding: NDArray[np.float16] | None
    problem: str = ""


class _Shared:
    """A merged model at which several threads may ask (`looking.Model`)."""

    def __init__(self, scorer: Scorer) -> None:
        self._scorer, self._turn = scorer, Lock()
        self.device, self.preprocessing = scorer.device, scorer.preprocessing
        self.batches: Mapping[str, int] = scorer.batches

    def look(self, pixels: NDArray[np.uint8]) -> list[Scored]:
        with self._turn:
            return self._scorer.look(pixels)

    def prepare(self, count: int) -> None:
        self._scorer.prepare(count)

    def move(self, device: torch.device) -> None:
        with self._turn:
            self._scorer.move(device)
            self.device = device


class OpenBank:
    """A bank and a processor; models that were merged from it are kept until it is let go.

    Threads may share one: they wait for each other's batches.
    """

    def __init__(self, bank: Bank, device: Device) -> None:
        self.bank, self.device = bank, device
        self._models: dict[tuple[str, bool], _Shared] = {}

    @property
    def name(self) -> str:
        """The bank's name, from its manifest."""
        return self.bank.name

    @property
    def digest(self) -> str:
        """What identifies the numbers of the bank, as 64 hexadecimal digits."""
        return self.bank.digest()

    def stream(
        self,
        images: Iterable[Given],
        profile: str | os.PathLike[str] | None = None,
        *,
        half: bool = False,
    ) -> Iterator[OneScore]:
        """As `score`, one by one and in order, for more images than fit into memory."""
        from photoaes.model.looking import Looker, Seen
        from photoaes.model.paper.engine import MANY

        model = self._model(profile, half)
        model.prepare(len(images) if isinstance(images, Sized) else MANY)
        looker = Looker(model)
        for event in looker.look(_picture(one, number) for number, one in enumerate(images)):
            if not isinstance(event, Seen):
                continue  # how the work goes on
            if event.result is None:
                yield OneScore(float("nan"), None, str(event.problem))
            else:
                yield OneScore(event.result.score, event.result.embedding)

    def _model(self, profile: str | os.PathLike[str] | None, half: bool = False) -> _Shared:
        """The merged model of a profile's file, or the general one."""
        from photoaes.album.store.profile_file import read_profile
        from photoaes.jobs.apply_profile import general_scorer, profile_scorer

        found = None if profile is None else read_profile(Path(profile))
        taste = "" if found is None else repr((found.coefficients, found.readout))
        if (taste, half) not in self._models:
            if found is None:
                scorer = general_scorer(self.bank, self.device, is_near=half)
            else:
                from photoaes.album.store.profiles import check_bank

                check_bank(found, self.digest)
                scorer = profile_scorer(found, self.bank, self.device, is_near=half)
            self._models[taste, half] = _Shared(scorer)
        return self._models[taste, half]


def open_bank(bank: str | os.PathLike[str] | None = None, device: str = "auto") -> OpenBank:
    """The bundled bank, or one by its folder or its name among the installed ones, on a device
    ("auto", "cuda", "mps" or "cpu").

    Nothing is downloaded. Raises BankInvalid for one that is missing or damaged, InputInvalid for a
    device that does not work here; both are `photoaes.errors.PhotoaesError` with a sentence.
    """
    from photoaes.model.bank.packs import find_bank
    from photoaes.model.device import device_when_needed

    name = None if bank is None else os.fspath(bank)
    return OpenBank(
        find_bank(name, starter_bank_folder(), banks_folder()), device_when_needed(device)
    )


def score(
    images: Iterable[Given],
    bank: OpenBank | None = None,
    profile: str | os.PathLike[str] | None = None,
    *,
    half: bool = False,
) -> Scores:
    """Stars of images: paths, bytes of image files, Pillow images, or RGB arrays [H, W, 3] of
    uint8, in any mixture.

    By the general score of the bank (the bundled one unless given), or by a taste: `profile` is a
    file that `photoaes profile export` wrote. With `half` in half precision on a processor that has
    it (bfloat16), in less than two thirds of the time: stars differ by up to 0.05. An image that
    cannot be read has a problem and no stars, and stops nothing. Raises InputInvalid for a profile
    that cannot be used, or was learned with another bank.
    """
    found = list((bank or open_bank()).stream(images, profile, half=half))
    width = next((len(one.embedding) for one in found if one.embedding is not None), 0)
    nothing = np.zeros(width, dtype=np.float16)
    rows = [nothing if one.embedding is None else one.embedding for one in found]
    return Scores(
        np.array([one.stars for one in found], dtype=np.float32),
        np.stack(rows) if rows else np.zeros((0, 0), dtype=np.float16),
        tuple(one.problem for one in found),
    )


def _picture(image: Given, number: int) -> Picture:
    from photoaes.model.looking import Picture

    name = Path(f"image {number}")
    if isinstance(image, bytes):
        return Picture(name, lambda edge: open_bytes(image, name, min_edge=edge))
    if isinstance(image, Image.Image):
        return Picture(name, lambda edge: open_pixels(image, name, min_edge=edge))
    if isinstance(image, np.ndarray):
        return Picture(name, partial(_of_array, image, name))
    path = Path(image)
    return Picture(path, lambda edge: open_image(path, min_edge=edge))


def _of_array(pixels: NDArray[np.uint8], name: Path, edge: int) -> Image.Image:
    if pixels.dtype != np.uint8 or pixels.ndim != 3 or pixels.shape[2] != 3 or not pixels.size:
        form = "an array of images is [height, width, 3] of uint8, not {0} of {1}"
        shape = list(pixels.shape)
        raise PhotoUnreadable(name, Sentence(form, shape, str(pixels.dtype)))
    return open_pixels(Image.fromarray(pixels), name, min_edge=edge)
