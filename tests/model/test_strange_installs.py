"""Banks by strangers, to be installed: used or refused with a sentence, and nobody is asked."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from photoaes.cli import main as run
from photoaes.errors import BankInvalid, DownloadFailed, InputInvalid
from photoaes.jobs.banks import bank_facts, banks_at_hand, install_bank
from photoaes.model.bank.manifest import THETA_PRE, Bank, read_bank
from photoaes.model.bank.packs import find_bank
from photoaes.model.bank.schema import MANIFEST
from tests.model.strange_banks import entries_of, say
from tests.tiny import tiny_bank

pytestmark = pytest.mark.usefixtures("no_network")

posix = pytest.mark.skipif(os.name != "posix", reason="links and pipes of POSIX")


def test_a_bank_that_names_weights_is_not_downloaded_unasked(bank: Bank, tmp_path: Path) -> None:
    said = entries_of(bank)
    said["backbone"] |= {"model": "ViT-B-16", "pretrained": "datacomp_xl_s13b_b90k", "vision": None}
    said["theta_pre_sha256"] = ""
    say(bank, said)
    assert bank_facts(bank.folder).needs_download
    with pytest.raises((DownloadFailed, BankInvalid), match="Download them once|layer"):
        read_bank(bank.folder).theta_pre()
    said["backbone"]["model"] = "not-registered"
    say(bank, said)
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


@posix
def test_a_manifest_that_is_a_pipe_is_told_by_whoever_is_given_it(
    bank: Bank, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (bank.folder / MANIFEST).unlink()
    os.mkfifo(bank.folder / MANIFEST)
    for command in (["bank", "verify"], ["bank", "info"], ["bank", "install"]):
        assert run([*command, str(bank.folder)]) == 1
        assert f"{MANIFEST}: it is not a file" in capsys.readouterr().err
    with pytest.raises(BankInvalid, match="it is not a file"):
        find_bank(str(bank.folder), tmp_path / "bundled", tmp_path / "banks")
