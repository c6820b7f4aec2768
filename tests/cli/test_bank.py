"""Banks from the shell: installed, listed, checked, removed."""

from __future__ import annotations

from pathlib import Path

import pytest

from photoaes.cli import main
from tests.tiny import tiny_bank


@pytest.fixture
def made(tmp_path: Path) -> Path:
    folder = tmp_path / "mine"
    tiny_bank(folder)
    return folder


def _said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    value = main(["bank", *words])
    told = capsys.readouterr()
    return value, told.out + told.err


def test_installed_listed_checked_and_removed(
    made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _said(capsys, "install", str(made))[0] == 0
    value, text = _said(capsys, "list")
    assert value == 0
    assert "mine: Tiny bank, 2 tasks" in text
    assert "starter-bank" in text
    value, text = _said(capsys, "info", "mine")
    assert "light: light against not" in text
    assert _said(capsys, "verify", "mine")[0] == 0
    value, text = _said(capsys, "install", str(made))
    assert value == 1
    assert "installed already" in text
    assert _said(capsys, "remove", "mine")[0] == 0
    assert "mine" not in _said(capsys, "list")[1]


def test_a_damaged_bank_is_found_out(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = made / "light.safetensors"
    data = bytearray(file.read_bytes())
    data[-1] ^= 1
    file.write_bytes(bytes(data))
    value, text = _said(capsys, "verify", str(made))
    assert value == 1
    assert "light.safetensors is damaged" in text
    value, text = _said(capsys, "install", str(made))
    assert value == 1
    assert "mine" not in _said(capsys, "list")[1]


@pytest.mark.parametrize("name", ["nothing", "../mine", ""])
def test_only_what_is_installed_is_removed(
    made: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    value, text = _said(capsys, "remove", name)
    assert value == 1
    assert "is installed in" in text
    assert (made / "bank.json").is_file()


def test_a_file_that_is_not_the_authors_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    value, text = _said(capsys, "import", "paper", str(tmp_path / "model.pth"))
    assert value == 1
    assert "model.pth is none of the authors' files" in text
