"""Options that fit no album, and a system without room: a sentence each, and an exit value."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from photoaes.album.export.names import NAME_BYTES, check_template, file_name
from photoaes.album.photo import scan
from photoaes.album.ranking import RankedPhoto
from photoaes.album.store.clocks import parse_duration
from photoaes.album.store.opening import open_store
from photoaes.album.store.profiles import check_name
from photoaes.cli import main
from photoaes.errors import InputInvalid
from tests.album.pictures import shot
from tests.cli.test_border import _run

posix = pytest.mark.skipif(os.name != "posix", reason="limits of POSIX")


@pytest.fixture
def album(tmp_path: Path) -> Path:
    (tmp_path / "album").mkdir()
    for number in range(3):
        shot(tmp_path / "album" / f"{number}.jpg", number)
    return tmp_path / "album"


@pytest.mark.parametrize("text", ["9" * 30 + "h", "9" * 400 + "d", "1:" + "9" * 500, "1e400s"])
def test_spans_of_time_that_no_clock_is_wrong_by(text: str) -> None:
    with pytest.raises(InputInvalid):
        parse_duration(text)
    assert parse_duration("-100d") == -8_640_000


@pytest.mark.parametrize(
    "template",
    ["{rank:09999999999}", "{score:.999999999f}", "{name:>1000}", "{rank:{rank}}", "{stem:256}"],
)
def test_names_that_would_be_without_end(template: str) -> None:
    with pytest.raises(InputInvalid):
        check_template(template)


def test_names_are_cut_however_long_they_are(tmp_path: Path) -> None:
    photo = RankedPhoto(tmp_path / ("\xe4" * 120 + ".jpg"), 1, 5.0, 3.9999999999999996, None)
    name = file_name("{stars}_{name}" * 5_000, photo, ".jpg")
    assert name.startswith("4.0_\xe4")
    assert len(name.encode()) <= NAME_BYTES


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["rank", "{album}", "--save", ""], "--save wants a name"),
        (["rank", "{album}", "--profile", " "], "--profile wants the name"),
        (["settle", "{album}/gone.jpg"], "There is no photo or folder"),
        (["clock", "{album}", "K1", "--late", "9" * 99 + "h"], "No camera's clock"),
    ],
)
def test_what_cannot_be_meant_is_told(
    album: Path, arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([one.format(album=album) for one in arguments]) == 1
    assert told in capsys.readouterr().err


@pytest.mark.parametrize("stars", ["6", "nan", "-1", "inf", "x"])
def test_limits_of_stars_are_stars(
    album: Path, stars: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["rank", str(album), "--min-stars", stars])
    assert ended.value.code == 2
    assert "from 0 to 5" in capsys.readouterr().err


def test_a_label_is_a_word_or_some(album: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["rate", str(album / "0.jpg"), "--label", "x" * 201])
    assert "at most 200 letters" in capsys.readouterr().err


def test_a_rank_of_which_nothing_is_kept_says_so(
    album: Path, bank: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rank", str(album), "--bank", bank, "--min-stars", "5", "--quiet"]) == 0
    assert "no photo meets all limits" in capsys.readouterr().err


@posix
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["rank", "--help"]])
@pytest.mark.parametrize("unbuffered", [None, "1"])
def test_help_that_does_not_fit(arguments: list[str], unbuffered: str | None) -> None:
    done = _run(*arguments, shell='exec "$@" >/dev/full', PYTHONUNBUFFERED=unbuffered)
    assert done.returncode == 1
    assert done.stderr.startswith(b"photoaes: ")
    assert done.stderr.count(b"\n") == 1


@posix
@pytest.mark.skipif(sys.platform == "darwin", reason="macOS does not limit address space")
def test_no_memory_to_start() -> None:
    done = _run("scan", "/", shell='ulimit -v 70000; exec "$@"')
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith(b"photoaes: There is not enough free memory")
    assert b"Traceback" not in done.stderr


@posix
def test_no_descriptors_left_is_no_empty_album(album: Path) -> None:
    held = [os.open(album, os.O_RDONLY)]
    try:
        while True:
            held.append(os.dup(held[0]))
    except OSError:
        with pytest.raises(InputInvalid, match="cannot be looked into"):
            scan(album)
    finally:
        for one in held:
            os.close(one)
    assert len(scan(album)) == 3


@pytest.mark.parametrize(
    "arguments",
    [
        ["scan", ""],
        ["rank", "{album}", "--export", ""],
        ["rank", "{album}", "--out", ""],
        ["rate", "{album}/0.jpg", "", "--stars", "3"],
        ["sample", ""],
        ["bank", "install", ""],
    ],
)
def test_an_empty_path_is_not_the_folder_that_one_is_in(
    arguments: list[str], album: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(album)
    before = sorted(album.iterdir())
    with pytest.raises(SystemExit) as ended:
        main([one.format(album=album) for one in arguments])
    assert ended.value.code == 2
    assert sorted(album.iterdir()) == before


@pytest.mark.parametrize("hard", [False, True])
@pytest.mark.parametrize("name", ["stars.csv", "IMG_1.jpg.json"])
def test_a_ranking_is_written_over_rankings_alone(
    name: str, hard: bool, album: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not over the table of stars that it learns from, nor over what the cloud said of a photo."""
    said, out = tmp_path / "said", tmp_path / name
    said.write_text("path,stars\na.jpg,5\n" if name == "stars.csv" else '{"title": "a"}')
    os.link(said, out) if hard else shutil.copy(said, out)
    assert main(["rank", str(album), "--ratings", str(said), "--out", str(out)]) == 1
    assert "something else than a ranking" in capsys.readouterr().err
    assert out.read_bytes() == said.read_bytes()


@pytest.mark.parametrize("name", ["x" * 201, "a\x1b[2J", "a\nb", "\u202egpj"])
def test_a_taste_has_a_name_under_which_its_file_is_read_again(
    name: str,
) -> None:
    with open_store(None) as store, pytest.raises(InputInvalid, match="at most 200 letters"):
        check_name(store, name)


def test_what_is_no_photo_gets_no_stars(
    album: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "notes.txt").write_text("no photo")
    assert main(["rate", str(tmp_path / "notes.txt"), "--stars", "5", "--xmp"]) == 1
    assert "notes.txt is no photo" in capsys.readouterr().err
    assert not list(tmp_path.glob("*.xmp"))


def test_a_label_is_what_a_sidecar_can_say(album: Path) -> None:
    with pytest.raises(SystemExit):
        main(["rate", str(next(album.glob("*.jpg"))), "--label", "a\x1b[2J"])


@pytest.mark.parametrize("seconds", [-(2**31), 0, 2**31, 9_300_000_000])
def test_a_clock_that_is_centuries_wrong_keeps_no_album_shut(
    seconds: int, album: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """From the year 2262 on nanoseconds do not fit into what a database calls a number."""
    wrong = album / "0.jpg"
    os.utime(wrong, (seconds, seconds))
    assert main(["scan", str(album)]) == 0
    assert "3 new" in capsys.readouterr().out
    assert main(["rate", str(wrong), "--stars", "4", "--xmp"]) == 0
    assert main(["scan", str(album)]) == 0
    assert "3 unchanged" in capsys.readouterr().out
    assert main(["ratings", "export", str(album), "--csv", str(tmp_path / "stars.csv")]) == 0
    assert "0.jpg,4" in (tmp_path / "stars.csv").read_text()
