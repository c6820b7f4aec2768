"""Sidecars are written once somebody has seen what they will say, under the names wanted."""

from __future__ import annotations

from pathlib import Path

from photoaes.gui.views.dialogs.sidecars import SidecarsDialog
from tests.gui.conftest import Person


def _dialog(person: Person) -> SidecarsDialog:
    person.act("write_xmp")
    person.wait(lambda: bool(person.window.findChildren(SidecarsDialog)))
    return person.window.findChildren(SidecarsDialog)[-1]


def test_names_as_lightroom_wants_them_are_remembered(person: Person, album: Path) -> None:
    person.open(album)
    person.rate("5")
    dialog = _dialog(person)
    assert not dialog.adobe_names.isChecked()
    dialog.adobe_names.setChecked(True)
    dialog.accept()
    person.wait(lambda: len(list(album.rglob("*.xmp"))) == 1)
    [sidecar] = album.rglob("*.xmp")
    assert sidecar.with_suffix(".jpg").exists()
    dialog.deleteLater()
    person.wait(lambda: not person.window.findChildren(SidecarsDialog))
    assert _dialog(person).adobe_names.isChecked()
