"""From a score database to a task of a bank: read the photos, fine-tune, subtract, store."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from photoaes.model.bank.manifest import Bank, Task, read_bank
from photoaes.model.bank.schema import MANIFEST
from photoaes.model.bank.writing import add_task, create_bank
from photoaes.model.paper.backbone import BackboneSpec
from photoaes.model.paper.task_vector import task_vector
from photoaes.new_files import appended_table
from photoaes.offline.databases import ScoreDatabase
from photoaes.offline.databases.gaps import NONE, Limit, write_gaps
from photoaes.offline.experts.checkpoint import Checkpoints
from photoaes.offline.experts.decoding import Decoded, decode, decode_into
from photoaes.offline.experts.finetune import (
    Expert,
    FinetuneProgress,
    FinetuneSettings,
    Photos,
    finetune,
)
from photoaes.offline.experts.processes import ALONE, Processes
from photoaes.offline.experts.student import load_student
from photoaes.running import retold

SKIPPED = "skipped.csv"


@dataclass(frozen=True)
class Storage:
    """How a task vector is kept: floating type, and the rank of its matrices or None for dense."""

    dtype: torch.dtype = torch.float16
    rank: int | None = None


@dataclass(frozen=True)
class LongRun:
    """Where a long run keeps decoded photos, checkpoints and its log, and who takes part."""

    folder: Path
    checkpoint_seconds: float = 120
    processes: Processes = ALONE
    decoded: Callable[[int, int], None] | None = None  # told how many photos of how many


def train_task(
    bank: Bank,
    theta_pre: dict[str, Tensor],
    task: Task,
    database: ScoreDatabase,
    held_out: NDArray[np.bool_],
    settings: FinetuneSettings,
    device: torch.device,
    storage: Storage,
    work: LongRun | None = None,
    limit: Limit = NONE,
) -> Generator[FinetuneProgress, None, Bank]:
    """Fine-tune on the photos not `held_out` [N], judge on those that are, and add the task.

    With `work` a run that was stopped goes on; of several processes only the first adds the task.
    Photos that cannot be read are left out; InputInvalid is raised for more than `limit`.
    """
    photos = photos_of(bank, database, work, limit)
    pixels, kept = photos.pixels, photos.kept
    train = _part(database, pixels, ~held_out & kept)
    test = _part(database, pixels, held_out & kept) if (held_out & kept).any() else None
    checkpoints, processes = None, ALONE
    if work is not None:
        identity = _identity(bank, task, database, held_out, settings)
        if not kept.all():
            identity["left out"] = hashlib.sha256(kept.tobytes()).hexdigest()
        checkpoints = Checkpoints(work.folder, identity, work.checkpoint_seconds)
        processes = work.processes
    steps = finetune(
        bank.backbone, theta_pre, train, test, settings, device, checkpoints, processes
    )
    logged = work is not None and processes.first
    expert = yield from (_logged(steps, work.folder) if work is not None and logged else steps)
    if not processes.first:
        return bank
    measured = replace(task, scale=database.scale, figures=expert.figures)
    vector = task_vector(theta_pre, expert.tensors)
    grown = add_task(bank, measured, vector, dtype=storage.dtype, rank=storage.rank)
    if checkpoints is not None:
        checkpoints.remove()
    return grown


def _part(database: ScoreDatabase, pixels: NDArray[np.uint8], chosen: NDArray[np.bool_]) -> Photos:
    levels = None if database.levels is None else database.levels[chosen]
    return Photos(pixels, database.targets()[chosen], levels, np.flatnonzero(chosen))


def _identity(
    bank: Bank, task: Task, database: ScoreDatabase, held_out: NDArray[np.bool_],
    settings: FinetuneSettings,
) -> dict[str, Any]:  # fmt: skip
    """What must be the same for a run to go on from its checkpoint."""
    scores = hashlib.sha256(database.targets().tobytes() + held_out.tobytes()).hexdigest()
    return {
        "backbone": bank.theta_pre_sha256 or str(bank.backbone.pretrained),
        "task": task.name,
        "scores": scores,
        "settings": repr(settings),
    }


def _logged(
    steps: Generator[FinetuneProgress, None, Expert], folder: Path
) -> Generator[FinetuneProgress, None, Expert]:
    """The same steps, each a line `part,step,loss` of log.csv; after a break lines may repeat."""
    folder.mkdir(parents=True, exist_ok=True)
    with appended_table(folder / "log.csv") as log:

        def noted(event: FinetuneProgress) -> list[FinetuneProgress]:
            log.writerow((event.part, event.step, f"{event.loss:.6f}"))
            return [event]

        expert = yield from retold(steps, noted)
        for name, figure in expert.figures.items():
            log.writerow(("test", name, f"{figure:.4f}"))
        return expert


def photos_of(
    bank: Bank, database: ScoreDatabase, work: LongRun | None, limit: Limit = NONE
) -> Decoded:
    """All photos as the model's bytes: in memory, or in a file of the work folder.

    Raises InputInvalid if more than `limit` cannot be read.
    """
    preprocessing = bank.backbone.preprocessing
    if work is None:
        return decode(database.paths, preprocessing, limit)
    mine = work.processes.first_here
    found = decode_into(
        work.folder, database.paths, preprocessing, limit, is_mine=mine, said=work.decoded
    )
    if work.processes.first:
        write_gaps(work.folder / SKIPPED, found.gaps)
    return found


def every_fifth(count: int, seed: int = 0) -> NDArray[np.bool_]:
    """A random fifth of `count` photos to hold out, the same for the same seed."""
    held_out: NDArray[np.bool_] = np.random.default_rng(seed).permutation(count) % 5 == 0
    return held_out


def open_or_create(folder: Path, student: Path | None, model: str, pretrained: str) -> Bank:
    """The bank in `folder`, or a new one on a distilled tower or on one of open_clip's."""
    if (folder / MANIFEST).is_file():
        return read_bank(folder)
    spec, theta_pre = BackboneSpec(model, pretrained), None
    if student is not None:
        spec, theta_pre = load_student(student)
    how = "Made with `photoaes bank train`."
    return create_bank(Bank(folder, folder.name, spec, (), how, "see each task"), theta_pre)
