"""Banks by strangers, by their manifests: used or refused with a sentence, and nobody is asked."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from photoaes.model.bank.manifest import Bank
from photoaes.model.bank.schema import MANIFEST
from tests.model.strange_banks import (
    entries_of,
    refused,
    say,
    set_entry,
)

pytestmark = pytest.mark.usefixtures("no_network")

posix = pytest.mark.skipif(os.name != "posix", reason="links and pipes of POSIX")


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
    said = entries_of(bank)
    set_entry(said, place, value)
    say(bank, said)
    refused(bank.folder)


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, "[" * 100_000 + "]" * 100_000, "9" * 10_000, "NaN", '{"a":1,"a":2}', "\x00"],
)
def test_what_is_no_json_to_be_read_is_refused(bank: Bank, text: str) -> None:
    (bank.folder / MANIFEST).write_text(text)
    refused(bank.folder)


def test_a_manifest_in_other_bytes_or_of_a_megabyte_is_refused(bank: Bank) -> None:
    (bank.folder / MANIFEST).write_bytes(b"\xff\xfe{")
    refused(bank.folder)
    (bank.folder / MANIFEST).write_bytes(b" " * ((1 << 20) + 1))
    assert "larger than 1 MiB" in refused(bank.folder)


@posix
def test_what_is_no_file_is_not_waited_for(bank: Bank) -> None:
    path = bank.folder / MANIFEST
    path.unlink()
    os.mkfifo(path)
    assert "not a file" in refused(bank.folder)
    path.unlink()
    path.symlink_to("/dev/zero")
    assert "not a file" in refused(bank.folder)
    path.unlink()
    path.symlink_to(path)
    refused(bank.folder)


def test_manifests_are_checked_without_torch(bank: Bank) -> None:
    code = (
        "import sys; from pathlib import Path; from photoaes.jobs.banks import bank_facts\n"
        f"bank_facts(Path({str(bank.folder)!r}))\n"
        "print(set(sys.modules) & {'torch', 'open_clip', 'timm', 'safetensors'})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
