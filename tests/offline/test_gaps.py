"""Photos that are absent or damaged: left out and listed up to a limit, and nothing is lost."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from photoaes.cli import main
from photoaes.errors import InputInvalid
from photoaes.offline.databases.gaps import Limit, read_limit
from photoaes.offline.experts import decoding
from photoaes.offline.experts.decoding import decode, decode_into, pixels_file
from photoaes.offline.experts.student import save_student
from tests.tiny import SPEC, tiny_bank

SIDE = SPEC.preprocessing.crop
ROW = SIDE * SIDE * 3


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    """Thirty, of which the fourth is damaged and the last is not there."""
    paths = [tmp_path / f"{number:02}.jpg" for number in range(30)]
    for number, path in enumerate(paths[:-1]):
        Image.new("RGB", (50, 40), (number * 8, 0, 0)).save(path)
    paths[3].write_bytes(paths[3].read_bytes()[:40])
    return paths


def test_what_cannot_be_read_is_left_out_with_the_reason(photos: list[Path]) -> None:
    found = decode(photos, SPEC.preprocessing, Limit(count=2))
    assert np.flatnonzero(~found.kept).tolist() == [3, 29]
    assert [gap.path.name for gap in found.gaps] == ["03.jpg", "29.jpg"]
    assert found.gaps[1].why == "it is not there"
    assert found.readable().shape == (28, SIDE, SIDE, 3)


@pytest.mark.parametrize("limit", [Limit(count=1), Limit(share=0.05)])
def test_more_than_the_limit_is_refused(photos: list[Path], limit: Limit) -> None:
    with pytest.raises(InputInvalid, match=r"2 of 30 photos .*03\.jpg.*--missing-at-most"):
        decode(photos, SPEC.preprocessing, limit)


def test_a_refused_run_keeps_what_it_decoded(photos: list[Path], tmp_path: Path) -> None:
    folder = tmp_path / "work"
    with pytest.raises(InputInvalid):
        decode_into(folder, photos, SPEC.preprocessing)
    path = pixels_file(folder, photos, SPEC.preprocessing)
    assert path.with_suffix(".partial").stat().st_size > 30 * ROW
    told: list[int] = []
    found = decode_into(
        folder, photos, SPEC.preprocessing, Limit(count=2), said=lambda done, _: told.append(done)
    )
    assert told == []  # nothing was left to do
    np.testing.assert_array_equal(
        found.readable(), decode(photos, SPEC.preprocessing, Limit(count=2)).readable()
    )
    assert len(found.gaps) == 2


@pytest.mark.parametrize("cut", [0, 5, ROW // 2, 7 * ROW + 11, 29 * ROW])
def test_a_run_cut_anywhere_goes_on_behind_the_last_whole_photo(
    photos: list[Path], tmp_path: Path, cut: int
) -> None:
    folder = tmp_path / "work"
    whole = decode_into(folder, photos, SPEC.preprocessing, Limit(count=2))
    path = pixels_file(folder, photos, SPEC.preprocessing)
    path.with_suffix(".partial").write_bytes(path.read_bytes()[:cut])
    path.unlink()
    again = decode_into(folder, photos, SPEC.preprocessing, Limit(count=2))
    np.testing.assert_array_equal(again.pixels, whole.pixels)
    assert again.gaps == whole.gaps


def test_a_wrong_folder_is_refused_before_all_of_it_is_tried(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.jpg" for number in range(300)]
    with pytest.raises(InputInvalid, match=f"{decoding.TRIED + 1} of 300"):
        decode(paths, SPEC.preprocessing)


@pytest.mark.parametrize("text", ["-1", "x", "101%", "1.5", "%"])
def test_a_limit_is_a_number_or_a_percentage(text: str) -> None:
    with pytest.raises(ValueError, match="neither a number nor a percentage"):
        read_limit(text)
    assert read_limit("2%").allowed(149) == 2
    assert read_limit("7").allowed(3) == 7


def test_an_evaluation_goes_on_without_them(tmp_path: Path, photos: list[Path]) -> None:
    tiny_bank(tmp_path / "bank")
    rows = [f"{who},{path.name},{n % 5 + 1}" for who in "ab" for n, path in enumerate(photos)]
    (tmp_path / "ratings.csv").write_text("\n".join(["rater,image,score", *rows]))
    command = ["evaluate", "--images", str(tmp_path), "--ratings", str(tmp_path / "ratings.csv")]
    command += ["--bank", str(tmp_path / "bank"), "--shots", "5", "--trials", "1", "--device"]
    command += ["cpu", "--methods", "K=0", "linear:steps=1", "--results", str(tmp_path / "r.csv")]
    assert main(command) == 1
    for extra in ([], ["--cache", str(tmp_path / "cache")]):
        (tmp_path / "r.csv").unlink(missing_ok=True)
        assert main([*command, "--missing-at-most", "2", *extra]) == 0
        with (tmp_path / "r.skipped.csv").open(newline="") as file:
            assert [Path(row["photo"]).name for row in csv.DictReader(file)] == ["03.jpg", "29.jpg"]
        assert len((tmp_path / "r.csv").read_text().splitlines()) == 5


def test_training_goes_on_without_them(tmp_path: Path, photos: list[Path]) -> None:
    save_student(tmp_path / "student", SPEC, SPEC.build().state_dict())
    rows = [f"{path.name},{n % 5 + 1}" for n, path in enumerate(photos)]
    (tmp_path / "scores.csv").write_text("\n".join(["image,score", *rows]))
    command = ["bank", "train", str(tmp_path / "bank"), "--task", "t", "--images", str(tmp_path)]
    command += ["--scores", str(tmp_path / "scores.csv"), "--scale", "1", "5", "--student"]
    command += [str(tmp_path / "student"), "--head-steps", "2", "--steps", "1", "--device", "cpu"]
    assert main(command) == 1
    assert main([*command, "--missing-at-most", "10%"]) == 0
    with (tmp_path / "bank.work/t/skipped.csv").open(newline="") as file:
        assert len(list(csv.DictReader(file))) == 2
