"""A person's merged model as one file that needs no photoaes: safetensors, and how to use it.

`resources/score_a_photo.py` reads it.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import torch
from safetensors.torch import save

from photoaes.errors import InputInvalid, Sentence
from photoaes.model.bank.manifest import Bank
from photoaes.model.paper.companion import companion_tensors
from photoaes.model.paper.companions import COMPANIONS
from photoaes.model.scoring import merged_tensors
from photoaes.model.taste.basis import Basis
from photoaes.model.taste.readout import Readout
from photoaes.new_files import write_file


def write_model(bank: Bank, basis: Basis, readout: Readout, file: Path) -> None:
    """Write the merged model to a new file. Raises InputInvalid if there is one, or if photos go
    into the tower by their centre square, which the script for these files does not know."""
    preprocessing = bank.backbone.preprocessing
    if os.path.lexists(file):
        raise InputInvalid(f"{file} exists; name a new file.", file)
    if not preprocessing.whole and preprocessing.resize != preprocessing.crop:
        raise InputInvalid("Models of banks that look at the centre square cannot be written yet.")
    merger = bank.merger(torch.device("cpu"))
    tensors = merged_tensors(merger, readout.merged(basis))
    embed_dim, vision, quick_gelu = bank.backbone.config()
    has_companion = any(name.startswith("companion ") for name in basis.levels)
    spec = COMPANIONS[bank.companion] if has_companion else None
    if spec is not None:
        path = spec.path()
        assert path is not None
        tensors |= {f"companion.{n}": t for n, t in companion_tensors(spec, path).items()}
    said = {
        "bank": bank.name,
        "bank_digest": bank.digest(),
        "vision": dict(vision),
        "embed_dim": embed_dim,
        "quick_gelu": quick_gelu,
        "image_size": merger.model.size,
        "size": preprocessing.crop,
        "mean": preprocessing.mean,
        "std": preprocessing.std,
        "blocks": list(bank.blocks),
        "companion": spec and {"model": spec.model, "blocks": list(spec.blocks)},
    }
    plain = {name: tensor.contiguous() for name, tensor in tensors.items()}
    data = save(plain, {"photoaes": json.dumps(said)})
    try:
        write_file(file, data, over=False)
    except OSError as error:
        text = Sentence("Cannot write {0}: {1}.", file, error.strerror)
        raise InputInvalid(text, file) from error
