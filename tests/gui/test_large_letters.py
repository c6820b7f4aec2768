"""Large letters: nothing is cut, and nothing moves away under the hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QPushButton,
    QScrollArea,
    QWidget,
)  # fmt: skip

from photoaes.album.ordering import SortKey
from tests.gui.conftest import Person


@contextmanager
def letters(application: QApplication, times: float) -> Iterator[None]:
    """All letters of the window so many times as large."""
    before, large = application.font(), application.font()
    large.setPointSizeF(before.pointSizeF() * times)
    application.setFont(large)
    try:
        yield
    finally:
        application.setFont(before)


def test_the_drawer_fits_a_narrow_window_with_large_letters(
    german: None, person: Person, album: Path, qapp: QApplication
) -> None:
    with letters(qapp, 2):
        person.open(album)
        scores = np.arange(16.0)
        person.session.set_scores(scores, scores, resort=False)
        person.act("best_shots")
        for _ in range(3):
            QApplication.processEvents()
        window, controls = person.window, person.window.best_shots.controls
        assert (window.width(), window.height()) == (1280, 720)
        shown = [
            one for one in (controls.export, controls.close_button, controls.sheet,
                            controls.files, controls.pattern, controls.take_out, controls.stars)
            if one.isVisible()
        ]  # fmt: skip
        assert len(shown) >= 5
        for one in shown:
            place = QRect(one.mapTo(window, QPoint(0, 0)), one.size())
            assert window.rect().contains(place), one.accessibleName()
            assert one.width() >= min(one.sizeHint().width(), 1240)


def test_the_sheet_of_keys_is_as_wide_as_its_keys(person: Person) -> None:
    person.act("shortcuts")
    QApplication.processEvents()
    dialog = next(one for one in person.window.findChildren(QDialog) if one.isVisible())
    [area] = dialog.findChildren(QScrollArea)
    body = area.widget()
    assert body is not None
    room = dialog.screen().availableSize().width() - 80  # narrower than the sheet, offscreen
    assert area.width() >= min(body.minimumSizeHint().width(), room)
    assert dialog.rect().contains(area.geometry()), "nothing is cut at the dialog's edge"
    dialog.close()


@pytest.mark.parametrize(
    "name", ["move_rejected", "share_stars", "profiles", "banks", "shortcuts", "about"]
)
def test_dialogs_show_their_texts_whole_in_large_letters(
    german: None, person: Person, album: Path, qapp: QApplication, name: str
) -> None:
    """Offscreen the screen is small: what is larger than it scrolls, and is not measured here."""
    with letters(qapp, 1.5):
        person.open(album)
        scores = np.arange(16.0)
        person.session.set_scores(scores, scores, resort=False)
        person.session.set_flag(np.array([3]), -1)
        person.settle()
        person.act(name)
        # Which tasks a bank has comes a little later, and the dialog grows with it.
        for _ in range(10):
            person.qtbot.wait(50)
        dialog = next(one for one in person.window.findChildren(QDialog) if one.isVisible())
        room = dialog.screen().availableSize()
        for label in dialog.findChildren(QLabel):
            if label.isVisible() and label.wordWrap() and dialog.height() < room.height() - 60:
                assert label.height() >= label.heightForWidth(label.width()), label.text()
        for button in dialog.findChildren(QPushButton):
            if button.isVisible():
                assert button.width() >= button.sizeHint().width(), button.text()
        dialog.close()


def test_what_offers_to_sort_again_moves_nothing(person: Person, album: Path) -> None:
    person.open(album)
    person.session.sort(SortKey.STARS, True)
    person.window.grid.setFocus()
    bar = person.window.bar
    QApplication.processEvents()
    places = [one.geometry() for one in bar.findChildren(QWidget) if one.isVisible()]
    assert bar._again.isVisible()
    assert not bar._again.isEnabled()
    person.tap(Qt.Key.Key_End)
    person.press("5")
    QApplication.processEvents()
    assert bar._again.isEnabled()
    assert bar._again.accessibleName() == "Sort again"
    assert [one.geometry() for one in bar.findChildren(QWidget) if one.isVisible()] == places
    QTest.mouseClick(bar._again, Qt.MouseButton.LeftButton)
    assert person.session.shown.row_of(int(person.session.shown.rows[0])) == 0
    assert not bar._again.isEnabled()
    assert list(person.stars()) == [person.shown()[0]]


def test_a_press_in_the_drawer_meets_the_button_that_was_there(
    person: Person, album: Path, tmp_path: Path
) -> None:
    """ "Open folder" comes once all is exported: Export and Close stay where they were."""
    person.open(album)
    person.act("select_all")
    person.act("export_these")
    controls = person.window.best_shots.controls
    controls.folder.setText(str(tmp_path / "a folder with a long name, as folders of trips have"))
    person.qtbot.wait(300)  # its lines are broken once it knows its width

    def places() -> list[QPoint]:
        window, buttons = person.window, (controls.export, controls.close_button)
        return [one.mapTo(window, QPoint()) for one in buttons]

    before = places()
    controls.export.click()
    person.wait(lambda: controls.show_folder.isVisible())
    QApplication.processEvents()
    assert places() == before
