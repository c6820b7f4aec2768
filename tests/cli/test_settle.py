"""What only a person can tell, from the shell."""

from __future__ import annotations

from pathlib import Path

import pytest

from photoaes.album.marks import Flag, Marks
from photoaes.album.sidecars.xmp_marks import statement
from photoaes.cli import main
from tests.album.pictures import scene, shot, write_photo
from tests.album.xmp_files import rated


def _say(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    assert main([str(argument) for argument in arguments]) == 0
    return capsys.readouterr().out


def test_what_cannot_be_told_is_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A photo that lost its time and looks different: the same one, or another?"""
    folder = tmp_path / "card"
    folder.mkdir()
    photo = shot(folder / "a.jpg", 0)
    _say(capsys, "rate", photo, "--stars", 3)
    _say(capsys, "scan", folder)
    write_photo(photo, scene(9))
    said = _say(capsys, "scan", folder, "--forget-missing")
    assert "is it the photo that had 3 stars at this name?" in said
    assert "0 missing photos forgotten" in said
    assert "1 kept: see `photoaes settle`" in said
    assert "that had 3 stars" in _say(capsys, "settle", folder)
    assert "1 photos settled" in _say(capsys, "settle", photo, "--same")
    assert "none -> 3" in _say(capsys, "rate", photo)
    assert "nothing to settle" in _say(capsys, "settle", folder)


def test_undo_of_what_was_written_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    photo = shot(tmp_path / "c.jpg", 0)
    sidecar = tmp_path / "c.xmp"
    sidecar.write_bytes(rated(3, ' xmp:Label="Rot"'))
    _say(capsys, "scan", tmp_path)
    _say(capsys, "rate", photo, "--stars", 5, "--label", "Red", "--xmp")
    said = _say(capsys, "rate", "--undo")
    assert "the sidecars of 1 photos still say otherwise" in said
    assert f"photoaes rate {photo} --xmp" in said
    assert "1 sidecars written" in _say(capsys, "rate", photo, "--xmp")
    assert statement(sidecar.read_bytes()).marks == Marks(3, Flag.NONE, "Rot")
    assert "1 sidecars written" in _say(capsys, "rate", "--redo", "--xmp")
    assert statement(sidecar.read_bytes()).marks.stars == 5


def test_marks_changed_on_both_sides(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    photo = shot(tmp_path / "a.jpg", 0)
    _say(capsys, "rate", photo, "--stars", 5)
    (tmp_path / "a.jpg.xmp").write_bytes(rated(2))
    said = _say(capsys, "scan", tmp_path)
    assert "stars 5 is kept" in said
    assert "1 marks were changed here and outside" in said
    assert "stars 5 here, 2 in" in _say(capsys, "settle", tmp_path)
    assert "1 marks settled" in _say(capsys, "settle", tmp_path, "--theirs")
    assert "5 -> 2" in _say(capsys, "rate", photo)
