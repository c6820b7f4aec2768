"""A tower of our own on disk: what distillation leaves and a bank starts from.

A folder of `backbone.json` (the spec) and `tower.safetensors` (its tensors).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from safetensors import SafetensorError
from safetensors.torch import load_file, save
from torch import Tensor

from photoaes.errors import InputInvalid
from photoaes.model.bank.manifest import read_bank
from photoaes.model.bank.schema import MANIFEST
from photoaes.model.paper.backbone import BackboneSpec, parsed_preprocessing
from photoaes.new_files import write_file

SPEC, TENSORS = "backbone.json", "tower.safetensors"


def save_student(folder: Path, spec: BackboneSpec, tensors: Mapping[str, Tensor]) -> None:
    """Write the spec and tensors of the student's tower."""
    folder.mkdir(parents=True, exist_ok=True)
    data = save({name: t.contiguous().cpu() for name, t in tensors.items()})
    write_file(folder / TENSORS, data, over=True)
    write_file(folder / SPEC, f"{json.dumps(asdict(spec), indent=2)}\n".encode(), over=True)


def load_start(folder: Path) -> dict[str, Tensor]:
    """The tower's tensors by their own names, of a student's folder or of a bank's backbone."""
    _, tensors = load_student(folder)
    return {name.removeprefix("backbone."): tensor for name, tensor in tensors.items()}


def load_student(folder: Path) -> tuple[BackboneSpec, dict[str, Tensor]]:
    """The spec and the tensors, named `backbone.*`, of a student's folder or of a bank's backbone.

    Raises InputInvalid if the folder has none.
    """
    if (folder / MANIFEST).is_file():
        bank = read_bank(folder)
        return bank.backbone, bank.theta_pre()
    try:
        entry = json.loads((folder / SPEC).read_text(encoding="utf-8"))
        tensors = load_file(folder / TENSORS)
    except (OSError, ValueError, SafetensorError) as error:
        raise InputInvalid(f"{folder} holds no distilled backbone: {error}.", folder) from error
    spec = BackboneSpec(
        entry["model"], None, entry["vision"], parsed_preprocessing(entry["preprocessing"])
    )
    return spec, {f"backbone.{name}": tensor for name, tensor in tensors.items()}
