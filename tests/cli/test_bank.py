"""Banks from the shell: installed, listed, checked, removed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from photoaes.cli import main
from photoaes.model.bank.manifest import read_bank
from photoaes.model.taste.basis import read_basis
from photoaes.model.taste.prior import plain_prior, read_prior, save_prior
from photoaes.settings import banks_folder
from tests.tiny import tiny_bank


@pytest.fixture
def made(tmp_path: Path) -> Path:
    folder = tmp_path / "mine"
    bank = tiny_bank(folder)
    basis = read_basis(bank)
    save_prior(bank, plain_prior(basis, np.zeros((2, basis.columns), dtype=np.float16)))
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
    assert _said(capsys, "info", "starter-bank") == _said(capsys, "info")
    assert "is not a bank: it has no bank.json" in _said(capsys, "install", str(made.parent))[1]
    assert _said(capsys, "remove", "mine")[0] == 0
    assert "mine" not in _said(capsys, "list")[1]


def test_what_a_killed_install_left_is_no_bank(
    made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(made, banks_folder() / ".mine.partial")
    assert "Tiny bank" not in _said(capsys, "list")[1]
    assert main(["doctor"]) == 0
    assert "Tiny bank" not in capsys.readouterr().out


@pytest.mark.parametrize(
    "name", ["light.safetensors", "theta_pre.safetensors", "prior.safetensors"]
)
def test_a_damaged_bank_is_found_out(
    made: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = made / name
    data = bytearray(file.read_bytes())
    data[-1] ^= 1
    file.write_bytes(bytes(data))
    for action in ("verify", "install"):
        value, text = _said(capsys, action, str(made))
        assert value == 1
        assert f"{name} is damaged" in text
    assert "mine" not in _said(capsys, "list")[1]


def test_an_installed_bank_brings_its_prior_and_an_older_one_is_told(
    made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _said(capsys, "install", str(made))
    _, text = _said(capsys, "verify", "mine")
    assert "all files are as the manifest says" in text
    installed = banks_folder() / "mine"
    assert read_bank(installed).prior_sha256 == read_bank(made).prior_sha256 != ""
    bank = read_bank(installed)
    assert read_prior(bank, read_basis(bank)) is not None
    manifest = json.loads((made / "bank.json").read_text())
    del manifest["prior_sha256"]
    (made / "bank.json").write_text(json.dumps(manifest))
    value, text = _said(capsys, "verify", str(made))
    assert value == 0
    assert "prior.safetensors has no sha256 in bank.json" in text


def test_a_damaged_prior_is_told_before_a_photo_is_looked_at(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (made / "prior.safetensors").write_bytes(b"nothing")
    (tmp_path / "album").mkdir()
    Image.new("RGB", (40, 40), "red").save(tmp_path / "album" / "red.png")
    assert main(["rank", str(tmp_path / "album"), "--bank", str(made)]) == 1
    said = capsys.readouterr().err
    assert "prior.safetensors is damaged" in said
    assert "Looking at photos" not in said


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


def test_a_bank_without_ratings_gets_its_experts_mean_for_a_prior(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bank = tiny_bank(tmp_path / "bank")
    rng = np.random.default_rng(0)
    photos = tmp_path / "photos"
    photos.mkdir()
    for number in range(12):
        pixels = rng.integers(0, 256, (40, 60, 3)).astype(np.uint8)
        Image.fromarray(pixels).save(photos / f"{number}.png")
    value, text = _said(capsys, "prior", str(bank.folder), "--photos", str(photos))
    assert value == 0
    assert "2 experts, 12 photos. The general score orders these photos as the mean" in text
    changed = read_bank(bank.folder)
    assert read_prior(changed, read_basis(changed)) is not None
    assert _said(capsys, "verify", str(bank.folder))[0] == 0
    value, text = _said(capsys, "prior", str(bank.folder), "--images", str(photos))
    assert value == 1
    assert "Name --images and --ratings, or --photos alone." in text
    for path in sorted(photos.iterdir())[5:]:
        path.unlink()
    value, text = _said(capsys, "prior", str(bank.folder), "--photos", str(photos))
    assert value == 1
    assert (
        "A prior wants experts and 8 photos or more, the more the better; there are 2 and 5."
        in text
    )
