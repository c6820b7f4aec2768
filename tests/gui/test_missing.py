"""Photos that are gone are kept until the person says that they are gone for good."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QMessageBox

from photoaes.album.store.missing import missing
from tests.gui.conftest import Person


def _box(person: Person) -> QMessageBox:
    person.wait(lambda: bool(person.window.findChildren(QMessageBox)))
    return person.window.findChildren(QMessageBox)[-1]


def _press(box: QMessageBox, text: str) -> None:
    [button] = [one for one in box.buttons() if one.text().replace("&", "") == text]
    button.click()


def test_missing_photos_are_forgotten_on_demand_only(person: Person, album: Path) -> None:
    person.open(album)
    gone = sorted(album.rglob("*.jpg"))[:2]
    for path in gone:
        path.unlink()
    person.act("rescan")
    person.wait(lambda: not person.parts.opening.is_busy)
    store = person.session.store
    assert missing(store, album) == gone

    person.act("forget_missing")
    box = _box(person)
    assert "2 photos" in box.text()
    assert str(gone[0]) in box.detailedText()
    assert box.defaultButton().text().replace("&", "") == "Keep them"
    _press(box, "Keep them")
    assert missing(store, album) == gone
    box.deleteLater()
    person.wait(lambda: not person.window.findChildren(QMessageBox))

    person.act("forget_missing")
    _press(_box(person), "Forget them")
    person.wait(lambda: missing(store, album) == [])


def test_nothing_is_asked_where_nothing_is_missing(person: Person, album: Path) -> None:
    told: list[str] = []
    person.session.told.connect(lambda text, _: told.append(text))
    person.open(album)
    person.act("forget_missing")
    person.wait(lambda: told == ["No photo of this album is missing."])
    assert not person.window.findChildren(QMessageBox)
