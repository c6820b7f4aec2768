"""A bank stored smaller: the same task vectors in fewer bits or of lower rank."""

from __future__ import annotations

import hashlib
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path

import torch

from photoaes.errors import InputInvalid
from photoaes.model.bank.manifest import THETA_PRE, Bank, read_bank
from photoaes.model.bank.storage import Bits
from photoaes.model.bank.writing import add_task, create_bank, note_prior
from photoaes.model.paper.task_vector import LowRankLayer
from photoaes.model.taste.basis import read_basis
from photoaes.model.taste.prior import FILE as PRIOR
from photoaes.model.taste.prior import read_prior
from photoaes.new_files import copy_file


def compress(
    source: Path, target: Path, *, bits: Bits | None, rank: int | None
) -> Generator[tuple[int, int], None, Bank]:
    """Write the bank to a new folder, `bits` 4 or 8 or fp16 for None; yields (done, tasks).

    What else lies in the folder is copied as it is: a model card, the basis and the prior, which
    the task vectors' last bits do not concern. Raises InputInvalid if the folder exists,
    BankInvalid if a file is damaged.
    """
    if target.exists():
        raise InputInvalid(f"{target} exists; name a new folder.", target)
    bank = read_bank(source)
    read_prior(bank, read_basis(bank))  # a damaged one is not handed on
    vectors = bank.task_vectors()
    factored = [x.right.shape[1] for x in vectors.layers.values() if isinstance(x, LowRankLayer)]
    # Without a rank, factors stay factors: as whole matrices they would take seven times the room.
    rank = rank or max(factored, default=None)
    tensors = bank.theta_pre() if bank.theta_pre_sha256 else None
    smaller = create_bank(replace(bank, folder=target), tensors)
    for row, task in enumerate(bank.tasks):
        only = torch.zeros(len(bank.tasks))
        only[row] = 1.0
        vector = {name: layer.combined(only) for name, layer in vectors.layers.items()}
        smaller = add_task(smaller, task, vector, rank=rank, bits=bits)
        yield row + 1, len(bank.tasks)
    for file in source.iterdir():
        if file.is_file() and not (target / file.name).exists() and file.name != THETA_PRE:
            copy_file(file, target / file.name, over=False)
    prior = target / PRIOR
    if prior.is_file() and not smaller.prior_sha256:  # made before hashes of priors were noted
        smaller = note_prior(smaller, hashlib.sha256(prior.read_bytes()).hexdigest())
    return smaller
