"""A mouse can do everything: menus of a right-click, all marks in the menu, photos dragged out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QGuiApplication,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from photoaes.album.columns import PICKED, REJECTED
from photoaes.gui.views.dragging import as_files, files_of
from tests.gui.conftest import Desktop, Person
from tests.originals import contents

# The offscreen platform has no window manager.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def _right_click(person: Person, widget: QWidget, at: QPoint) -> QMenu:
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, widget.mapToGlobal(at))
    QApplication.sendEvent(widget, event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def _entry(menu: QMenu, *path: str) -> QAction:
    for name in path[:-1]:
        found = next(one for one in menu.actions() if one.text() == name)
        inner = found.menu()
        assert isinstance(inner, QMenu)
        menu = inner
    return next(one for one in menu.actions() if one.text().partition("\t")[0] == path[-1])


def _choose(menu: QMenu, *path: str) -> None:
    _entry(menu, *path).trigger()
    menu.close()


def _cell(person: Person, row: int) -> QPoint:
    grid = person.window.grid
    return grid.visualRect(grid.index(row)).center()


def _menu_on(person: Person, row: int) -> QMenu:
    return _right_click(person, person.window.grid.viewport(), _cell(person, row))


def test_stars_flags_and_labels_by_right_click(person: Person, album: Path) -> None:
    person.open(album)
    photo = int(person.session.shown.rows[2])
    _choose(_menu_on(person, 2), "Stars", "4 stars")
    assert _marks(person, photo)[0] == 4
    _choose(_menu_on(person, 2), "Flag", "Reject")
    assert _marks(person, photo)[1] == REJECTED
    _choose(_menu_on(person, 2), "Flag", "Pick")
    assert _marks(person, photo)[1] == PICKED
    _choose(_menu_on(person, 2), "Label", "Purple")
    assert _marks(person, photo)[2] == "Purple"
    _choose(_menu_on(person, 2), "Label", "No label")
    _choose(_menu_on(person, 2), "Stars", "No stars")
    assert _marks(person, photo) == (-1, PICKED, "")


def _marks(person: Person, photo: int) -> tuple[int, int, str]:
    columns = person.session.columns
    assert columns is not None
    label = int(columns.label.values[photo])
    word = columns.label.words[label] if label >= 0 else ""
    return int(columns.stars[photo]), int(columns.flag[photo]), word


def test_a_right_click_keeps_a_selection_it_lies_in_and_else_makes_one(
    person: Person, album: Path
) -> None:
    person.open(album)
    selection = person.session.selection
    person.act("select_all")
    _choose(_menu_on(person, 3), "Stars", "2 stars")
    assert set(person.stars().values()) == {2}
    assert len(person.stars()) == 16
    person.act("select_none")
    _menu_on(person, 3).close()
    assert selection.photos().tolist() == [person.session.shown.rows[3]]
    _menu_on(person, 1).close()
    assert selection.photos().tolist() == [person.session.shown.rows[1]]


def test_beside_the_photos_the_menu_arranges_them(person: Person, album: Path) -> None:
    person.open(album)
    grid = person.window.grid
    beside = QPoint(grid.viewport().width() // 2, grid.viewport().height() - 3)
    grid.set_edge(96)
    assert not grid.indexAt(beside).isValid()
    _choose(_right_click(person, grid.viewport(), beside), "Sort by", "Name")
    assert person.shown() == sorted(person.shown())
    _choose(_right_click(person, grid.viewport(), beside), "Group by", "By day")
    assert person.session.shown.starts is not None
    _choose(_right_click(person, grid.viewport(), beside), "Select all shown")
    assert len(person.session.selection.photos()) == 16


def test_the_menu_key_opens_it_at_the_current_photo(person: Person, album: Path) -> None:
    person.open(album)
    grid = person.window.grid
    grid.setCurrentIndex(grid.index(1))
    reason = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(grid.viewport(), QContextMenuEvent(reason, QPoint(), QPoint()))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    _choose(menu, "Stars", "5 stars")
    assert list(person.stars().values()) == [5]


def test_the_loupe_and_the_comparison_have_it_too(person: Person, album: Path) -> None:
    person.open(album)
    person.act("loupe")
    pane = person.window.loupe.pane
    _choose(_right_click(person, pane, pane.rect().center()), "Stars", "3 stars")
    assert list(person.stars().values()) == [3]
    person.act("grid")
    person.act("select_all")
    person.act("compare")
    second = person.window.compare.panes[1]
    _choose(_right_click(person, second, second.rect().center()), "Flag", "Reject")
    columns = person.session.columns
    assert columns is not None
    assert np.flatnonzero(columns.flag == REJECTED).tolist() == [person.window.compare.photos[1]]


def test_the_menu_lists_all_marks_with_their_keys(person: Person, album: Path) -> None:
    person.open(album)
    menu = person.window.menus.main()
    for path, key in (
        (("Stars", "5 stars"), "5"), (("Stars", "2 stars"), "2"), (("Stars", "No stars"), "0"),
        (("Flag", "Pick"), "P"), (("Flag", "Reject"), "X"), (("Flag", "No flag"), "U"),
        (("Label", "Red"), "6"), (("Label", "Blue"), "9"), (("Label", "Purple"), ""),
        (("Label", "No label"), ""),
    ):  # fmt: skip
        text = _entry(menu, "Rate and mark", *path).text()
        assert text.partition("\t")[2] == key
    _choose(menu, "Rate and mark", "Stars", "2 stars")
    assert list(person.stars().values()) == [2]


def test_files_are_shown_opened_and_copied(person: Person, album: Path, desktop: Desktop) -> None:
    before = contents(album)
    person.open(album)
    first = album / "day 1" / "IMG_00.jpg"
    _choose(_menu_on(person, 0), "Open with the default program")
    person.wait(lambda: desktop.opened() == [first])
    _choose(_menu_on(person, 0), "Show in the file manager")
    person.wait(lambda: desktop.opened() == [first, first.parent])
    clipboard = QGuiApplication.clipboard()
    person.act("select_all")
    _choose(_menu_on(person, 0), "Copy the path")
    assert len(clipboard.text().splitlines()) == 16
    person.act("select_none")
    person.wait(lambda: person.parts.thumbnails.pixmap(first, 256) is not None)
    _choose(_menu_on(person, 0), "Copy the photo")
    data = clipboard.mimeData()
    assert [Path(url.toLocalFile()) for url in data.urls()] == [first]
    assert data.hasImage(), "it can be pasted as a picture too"
    assert contents(album) == before


def test_these_photos_are_exported_without_any_score(
    person: Person, album: Path, tmp_path: Path
) -> None:
    before = contents(album)
    person.open(album)
    grid, controls = person.window.grid, person.window.best_shots.controls
    for row in (1, 4, 6):
        QTest.mouseClick(
            grid.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier,
            _cell(person, row),
        )  # fmt: skip
    wanted = set(np.array(person.shown())[[1, 4, 6]])
    _choose(_menu_on(person, 4), "Export these\u2026")
    assert set(person.shown()) == wanted
    assert not controls.amount.isVisible()
    controls.folder.setText(str(tmp_path / "out"))
    controls.export.click()
    person.wait(controls.show_folder.isVisible)
    copies = [one.name for one in (tmp_path / "out").glob("*.jpg")]
    assert len(copies) == 3
    controls.close_button.click()
    assert len(person.shown()) == 16
    assert contents(album) == before


def test_a_dragged_photo_is_offered_as_a_copy_of_its_file(person: Person, album: Path) -> None:
    person.open(album)
    person.act("select_all")
    photos = person.session.selection.photos().tolist()
    data = as_files(files_of(person.session, photos))
    files = [Path(url.toLocalFile()) for url in data.urls()]
    assert files == [album / f"day {1 + (n > 8)}" / f"IMG_{n:02}.jpg" for n in range(16)]


def test_a_photo_that_is_held_and_moved_is_dragged_and_selects_no_other(
    person: Person, album: Path
) -> None:
    """The offscreen platform takes no drag: Qt says at once that nobody wanted it."""
    person.open(album)
    grid = person.window.grid
    _move_over(grid.viewport(), _cell(person, 1), _cell(person, 2))
    assert person.session.selection.photos().tolist() == [int(person.session.shown.rows[1])]


def test_a_press_beside_a_photo_spans_a_rubber_band(person: Person, album: Path) -> None:
    person.open(album)
    grid = person.window.grid
    _move_over(
        grid.viewport(),
        grid.visualRect(grid.index(0)).topLeft() + QPoint(2, 2),
        _cell(person, 1),
    )
    assert len(person.session.selection.photos()) == 2


def _move_over(widget: QWidget, start: QPoint, end: QPoint) -> None:
    button = Qt.MouseButton.LeftButton
    QTest.mousePress(widget, button, pos=start)
    for step in (1, 2, 3, 4):
        QTest.mouseMove(widget, start + (end - start) * step / 4)
        QApplication.processEvents()
    QTest.mouseRelease(widget, button, pos=end)


def test_similar_photos_are_found_once_their_looks_are_known(person: Person, album: Path) -> None:
    person.open(album)
    said: list[str] = []
    person.session.told.connect(lambda text, _: said.append(text))
    _choose(_menu_on(person, 0), "Find similar photos")
    person.wait(lambda: any("Personalize first" in text for text in said))
    person.rate("112233445511")
    person.act("personalize")
    person.wait(lambda: not person.learning.is_working)
    person.window.grid.setCurrentIndex(person.window.grid.index(0))
    _choose(_menu_on(person, 0), "Find similar photos")
    person.wait(lambda: bool(person.window.filters.choice.similar))
    assert person.session.selection.current in person.session.shown.rows
    person.act("clear_filter")
    assert len(person.shown()) == 16
