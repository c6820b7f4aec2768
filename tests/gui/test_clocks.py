"""Clocks in the window."""

from __future__ import annotations

from pathlib import Path

from photoaes.gui.views.dialogs.clocks import ClocksDialog
from tests.album.pictures import START, scene, write_photo
from tests.gui.conftest import Person


def test_a_clock_is_put_right(person: Person, tmp_path: Path) -> None:
    folder = tmp_path / "two"
    folder.mkdir()
    write_photo(folder / "a.jpg", scene(1), START, camera="A")
    person.open(folder)
    [before] = person.session.columns.taken.tolist() if person.session.columns else []
    person.act("clocks")
    person.wait(lambda: bool(person.window.findChildren(ClocksDialog)))
    [dialog] = person.window.findChildren(ClocksDialog)
    dialog.lines["A"].setText("an hour")
    dialog.accept()
    assert not dialog.result()
    dialog.lines["A"].setText("-1h")
    dialog.accept()

    def times() -> list[float]:
        columns = person.session.columns
        return [] if columns is None else columns.taken.tolist()

    person.wait(lambda: times() == [before - 3600])
