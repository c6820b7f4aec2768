"""The photo that keys act on is one that can be seen."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from photoaes.album.columns import UNRATED
from photoaes.album.filter_choice import FilterChoice
from photoaes.album.shown import Grouping
from tests.gui.conftest import Person


def _current(person: Person) -> str:
    session, current = person.session, person.session.selection.current
    assert session.columns is not None
    assert current is not None
    return session.columns.paths[current].name


def test_a_key_rates_no_photo_that_a_filter_hides(person: Person, album: Path) -> None:
    person.open(album)
    grid = person.window.grid
    grid.setFocus()
    grid.setCurrentIndex(grid.index(4))
    person.act("select_none")
    person.window.filters.set(FilterChoice(text="IMG_1"))
    assert _current(person) == "IMG_10.jpg", "the next one that is shown"
    person.press("5")
    assert person.stars() == {"IMG_10.jpg": 5}
    person.tap(Qt.Key.Key_Return)
    assert person.window.loupe.pane.path == album / "day 2" / "IMG_10.jpg"
    person.wait(lambda: person.window.loupe.pane._full() is not None)


def test_the_loupe_goes_on_to_a_photo_that_is_shown(person: Person, album: Path) -> None:
    person.open(album)
    grid = person.window.grid
    grid.setCurrentIndex(grid.index(12))
    person.act("loupe")
    person.window.filters.set(FilterChoice(text="IMG_0"))
    QApplication.processEvents()
    assert person.window.loupe.pane.path == album / "day 2" / "IMG_09.jpg"


def test_rating_on_with_a_filter_for_the_unrated_goes_from_photo_to_photo(
    person: Person, album: Path
) -> None:
    person.open(album)
    person.window.filters.set(FilterChoice(stars=frozenset({UNRATED})))
    grid = person.window.grid
    grid.setFocus()
    grid.setCurrentIndex(grid.index(3))
    for stars in "42":
        person.press(stars)
        person.act("sort_again")
    assert person.stars() == {"IMG_03.jpg": 4, "IMG_04.jpg": 2}
    assert _current(person) == "IMG_05.jpg"


def test_what_a_stack_hides_is_stood_for_by_its_best(person: Person, album: Path) -> None:
    person.open(album)
    group = np.full(16, -1, dtype=np.int32)
    group[[2, 3, 9]] = 0
    best = np.ones(16, dtype=bool)
    best[[2, 3]] = False
    person.session.set_groups(group, best)
    scores = np.arange(16.0)
    person.session.set_scores(scores, scores, resort=True)
    grid = person.window.grid
    grid.setCurrentIndex(grid.index(person.shown().index("IMG_02.jpg")))
    person.session.group(Grouping.BURST)
    assert _current(person) == "IMG_09.jpg"
