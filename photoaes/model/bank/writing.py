"""Makes and changes a bank on disk (`manifest`): each call leaves a whole bank."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from photoaes.checked import Wrong
from photoaes.errors import BankInvalid
from photoaes.model.bank.manifest import THETA_PRE, Bank, Task
from photoaes.model.bank.schema import FORMAT, MANIFEST, check_tasks
from photoaes.model.bank.tensor_files import write_tensors
from photoaes.new_files import copy_file, write_file

if TYPE_CHECKING:
    import torch
    from torch import Tensor

    from photoaes.model.bank.storage import Bits


def create_bank(bank: Bank, theta_pre: Mapping[str, Tensor] | None) -> Bank:
    """Write a bank without tasks to its folder; `theta_pre` (in fp16) unless open_clip has it."""
    import torch

    bank.folder.mkdir(parents=True, exist_ok=True)
    digest = ""
    if theta_pre is not None:
        digest = write_tensors(bank.folder / THETA_PRE, theta_pre, torch.float16)
    created = replace(bank, tasks=(), theta_pre_sha256=digest)
    _write_manifest(created)
    return created


def add_task(
    bank: Bank,
    task: Task,
    vector: Mapping[str, Tensor],
    *,
    dtype: torch.dtype | None = None,
    rank: int | None = None,
    bits: Bits | None = None,
) -> Bank:
    """Add a task (or replace the one of its name) and return the bank with it.

    With a `rank`, matrices of the backbone whose factors of that rank are smaller than the matrix
    are stored low-rank; with `bits` all others are quantised. `dtype` None is half precision.
    """
    import torch

    from photoaes.model.bank.storage import stored
    from photoaes.model.paper.task_vector import check_layer

    for name, shape in bank.layer_shapes().items():
        check_layer(name, shape, vector.get(name), f"the task {task.name}")
    digest = write_tensors(
        bank.folder / task.file, stored(vector, rank, bits), dtype or torch.float16
    )
    others = tuple(other for other in bank.tasks if other.name != task.name)
    grown = replace(bank, tasks=(*others, replace(task, sha256=digest)))
    _check_tasks(grown)
    _write_manifest(grown)
    return grown


def take_task(bank: Bank, other: Bank, name: str) -> Bank:
    """Add another bank's task as it is, tensors untouched, and return the bank with it.

    Raises BankInvalid if the other has no such task, or another `theta_pre`.
    """
    task = next((task for task in other.tasks if task.name == name), None)
    if task is None:
        raise BankInvalid(f"The bank {other.name} has no task {name!r}.", other.folder)
    if other.theta_pre_sha256 != bank.theta_pre_sha256:
        raise BankInvalid(
            f"The task {name} of {other.name} starts from another backbone.", other.folder
        )
    copy_file(other.folder / task.file, bank.folder / task.file, over=True)
    grown = replace(bank, tasks=(*(t for t in bank.tasks if t.name != name), task))
    _write_manifest(grown)
    return grown


def note_prior(bank: Bank, sha256: str) -> Bank:
    """Write the hash of the bank's prior into the manifest and return the bank with it."""
    noted = replace(bank, prior_sha256=sha256)
    _write_manifest(noted)
    return noted


def note_basis(bank: Bank, sha256: str) -> Bank:
    """Write the hash of the bank's basis into the manifest and return the bank with it."""
    noted = replace(bank, basis_sha256=sha256)
    _write_manifest(noted)
    return noted


def _write_manifest(bank: Bank) -> None:
    manifest = asdict(bank) | {"format": FORMAT}
    del manifest["folder"], manifest["largest_file"]
    for task in manifest["tasks"]:  # undefined ones, as of constant scores, are no JSON
        task["figures"] = {n: v for n, v in task["figures"].items() if math.isfinite(v)}
    text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    write_file(bank.folder / MANIFEST, text.encode(), over=True)


def _check_tasks(bank: Bank) -> None:
    try:
        check_tasks([asdict(task) for task in bank.tasks])
    except Wrong as wrong:
        raise BankInvalid(f"The bank {bank.folder.name} cannot be: {wrong}.", bank.folder) from None
