"""Originals leave the album and come back: whole at every moment, and over nothing."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Generator
from pathlib import Path

import pytest

from photoaes.album.export import moving
from photoaes.album.export.moving import (
    Move,
    MovedFiles,
    carry_out,
    last_note,
    note_moves,
    plan_moves,
    take_back,
)
from photoaes.errors import InputInvalid
from tests.originals import contents


def _run(job: Generator[int, None, MovedFiles]) -> MovedFiles:
    while True:
        try:
            next(job)
        except StopIteration as ended:
            outcome: MovedFiles = ended.value
            return outcome


@pytest.fixture
def album(tmp_path: Path) -> Path:
    folder = tmp_path / "album"
    (folder / "b").mkdir(parents=True)
    for name in ("IMG_1.jpg", "IMG_1.CR2", "IMG_1.CR2.xmp", "IMG_2.jpg", "b/IMG_1.jpg"):
        (folder / name).write_bytes(name.encode() * 100)
    return folder


def _plan(album: Path, target: Path) -> list[Move]:
    first = [album / name for name in ("IMG_1.jpg", "IMG_1.CR2", "IMG_1.CR2.xmp")]
    return plan_moves([first, [album / "b/IMG_1.jpg"]], target)


def test_files_of_a_photo_stay_together_and_come_back(album: Path, tmp_path: Path) -> None:
    before, target = contents(album), tmp_path / "out"
    target.mkdir()
    (target / "img_1.JPG").write_bytes(b"mine")
    moves = _plan(album, target)
    note = note_moves(tmp_path / "notes", album, moves)
    assert len(_run(carry_out(moves)).done) == 4
    names = {"img_1.JPG", "IMG_1-2.jpg", "IMG_1-2.CR2", "IMG_1-2.CR2.xmp", "IMG_1-3.jpg"}
    assert {path.name for path in target.iterdir()} == names
    assert [path.name for path in album.glob("*.*")] == ["IMG_2.jpg"]
    assert last_note(tmp_path / "notes", album) == note
    assert last_note(tmp_path / "notes", tmp_path) is None
    assert len(_run(take_back(note)).done) == 4
    assert contents(album) == before
    assert (target / "img_1.JPG").read_bytes() == b"mine"
    assert last_note(tmp_path / "notes", album) is None


def test_what_has_the_name_meanwhile_is_left_on_both_ways(album: Path, tmp_path: Path) -> None:
    target = tmp_path / "out"
    moves = _plan(album, target)
    target.mkdir()
    (target / "IMG_1.CR2").write_bytes(b"came between")
    note = note_moves(tmp_path / "notes", album, moves)
    outcome = _run(carry_out(moves))
    assert len(outcome.done) == 3
    assert "IMG_1.CR2 stays where it is" in outcome.problems[0]
    (album / "IMG_1.jpg").write_bytes(b"a new one")
    outcome = _run(take_back(note))
    assert len(outcome.problems) == 2  # the new photo keeps its name; the stranger was not ours
    assert (album / "IMG_1.jpg").read_bytes() == b"a new one"
    assert (target / "IMG_1.jpg").read_bytes() == b"IMG_1.jpg" * 100
    assert (album / "IMG_1.CR2").read_bytes() == b"IMG_1.CR2" * 100
    assert last_note(tmp_path / "notes", album) == note, "what could not go back is not forgotten"


@pytest.mark.parametrize("stage", ["noted", "one moved", "two names", "copied"])
def test_a_move_that_was_killed_is_taken_back(album: Path, tmp_path: Path, stage: str) -> None:
    before, target = contents(album), tmp_path / "out"
    moves = _plan(album, target)
    note = note_moves(tmp_path / "notes", album, moves)
    target.mkdir()
    match stage:
        case "one moved":
            next(carry_out(moves))
        case "two names":
            os.link(moves[0].source, moves[0].target)
        case "copied":
            shutil.copy2(moves[0].source, moves[0].target)
    assert not _run(take_back(note)).problems
    assert contents(album) == before
    assert not list(target.iterdir())


def test_to_another_disk_a_file_is_copied_compared_and_then_removed(
    album: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def other_disk(source: Path, target: Path) -> bool:
        raise OSError(errno.EXDEV, "another disk", str(source))

    monkeypatch.setattr(moving, "claim", other_disk)
    before, moves = contents(album), _plan(album, tmp_path / "out")
    note = note_moves(tmp_path / "notes", album, moves)
    assert len(_run(carry_out(moves)).done) == 4
    assert not (album / "IMG_1.jpg").exists()
    assert len(_run(take_back(note)).done) == 4
    assert contents(album) == before


def test_links_and_folders_that_cannot_take_them_are_refused(album: Path, tmp_path: Path) -> None:
    link = album / "link.jpg"
    link.symlink_to("IMG_2.jpg")
    outcome = _run(carry_out(plan_moves([[link]], tmp_path / "out")))
    assert "it is a link" in outcome.problems[0]
    assert link.is_symlink()
    with pytest.raises(InputInvalid, match="cannot be moved there"):
        _plan(album, album)
    with pytest.raises(InputInvalid, match="is a file"):
        _plan(album, album / "IMG_2.jpg")


@pytest.mark.parametrize("text", ["", "[]", '{"album": "x"}', '{"album": "x", "moves": [["a"]]}'])
def test_a_note_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    note = tmp_path / "20260101.json"
    note.write_text(text)
    assert last_note(tmp_path, Path("x")) is None
    with pytest.raises(InputInvalid, match="cannot be read"):
        _run(take_back(note))
