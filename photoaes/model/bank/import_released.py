"""A bank from the checkpoints that the paper's authors released.

    clip_{B,L}_3fc_{ava,aes,tad,para,koniq,spaq}.pth    {"model": state dict}

    backbone.visual.<layer>                             the vision tower
    backbone.<layer of the text tower>                  left out
    score_predictor.projection.{0,3}.{weight,bias}      the head

They were fine-tuned from open_clip's `datacomp_xl_s13b_b90k` of the same model, which is therefore
theta_pre; with another tag the differences would be no task vectors.
"""

from __future__ import annotations

import pickle
import re
from collections.abc import Generator, Iterable, Mapping, Sequence
from pathlib import Path

import torch
from torch import Tensor

from photoaes.errors import BankInvalid, InputInvalid
from photoaes.model.bank.manifest import Bank, Task
from photoaes.model.bank.schema import MANIFEST
from photoaes.model.bank.tensor_files import check_tensors
from photoaes.model.bank.writing import add_task, create_bank
from photoaes.model.paper.backbone import BackboneSpec
from photoaes.model.paper.task_vector import check_layer, task_vector
from photoaes.plain_files import opened_plain

MODELS = {"B": "ViT-B-16", "L": "ViT-L-14"}
PRETRAINED = "datacomp_xl_s13b_b90k"
FILE = re.compile(r"clip_([BL])_3fc_([a-z]+)\.pth")
EXPERTS = {
    "ava": ("AVA", (1.0, 10.0)),
    "aes": ("Flickr-AES", (0.0, 1.0)),
    "tad": ("TAD66K", (1.0, 10.0)),
    "para": ("PARA", (0.5, 5.0)),
    "koniq": ("KonIQ-10k", (0.5, 5.0)),
    "spaq": ("SPAQ", (0.0, 100.0)),
}
LICENCE = "code MIT; research only, as the databases are"
PARA_LICENCE = "research and learning only; no commercial use; must not be bundled"
VISION, HEAD = "backbone.visual.", "score_predictor.projection."
TEXT = re.compile(
    r"backbone\.(transformer\.|token_embedding\.|ln_final\.|positional_embedding$|"
    r"text_projection$|logit_scale$|logit_bias$|attn_mask$)"
)


def released_spec(files: Iterable[Path], without: Sequence[str] = ()) -> BackboneSpec:
    """The backbone of a whole set of files.

    Raises InputInvalid naming a file that is none of the set, an expert that is missing and not
    named in `without`, or if B and L are mixed.
    """
    letters, experts = set(), []
    for file in files:
        match = FILE.fullmatch(file.name)
        if match is None or match[2] not in EXPERTS:
            raise InputInvalid(
                f"{file.name} is none of the authors' files clip_B_3fc_ava.pth, ...: the experts "
                f"are {', '.join(EXPERTS)}, each for B or L.",
                file,
            )
        letters.add(match[1])
        experts.append(match[2])
    missing = [name for name in EXPERTS if name not in (*experts, *without)]
    if missing or not letters:
        raise InputInvalid(
            f"The set lacks {', '.join(missing) or 'all experts'}. Give all files of one model, "
            "or say with --without which to do without."
        )
    if len(letters) > 1 or len(set(experts)) < len(experts):
        raise InputInvalid("The set mixes B and L, or has a file twice: give those of one model.")
    return BackboneSpec(MODELS[letters.pop()], PRETRAINED)


def import_released(
    bank: Bank, files: Sequence[Path], theta_pre: Mapping[str, Tensor], carry: bool = False
) -> Generator[str, None, Bank]:
    """Make `bank` (its folder must not be a bank yet) of the files; yields each expert's name.

    `theta_pre` holds `backbone.*`; the bank carries it only if told to, where open_clip has none.
    Raises InputInvalid or BankInvalid for a file that is damaged, partial or of another model;
    all files are checked before anything is written.
    """
    if (bank.folder / MANIFEST).exists():
        raise InputInvalid(f"{bank.folder} is a bank already; name another.", bank.folder)
    # The order in which the paper adds experts (Figure 5), whatever that of a shell's pattern.
    files = sorted(files, key=lambda file: list(EXPERTS).index(_expert(file)))
    for file in files:
        released_tensors(file, bank)
    made = create_bank(bank, theta_pre if carry else None)
    for file in files:
        name = _expert(file)
        title, scale = EXPERTS[name]
        licence = PARA_LICENCE if name == "para" else LICENCE
        task = Task(name, f"Mean scores of {title}", f"{file.name} by the authors", licence, scale)
        made = add_task(made, task, task_vector(theta_pre, released_tensors(file, bank)))
        yield name
    return made


def released_tensors(file: Path, bank: Bank) -> dict[str, Tensor]:
    """The checkpoint's layers under our names, in fp32, checked against the bank's backbone."""
    found: dict[str, Tensor] = {}
    for name, tensor in _state(file).items():
        if name.startswith(VISION):
            found[f"backbone.{name.removeprefix(VISION)}"] = tensor.float()
        elif name.startswith(HEAD):
            found[f"head.{name.removeprefix(HEAD)}"] = tensor.float()
        elif not TEXT.match(name):
            raise BankInvalid(f"{file.name} holds a tensor that does not belong: {name}.", file)
    check_tensors(found, file)
    shapes = bank.layer_shapes()
    for name, shape in shapes.items():
        check_layer(name, shape, found.get(name), file.name)
    for name in found.keys() - shapes.keys():
        raise BankInvalid(f"{file.name} holds a layer that the backbone lacks: {name}.", file)
    return found


def _state(file: Path) -> Mapping[str, Tensor]:
    """What stands under "model". Only tensors are unpickled: the file cannot run code."""
    try:
        with opened_plain(file):
            content = torch.load(file, map_location="cpu", weights_only=True, mmap=True)
    except OSError as error:
        reason = error.strerror or "it is no plain file"
        raise BankInvalid(f"{file.name} cannot be read as a checkpoint: {reason}.", file) from error
    except pickle.UnpicklingError as error:
        reason = "it holds more than tensors, or is damaged; nothing of it was run"
        raise BankInvalid(f"{file.name} cannot be read as a checkpoint: {reason}.", file) from error
    except (RuntimeError, ValueError, EOFError) as error:
        reason = "it was cut short or is no file of torch.save; download it again"
        raise BankInvalid(f"{file.name} cannot be read as a checkpoint: {reason}.", file) from error
    state = content.get("model") if isinstance(content, Mapping) else None
    if not isinstance(state, Mapping) or not all(isinstance(t, Tensor) for t in state.values()):
        raise BankInvalid(f"{file.name} holds no state dict under 'model'.", file)
    return state


def _expert(file: Path) -> str:
    match = FILE.fullmatch(file.name)
    if match is None:
        raise InputInvalid(f"{file.name} is none of the authors' files.", file)
    return match[2]
