"""A system that lacks what a window needs is told all of it at once, in our words."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from photoaes.window_libraries import ALWAYS, ON_X11, libraries_problem, problem_of
from tests.patience import PATIENCE_S

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux' libraries")


def test_all_that_is_missing_is_named_with_its_packages() -> None:
    said = str(problem_of(["libEGL.so.1", "libxcb-cursor.so.0", "libother.so.3"]))
    assert "needs libEGL.so.1, libxcb-cursor.so.0, libother.so.3, which" in said
    assert said.endswith("sudo apt install libegl1 libxcb-cursor0 libother.so.3")
    assert problem_of([]) is None


def test_what_needs_no_x11_asks_for_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("photoaes.window_libraries._is_there", lambda name: name in ALWAYS)
    assert "libxcb-cursor0" in str(libraries_problem({"DISPLAY": ":0"}))
    assert libraries_problem({"WAYLAND_DISPLAY": "wayland-0"}) is None
    assert libraries_problem({"QT_QPA_PLATFORM": "offscreen"}) is None


@pytest.mark.parametrize("names", [("libEGL.so.1",), ("libxcb-cursor.so.0", "libGL.so.1")])
def test_the_program_ends_with_a_sentence(tmp_path: Path, names: tuple[str, ...]) -> None:
    """Files that are no libraries stand before the system's: a damaged or missing one."""
    for name in names:
        (tmp_path / name).touch()
    environment = {**os.environ, "LD_LIBRARY_PATH": str(tmp_path), "DISPLAY": ":9",
                   "PHOTOAES_HOME": str(tmp_path / "home")}  # fmt: skip
    for one in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY"):
        environment.pop(one, None)
    ended = subprocess.run(
        [sys.executable, "-m", "photoaes"], env=environment, capture_output=True, text=True,
        check=False, timeout=PATIENCE_S,
    )  # fmt: skip
    assert ended.returncode == 1
    assert ended.stderr.startswith("photoaes: The window needs "), ended.stderr
    assert "Traceback" not in ended.stderr
    for name in names:
        assert name in ended.stderr
        assert {**ALWAYS, **ON_X11}[name] in ended.stderr
