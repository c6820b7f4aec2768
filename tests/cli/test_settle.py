"""What only a person can tell, from the shell."""

from __future__ import annotations

from pathlib import Path

import pytest

from photoaes.cli import main
from tests.album.pictures import scene, shot, write_photo


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
