"""Files and folders in other programs, and what is said where there is none."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QPushButton

from photoaes.gui.kit.elsewhere import open_elsewhere, own_environment
from tests.gui.conftest import Desktop, Person

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="xdg-open is Linux'")


def _box(person: Person) -> QMessageBox:
    def found() -> list[QMessageBox]:
        return [one for one in person.window.findChildren(QMessageBox) if one.isVisible()]

    person.wait(lambda: bool(found()))
    [box] = found()
    return box


@pytest.mark.parametrize("action", ["show_in_folder", "open_with", "log"])
def test_without_a_program_the_path_is_said_and_can_be_copied(
    person: Person, album: Path, desktop: Desktop, action: str
) -> None:
    desktop.has_programs(False)
    person.open(album)
    person.window.grid.setFocus()
    person.tap(Qt.Key.Key_Home)
    person.act(action)
    box = _box(person)
    asked = {
        "show_in_folder": str(album / "day 1"),
        "open_with": str(album / "day 1" / "IMG_00.jpg"),
        "log": "photoaes.log",
    }[action]
    assert asked in box.text()
    button = next(one for one in box.findChildren(QPushButton) if "Copy" in one.text())
    button.click()
    assert asked in QGuiApplication.clipboard().text()
    assert not box.isVisible()


def test_many_photos_that_nobody_opens_are_one_box(
    person: Person, album: Path, desktop: Desktop
) -> None:
    desktop.has_programs(False)
    person.open(album)
    person.act("select_all")
    person.act("open_with")
    box = _box(person)
    person.qtbot.wait(500)
    assert _box(person) is box, "one box, not ten"
    next(one for one in box.findChildren(QPushButton) if "Copy" in one.text()).click()
    assert len(QGuiApplication.clipboard().text().splitlines()) == 10


def test_the_folder_of_an_export_is_opened(
    person: Person, album: Path, desktop: Desktop, tmp_path: Path
) -> None:
    target = tmp_path / "Out"
    person.open(album)
    person.act("select_all")
    person.act("export_these")
    drawer = person.window.best_shots
    drawer.controls.folder.setText(str(target))
    drawer.controls.export.click()
    person.wait(lambda: drawer.controls.show_folder.isVisible())
    drawer.controls.show_folder.click()
    person.wait(lambda: desktop.opened() == [target])


def test_a_name_that_is_no_text_is_opened_all_the_same(
    person: Person, desktop: Desktop, tmp_path: Path
) -> None:
    photo = tmp_path / os.fsdecode(b"caf\xe9.jpg")
    Image.new("RGB", (30, 20)).save(photo)
    open_elsewhere([photo], person.window)
    person.wait(lambda: desktop.opened() == [photo])


def test_other_programs_do_not_get_the_libraries_of_a_bundle() -> None:
    bundled = {"LD_LIBRARY_PATH": "/opt/photoaes", "LD_LIBRARY_PATH_ORIG": "/usr/lib/x", "A": "b"}
    assert own_environment(bundled) == {"LD_LIBRARY_PATH": "/usr/lib/x", "A": "b"}
    assert own_environment({"LD_LIBRARY_PATH": "/mine"}) == {"LD_LIBRARY_PATH": "/mine"}
