"""The main job as a person runs it: open the folder, rate a few, see the order, export the best."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from photoaes.album.store.profiles import load_profile
from photoaes.cli import main
from photoaes.cli.opened import opened_memory
from photoaes.cli.progress import Meter

REDS = (10, 200, 120, 60, 250, 160)


@pytest.fixture
def album(tmp_path: Path) -> Path:
    folder = tmp_path / "album"
    (folder / "day 2").mkdir(parents=True)
    for number, red in enumerate(REDS):
        name = f"day 2/IMG_{number}.jpg" if number % 2 else f"IMG_{number}.jpg"
        Image.new("RGB", (90, 60), (red, 80, 255 - red)).save(folder / name)
    return folder


@pytest.fixture
def ratings(album: Path, tmp_path: Path) -> Path:
    path = tmp_path / "ratings.csv"
    path.write_text("path,stars\nIMG_0.jpg,1\nday 2/IMG_1.jpg,5\nIMG_2.jpg,3\nIMG_4.jpg,5\n")
    return path


def _hashes(folder: Path) -> dict[str, str]:
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest() + str(path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_from_a_folder_and_four_ratings_to_the_best_two(
    album: Path, ratings: Path, bank: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = _hashes(album)
    best, table = tmp_path / "best", tmp_path / "ranking.csv"
    arguments = ["rank", str(album), "--ratings", str(ratings), "--bank", bank, "--top", "2"]
    assert main([*arguments, "--out", str(table), "--export", str(best)]) == 0
    with table.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["rank"] for row in rows] == ["1", "2", "3", "4", "5", "6"]
    assert [row["kept"] for row in rows] == ["1", "1", "0", "0", "0", "0"]
    assert float(rows[0]["score"]) >= float(rows[1]["score"])
    copies = sorted(best.glob("*.jpg"))
    assert [copy.name[:5] for copy in copies] == ["0001_", "0002_"]
    assert json.loads((best / "photoaes-export.json").read_text())["rated"] == 4
    assert copies[0].read_bytes() == Path(rows[0]["path"]).read_bytes()
    assert _hashes(album) == before
    streams = capsys.readouterr()
    assert "Looking at photos: 6 of 6" in streams.err
    assert "2 photos copied" in streams.out


def test_the_papers_method_fits_the_coefficients_themselves(
    album: Path, ratings: Path, bank: str, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["rank", str(album), "--ratings", str(ratings), "--bank", bank, "--json"]
    found = []
    for method in ("paper", "taste"):
        assert main([*arguments, "--method", method]) == 0
        streams = capsys.readouterr()
        assert ("Learning: 500 of 500" in streams.err) == (method == "paper")
        found.append(json.loads(streams.out))
    assert found[0]["coefficients"].keys() == found[1]["coefficients"].keys()
    assert found[0]["coefficients"] != found[1]["coefficients"]


def test_json_says_all_that_is_needed_to_do_it_again(
    album: Path, ratings: Path, bank: str, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["rank", str(album), "--ratings", str(ratings), "--bank", bank, "--json"]
    found = []
    for seed in ("7", "7"):
        assert main([*arguments, "--seed", seed, "--quiet"]) == 0
        found.append(json.loads(capsys.readouterr().out))
    first, again = found
    assert first["photos"] == again["photos"]
    assert first["coefficients"] == again["coefficients"]
    assert first["seed"] == 7
    assert first["rated"] == 4
    assert len(first["bank"]["digest"]) == 64
    assert set(first["coefficients"]) == {"light", "sharp"}
    assert [photo["rank"] for photo in first["photos"]] == [1, 2, 3, 4, 5, 6]
    assert {photo["rating"] for photo in first["photos"]} == {None, 1, 3, 5}


def test_without_ratings_the_order_is_general_and_says_so(
    album: Path, bank: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rank", str(album), "--bank", bank]) == 0
    streams = capsys.readouterr()
    assert "the order is general, not yours" in streams.err
    assert len(streams.out.splitlines()) == 6


def test_an_album_of_one_photo(album: Path, bank: str, tmp_path: Path) -> None:
    table = tmp_path / "r.csv"
    for path in list(album.rglob("*.jpg"))[1:]:
        path.unlink()
    assert main(["rank", str(album), "--bank", bank, "--out", str(table)]) == 0
    assert len(table.read_text().splitlines()) == 2


def test_bad_photos_are_listed_and_the_others_ranked(
    album: Path, ratings: Path, bank: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (album / "empty.jpg").write_bytes(b"")
    (album / "IMG_2.jpg").write_bytes(b"no photo at all")  # it is a rated one, too
    assert main(["rank", str(album), "--ratings", str(ratings), "--bank", bank, "--json"]) == 0
    streams = capsys.readouterr()
    found = json.loads(streams.out)
    assert len(found["photos"]) == 5
    assert sorted(Path(p["path"]).name for p in found["unreadable"]) == ["IMG_2.jpg", "empty.jpg"]
    assert "teaches nothing" in streams.err
    assert found["rated"] == 3


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"folder": "nowhere"}, "There is no folder"),
        ({"ratings": "nowhere.csv"}, "cannot be read"),
        ({"bank": "nowhere"}, "There is no bank 'nowhere'"),
        ({"device": "abacus"}, "There is no device 'abacus'"),
        ({"out": "ranking.txt"}, "must end in .csv or .json"),
        ({"out": "nowhere/ranking.csv"}, "There is no folder nowhere for --out"),
        ({"folder": __file__}, "is a file, no folder"),
    ],
)
def test_wrong_input_gets_a_sentence_and_exit_code_1(
    album: Path,
    ratings: Path,
    bank: str,
    change: dict[str, str],
    sentence: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    given = {"ratings": str(ratings), "bank": bank, "device": "cpu"} | change
    folder = given.pop("folder", str(album))
    options = [part for name, value in given.items() for part in (f"--{name}", value)]
    assert main(["rank", folder, *options]) == 1
    streams = capsys.readouterr()
    assert sentence in streams.err
    assert "Traceback" not in streams.err


def test_an_album_without_photos_is_said(
    tmp_path: Path, bank: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    assert main(["rank", str(tmp_path / "empty"), "--bank", bank]) == 1
    assert "There are no photos in" in capsys.readouterr().err


def test_ratings_of_one_value_are_refused_before_anything_is_written(
    album: Path, bank: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    same = tmp_path / "same.csv"
    same.write_text("path,stars\nIMG_0.jpg,4\nIMG_2.jpg,4\n")
    out = tmp_path / "ranking.csv"
    command = ["rank", str(album), "--ratings", str(same), "--bank", bank, "--out", str(out)]
    assert main(command) == 1
    assert "Use at least two different values" in capsys.readouterr().err
    assert not out.exists()


def test_stars_of_photos_elsewhere_are_told(
    album: Path, ratings: Path, bank: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere = tmp_path / "elsewhere.jpg"
    Image.new("RGB", (9, 6)).save(elsewhere)
    with ratings.open("a") as table:
        table.write(f"{elsewhere},2\n")
    command = ["rank", str(album), "--ratings", str(ratings), "--bank", bank, "--json"]
    assert main(command) == 0
    streams = capsys.readouterr()
    assert "1 of the rated photos are not in this album and teach nothing" in streams.err
    assert json.loads(streams.out)["rated"] == 4
    for rows, sentence in (
        (f"{elsewhere},2\n", "Not one of the rated photos is in this album"),
        ("IMG_0.jpg,2\n", "Only one photo of this album is rated"),
    ):
        ratings.write_text(f"path,stars\n{rows}")
        assert main(command) == 1
        assert sentence in capsys.readouterr().err


def test_what_could_not_be_saved_is_refused_before_a_photo_is_looked_at(
    album: Path, ratings: Path, bank: str, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["rank", str(album), "--bank", bank, "--save", "Me", "--anyway"]
    assert main(command) == 1
    said = capsys.readouterr().err
    assert "there is no taste to save" in said
    assert "Looking at photos" not in said
    assert main([*command, "--ratings", str(ratings)]) == 0
    Image.new("RGB", (90, 60)).save(album / "new.jpg")
    capsys.readouterr()
    assert main([*command, "--ratings", str(ratings)]) == 1
    said = capsys.readouterr().err
    assert "There is a taste profile 'Me' already" in said
    assert "Looking at photos" not in said
    assert main(["rank", str(album), "--profile", "Me", "--method", "paper"]) == 1
    assert "leave out --method" in capsys.readouterr().err


def test_few_stars_lean_the_order_and_are_told_to_be_few(
    album: Path, ratings: Path, bank: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is kept under a name is what ranked, no more of a taste than the stars support."""
    command = ["rank", str(album), "--bank", bank, "--ratings", str(ratings), "--json"]
    assert main([*command, "--save", "Me"]) == 0
    printed = capsys.readouterr()
    assert "Cannot tell yet whether this is your taste" in printed.err
    ranked = json.loads(printed.out)["photos"]
    with opened_memory(Meter(quiet=True)) as memory:
        figures = load_profile(memory.store, "Me").agreement
    assert figures["by_chance"] > 0.04
    assert main(["rank", str(album), "--bank", bank, "--profile", "Me", "--json"]) == 0
    again = json.loads(capsys.readouterr().out)["photos"]
    scores = {one["path"]: one["score"] for one in ranked}
    assert {one["path"]: one["score"] for one in again} == pytest.approx(scores, abs=1e-4)


@pytest.mark.parametrize(
    "options", [["--top", "0"], ["--top", "1.5"], ["--percent", "101"], ["--percent", "x"]]
)
def test_a_wrong_option_exits_with_2(
    album: Path, options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["rank", str(album), *options])
    assert stopped.value.code == 2
    assert f"argument {options[0]}: must be a" in capsys.readouterr().err


def test_help_imports_neither_torch_nor_qt() -> None:
    code = (
        "import sys, contextlib, io\n"
        "from photoaes.cli import main\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):\n"
        "    main(['rank', '--help'])\n"
        "print([m for m in ('torch', 'PySide6', 'open_clip', 'scipy') if m in sys.modules])\n"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ
    )
    assert found.stdout.strip() == "[]"
