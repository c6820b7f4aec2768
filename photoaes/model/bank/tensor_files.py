"""A bank's tensor files: nothing is taken from one before its size, hash and numbers are checked.

The size first: what has no end would be hashed without end. Then the hash, then that there is no
nan, infinity or number beyond half precision in it: one of them would make every score one.
Without torch, until tensors of its own are read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open

from photoaes.errors import BankInvalid, Sentence
from photoaes.model.bank.schema import MANIFEST, MAX_TENSOR_FILE
from photoaes.new_files import write_file
from photoaes.plain_files import opened_plain

if TYPE_CHECKING:
    import torch
    from torch import Tensor

LARGEST = 65_504.0  # of half precision
_PART = 1 << 22  # numbers that are looked at together


def damaged(path: Path) -> BankInvalid:
    """The error for a file whose hash is not that of the manifest."""
    return BankInvalid(
        f"{path.name} is damaged: its sha256 is not the one in {MANIFEST}. Install the bank again.",
        path,
    )


def check_hash(path: Path, sha256: str, most: int = MAX_TENSOR_FILE) -> None:
    """Raises BankInvalid for another file (about 1.5 GB a second), OSError for none."""
    with opened_plain(path, most) as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
            raise damaged(path)


def read_tensors(path: Path, sha256: str, most: int = MAX_TENSOR_FILE) -> dict[str, Tensor]:
    """The file's tensors, mapped, after all checks. Raises BankInvalid."""
    try:
        check_hash(path, sha256, most)
        with safe_open(path, framework="pt") as file:
            found = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    except (OSError, SafetensorError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        text = Sentence("The bank's file {0} cannot be read: {1}.", path.name, reason)
        raise BankInvalid(text, path) from error
    check_tensors(found, path)
    return found


def check_tensors(tensors: Mapping[str, Tensor], path: Path) -> None:
    """Raises BankInvalid naming the tensor that holds what is no number to compute with."""
    import torch

    for name, tensor in tensors.items():
        if not all(_is_sound(part) for part in torch.split(tensor.detach().flatten(), _PART)):
            raise _unsound(name, path)


def check_arrays(arrays: Mapping[str, NDArray[Any]], path: Path, largest: float = LARGEST) -> None:
    """Raises BankInvalid naming the array with values that are not finite or above `largest`."""
    for name, array in arrays.items():
        is_number = array.dtype.kind in "fiu"
        if not is_number or not (np.abs(array.astype(np.float64)) <= largest).all():
            raise _unsound(name, path)


def write_tensors(path: Path, tensors: Mapping[str, Tensor], dtype: torch.dtype) -> str:
    """Write a file, whole or not at all; its sha256. Factors of quantised layers stay as they
    are. Raises BankInvalid for what would not be read again."""
    from safetensors.torch import save

    from photoaes.model.bank.storage import SCALES

    exact = {n for n, t in tensors.items() if not t.is_floating_point() or n.endswith(SCALES)}
    floats = {n: t if n in exact else t.to(dtype) for n, t in tensors.items()}
    check_tensors(floats, path)
    data = save({name: t.contiguous().cpu() for name, t in floats.items()})
    write_file(path, data, over=True)
    return hashlib.sha256(data).hexdigest()


def _is_sound(part: Tensor) -> bool:
    import torch

    if part.dtype in (torch.int8, torch.uint8, torch.bool):
        return True
    if part.is_complex():
        return False
    return bool((part.float().abs() <= LARGEST).all())  # false for nan


def _unsound(name: str, path: Path) -> BankInvalid:
    form = "The tensor {0} in {1} holds nan, infinity or numbers beyond all measure: it is refused."
    return BankInvalid(Sentence(form, name, path.name), path)
