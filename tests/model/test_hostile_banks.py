"""Banks by strangers: each is used or refused with a sentence, nothing is asked of the network."""

from __future__ import annotations

import copy
import hashlib
import json
import os
import random
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from photoaes.errors import BankInvalid, DownloadFailed, InputInvalid, PhotoaesError
from photoaes.jobs.banks import bank_facts, banks_at_hand, install_bank, verify_bank
from photoaes.model.bank.manifest import THETA_PRE, Bank, read_bank
from photoaes.model.bank.schema import MANIFEST, read_manifest
from photoaes.model.taste.basis import check_groups, plain_basis, read_basis
from photoaes.model.taste.prior import FILE, plain_prior, save_prior
from tests.tiny import tiny_bank

posix = pytest.mark.skipif(os.name != "posix", reason="links and pipes of POSIX")


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    return tiny_bank(tmp_path / "bank")


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(*arguments: object, **_: object) -> None:
        raise AssertionError(f"the network was asked: {arguments}")

    monkeypatch.setattr(socket, "getaddrinfo", asked)
    monkeypatch.setattr(socket, "create_connection", asked)
    monkeypatch.setattr(socket.socket, "connect", asked)


def _said(bank: Bank) -> dict[str, Any]:
    said: dict[str, Any] = json.loads((bank.folder / MANIFEST).read_text())
    return said


def _say(bank: Bank, said: object) -> None:
    (bank.folder / MANIFEST).write_text(json.dumps(said))


def _refused(folder: Path) -> str:
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


def _set(said: Any, place: str, value: object) -> None:
    *parents, last = place.split(".")
    for name in parents:
        said = said[int(name)] if isinstance(said, list) else said[name]
    said[int(last) if isinstance(said, list) else last] = value


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("name", 5),
        ("name", ""),
        ("name", "half \ud800 a character"),
        ("name", "steers \x1b[2J a terminal"),
        ("name", "x" * 100_000),
        ("format", "1"),
        ("format", True),
        ("format", 10**400),
        ("tasks", {}),
        ("tasks", [None]),
        ("tasks.0.name", 5),
        ("tasks.0.name", "theta_pre"),
        ("tasks.0.name", "../light"),
        ("tasks.0.name", "Sharp"),
        ("tasks.0.scale", [1]),
        ("tasks.0.scale", ["1", "2"]),
        ("tasks.0.scale", [1, 10**400]),
        ("tasks.0.figures", []),
        ("tasks.0.figures", {"srocc": "high"}),
        ("tasks.0.sha256", "short"),
        ("tasks.0.more", 1),
        ("backbone", []),
        ("backbone.model", "hf-hub:somebody/something"),
        ("backbone.model", "local-dir:/etc"),
        ("backbone.model", "hf_hub:timm/vit"),
        ("backbone.model", "../../models/x"),
        ("backbone.pretrained", "/etc/passwd"),
        ("backbone.vision", [1]),
        ("backbone.vision", None),
        ("backbone.vision.layers", 20_000),
        ("backbone.vision.layers", [3, 4, 6, 3]),
        ("backbone.vision.layers", -1),
        ("backbone.vision.layers", 2.5),
        ("backbone.vision.width", 10**9),
        ("backbone.vision.width", 17),
        ("backbone.vision.patch_size", 0),
        ("backbone.vision.image_size", 1_000_000),
        ("backbone.vision.timm_model_name", "hf_hub:timm/vit_base_patch16_224"),
        ("backbone.vision.timm_model_pretrained", True),
        ("backbone.vision.block_type", "custom"),
        ("backbone.vision.norm_kwargs", {"device": "cuda"}),
        ("backbone.preprocessing.crop", 10**6),
        ("backbone.preprocessing.mean", [0.5]),
        ("backbone.preprocessing.std", [0, 1, 1]),
        ("backbone.preprocessing.whole", 1),
        ("theta_pre_sha256", None),
        ("theta_pre_sha256", ""),
        ("blocks", [0.5]),
        ("blocks", [63]),
        ("companion", "somebody/else"),
        ("companion", 3),
        ("unheard_of", 1),
    ],
)
def test_a_wrong_entry_is_refused_in_one_line(bank: Bank, place: str, value: object) -> None:
    said = _said(bank)
    _set(said, place, value)
    _say(bank, said)
    _refused(bank.folder)


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, "[" * 100_000 + "]" * 100_000, "9" * 10_000, "NaN", '{"a":1,"a":2}', "\x00"],
)
def test_what_is_no_json_to_be_read_is_refused(bank: Bank, text: str) -> None:
    (bank.folder / MANIFEST).write_text(text)
    _refused(bank.folder)


