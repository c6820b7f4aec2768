"""Rejected photos are moved away when the person says so, with all their files, and come back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from photoaes.gui.state.moving import Moving
from photoaes.gui.views.dialogs.moving import MoveDialog
from tests.gui.conftest import Person
from tests.originals import contents


@pytest.fixture
def rejecting(person: Person, album: Path, tmp_path: Path) -> Person:
    """Three photos are rejected; one has a RAW beside it, one an edit, one shares its sidecar."""
    day = album / "day 1"
    (day / "IMG_00.CR2").write_bytes(b"II*\0 no picture in it")
    (day / "IMG_01.jpg.pp3").write_text("[Version]")
    (day / "IMG_02.xmp").write_text("<x/>")
    (day / "IMG_02.png").write_bytes((day / "IMG_03.jpg").read_bytes())
    person.open(album)
    columns = person.session.columns
    assert columns is not None
    names = [path.name for path in columns.paths]
    wanted = np.array([names.index(f"IMG_0{one}.jpg") for one in (0, 1, 2)])
    person.session.set_stars(wanted[:1], 2)
    person.session.set_flag(wanted, -1)
    person.settle()
    return person


def _dialog(person: Person) -> MoveDialog:
    person.act("move_rejected")
    QApplication.processEvents()
    return person.window.findChildren(MoveDialog)[-1]


def _gone(person: Person) -> bool:
    return not person.parts.moving.is_busy and not person.parts.opening.is_busy


def test_rejected_photos_are_moved_asked_once_and_undo_brings_them_back(
    rejecting: Person, album: Path, tmp_path: Path
) -> None:
    before, count = contents(album), rejecting.session.count
    said: list[str] = []
    rejecting.session.told.connect(lambda text, _: said.append(text))
    dialog = _dialog(rejecting)
    assert not dialog.go.isEnabled(), "off until it is allowed"
    assert contents(album) == before
    dialog.folder.setText(str(tmp_path / "rejects"))
    assert "3 photos, 5 files" in dialog.summary.text()
    dialog.allowed.setChecked(True)
    dialog.go.click()
    rejecting.wait(lambda: rejecting.session.count == count - 3 and _gone(rejecting))
    there = {path.name for path in (tmp_path / "rejects").iterdir()}
    # The sidecar IMG_02.xmp is about the PNG too, which stays.
    assert there == {"IMG_00.jpg", "IMG_00.CR2", "IMG_01.jpg", "IMG_01.jpg.pp3", "IMG_02.jpg"}
    assert (album / "day 1/IMG_02.xmp").exists()
    assert any("5 files moved" in text for text in said)
    assert not any("missing" in text for text in said), "they are known where they are now"
    rejecting.act("undo")
    rejecting.wait(lambda: rejecting.session.count == count and _gone(rejecting))
    assert contents(album) == before
    columns = rejecting.session.columns
    assert columns is not None
    assert (columns.flag == -1).sum() == 3
    assert rejecting.stars() == {"IMG_00.jpg": 2}


def test_marks_go_along_and_a_later_start_can_still_bring_photos_back(
    rejecting: Person, album: Path, tmp_path: Path
) -> None:
    before, count = contents(album), rejecting.session.count
    dialog = _dialog(rejecting)
    dialog.folder.setText(str(tmp_path / "rejects"))
    dialog.allowed.setChecked(True)
    dialog.go.click()
    rejecting.wait(lambda: rejecting.session.count == count - 3 and _gone(rejecting))
    rejecting.open(tmp_path / "rejects")
    assert rejecting.stars() == {"IMG_00.jpg": 2}
    columns = rejecting.session.columns
    assert columns is not None
    assert (columns.flag == -1).all()
    rejecting.open(album)
    moving = rejecting.parts.moving
    later = Moving(rejecting.session, rejecting.parts.worker, moving._notes)
    assert not later.is_last()
    rejecting.act("move_back")
    rejecting.wait(lambda: rejecting.session.count == count and _gone(rejecting))
    assert contents(album) == before


def test_after_another_mark_undo_takes_that_back_and_no_photo_moves(
    rejecting: Person, album: Path, tmp_path: Path
) -> None:
    count = rejecting.session.count
    dialog = _dialog(rejecting)
    dialog.folder.setText(str(tmp_path / "rejects"))
    dialog.allowed.setChecked(True)
    dialog.go.click()
    rejecting.wait(lambda: rejecting.session.count == count - 3 and _gone(rejecting))
    rejecting.press("4")
    rejecting.act("undo")
    assert rejecting.stars() == {}
    assert rejecting.session.count == count - 3


def test_all_photos_rejected_and_moved_leaves_a_sentence_and_undo(
    person: Person, album: Path, tmp_path: Path
) -> None:
    before = contents(album)
    person.open(album)
    person.act("select_all")
    person.press("x")
    dialog = _dialog(person)
    dialog.folder.setText(str(tmp_path / "rejects"))
    dialog.allowed.setChecked(True)
    dialog.go.click()
    person.wait(lambda: person.window.pages.currentWidget() is person.window.message)
    person.wait(lambda: _gone(person))
    assert len(contents(tmp_path / "rejects")) == 16
    assert "There are no photos" in person.window.message._text.text()
    person.click("Move rejected photos back")
    person.wait(lambda: person.session.count == 16 and _gone(person))
    assert contents(album) == before


def test_nothing_is_moved_without_a_reject(person: Person, album: Path) -> None:
    said: list[str] = []
    person.session.told.connect(lambda text, _: said.append(text))
    person.open(album)
    person.act("move_rejected")
    assert not person.window.findChildren(MoveDialog)
    assert said[-1] == "No photo is rejected."
    person.act("move_back")
    person.wait(lambda: said[-1] == "Nothing of this album was moved.")


def test_a_star_during_an_export_does_not_break_it_off(
    person: Person, album: Path, tmp_path: Path
) -> None:
    person.open(album)
    person.rate("112233445511")
    person.act("personalize")
    person.wait(lambda: not person.learning.is_working)
    person.act("best_shots")
    controls = person.window.best_shots.controls
    controls.folder.setText(str(tmp_path / "out"))
    controls.amount.setValue(16)
    controls.web_page.setChecked(True)
    controls.sheet.setChecked(True)
    controls.export.click()
    person.window.grid.setFocus()
    person.tap(Qt.Key.Key_Home)
    person.press("3")
    person.learning._live._learn()
    # Not for the button that shows the folder: the new order may take it away at once.
    person.wait((tmp_path / "out/web-page/index.html").exists)
    assert len(list((tmp_path / "out").glob("*.jpg"))) == 16
    page = (tmp_path / "out/web-page/index.html").read_text(encoding="utf-8")
    for number in range(1, 17):
        assert f'src="{number:04}.jpg"' in page
        assert f'src="small-{number:04}.jpg"' in page
        assert (tmp_path / f"out/web-page/{number:04}.jpg").stat().st_size > 500
    assert "IMG_" not in page, "names of originals are not told"
    assert "<script" not in page
    assert "http" not in page
