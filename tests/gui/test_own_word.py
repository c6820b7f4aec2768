"""A person's own stars and rejections come before what the taste says."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage

from photoaes.album.ordering import SortKey
from photoaes.gui.kit.theme import current
from tests.gui.conftest import Person


@pytest.fixture
def scored(person: Person, album: Path) -> Person:
    """The album with scores that rise with the number in the name, best first."""
    person.open(album)
    columns = person.session.columns
    assert columns is not None
    scores = np.array([float(path.stem[-2:]) for path in columns.paths])
    person.session.set_scores(scores, scores, resort=False)
    person.session.sort(SortKey.SCORE, True)
    return person


def _mark(person: Person, name: str, key: str) -> None:
    row = person.shown().index(name)
    person.window.grid.setCurrentIndex(person.window.grid.index(row))
    person.press(key)


def test_the_order_by_my_score_takes_my_stars_first(scored: Person) -> None:
    assert scored.shown()[0] == "IMG_15.jpg"
    for name, key in (("IMG_15.jpg", "1"), ("IMG_14.jpg", "x"), ("IMG_00.jpg", "5")):
        _mark(scored, name, key)
    assert scored.shown()[0] == "IMG_15.jpg", "nothing moves under the hand"
    assert scored.session.is_stale
    scored.act("sort_again")
    names = scored.shown()
    assert names[-1] == "IMG_14.jpg", "rejected"
    assert names[-2] == "IMG_15.jpg", "one star"
    assert names[0] == "IMG_00.jpg", "five stars"
    columns = scored.session.columns
    assert columns is not None
    for place, photo in enumerate(scored.session.shown.rows.tolist(), start=1):
        assert scored.session.standing.place(photo) == place, "the rank told is the place shown"


def test_marks_that_change_no_place_ask_for_no_sorting(scored: Person) -> None:
    scored.session.sort(SortKey.NAME, False)
    for key in ("3", "x", "6"):
        _mark(scored, "IMG_05.jpg", key)
        assert not scored.session.is_stale
    scored.session.sort(SortKey.SCORE, True)
    _mark(scored, "IMG_05.jpg", "7")
    assert not scored.session.is_stale, "a label is no matter of taste"


def test_best_shots_take_my_word_and_lose_a_rejected_photo_at_once(scored: Person) -> None:
    for name, key in (("IMG_15.jpg", "1"), ("IMG_14.jpg", "x"), ("IMG_00.jpg", "5")):
        _mark(scored, name, key)
    controls = scored.window.best_shots.controls
    scored.act("best_shots")
    controls.one_per_burst.setChecked(False)
    controls.amount.setValue(4)
    assert "IMG_00.jpg" in scored.shown()
    assert not {"IMG_15.jpg", "IMG_14.jpg"} & set(scored.shown())
    scored.window.grid.setFocus()
    gone = scored.shown()[1]
    _mark(scored, gone, "x")
    assert gone not in scored.shown()
    assert len(scored.shown()) == 4, "the next one moves up"
    scored.act("undo")
    assert gone in scored.shown()


def test_the_cell_says_which_is_which(scored: Person) -> None:
    photo = scored.session.shown.rows[0]
    teal, dim = current().color("score"), current().color("dim")
    scored.wait(lambda: _has(_strip(scored, 0), teal))  # it fades in
    _mark(scored, "IMG_15.jpg", "3")
    strip = _strip(scored, 0)
    assert not _has(strip, teal), "the score does not count any more"
    assert _has(strip, dim)
    model = scored.window.grid.model()
    tip = model.data(model.index(0, 0), Qt.ItemDataRole.ToolTipRole)
    assert "Your 3 stars place it" in tip
    scored.session.set_flag(np.array([photo]), -1)
    tip = model.data(model.index(0, 0), Qt.ItemDataRole.ToolTipRole)
    assert "stands last" in tip


def _strip(person: Person, row: int) -> QImage:
    grid = person.window.grid
    grid.scrollToTop()
    cell = grid.visualRect(grid.model().index(row, 0))
    cell.setTop(grid._cells.stars_area(cell).top() - 2)
    return grid.viewport().grab(cell).toImage()


def _has(image: QImage, colour: QColor) -> bool:
    colours = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return any(
        max(abs(c.red() - colour.red()), abs(c.green() - colour.green())) < 12
        and abs(c.blue() - colour.blue()) < 12
        for c in colours
    )
