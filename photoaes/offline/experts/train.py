"""From a score database to a task of a bank: read the photos, fine-tune, subtract, store."""

from __future__ import annotations

import csv
import hashlib
import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from photoaes.images import open_image
from photoaes.model.bank.manifest import Bank, Task, add_task, create_bank, read_bank
from photoaes.model.bank.schema import MANIFEST
from photoaes.model.paper.backbone import BackboneSpec, Preprocessing
from photoaes.model.paper.task_vector import task_vector
from photoaes.new_files import new_file
from photoaes.offline.databases import ScoreDatabase
from photoaes.offline.experts.checkpoint import Checkpoints
from photoaes.offline.experts.finetune import (
    Expert,
    FinetuneProgress,
    FinetuneSettings,
    Photos,
    finetune,
)
from photoaes.offline.experts.processes import ALONE, Processes
from photoaes.offline.experts.student import load_student
from photoaes.prefetch import prefetch

DECODE_THREADS = 4


@dataclass(frozen=True)
class Storage:
    """How a task vector is kept: floating type, and the rank of its matrices or None for dense."""

    dtype: torch.dtype = torch.float16
    rank: int | None = None


@dataclass(frozen=True)
class Work:
    """Where a long run keeps decoded photos, checkpoints and its log, and who takes part."""

    folder: Path
    checkpoint_seconds: float = 120
    processes: Processes = ALONE


def train_task(
    bank: Bank,
    theta_pre: dict[str, Tensor],
    task: Task,
    database: ScoreDatabase,
    held_out: NDArray[np.bool_],
    settings: FinetuneSettings,
    device: torch.device,
    storage: Storage,
    work: Work | None = None,
) -> Generator[FinetuneProgress, None, Bank]:
    """Fine-tune on the photos not `held_out` [N], judge on those that are, and add the task.

    With `work` a run that was stopped goes on; of several processes only the first adds the task.
    """
    pixels = pixels_of(bank, database, work)
    train = _part(database, pixels, ~held_out)
    test = _part(database, pixels, held_out) if held_out.any() else None
    checkpoints, processes = None, ALONE
    if work is not None:
        identity = _identity(bank, task, database, held_out, settings)
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
    with (folder / "log.csv").open("a", newline="", encoding="utf-8") as file:
        log = csv.writer(file)
        try:
            while True:
                event = next(steps)
                log.writerow((event.part, event.step, f"{event.loss:.6f}"))
                yield event
        except StopIteration as finished:
            expert: Expert = finished.value
            for name, figure in expert.figures.items():
                log.writerow(("test", name, f"{figure:.4f}"))
            return expert


def pixels_of(bank: Bank, database: ScoreDatabase, work: Work | None) -> NDArray[np.uint8]:
    """All photos as the model's bytes [N, S, S, 3]: in memory, or in a file of the work folder.

    AVA at 224 px is 38 GB. Decoded once, the file serves every later run on the same photos.
    """
    preprocessing = bank.backbone.preprocessing
    if work is None:
        return read_photos(database.paths, preprocessing)
    names = "\n".join(map(str, (preprocessing, *database.paths)))
    path = work.folder / f"pixels-{hashlib.sha256(names.encode()).hexdigest()[:16]}.npy"
    # Decoding may take hours, longer than processes wait for each other: the others watch the file.
    while not path.exists():
        if work.processes.first_here:
            _decode(path, database.paths, preprocessing)
        else:
            time.sleep(1)
    pixels: NDArray[np.uint8] = np.load(path, mmap_mode="r")
    return pixels


def _decode(path: Path, paths: Sequence[Path], preprocessing: Preprocessing) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    shape = (len(paths), preprocessing.crop, preprocessing.crop, 3)
    header = {"descr": "|u1", "fortran_order": False, "shape": shape}
    with new_file(path, over=True) as file:
        np.lib.format.write_array_header_2_0(file, header)
        for photo in _photos(paths, preprocessing):
            file.write(photo.tobytes())


def read_photos(paths: Sequence[Path], preprocessing: Preprocessing) -> NDArray[np.uint8]:
    """The photos as the model's bytes [N, S, S, 3]. Raises PhotoUnreadable for a bad one."""
    return np.stack(list(_photos(paths, preprocessing)))


def _photos(paths: Sequence[Path], preprocessing: Preprocessing) -> Iterator[NDArray[np.uint8]]:
    def read(path: Path) -> NDArray[np.uint8]:
        return preprocessing.pixels(open_image(path, min_edge=preprocessing.resize))

    yield from prefetch(read, paths, workers=DECODE_THREADS, ahead=64)


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
