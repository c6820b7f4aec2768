"""Stars made of scores (`photoaes ratings fill`): shown as such, and not counted as a person's."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from photoaes.album.columns import UNRATED
from photoaes.album.store.marks_import import set_machine_stars
from photoaes.gui.state.stage import Stage
from tests.gui.conftest import Person


@pytest.fixture
def filled(person: Person, album: Path) -> Person:
    """An album of which a person has rated four photos, and a machine all others: 4 stars each."""
    person.open(album)
    person.rate("1155")
    paths = [photo.path for photo in person.session.photos]
    set_machine_stars(person.session.store, dict.fromkeys(paths, 4), "Ann")
    person.act("rescan")
    person.wait(lambda: not person.parts.opening.is_busy)
    return person


def _machines(person: Person) -> list[int]:
    columns = person.session.columns
    assert columns is not None
    return np.flatnonzero(columns.by_machine).tolist()


def test_only_a_persons_stars_count(filled: Person) -> None:
    support = filled.learning.support
    assert (support.here, support.count) == ([2, 0, 0, 0, 2], 4)
    assert filled.learning.stage() is Stage.FEW
    assert len(_machines(filled)) == 12
    suggested = filled.learning.suggestions(20)
    assert sorted(suggested.tolist()) == _machines(filled), "those are still to rate"


def test_filters_take_them_for_stars_and_as_still_to_rate(filled: Person) -> None:
    filters = filled.window.filters
    filters.toggle("stars", 4)
    assert len(filled.shown()) == 12
    filters.toggle("stars", 4)
    filters.toggle("stars", UNRATED)
    assert len(filled.shown()) == 12


def test_a_screen_reader_and_the_eye_can_tell(filled: Person) -> None:
    grid, photo = filled.window.grid, _machines(filled)[0]
    row = filled.session.shown.row_of(photo)
    assert row is not None
    model = grid.model()
    spoken = model.data(model.index(row, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert "unrated, 4 stars made of a score" in spoken
    before = _strip(filled, row)
    filled.session.set_stars(np.array([photo]), 4)
    assert _strip(filled, row) != before
    assert photo not in _machines(filled)
    spoken = model.data(model.index(row, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert "unrated" not in spoken
    filled.act("undo")
    assert photo in _machines(filled), "undo gives them back to the machine"
    assert _strip(filled, row) == before


def _strip(person: Person, row: int) -> QImage:
    """What is painted where the stars lie."""
    grid = person.window.grid
    cell = grid.visualRect(grid.model().index(row, 0))
    area = grid._cells.stars_area(cell)
    return grid.viewport().grab(area).toImage()


def test_a_press_on_the_same_star_makes_it_the_persons(filled: Person) -> None:
    grid, photo = filled.window.grid, _machines(filled)[0]
    row = filled.session.shown.row_of(photo)
    assert row is not None
    area = grid._cells.stars_area(grid.visualRect(grid.model().index(row, 0)))
    fourth = QPoint(area.left() + round(3.5 * area.height()), area.center().y())
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=fourth)
    filled.wait(lambda: photo not in _machines(filled))
    columns = filled.session.columns
    assert columns is not None
    assert columns.stars[photo] == columns.own[photo] == 4


def test_a_blind_check_hides_them(filled: Person) -> None:
    session, scores = filled.session, np.linspace(1, 5, 16)
    session.set_scores(scores, scores, resort=False)
    filled.act("check_me")
    assert filled.parts.checking.is_under_way, "twelve photos are still to rate"
    assert [session.stars(photo).stars for photo in session.blind.tolist()] == [0] * 10
    assert filled.parts.checking.rated == 0
    filled.press("3")
    assert filled.parts.checking.rated == 1
