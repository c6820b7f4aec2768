"""Scores for scripts: what comes out is what the program itself ranks by."""

from __future__ import annotations

import csv
import doctest
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

import photoaes
from photoaes.cli import main
from photoaes.errors import BankInvalid, InputInvalid, PhotoaesError
from photoaes.settings import sample_album_folder
from tests.tiny import tiny_bank

PHOTOS = sorted(sample_album_folder().rglob("*.JPG"))[:10]


@pytest.fixture(scope="module")
def bank() -> photoaes.OpenBank:
    return photoaes.open_bank(device="cpu")


def _album(folder: Path) -> Path:
    folder.mkdir()
    for photo in PHOTOS:
        (folder / photo.name).write_bytes(photo.read_bytes())
    return folder


def _ranked(album: Path, *options: str) -> dict[str, float]:
    out = album.parent / "ranking.csv"
    assert main(["rank", str(album), "--quiet", "--out", str(out), *options]) == 0
    with out.open(newline="") as file:
        return {Path(row["path"]).name: float(row["score"]) for row in csv.DictReader(file)}


def test_importing_the_package_is_light() -> None:
    said = "import sys, photoaes; assert 'score' in dir(photoaes); print({'numpy', 'torch'} & set("
    command = [sys.executable, "-c", said + "sys.modules))"]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "set()\n"
    with pytest.raises(AttributeError, match="no attribute 'scores'"):
        _ = photoaes.scores  # type: ignore[attr-defined]


def test_general_stars_are_those_of_the_ranking(bank: photoaes.OpenBank, tmp_path: Path) -> None:
    ranked = _ranked(_album(tmp_path / "album"))
    found = photoaes.score(PHOTOS, bank)
    assert found.problems == ("",) * len(PHOTOS)
    assert found.embeddings.shape == (len(PHOTOS), 192)
    # Features are measured and kept in half precision, a merged model scores in single.
    assert found.stars.tolist() == pytest.approx([ranked[p.name] for p in PHOTOS], abs=0.05)


def test_a_profile_scores_as_it_ranks(bank: photoaes.OpenBank, tmp_path: Path) -> None:
    album, file = _album(tmp_path / "album"), tmp_path / "me.json"
    for number, photo in enumerate(PHOTOS[:6]):
        assert main(["rate", str(album / photo.name), "--stars", str(1 + number % 5)]) == 0
    ranked = _ranked(album, "--anyway", "--save", "Me")
    assert main(["profile", "export", "Me", str(file)]) == 0
    found = photoaes.score(PHOTOS, bank, file)
    assert found.stars.tolist() == pytest.approx([ranked[p.name] for p in PHOTOS], abs=0.05)
    general = photoaes.score(PHOTOS, bank)
    assert np.abs(found.stars - general.stars).max() > 0.1


def test_every_form_of_an_image_has_the_same_stars(bank: photoaes.OpenBank) -> None:
    path = PHOTOS[0]
    with Image.open(path) as opened:
        upright = np.asarray(opened.convert("RGB"))
        found = photoaes.score([path, str(path), path.read_bytes(), opened, upright], bank)
    by_path, by_text, by_bytes, by_image, by_array = found.stars.tolist()
    assert [by_text, by_bytes] == pytest.approx([by_path, by_path], abs=1e-4)
    # A JPEG that somebody else decoded was not halved while decoding.
    assert by_image == pytest.approx(by_path, abs=0.05)
    assert by_array == pytest.approx(by_image, abs=1e-4)


def test_what_is_no_image_has_a_problem_and_stops_nothing(
    bank: photoaes.OpenBank, tmp_path: Path
) -> None:
    given: list[Any] = [
        b"",
        b"no photo",
        tmp_path / "gone.jpg",
        np.zeros((4, 4), np.uint8),
        PHOTOS[0],
    ]
    found = photoaes.score(given, bank)
    assert np.isnan(found.stars[:4]).all()
    assert found.stars[4] > 0
    assert found.problems[0] == "image 0: the file is empty."
    assert found.problems[1].startswith("image 1: it is not an image")
    assert "gone.jpg" in found.problems[2]
    assert "[height, width, 3] of uint8" in found.problems[3]
    assert not found.embeddings[:4].any()
    assert photoaes.score([], bank).stars.shape == (0,)


def test_neither_a_batch_nor_its_neighbours_change_a_score(bank: photoaes.OpenBank) -> None:
    together = photoaes.score(PHOTOS, bank).stars
    with ThreadPoolExecutor(3) as pool:
        alone = list(pool.map(lambda p: photoaes.score([p], bank).stars[0], PHOTOS))
    assert together.tolist() == pytest.approx(alone, abs=1e-4)


def test_nothing_is_kept(bank: photoaes.OpenBank, tmp_path: Path) -> None:
    photoaes.score(PHOTOS[:2], bank)
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_used_is_told_in_a_sentence(bank: photoaes.OpenBank, tmp_path: Path) -> None:
    with pytest.raises(BankInvalid, match="There is no bank 'none'"):
        photoaes.open_bank("none")
    with pytest.raises(InputInvalid, match="There is no device 'tpu'"):
        photoaes.open_bank(device="tpu")
    tiny_bank(tmp_path / "tiny")
    with pytest.raises(BankInvalid, match="has no general score of its own"):
        photoaes.score(PHOTOS[:1], photoaes.open_bank(tmp_path / "tiny", "cpu"))
    (tmp_path / "no profile").write_text("{}")
    with pytest.raises(PhotoaesError, match="is no taste profile to be used"):
        photoaes.score(PHOTOS[:1], bank, tmp_path / "no profile")


def test_the_examples_of_the_page_work(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for photo, name in zip(PHOTOS, ("a.jpg", "b.jpg", "c.jpg"), strict=False):
        (tmp_path / name).write_bytes(photo.read_bytes())
    monkeypatch.chdir(tmp_path)
    page = Path(photoaes.__file__).with_name("SCRIPTS.md")
    failed, tried = doctest.testfile(str(page), module_relative=False)
    assert (failed, tried > 8) == (0, True)
