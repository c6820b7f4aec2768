"""Clocks from the shell."""

from __future__ import annotations

from pathlib import Path

import pytest

from photoaes.cli import main
from tests.album.pictures import shot


def test_clocks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(tmp_path)
    shot(tmp_path / "a.jpg", 0)
    assert main(["clock", folder]) == 0
    assert capsys.readouterr().out == "K1: 1 photos\n"
    assert main(["clock", folder, "K1", "--late", "1h"]) == 0
    assert capsys.readouterr().out == "K1: 1 photos, whose clock was 1:00:00 late\n"
    assert main(["clock", folder, "K1", "--ahead", "30m"]) == 0
    assert "0:30:00 ahead" in capsys.readouterr().out
    assert main(["clock", folder, "K1", "--ahead", "0"]) == 0
    assert capsys.readouterr().out == "K1: 1 photos\n"
    assert main(["clock", folder, "K2", "--late", "1h"]) == 1
    assert "There are: K1." in capsys.readouterr().err
    assert main(["clock", folder, "K1"]) == 1
    assert "--late 1h" in capsys.readouterr().err
