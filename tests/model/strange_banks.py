"""Banks as strangers make them: their manifests read, changed, refused."""

from __future__ import annotations

import hashlib
import json
import random
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import save_file

from photoaes.errors import BankInvalid
from photoaes.jobs.banks import bank_facts, verify_bank
from photoaes.model.bank.manifest import THETA_PRE, Bank, read_bank
from photoaes.model.bank.schema import MANIFEST

ODD: tuple[object, ...] = (
    None, True, 0, -1, 1 << 70, 1.5, "", "\ud800", "a\nb", "x" * 5000, [], [[]], {}, {"": 1},
    [None] * 100, "hf-hub:a/b", "\x1b[31m",
)  # fmt: skip


def entries_of(bank: Bank) -> dict[str, Any]:
    said: dict[str, Any] = json.loads((bank.folder / MANIFEST).read_text())
    return said


def say(bank: Bank, said: object) -> None:
    (bank.folder / MANIFEST).write_text(json.dumps(said))


def refused(folder: Path) -> str:
    """By the manifest's readers alike, and in a line that a terminal can take."""
    texts = []
    for read in (bank_facts, read_bank, lambda one: list(verify_bank(one))):
        with pytest.raises(BankInvalid) as caught:
            read(folder)
        texts.append(str(caught.value))
    assert all(text == texts[0] for text in texts)
    assert texts[0].replace(str(folder), "").isprintable()
    assert len(texts[0]) < 600
    return texts[0]


def set_entry(said: Any, place: str, value: object) -> None:
    *parents, last = place.split(".")
    for name in parents:
        said = said[int(name)] if isinstance(said, list) else said[name]
    said[int(last) if isinstance(said, list) else last] = value


def keep(bank: Bank, path: Path, tensors: dict[str, torch.Tensor]) -> None:
    """With the hash made right, as a stranger would."""
    save_file(tensors, path)
    said, digest = entries_of(bank), hashlib.sha256(path.read_bytes()).hexdigest()
    if path.name == THETA_PRE:
        said["theta_pre_sha256"] = digest
    for task in said["tasks"]:
        if path.name == f"{task['name']}.safetensors":
            task["sha256"] = digest
    say(bank, said)


def with_changes(value: Any, changes: dict[str, Any]) -> Any:
    from dataclasses import replace

    return replace(value, **changes)


def mutated(said: Any, dice: random.Random) -> Any:
    """The same with one place, at any depth, replaced, removed, renamed or doubled."""
    places = list(places_in(said))
    parent, key = dice.choice(places)
    match dice.randrange(4):
        case 0 | 1:
            parent[key] = dice.choice(ODD)
        case 2:
            del parent[key]
        case 3:
            if isinstance(parent, list):
                parent.append(parent[key])
            else:
                parent[dice.choice(("layers", "name", "\u202e", "timm_model_name"))] = parent[key]
    return said


def places_in(said: Any) -> Any:
    items = said.items() if isinstance(said, dict) else enumerate(said)
    for key, value in list(items):
        yield said, key
        if isinstance(value, dict | list):
            yield from places_in(value)
