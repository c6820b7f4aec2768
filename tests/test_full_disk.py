"""With no room left all that was said can be read, and what cannot be kept is said."""

import json
import os
from pathlib import Path

import pytest

from photoaes.__main__ import main
from photoaes.album.photo import Walked, walk
from tests.full_disks import run_without_room
from tests.photo_files import smooth
from tests.tiny import tiny_bank

pytestmark = pytest.mark.skipif(os.name != "posix", reason="limits are of POSIX")


@pytest.fixture
def album(tmp_path: Path) -> Path:
    folder = tmp_path / "album"
    folder.mkdir()
    for number in range(4):
        smooth((64 + number, 48)).save(folder / f"{number}.jpg")
    return folder


@pytest.fixture
def home(tmp_path: Path, album: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """With an album that was rated and ranked while there was room."""
    home = tmp_path / "home"
    monkeypatch.setenv("PHOTOAES_HOME", str(home))
    bank = tmp_path / "bank"
    bank.mkdir()
    tiny_bank(bank)
    for number, stars in enumerate("5142"):
        assert main(["rate", str(album / f"{number}.jpg"), "--stars", stars]) == 0
    ranked = ["rank", str(album), "--bank", str(bank), "--save", "me", "--anyway", "--quiet"]
    assert main(ranked) == 0
    return home


def test_stars_and_rankings_are_read(home: Path, album: Path, tmp_path: Path) -> None:
    scanned = run_without_room(home, "scan", album)
    assert scanned.returncode == 0, scanned.stderr
    assert "4 unchanged" in scanned.stdout
    bank = tmp_path / "bank"
    by_name = run_without_room(home, "rank", album, "--bank", bank, "--profile", "me", "--json")
    assert by_name.returncode == 0, by_name.stderr
    ranked = json.loads(by_name.stdout)["photos"]
    assert sorted(one["rating"] for one in ranked) == [1, 2, 4, 5]
    anew = run_without_room(home, "rank", album, "--bank", bank, "--json")
    assert anew.returncode == 0, anew.stderr
    assert len(json.loads(anew.stdout)["photos"]) == 4


def test_a_star_that_is_not_kept_is_said_and_the_others_stay(home: Path, album: Path) -> None:
    refused = run_without_room(home, "rate", album / "0.jpg", "--stars", "3")
    assert refused.returncode == 1
    assert "was not saved" in refused.stderr
    assert "Traceback" not in refused.stderr
    kept = run_without_room(home, "rank", album, "--profile", "me", "--bank", "x", "--json")
    assert "Traceback" not in kept.stderr
    assert main(["ratings", "export", str(album), "--csv", str(home / "t.csv")]) == 0
    assert "0.jpg,5" in (home / "t.csv").read_text()


def test_an_export_that_finds_no_room_says_what_is_there(
    home: Path, album: Path, tmp_path: Path
) -> None:
    # Room for the copies, none for the receipt behind them.
    most = max(one.stat().st_size for one in album.iterdir())
    command = ["export", album, tmp_path / "best", "--profile", "me", "--top", "4"]
    stopped = run_without_room(home, *command, most=most)
    assert stopped.returncode == 1
    assert "4 of 4 files are in" in stopped.stderr
    assert "without a receipt" in stopped.stderr
    assert sorted(one.suffix for one in (tmp_path / "best").iterdir()) == [".jpg"] * 4


def test_copies_beside_their_originals_are_not_ranked(
    home: Path, album: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        capsys.readouterr()
        assert main(["export", str(album), str(album), "--profile", "me", "--top", "2"]) == 0
        assert "inside the album" in capsys.readouterr().out
    met = Walked()
    assert [photo.path.name for part in walk(album, met) for photo in part] == [
        f"{number}.jpg" for number in range(4)
    ]
    assert met.left_out.counts["exported"] == 4


def test_a_folder_of_copies_is_an_album_where_it_is_opened(
    home: Path, album: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["export", str(album), str(tmp_path / "best"), "--profile", "me", "--top", "2"]
    assert main(command) == 0
    assert "receipt: " in capsys.readouterr().out
    assert main(command) == 0
    said = capsys.readouterr().out
    assert "photoaes-export-2.json" in said
    assert "earlier exports stay" in said
    assert len([photo for part in walk(tmp_path / "best") for photo in part]) == 4
