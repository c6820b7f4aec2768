"""What a bank's manifest may say. Checked before torch is imported and before any tensor is read.

Nothing in a manifest leads to a file outside the bank's folder or to the network: a backbone is the
bank's own, described in numbers within these bounds, or has a name and a tag that open_clip knows
by heart (`paper.backbone` asks it), without `hf-hub:`, `local-dir:` or a path.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from photoaes import checked
from photoaes.checked import Wrong, fields, flag, listed, mapped, none_or, number, text, whole
from photoaes.errors import BankInvalid, Sentence
from photoaes.model.paper.companions import COMPANIONS
from photoaes.plain_files import NotPlain

MANIFEST = "bank.json"
# 2 has `blocks`, `companion` and `basis_sha256`, without which scores would be others.
FORMAT = 2
READ = (1, 2)
MAX_MANIFEST = 1 << 20
# A ViT-g has 40 blocks of width 1408 and 1.0 G parameters; 448 px by 14 give 1024 tokens.
MAX_PARAMETERS, MAX_TOKENS = 1_200_000_000, 4096
MAX_TENSOR_FILE = 8 << 30
_RESERVED = ("theta_pre", "prior", "basis")

_sha256 = checked.matching("([0-9a-f]{64})?", "sha256 of 64 digits")
_known_name = checked.matching(r"[A-Za-z0-9][A-Za-z0-9_.+-]{0,99}", "name that open_clip has")
_vision = fields(
    {"embed_dim": whole(1, 4096)},
    {
        "layers": whole(1, 64),
        "width": whole(1, 4096),
        "head_width": whole(1, 4096),
        "patch_size": whole(2, 256),
        "image_size": whole(8, 1024),
        "mlp_ratio": number(0.1, 16),
        "ls_init_value": none_or(number(0, 10)),
        "patch_dropout": number(0, 0),
        "no_ln_pre": flag,
        "final_ln_after_pool": flag,
        "qk_norm": flag,
        "pool_type": checked.one_of("tok", "avg"),
        "pos_embed_type": checked.one_of("learnable", "sin_cos_2d"),
        "norm_kwargs": none_or(fields({}, {"eps": number(1e-12, 0.1)})),
        "act_kwargs": none_or(fields({})),
    },
)
_backbone = fields(
    {
        "model": _known_name,
        "pretrained": none_or(_known_name),
        "vision": none_or(_vision),
        "preprocessing": fields(
            {
                "resize": whole(8, 2048),
                "crop": whole(8, 2048),
                "mean": listed(number(-10, 10), 3, 3),
                "std": listed(number(1e-3, 10), 3, 3),
            },
            {"whole": flag},
        ),
    }
)
_task = fields(
    {
        "name": text(64, 1),
        "description": text(2000),
        "source": text(2000),
        "licence": text(2000),
        "scale": listed(number(), 2, 2),
    },
    {"figures": mapped(number(), 64), "sha256": _sha256},
)
_manifest = fields(
    {
        "format": whole(1, FORMAT),
        "name": text(200, 1),
        "backbone": _backbone,
        "tasks": listed(_task, 0, 64),
        "provenance": text(20_000),
        "licence": text(20_000),
        "theta_pre_sha256": _sha256,
    },
    {
        "prior_sha256": _sha256,
        "basis_sha256": _sha256,
        "blocks": listed(whole(0, 63), 0, 64),
        "companion": text(100),
    },
)


def is_bank(folder: Path) -> bool:
    """Whether it has a manifest, be it no file: that is told by whoever reads it."""
    return os.path.lexists(folder / MANIFEST)


def read_manifest(folder: Path) -> dict[str, Any]:
    """What a bank's manifest says, within bounds. Raises BankInvalid."""
    path = folder / MANIFEST
    try:
        said = checked.read_json(path, MAX_MANIFEST)
        _check_format(folder, said)
        manifest: dict[str, Any] = _manifest(said)
        _check_backbone(manifest)
        check_tasks(manifest["tasks"])
        _check_companion(folder, manifest.get("companion", ""))
    except (FileNotFoundError, NotADirectoryError):
        text = Sentence("{0} is not a bank: it has no {1}.", folder, MANIFEST)
        raise BankInvalid(text, folder) from None
    except NotPlain as error:
        raise _unusable(folder, f"{MANIFEST}: {error.strerror}") from error
    except OSError as error:
        raise _unusable(folder, error.strerror or str(error)) from error
    except Wrong as wrong:
        raise _unusable(folder, f"{MANIFEST}: {wrong}") from None
    return manifest


