"""A key that is held down walks through pictures, not through grey."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from photoaes.gui.views.grid import held_key
from photoaes.gui.views.grid.held_key import LONGEST_S, HeldKey
from tests.gui.conftest import Person
from tests.patience import PATIENCE_S


@pytest.fixture
def roll(tmp_path: Path) -> Path:
    """Two hundred photos, each another colour."""
    folder = tmp_path / "Roll"
    folder.mkdir()
    rng = np.random.default_rng(4)
    for number in range(200):
        pixels = rng.integers(0, 255, (12, 18, 3), dtype=np.uint8)
        Image.fromarray(pixels).resize((600, 400)).save(folder / f"{number:03}.jpg")
    return folder


def _repeated(key: Qt.Key) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "", True, 1)


def test_page_down_that_is_held_shows_every_screen_it_comes_to(
    person: Person, roll: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held_key, "LONGEST_S", PATIENCE_S)  # else a busy machine is a slow drive
    person.open(roll)
    grid = person.window.grid
    grid.setFocus()
    person.tap(Qt.Key.Key_Home)
    seen: list[bool] = []
    place, moves = grid.verticalOffset(), 0
    while grid.currentIndex().row() + grid.places.columns < len(person.shown()):
        was_shown = all(map(grid.has_come, grid.rows_in_sight()))
        QApplication.sendEvent(grid, _repeated(Qt.Key.Key_PageDown))
        if grid.verticalOffset() != place:
            seen.append(was_shown)
            place, moves = grid.verticalOffset(), moves + 1
        person.qtbot.wait(5)
    assert moves > 3
    assert sum(seen) >= len(seen) - 1, "it left a screen before its pictures had come"
    grid.clearFocus()


def test_what_a_person_presses_always_goes_through() -> None:
    now = [0.0]
    held = HeldKey(lambda: False, lambda: now[0])
    press = QKeyEvent(
        QEvent.Type.KeyPress, Qt.Key.Key_PageDown, Qt.KeyboardModifier.NoModifier, "", False, 1
    )
    assert held.may_move(press)
    assert held.may_move(press)
    assert not held.may_move(_repeated(Qt.Key.Key_PageDown))
    now[0] += LONGEST_S + 0.1
    assert held.may_move(_repeated(Qt.Key.Key_PageDown)), "a slow drive holds nobody up for good"
    assert not held.may_move(_repeated(Qt.Key.Key_Down))
    assert held.may_move(_repeated(Qt.Key.Key_Home)), "there is nothing between here and there"
