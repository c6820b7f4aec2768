"""Marks in sidecars, in the window: told when they change, asked about, written again."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QMessageBox

from photoaes.album.marks import Marks
from photoaes.album.sidecars.xmp_marks import statement
from photoaes.gui.views.dialogs.questions import QuestionsDialog
from photoaes.jobs.sidecars import sidecar_plan
from photoaes.jobs.write_back import write_back
from photoaes.running import finished
from tests.album.pictures import scene, write_photo
from tests.album.stores import marks
from tests.album.xmp_files import packet, rated
from tests.gui.conftest import Person


def rescan(person: Person) -> None:
    person.act("rescan")
    person.wait(lambda: not person.parts.opening.is_busy)


def test_a_change_in_a_sidecar_is_told_and_shown(person: Person, album: Path) -> None:
    told: list[str] = []
    person.session.told.connect(lambda text, _: told.append(text))
    person.open(album)
    photo = person.session.photos[0].path
    sidecar = photo.with_name(photo.name + ".xmp")
    sidecar.write_bytes(rated(2))
    rescan(person)
    assert told[-1].startswith("1 star")
    sidecar.write_bytes(rated(4))
    os.utime(sidecar, (9, 9))
    rescan(person)
    assert "marked anew in other programs" in told[-1]
    assert person.session.stars(0).stars == 4


def test_a_change_that_keeps_size_and_time_is_seen(person: Person, album: Path) -> None:
    """As `exiftool -P` makes it, while the album is open."""
    person.open(album)
    photo = person.session.photos[0].path
    sidecar = photo.with_name(photo.name + ".xmp")
    sidecar.write_bytes(rated(2))
    rescan(person)
    before = sidecar.stat()
    sidecar.write_bytes(rated(4))
    os.utime(sidecar, ns=(before.st_atime_ns, before.st_mtime_ns))
    rescan(person)
    assert person.session.stars(0).stars == 4


def test_whatever_is_another_now_is_told(person: Person, album: Path) -> None:
    """A reject from outside fades a photo: that is no less than a star."""
    told: list[str] = []
    person.session.told.connect(lambda text, _: told.append(text))
    person.open(album)
    reject, label, both, other = (one.path for one in person.session.photos[:4])
    person.session.selection.make_current(2)
    person.session.rate_current(4)
    for photo, packet_ in (
        (reject, rated(-1)),
        (label, packet(' xmp:Label="Red"')),
        (both, rated(2)),
        (other, rated(3)),
    ):
        photo.with_name(photo.name + ".xmp").write_bytes(packet_)
    rescan(person)
    assert "1 stars found" in told[-1]
    assert "1 flags found" in told[-1]
    assert "1 labels found" in told[-1]
    assert "1 questions are open" in told[-1]
    before = len(told)
    rescan(person)
    assert told[before:] == []


def test_a_photo_that_may_be_another_is_told(person: Person, album: Path) -> None:
    told: list[str] = []
    person.session.told.connect(lambda text, _: told.append(text))
    path = album / "scan.jpg"
    write_photo(path, scene(1, (300, 200)))
    person.open(album)
    [place] = [n for n, one in enumerate(person.session.photos) if one.path == path]
    person.session.selection.make_current(place)
    person.session.rate_current(5)
    write_photo(path, scene(2, (300, 200)))
    rescan(person)
    assert "1 questions are open" in told[-1]


def test_a_conflict_is_settled(person: Person, album: Path) -> None:
    person.open(album)
    photo = person.session.photos[0].path
    person.session.rate_current(5)
    photo.with_name(photo.name + ".xmp").write_bytes(rated(2))
    rescan(person)
    person.act("settle")
    person.wait(lambda: bool(person.window.findChildren(QuestionsDialog)))
    [dialog] = person.window.findChildren(QuestionsDialog)
    [box] = dialog.findChildren(QComboBox)
    assert [box.itemText(n)[:4] for n in range(3)] == ["Late", "Thei", "Mine"]
    box.setCurrentIndex(1)
    dialog.accept()
    person.wait(lambda: not person.parts.opening.is_busy and person.session.stars(0).stars == 2)
    assert marks(person.session.store, photo).stars == 2


def test_undo_offers_to_write_again(person: Person, album: Path) -> None:
    person.open(album)
    photo = person.session.photos[0].path
    person.session.rate_current(5)
    plan = sidecar_plan(person.session.paired, {photo: Marks(stars=5)})
    finished(write_back(person.session.store, plan))
    person.act("undo")
    person.wait(lambda: bool(person.window.findChildren(QMessageBox)))
    [box] = person.window.findChildren(QMessageBox)
    [yes] = [one for one in box.buttons() if one.text().replace("&", "") == "Write again"]
    yes.click()
    sidecar = photo.with_name(photo.name + ".xmp")
    person.wait(lambda: statement(sidecar.read_bytes()).marks.stars == 0)