def _unusable(folder: Path, why: str) -> BankInvalid:
    return BankInvalid(Sentence("The bank in {0} cannot be used: {1}.", folder, why), folder)


def largest_file(manifest: Mapping[str, Any]) -> int:
    """How many bytes one of the bank's tensor files may have."""
    vision = manifest["backbone"]["vision"]
    return MAX_TENSOR_FILE if vision is None else 4 * parameters(vision) + (64 << 20)


def parameters(vision: Mapping[str, Any]) -> int:
    """About how many numbers such a tower has."""
    width, layers = vision.get("width", 768), vision.get("layers", 12)
    inside = 4 * width * width + 2 * int(width * width * vision.get("mlp_ratio", 4.0))
    patch = vision.get("patch_size", 16)
    outside = 3 * patch * patch * width + (tokens(vision) + vision["embed_dim"] + 64) * width
    return int(layers * (inside + 20 * width) + outside)


def tokens(vision: Mapping[str, Any]) -> int:
    """Into how many pieces such a tower cuts a photo."""
    return int((vision.get("image_size", 224) // vision.get("patch_size", 16)) ** 2)


def _check_format(folder: Path, said: Any) -> None:
    number = said.get("format") if isinstance(said, dict) else None
    if type(number) is int and number not in READ:
        raise BankInvalid(
            f"The bank {folder.name} has format {checked.shown(number)}; this version of photoaes "
            f"reads formats up to {FORMAT}. Update photoaes or get a matching bank.",
            folder,
        )


def _check_backbone(manifest: Mapping[str, Any]) -> None:
    backbone = manifest["backbone"]
    vision = backbone["vision"]
    if vision is None:
        if backbone["pretrained"] is None:
            raise Wrong("its backbone has neither a tag of open_clip's nor a tower of its own")
        return
    if not manifest["theta_pre_sha256"]:
        raise Wrong("its backbone is its own, but has no weights")
    if vision.get("width", 768) % vision.get("head_width", 64):
        raise Wrong("its backbone's width is no multiple of head_width")
    if vision.get("image_size", 224) < vision.get("patch_size", 16):
        raise Wrong("its backbone's patches are larger than the photo")
    if parameters(vision) > MAX_PARAMETERS or tokens(vision) > MAX_TOKENS:
        raise Wrong("its backbone is larger than any that fits this program")
    if any(block >= vision.get("layers", 12) for block in manifest.get("blocks", ())):
        raise Wrong("it names a block that its backbone lacks")


def check_tasks(tasks: list[dict[str, Any]]) -> None:
    """Raises Wrong for a name that cannot be a file's, or is there twice."""
    names = [task["name"] for task in tasks]
    for name in names:
        # A name becomes a file's name: it must not lead out of the bank's folder.
        is_plain = name.replace("-", "").replace("_", "").isalnum() and name not in _RESERVED
        if not is_plain or [one.casefold() for one in names].count(name.casefold()) > 1:
            raise Wrong(f"there is a bad or double task {checked.shown(name)}")


def _check_companion(folder: Path, name: str) -> None:
    if name and name not in COMPANIONS:
        raise BankInvalid(
            f"The bank {folder.name} wants a companion {checked.shown(name)}, which this version "
            "of photoaes does not know. Update photoaes.",
            folder,
        )
