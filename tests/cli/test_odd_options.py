"""Options that fit no album, and a system without room: a sentence each, and an exit value."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from photoaes.album.export.names import NAME_BYTES, check_template, file_name
from photoaes.album.photo import scan
from photoaes.album.ranking import RankedPhoto
from photoaes.album.store.clocks import parse_duration
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