def test_a_manifest_in_other_bytes_or_of_a_megabyte_is_refused(bank: Bank) -> None:
    (bank.folder / MANIFEST).write_bytes(b"\xff\xfe{")
    _refused(bank.folder)
    (bank.folder / MANIFEST).write_bytes(b" " * ((1 << 20) + 1))
    assert "larger than 1 MiB" in _refused(bank.folder)


@posix
def test_what_is_no_file_is_not_waited_for(bank: Bank) -> None:
    path = bank.folder / MANIFEST
    path.unlink()
    os.mkfifo(path)
    assert "not a file" in _refused(bank.folder)
    path.unlink()
    path.symlink_to("/dev/zero")
    assert "not a file" in _refused(bank.folder)
    path.unlink()
    path.symlink_to(path)
    _refused(bank.folder)


@posix
@pytest.mark.parametrize("kind", ["pipe", "device", "sparse", "folder"])
def test_a_tensor_file_without_end_is_refused(bank: Bank, kind: str) -> None:
    path = bank.folder / "light.safetensors"
    path.unlink()
    match kind:
        case "pipe":
            os.mkfifo(path)
        case "device":
            path.symlink_to("/dev/zero")
        case "sparse":
            with path.open("wb") as file:
                file.truncate(1 << 40)
        case "folder":
            path.mkdir()
    with pytest.raises(BankInvalid, match=r"light\.safetensors"):
        list(verify_bank(bank.folder))


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf"), 1e30])
@pytest.mark.parametrize("file", [THETA_PRE, "light.safetensors"])
def test_numbers_that_are_none_are_refused(bank: Bank, file: str, value: float) -> None:
    path = bank.folder / file
    tensors = load_file(path)
    name = next(name for name, tensor in tensors.items() if tensor.numel() > 10)
    tensors[name] = tensors[name].float()
    tensors[name].view(-1)[7] = value
    _keep(bank, path, tensors)
    with pytest.raises(BankInvalid, match=f"{name}.* holds nan"):
        list(verify_bank(bank.folder))


def _keep(bank: Bank, path: Path, tensors: dict[str, torch.Tensor]) -> None:
    """With the hash made right, as a stranger would."""
    save_file(tensors, path)
    said, digest = _said(bank), hashlib.sha256(path.read_bytes()).hexdigest()
    if path.name == THETA_PRE:
        said["theta_pre_sha256"] = digest
    for task in said["tasks"]:
        if path.name == f"{task['name']}.safetensors":
            task["sha256"] = digest
    _say(bank, said)


def test_a_prior_of_nan_is_refused(bank: Bank) -> None:
    basis = read_basis(bank)
    prior = plain_prior(basis, np.zeros((2, basis.columns), dtype=np.float16))
    prior.general[0] = np.nan
    save_prior(bank, prior)
    with pytest.raises(BankInvalid, match=f"{FILE} holds nan"):
        list(verify_bank(bank.folder))


def test_a_basis_whose_parts_do_not_fit_is_refused(bank: Bank) -> None:
    basis = plain_basis(bank)
    check_groups(basis, bank.blocks)
    group = basis.groups[0]
    wrong: list[dict[str, Any]] = [
        {"centre": group.centre[:-1]},
        {"scale": -group.scale},
        {"sources": ("elsewhere",)},
        {"columns": np.arange(len(group.centre)) + 1},
    ]
    for changes in wrong:
        odd = _with(group, changes)
        with pytest.raises(ValueError, match="group 'tasks'"):
            check_groups(_with(basis, {"groups": (odd,)}), bank.blocks)
    with pytest.raises(ValueError, match="level 'block 7'"):
        check_groups(_with(basis, {"levels": {"block 7": 4}}), bank.blocks)


def _with(value: Any, changes: dict[str, Any]) -> Any:
    from dataclasses import replace

    return replace(value, **changes)


