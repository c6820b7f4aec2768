"""Keys that mark, on keyboards of different countries."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from photoaes.gui.actions import SPECS
from photoaes.gui.commands import Commands
from photoaes.gui.keys import Mark, mark_of
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


def test_no_key_stands_for_two_actions() -> None:
    keys = [key for spec in SPECS for key in spec.keys]
    assert len(keys) == len(set(keys))
