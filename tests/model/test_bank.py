"""A bank on disk: what was written is read, and what does not fit is refused by name."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file, save_file

from photoaes.errors import BankInvalid
from photoaes.model.bank.manifest import THETA_PRE, Bank, read_bank
from photoaes.model.bank.packs import bank_folders, find_bank
from photoaes.model.bank.schema import MANIFEST
from photoaes.model.bank.writing import add_task, take_task
from photoaes.model.paper.task_vector import LowRankLayer
from tests.tiny import SPEC, random_vector, tiny_bank


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    return tiny_bank(tmp_path / "bank")


def _edit(bank: Bank, **changes: Any) -> None:
    path = bank.folder / MANIFEST
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


def _store(bank: Bank, file: str, tensors: dict[str, torch.Tensor]) -> None:
    """Replace a tensor file and its hash, as somebody would who makes a wrong bank."""
    import hashlib

    path = bank.folder / file
    save_file(tensors, path)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    manifest = json.loads((bank.folder / MANIFEST).read_text())
    for task in manifest["tasks"]:
        if f"{task['name']}.safetensors" == file:
            task["sha256"] = digest
    (bank.folder / MANIFEST).write_text(json.dumps(manifest))


def test_what_was_written_is_read(bank: Bank) -> None:
    again = read_bank(bank.folder)
    assert again == bank
    assert again.backbone == SPEC
    assert [task.scale for task in again.tasks] == [(1.0, 5.0)] * 2
    shapes = again.layer_shapes()
    assert set(again.theta_pre()) == {name for name in shapes if name.startswith("backbone.")}
    assert again.task_vectors().names == list(shapes)


def test_the_head_is_a_task_vector_from_zero(bank: Bank) -> None:
    assert "head.0.weight" in bank.task_vectors().names
    assert "head.0.weight" not in bank.theta_pre()


def test_half_precision_and_low_rank_are_close_to_the_original(tmp_path: Path) -> None:
    exact = tiny_bank(tmp_path / "exact").task_vectors()
    half = tiny_bank(tmp_path / "half", dtype=torch.float16).task_vectors()
    factored = tiny_bank(tmp_path / "factored", rank=3).task_vectors()
    alpha = torch.tensor([0.5, 0.5])
    kinds = []
    for name in exact.names:
        want = exact.layers[name].combined(alpha)
        torch.testing.assert_close(half.layers[name].combined(alpha), want, atol=1e-3, rtol=1e-2)
        layer = factored.layers[name]
        kinds.append(isinstance(layer, LowRankLayer))
        if isinstance(layer, LowRankLayer):
            assert float((layer.combined(alpha) - want).norm()) < float(want.norm())
        else:
            torch.testing.assert_close(layer.combined(alpha), want)
    assert any(kinds)
    assert not factored.names[kinds.index(True)].startswith("head.")


def test_factors_of_different_rank_meet_in_one_layer(tmp_path: Path) -> None:
    bank = tiny_bank(tmp_path, rank=3)
    vector = random_vector(bank.layer_shapes())
    grown = add_task(bank, bank.tasks[0], vector, rank=2)
    layer = grown.task_vectors().layers["backbone.transformer.resblocks.0.mlp.c_fc.weight"]
    assert isinstance(layer, LowRankLayer)
    assert layer.left.shape == (2, 64, 3)


def test_a_task_of_the_same_name_is_replaced(bank: Bank) -> None:
    again = add_task(bank, bank.tasks[0], random_vector(bank.layer_shapes()))
    assert sorted(task.name for task in again.tasks) == ["light", "sharp"]
    assert again.digest() != bank.digest()


def test_a_folder_without_manifest_is_no_bank(tmp_path: Path) -> None:
    with pytest.raises(BankInvalid, match="has no bank.json"):
        read_bank(tmp_path)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 1}', '{"format": 1, "tasks": 5}'])
def test_a_broken_manifest_is_refused(bank: Bank, text: str) -> None:
    (bank.folder / MANIFEST).write_text(text)
    with pytest.raises(BankInvalid):
        read_bank(bank.folder)


def test_a_newer_format_says_what_to_do(bank: Bank) -> None:
    _edit(bank, format=3)
    with pytest.raises(BankInvalid, match="Update photoaes"):
        read_bank(bank.folder)


def test_a_task_must_not_name_a_file_elsewhere(bank: Bank) -> None:
    tasks = json.loads((bank.folder / MANIFEST).read_text())["tasks"]
    tasks[0]["name"] = "../../secret"
    _edit(bank, tasks=tasks)
    with pytest.raises(BankInvalid, match="bad or double task"):
        read_bank(bank.folder)


def test_a_changed_byte_is_noticed(bank: Bank) -> None:
    path = bank.folder / "light.safetensors"
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    with pytest.raises(BankInvalid, match=r"light\.safetensors is damaged"):
        bank.task_vectors()


def test_a_missing_file_is_named(bank: Bank) -> None:
    (bank.folder / THETA_PRE).unlink()
    with pytest.raises(BankInvalid, match=r"theta_pre\.safetensors"):
        bank.theta_pre()


def test_a_missing_layer_is_named(bank: Bank) -> None:
    tensors = load_file(bank.folder / "light.safetensors")
    del tensors["backbone.ln_post.bias"]
    _store(bank, "light.safetensors", tensors)
    with pytest.raises(BankInvalid, match=r"backbone\.ln_post\.bias is missing from light"):
        read_bank(bank.folder).task_vectors()


def test_a_wrong_shape_is_named(bank: Bank) -> None:
    tensors = load_file(bank.folder / "sharp.safetensors")
    tensors["head.3.bias"] = torch.zeros(11)
    _store(bank, "sharp.safetensors", tensors)
    with pytest.raises(BankInvalid, match=r"head\.3\.bias of sharp.*\(11,\), not \(10,\)"):
        read_bank(bank.folder).task_vectors()


def test_an_extra_layer_is_named(bank: Bank) -> None:
    tensors = load_file(bank.folder / "sharp.safetensors")
    tensors["backbone.text.proj"] = torch.zeros(2)
    _store(bank, "sharp.safetensors", tensors)
    with pytest.raises(BankInvalid, match=r"lacks: backbone\.text\.proj"):
        read_bank(bank.folder).task_vectors()


def test_factors_that_do_not_fit_are_named(tmp_path: Path) -> None:
    bank = tiny_bank(tmp_path, rank=2)
    tensors = load_file(bank.folder / "light.safetensors")
    name = next(name for name in tensors if name.endswith("/right"))
    tensors[name] = tensors[name][:, 1:].contiguous()
    _store(bank, "light.safetensors", tensors)
    with pytest.raises(BankInvalid, match="factors of the layer backbone"):
        read_bank(bank.folder).task_vectors()


def test_banks_are_found_by_folder_by_name_and_by_default(tmp_path: Path) -> None:
    bundled, installed = tmp_path / "starter", tmp_path / "banks"
    tiny_bank(bundled)
    mine = tiny_bank(installed / "mine")
    assert bank_folders(bundled, installed) == [bundled, installed / "mine"]
    assert find_bank(None, bundled, installed).folder == bundled
    assert find_bank("mine", bundled, installed) == mine
    assert find_bank(str(installed / "mine"), bundled, installed) == mine
    with pytest.raises(BankInvalid, match=r"no bank 'ava'.*starter, mine"):
        find_bank("ava", bundled, installed)


def test_a_task_is_taken_over_from_a_bank_on_the_same_backbone(tmp_path: Path) -> None:
    full = tiny_bank(tmp_path / "full")
    bank = tiny_bank(tmp_path / "half", tasks=("light",))
    grown = take_task(bank, full, "sharp")
    assert [task.name for task in grown.tasks] == ["light", "sharp"]
    assert grown.task_vectors().tasks == ("light", "sharp")
    with pytest.raises(BankInvalid, match="has no task 'taste'"):
        take_task(bank, full, "taste")
    with pytest.raises(BankInvalid, match="starts from another backbone"):
        take_task(bank, replace(full, theta_pre_sha256="another"), "sharp")
