"""From a score database to a task of a bank: read the photos, fine-tune, subtract, store."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from photoaes.images import open_image
from photoaes.model.backbone import BackboneSpec, Preprocessing
from photoaes.model.bank import MANIFEST, Bank, Task, add_task, create_bank, read_bank
from photoaes.model.prefetch import prefetch
from photoaes.model.task_vector import task_vector
from photoaes.offline.databases import ScoreDatabase
from photoaes.offline.finetune import FinetuneProgress, FinetuneSettings, Photos, finetune
from photoaes.offline.student import load_student

DECODE_THREADS = 4


@dataclass(frozen=True)
class Storage:
    """How a task vector is kept: floating type, and the rank of its matrices or None for dense."""

    dtype: torch.dtype = torch.float16
    rank: int | None = None


def train_task(
    bank: Bank,
    theta_pre: dict[str, Tensor],
    task: Task,
    database: ScoreDatabase,
    held_out: NDArray[np.bool_],
    settings: FinetuneSettings,
    device: torch.device,
    storage: Storage,
) -> Generator[FinetuneProgress, None, Bank]:
    """Fine-tune on the photos not `held_out` [N], judge on those that are, and add the task."""
    photos = read_photos(database.paths, bank.backbone.preprocessing)
    train = Photos(photos[~held_out], database.targets()[~held_out])
    test = Photos(photos[held_out], database.targets()[held_out]) if held_out.any() else None
    expert = yield from finetune(bank.backbone, theta_pre, train, test, settings, device)
    measured = Task(
        task.name, task.description, task.source, task.licence, database.scale, expert.figures
    )
    vector = task_vector(theta_pre, expert.tensors)
    return add_task(bank, measured, vector, dtype=storage.dtype, rank=storage.rank)


def read_photos(paths: Sequence[Path], preprocessing: Preprocessing) -> NDArray[np.uint8]:
    """The photos as the model's bytes [N, S, S, 3]. Raises PhotoUnreadable for a bad one."""

    def read(path: Path) -> NDArray[np.uint8]:
        return preprocessing.pixels(open_image(path, min_edge=preprocessing.resize))

    return np.stack(list(prefetch(read, paths, workers=DECODE_THREADS, ahead=64)))


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
