"""Keys that mark photos, whatever the keyboard's layout.

Digits are digits wherever they are printed. Shift and a digit means "and go on"; on a US keyboard
Shift+1 arrives as "!", so the key's place counts: scan codes 10 to 19 are the row of digits under
X11 and Wayland. On a French keyboard the digits need Shift, and "&" is the unshifted 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt

LABEL_KEYS = {6: "Red", 7: "Yellow", 8: "Green", 9: "Blue"}
NO_LABEL, PURPLE = 0, 10  # what has no key
LABELS_BY_NUMBER = LABEL_KEYS | {PURPLE: "Purple", NO_LABEL: ""}
_ROW_OF_DIGITS = {10 + index: (index + 1) % 10 for index in range(10)}
_LETTERS = {Qt.Key.Key_P: 1, Qt.Key.Key_X: -1, Qt.Key.Key_U: 0}


@dataclass(frozen=True)
class Mark:
    """What a key puts on photos. `value` is stars 0..5, a flag -1..1, or a label's number, 6..9 as
    its key; `goes_on` is true if the next photo follows."""

    kind: Literal["stars", "flag", "label"]
    value: int
    goes_on: bool


def mark_of(key: int, text: str, scan_code: int, modifiers: Qt.KeyboardModifier) -> Mark | None:
    """The mark that a key press stands for; None for all other keys."""
    others = ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
    if modifiers & others:
        return None
    shift = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
    if key in _LETTERS:
        return Mark("flag", _LETTERS[Qt.Key(key)], shift)
    if text.isdecimal() and len(text) == 1:
        return _digit(int(text), goes_on=False)
    if Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
        return _digit(key - Qt.Key.Key_0, goes_on=shift)
    if scan_code in _ROW_OF_DIGITS:
        return _digit(_ROW_OF_DIGITS[scan_code], goes_on=shift)
    return None


def _digit(digit: int, *, goes_on: bool) -> Mark:
    return Mark("stars" if digit <= 5 else "label", digit, goes_on)
