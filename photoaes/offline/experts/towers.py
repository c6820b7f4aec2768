"""The two towers of a distillation: the teacher from its file, and the student to be.

They are of one width. Both are made for any photo size: positional embeddings are interpolated.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor
from torch.nn import functional

from photoaes.errors import InputInvalid
from photoaes.model.paper.backbone import BackboneSpec, Preprocessing
from photoaes.model.paper.tower import Tower

HALF = (0.5, 0.5, 0.5)
# ViT-Tiny/16 of Steiner et al. 2021, "How to train your ViT?", in open_clip's layout.
TEACHER = BackboneSpec(
    "vit_tiny_patch16_224_augreg",
    vision={
        "embed_dim": 192,
        "layers": 12,
        "width": 192,
        "head_width": 64,
        "patch_size": 16,
        "image_size": 224,
        "no_ln_pre": True,
        "norm_kwargs": {"eps": 1e-6},
    },
    preprocessing=Preprocessing(resize=224, crop=224, mean=HALF, std=HALF),
)


def student_spec(*, size: int, patch: int, blocks: int) -> BackboneSpec:
    """The student: of the teacher's width, for photos of `size` px, with `blocks` blocks."""
    return BackboneSpec(
        f"photoaes-vit-{blocks}x192-p{patch}-{size}",
        vision={
            **(TEACHER.vision or {}),
            "layers": blocks,
            "patch_size": patch,
            "image_size": size,
        },
        preprocessing=Preprocessing(resize=size, crop=size, mean=HALF, std=HALF),
    )


def teacher_spec(size: int) -> BackboneSpec:
    """The teacher for photos of `size` px."""
    return replace(
        TEACHER,
        vision={**(TEACHER.vision or {}), "image_size": size},
        preprocessing=Preprocessing(resize=size, crop=size, mean=HALF, std=HALF),
    )


def teacher_tensors(path: Path, size: int) -> dict[str, Tensor]:
    """The teacher's weights, its positional embedding interpolated to photos of `size` px.

    Raises InputInvalid if the file cannot be read.
    """
    try:
        state = load_file(path)
    except (OSError, SafetensorError) as error:
        raise InputInvalid(f"The teacher {path} cannot be read: {error}.", path) from error
    state["positional_embedding"] = _resized_positions(state["positional_embedding"], size // 16)
    return state


def load_teacher(path: Path, size: int) -> Tower:
    """The frozen teacher for photos of `size` px."""
    tower = plain_tower(teacher_spec(size))
    tower.load_state_dict(teacher_tensors(path, size))
    return tower.eval().requires_grad_(False)


def plain_tower(spec: BackboneSpec) -> Tower:
    """A tower of this kind with random weights. Raises InputInvalid for any other kind."""
    tower = spec.build()
    if not isinstance(tower, Tower):
        raise InputInvalid(f"{spec.model} is not a plain vision transformer.")
    return tower


def take_over(tower: Tower, start: Mapping[str, Tensor]) -> None:
    """Load an earlier student's tensors, its positional embedding resized where sizes differ."""
    tensors = {name: tensor.float() for name, tensor in start.items()}
    grid = math.isqrt(len(tower.positional_embedding) - 1)
    tensors["positional_embedding"] = _resized_positions(tensors["positional_embedding"], grid)
    try:
        tower.load_state_dict(tensors)
    except RuntimeError as error:
        raise InputInvalid(f"The student to start from is of another kind: {error}.") from error


def _resized_positions(positions: Tensor, grid: int) -> Tensor:
    """Positional embedding [1 + g*g, w] as [1 + grid*grid, w], bicubic over the patch grid."""
    side = math.isqrt(len(positions) - 1)
    patches = positions[1:].reshape(1, side, side, -1).permute(0, 3, 1, 2)
    patches = functional.interpolate(
        patches, size=(grid, grid), mode="bicubic", antialias=True, align_corners=False
    )
    return torch.cat([positions[:1], patches.flatten(2)[0].T])
