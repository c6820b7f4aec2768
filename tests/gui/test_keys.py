"""Keys that mark, on keyboards of different countries."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from photoaes.gui.kit.actions import SPECS
from photoaes.gui.kit.keys import Mark, mark_of
from photoaes.gui.views.photo_pane import PhotoPane
from photoaes.gui.window.commands import Commands
from tests.gui.conftest import Person

NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
KEYPAD, CTRL = Qt.KeyboardModifier.KeypadModifier, Qt.KeyboardModifier.ControlModifier


@pytest.mark.parametrize(
    ("key", "text", "scan", "modifiers", "mark"),
    [
        (Qt.Key.Key_3, "3", 12, NONE, Mark("stars", 3, False)),
        (Qt.Key.Key_Exclam, "!", 10, SHIFT, Mark("stars", 1, True)),  # US, Shift+1
        (Qt.Key.Key_1, "1", 10, SHIFT, Mark("stars", 1, False)),  # French, Shift gives the digit
        (Qt.Key.Key_Ampersand, "&", 10, NONE, Mark("stars", 1, False)),  # French, unshifted
        (Qt.Key.Key_0, "0", 19, NONE, Mark("stars", 0, False)),
        (Qt.Key.Key_5, "5", 84, KEYPAD, Mark("stars", 5, False)),
        (Qt.Key.Key_7, "7", 16, NONE, Mark("label", 7, False)),
        (Qt.Key.Key_P, "p", 33, NONE, Mark("flag", 1, False)),
        (Qt.Key.Key_X, "X", 53, SHIFT, Mark("flag", -1, True)),
        (Qt.Key.Key_U, "u", 30, NONE, Mark("flag", 0, False)),
        (Qt.Key.Key_3, "", 12, CTRL, None),
        (Qt.Key.Key_Q, "q", 24, NONE, None),
        (Qt.Key.Key_Question, "?", 61, SHIFT, None),
    ],
)
def test_marks(
    key: Qt.Key, text: str, scan: int, modifiers: Qt.KeyboardModifier, mark: Mark | None
) -> None:
    assert mark_of(key, text, scan, modifiers) == mark


def test_every_action_is_handled(person: Person) -> None:
    commands = person.window.findChild(Commands)
    assert commands is not None
    for spec in SPECS:
        if not spec.is_mark:
            assert callable(commands.handler(spec.name))


def test_larger_and_smaller_in_the_grid_the_loupe_and_the_comparison(
    person: Person, album: Path
) -> None:
    person.open(album)
    window = person.window
    edge = window.grid.edge
    person.act("larger")
    assert window.grid.edge > edge
    person.act("smaller")
    assert window.grid.edge == edge

    person.act("loupe")
    _zooms(person, window.loupe.pane)
    person.act("grid")
    person.act("select_all")
    person.act("compare")
    person.wait(lambda: window.pages.currentWidget() is window.compare)
    _zooms(person, window.compare.findChildren(PhotoPane)[0])


def _zooms(person: Person, pane: PhotoPane) -> None:
    person.wait(lambda: bool(_acted(person, "larger", pane)))
    person.act("larger")
    assert pane.zoom.scale is not None
    before = pane.zoom.scale
    person.act("smaller")
    assert pane.zoom.scale is None or pane.zoom.scale < before


def _acted(person: Person, name: str, pane: PhotoPane) -> float | None:
    """Zoom waits for the photo."""
    person.act(name)
    return pane.zoom.scale


def test_no_key_stands_for_two_actions() -> None:
    keys = [key for spec in SPECS for key in spec.keys]
    assert len(keys) == len(set(keys))