def test_a_bank_that_names_weights_is_not_downloaded_unasked(bank: Bank, tmp_path: Path) -> None:
    said = _said(bank)
    said["backbone"] |= {"model": "ViT-B-16", "pretrained": "datacomp_xl_s13b_b90k", "vision": None}
    said["theta_pre_sha256"] = ""
    _say(bank, said)
    assert bank_facts(bank.folder).needs_download
    with pytest.raises((DownloadFailed, BankInvalid), match="Download them once|layer"):
        read_bank(bank.folder).theta_pre()
    said["backbone"]["model"] = "not-registered"
    _say(bank, said)
    with pytest.raises(InputInvalid, match="no model named 'not-registered'"):
        read_bank(bank.folder).layer_shapes()


def test_one_bad_bank_does_not_hide_the_others(tmp_path: Path) -> None:
    bundled, installed = tmp_path / "bundled", tmp_path / "banks"
    tiny_bank(bundled)
    tiny_bank(installed / "good")
    for number, text in enumerate(["[" * 50_000, '{"tasks": 5}', "", "\udcff"]):
        folder = installed / f"bad-{number}"
        folder.mkdir()
        (folder / MANIFEST).write_text(text, errors="surrogateescape")
    (installed / "a file").write_text("")
    (installed / "nothing").mkdir()
    if os.name == "posix":
        (installed / "loop").symlink_to("loop")
        (installed / "pipe").mkdir()
        os.mkfifo(installed / "pipe" / MANIFEST)
    found = banks_at_hand(bundled, installed)
    bad = [one for one in found if isinstance(one, BankInvalid)]
    assert len(bad) == 4 + (os.name == "posix")
    assert len(found) - len(bad) == 2


@posix
def test_an_installed_bank_holds_files_alone(bank: Bank, tmp_path: Path) -> None:
    """No pipe is waited for, no device copied, and what was checked is what was copied."""
    os.mkfifo(bank.folder / "pipe")
    (bank.folder / "endless").symlink_to("/dev/zero")
    (bank.folder / "CARD.md").write_text("about")
    for _ in install_bank(bank.folder, tmp_path / "banks"):
        pass
    there = {path.name for path in (tmp_path / "banks" / "bank").iterdir()}
    assert there == {MANIFEST, THETA_PRE, "light.safetensors", "sharp.safetensors", "CARD.md"}
    assert [path.name for path in (tmp_path / "banks").iterdir()] == ["bank"]


def test_manifests_are_checked_without_torch(bank: Bank) -> None:
    code = (
        "import sys; from pathlib import Path; from photoaes.jobs.banks import bank_facts\n"
        f"bank_facts(Path({str(bank.folder)!r}))\n"
        "print(set(sys.modules) & {'torch', 'open_clip', 'timm', 'safetensors'})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


ODD: tuple[object, ...] = (
    None, True, 0, -1, 1 << 70, 1.5, "", "\ud800", "a\nb", "x" * 5000, [], [[]], {}, {"": 1},
    [None] * 100, "hf-hub:a/b", "\x1b[31m",
)  # fmt: skip


def _mutated(said: Any, dice: random.Random) -> Any:
    """The same with one place, at any depth, replaced, removed, renamed or doubled."""
    places = list(_places(said))
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


def _places(said: Any) -> Any:
    items = said.items() if isinstance(said, dict) else enumerate(said)
    for key, value in list(items):
        yield said, key
        if isinstance(value, dict | list):
            yield from _places(value)


def test_mutated_manifests_are_read_or_refused(bank: Bank) -> None:
    said, dice = _said(bank), random.Random(15)
    said_so: list[str] = []
    for _ in range(400):
        _say(bank, _mutated(copy.deepcopy(said), dice))
        try:
            read_manifest(bank.folder)
            read_bank(bank.folder)
        except BankInvalid as error:
            said_so.append(str(error))
    assert len(said_so) > 200
    assert all(map(str.isprintable, said_so))


@pytest.mark.parametrize("seed", range(3))
def test_mutated_banks_are_verified_or_refused(bank: Bank, seed: int) -> None:
    said, dice = _said(bank), random.Random(seed)
    for _ in range(15):
        _say(bank, _mutated(copy.deepcopy(said), dice))
        try:
            for _event in verify_bank(bank.folder):
                pass
        except PhotoaesError:
            continue
