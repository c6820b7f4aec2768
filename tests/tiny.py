"""The real thing made tiny: a two-block score model, and a bank of random task vectors on disk."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor

from photoaes.model.bank.manifest import Bank, Task
from photoaes.model.bank.writing import add_task, create_bank
from photoaes.model.paper.backbone import BackboneSpec, Preprocessing

SPEC = BackboneSpec(
    "tiny",
    vision={
        "embed_dim": 16,
        "layers": 2,
        "width": 16,
        "head_width": 8,
        "patch_size": 8,
        "image_size": 32,
    },
    preprocessing=Preprocessing(resize=36, crop=32),
)
TASKS = ("light", "sharp")


def tiny_bank(
    folder: Path,
    *,
    tasks: tuple[str, ...] = TASKS,
    dtype: torch.dtype = torch.float32,
    rank: int | None = None,
) -> Bank:
    """A bank of random numbers, the same at every call."""
    torch.manual_seed(0)
    bank = Bank(folder, "Tiny bank", SPEC, (), "made by a test", "MIT")
    shapes = bank.layer_shapes()
    theta_pre = {name.removeprefix("backbone."): t for name, t in SPEC.build().named_parameters()}
    bank = create_bank(bank, {f"backbone.{name}": t.detach() for name, t in theta_pre.items()})
    for name in tasks:
        task = Task(name, f"{name} against not", "a test", "MIT", (1.0, 5.0))
        bank = add_task(bank, task, random_vector(shapes), dtype=dtype, rank=rank)
    return bank


def random_vector(shapes: dict[str, Tensor]) -> dict[str, Tensor]:
    """Small random changes of the backbone, and a whole random head."""
    return {
        name: torch.randn(shape.shape) * (0.05 if name.startswith("backbone.") else 0.3)
        for name, shape in shapes.items()
    }
