"""Habits are kept, odd files forgiven, a newer version's entries left in place."""

from __future__ import annotations

import json
from pathlib import Path

from photoaes.preferences import FILE_NAME, Preferences, load_preferences, save_preferences


def test_what_is_saved_comes_back(tmp_path: Path) -> None:
    wanted = Preferences(edge=300, auto_advance=True, pace=12.5).opened(Path("/photos/a"))
    save_preferences(tmp_path, wanted)
    assert load_preferences(tmp_path) == wanted


def test_wrong_values_give_way_and_unknown_ones_stay(tmp_path: Path) -> None:
    entries = {"edge": "large", "auto_advance": "yes", "recent": 5, "device": "cpu", "new": [1]}
    (tmp_path / FILE_NAME).write_text(json.dumps(entries))
    loaded = load_preferences(tmp_path)
    assert loaded == Preferences(device="cpu")
    save_preferences(tmp_path, loaded)
    assert json.loads((tmp_path / FILE_NAME).read_text())["new"] == [1]


def test_a_broken_file_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("{")
    assert load_preferences(tmp_path) == Preferences()
    save_preferences(tmp_path, Preferences(edge=128))
    assert load_preferences(tmp_path).edge == 128


def test_the_last_album_comes_first_and_only_once() -> None:
    known = Preferences()
    for name in ("a", "b", "a"):
        known = known.opened(Path("/p") / name)
    assert known.recent == ("/p/a", "/p/b")
