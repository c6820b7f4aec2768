"""The authors' released experts, `clip_{B,L}_3fc_{ava,aes,tad,para,koniq,spaq}.pth`, as a bank.

Each file is a dict {"model": state dict}. Tensors `backbone.visual.*` are the vision tower,
`score_predictor.projection.{0,3}.*` the head; the rest of `backbone.*` is CLIP's text tower, which
the score does not see. All start from open_clip's `datacomp_xl_s13b_b90k` weights (repository
YeolJ00/Personalized-Aesthetics, commit 8563fa1, MIT); the files are read without running code.
"""

from __future__ import annotations

import pickle
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from photoaes.errors import BankInvalid
from photoaes.model.backbone import BackboneSpec
from photoaes.model.bank import Bank, Task, add_task
from photoaes.model.task_vector import task_vector

TAG = "datacomp_xl_s13b_b90k"
MODELS = {"B": "ViT-B-16", "L": "ViT-L-14"}
NAME = re.compile(r"clip_(?P<size>[BL])_3fc_(?P<task>ava|aes|tad|para|koniq|spaq)\.pth")
TOWER, HEAD = "backbone.visual.", "score_predictor.projection."


@dataclass(frozen=True)
class Source:
    """A database behind an expert: its name, what its score says, its scale, its licence."""

    name: str
    description: str
    scale: tuple[float, float]
    licence: str = "research only, not verified"


SOURCES = {
    "ava": Source("AVA", "Mean score of photo contests", (1, 10)),
    "aes": Source("Flickr-AES", "Mean beauty of photos on Flickr", (0, 1)),
    "tad": Source("TAD66K", "Beauty within each theme", (0, 10)),
    "para": Source(
        "PARA",
        "Beauty with many attributes",
        (1, 5),
        "no commercial use of the data or of outputs based on it; never to be bundled",
    ),
    "koniq": Source("KonIQ-10k", "Technical quality in the wild", (1, 5)),
    "spaq": Source("SPAQ", "Technical quality of smartphone photos", (0, 100)),
}


def spec_of(paths: list[Path]) -> BackboneSpec:
    """The backbone that all these files start from. Raises BankInvalid naming a file that is none
    of the authors', or two that do not go together."""
    sizes = {}
    for path in paths:
        match = NAME.fullmatch(path.name)
        if match is None:
            raise BankInvalid(
                f"{path.name} is not named as the authors' checkpoints are, such as "
                "clip_B_3fc_ava.pth.",
                path,
            )
        sizes[match["size"]] = path
    if len(sizes) > 1:
        first, second = (path.name for path in sizes.values())
        raise BankInvalid(f"{first} and {second} are of different backbones: make two banks.")
    [size] = sizes
    return BackboneSpec(MODELS[size], TAG)


def import_checkpoint(bank: Bank, theta_pre: Mapping[str, Tensor], path: Path) -> Bank:
    """Add the file's expert to the bank and return the bank with it.

    Raises BankInvalid for a file that cannot be read, and names a tensor that does not fit.
    """
    match = NAME.fullmatch(path.name)
    assert match is not None, "spec_of looks at the names"
    source = SOURCES[match["task"]]
    task = Task(
        match["task"],
        source.description,
        f"{source.name}; expert by Yun & Choo, ECCV 2024",
        source.licence,
        source.scale,
    )
    return add_task(bank, task, task_vector(theta_pre, _expert(path)))


def _expert(path: Path) -> dict[str, Tensor]:
    """Tower and head under our names."""
    try:
        state = torch.load(path, map_location="cpu", weights_only=True, mmap=True)["model"]
    except (OSError, RuntimeError, KeyError, TypeError, pickle.UnpicklingError) as error:
        raise BankInvalid(
            f"{path.name} is no checkpoint of the authors', or damaged: {error}.", path
        ) from error
    expert = {}
    for name, tensor in state.items():
        if name.startswith(TOWER):
            expert["backbone." + name.removeprefix(TOWER)] = tensor.float()
        elif name.startswith(HEAD):
            expert["head." + name.removeprefix(HEAD)] = tensor.float()
        elif not name.startswith("backbone."):
            raise BankInvalid(f"{path.name} holds a tensor that no expert has: {name}.", path)
    return expert
