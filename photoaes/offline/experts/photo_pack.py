"""Photos for distillation, packed into a few files that travel and load fast.

A pack is a safetensors file of two byte tensors: the encoded images one after the other (`bytes`),
and where each one ends (`ends`, int64). Packs stay small enough to be copied one at a time.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from safetensors import SafetensorError, safe_open
from safetensors.torch import save

from photoaes.errors import InputInvalid
from photoaes.new_files import write_file

PACK_BYTES = 44 * 2**20
SUFFIX = ".photos.safetensors"


def write_packs(paths: Sequence[Path], folder: Path) -> Iterator[Path]:
    """Pack the files as they are, in the given order, yielding each pack once it is on disk."""
    folder.mkdir(parents=True, exist_ok=True)
    batch: list[bytes] = []
    size = number = 0
    for index, path in enumerate(paths):
        batch.append(path.read_bytes())
        size += len(batch[-1])
        if size >= PACK_BYTES or index == len(paths) - 1:
            yield _write_pack(batch, folder / f"{number:03}{SUFFIX}")
            batch, size, number = [], 0, number + 1


def _write_pack(batch: Sequence[bytes], path: Path) -> Path:
    blob = torch.frombuffer(bytearray(b"".join(batch)), dtype=torch.uint8)
    ends = torch.tensor(np.cumsum([len(item) for item in batch]))
    write_file(path, save({"bytes": blob, "ends": ends}), over=True)
    return path


class PackedPhotos:
    """All images of a folder of packs, held encoded; `len()` of them, opened by index as RGB."""

    def __init__(self, folder: Path) -> None:
        paths = sorted(folder.glob(f"*{SUFFIX}"))
        if not paths:
            raise InputInvalid(
                f"{folder} holds no packed photos. Make them with `photoaes bank pack`.", folder
            )
        self._images: list[NDArray[np.uint8]] = []
        for path in paths:
            self._images.extend(_read_pack(path))

    def __len__(self) -> int:
        return len(self._images)

    def open(self, index: int) -> Image.Image:
        """Image `index`, decoded as RGB."""
        return Image.open(io.BytesIO(self._images[index].tobytes())).convert("RGB")


def _read_pack(path: Path) -> list[NDArray[np.uint8]]:
    try:
        with safe_open(path, framework="numpy") as pack:
            blob, ends = pack.get_tensor("bytes"), pack.get_tensor("ends")
    except (SafetensorError, OSError) as error:
        raise InputInvalid(f"{path.name} is not a pack of photos: {error}.", path) from error
    return np.split(blob, ends[:-1])
