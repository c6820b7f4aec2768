"""Banks by strangers, by their tensors: used or refused with a sentence, and nobody is asked."""

from __future__ import annotations

import os
from typing import Any

import numpy as np
import pytest
from safetensors.torch import load_file

from photoaes.errors import BankInvalid
from photoaes.jobs.banks import verify_bank
from photoaes.model.bank.manifest import THETA_PRE, Bank
from photoaes.model.taste.basis import check_groups, plain_basis, read_basis
from photoaes.model.taste.prior import FILE, plain_prior, save_prior
from tests.model.strange_banks import (
    keep,
    with_changes,
)

pytestmark = pytest.mark.usefixtures("no_network")

posix = pytest.mark.skipif(os.name != "posix", reason="links and pipes of POSIX")


@posix
@pytest.mark.parametrize("kind", ["pipe", "device", "sparse", "folder"])
def test_a_tensor_file_without_end_is_refused(bank: Bank, kind: str) -> None:
    path = bank.folder / "light.safetensors"
    path.unlink()
    match kind:
        case "pipe":
            os.mkfifo(path)
        case "device":
            path.symlink_to("/dev/zero")
        case "sparse":
            with path.open("wb") as file:
                file.truncate(1 << 40)
        case "folder":
            path.mkdir()
    with pytest.raises(BankInvalid, match=r"light\.safetensors"):
        list(verify_bank(bank.folder))


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf"), 1e30])
@pytest.mark.parametrize("file", [THETA_PRE, "light.safetensors"])
def test_numbers_that_are_none_are_refused(bank: Bank, file: str, value: float) -> None:
    path = bank.folder / file
    tensors = load_file(path)
    name = next(name for name, tensor in tensors.items() if tensor.numel() > 10)
    tensors[name] = tensors[name].float()
    tensors[name].view(-1)[7] = value
    keep(bank, path, tensors)
    with pytest.raises(BankInvalid, match=f"{name}.* holds nan"):
        list(verify_bank(bank.folder))


def test_a_prior_of_nan_is_refused(bank: Bank) -> None:
    basis = read_basis(bank)
    prior = plain_prior(basis, np.zeros((2, basis.columns), dtype=np.float16))
    prior.general[0] = np.nan
    save_prior(bank, prior)
    with pytest.raises(BankInvalid, match=f"{FILE} holds nan"):
        list(verify_bank(bank.folder))


def test_a_basis_whose_parts_do_not_fit_is_refused(bank: Bank) -> None:
    basis = plain_basis(bank)
    check_groups(basis, bank.blocks)
    group = basis.groups[0]
    wrong: list[dict[str, Any]] = [
        {"centre": group.centre[:-1]},
        {"scale": -group.scale},
        {"sources": ("elsewhere",)},
        {"columns": np.arange(len(group.centre)) + 1},
    ]
    for changes in wrong:
        odd = with_changes(group, changes)
        with pytest.raises(ValueError, match="group 'tasks'"):
            check_groups(with_changes(basis, {"groups": (odd,)}), bank.blocks)
    with pytest.raises(ValueError, match="level 'block 7'"):
        check_groups(with_changes(basis, {"levels": {"block 7": 4}}), bank.blocks)
