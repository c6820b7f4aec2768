"""The app as a person uses it, in the person's words."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from photoaes import app
from photoaes.album.columns import UNRATED
from photoaes.album.ordering import SortKey
from photoaes.album.store.feature_cache import FeatureCache
from photoaes.album.store.opening import FILE_NAME, Store, open_store
from photoaes.gui.state.stage import Stage
from photoaes.gui.views.best_shots_controls import StarsBeside
from photoaes.preferences import Preferences
from tests.gui.conftest import Person

TWELVE = "512345123451"


def _hashes(folder: Path) -> dict[str, str]:
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest() + str(path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_open_rate_twelve_personalize_sort_filter_export(
    person: Person, album: Path, tmp_path: Path
) -> None:
    before = _hashes(album)
    person.open(album)
    assert len(person.shown()) == 16
    person.rate(TWELVE)
    assert person.learning.stage() is Stage.READY
    person.window.taste.start.click()
    person.wait(lambda: not person.learning.is_working)
    assert person.learning.stage() in (Stage.LEARNED, Stage.NOT_BETTER)
    columns = person.session.columns
    assert columns is not None
    assert not np.isnan(columns.score).any()
    person.session.sort(SortKey.SCORE, descending=True)
    rows = person.session.shown.rows
    own, scores = columns.own[rows], columns.score[rows]
    assert (np.diff(own[own != UNRATED]) <= 0).all(), "the person's own word comes first"
    for stars in np.unique(own):
        assert (np.diff(scores[own == stars]) <= 0).all()
    person.window.filters.toggle("stars", 5)
    assert set(person.shown()) == {name for name, stars in person.stars().items() if stars == 5}
    person.window.filters.clear()
    drawer = person.window.best_shots.controls
    person.act("best_shots")
    drawer.amount.setValue(5)
    drawer.folder.setText(str(tmp_path / "best"))
    assert len(person.shown()) == 5
    drawer.sheet.setChecked(True)
    drawer.stars.setCurrentIndex(drawer.stars.findData(StarsBeside.ADOBE_NAMES))
    drawer.export.click()
    person.wait(lambda: drawer.show_folder.isVisible())
    exported = sorted(path.name for path in (tmp_path / "best").iterdir())
    assert sum(name.endswith(".jpg") for name in exported) == 5
    assert sum(name.endswith(".xmp") for name in exported) == 5
    assert not any(name.endswith(".jpg.xmp") for name in exported)
    assert any(name.endswith(".html") for name in exported)
    assert any(name.endswith(".json") for name in exported)
    drawer.close_button.click()
    assert len(person.shown()) == 16
    assert _hashes(album) == before


def test_cancel_in_the_middle_changes_nothing(person: Person, album: Path) -> None:
    person.open(album)
    person.rate(TWELVE)
    order = person.shown()
    person.act("personalize")
    assert person.learning.stage() is Stage.WORKING
    person.learning.cancel()
    assert person.learning.stage() is Stage.READY
    person.work_through()
    assert person.learning.taste is None
    assert person.shown() == order
    assert len(person.stars()) == 12


def test_close_while_it_learns(person: Person, album: Path) -> None:
    person.open(album)
    person.rate(TWELVE)
    person.act("personalize")
    person.window.close()
    person.parts.stop()
    assert not person.window.isVisible()


def test_the_folder_vanishes(person: Person, album: Path) -> None:
    person.open(album)
    person.rate("54321")
    shutil.rmtree(album)
    person.act("rescan")
    person.wait(lambda: person.session.is_away)
    assert person.window.pages.currentWidget() is person.window.grid
    assert len(person.stars()) == 5, "it may be a drive that was pulled out"


def test_photos_vanish_while_it_learns(person: Person, album: Path) -> None:
    person.open(album)
    person.rate(TWELVE)
    for path in (album / "day 2").iterdir():
        path.unlink()
    person.act("personalize")
    person.wait(lambda: not person.learning.is_working)
    columns = person.session.columns
    assert columns is not None
    assert np.isnan(columns.score).sum() == 7


def test_ratings_are_kept_across_restarts(
    qtbot: QtBot, qapp: QApplication, album: Path, bank: Path, tmp_path: Path
) -> None:
    def session(stars: str) -> dict[str, int]:
        with open_store(tmp_path / f"kept-{FILE_NAME}") as store, FeatureCache(None) as cache:
            window, parts = app.build(store, cache, Preferences())
            qtbot.addWidget(window)
            window.show()
            person = Person(qtbot, window, parts)
            person.open(album)
            if stars:
                person.rate(stars)
            given = person.stars()
            parts.stop()
            return given

    given = session("5012")
    assert sorted(given.values()) == [1, 2, 5]
    assert session("") == given


def test_a_smaller_album_after_a_larger_one(person: Person, album: Path) -> None:
    person.open(album)
    person.act("select_all")
    person.open(album / "day 2")
    person.wait(lambda: len(person.shown()) == 7)
    assert not len(person.session.selection.photos())
    person.press("4")
    assert list(person.stars().values()) == [4]


def test_undo_and_redo_without_end(person: Person, album: Path) -> None:
    person.open(album)
    person.rate("123")
    person.act("undo")
    person.act("undo")
    assert list(person.stars().values()) == [1]
    person.act("redo")
    assert list(person.stars().values()) == [1, 2]
    person.act("select_all")
    person.press("4")
    assert set(person.stars().values()) == {4}
    person.act("undo")
    assert list(person.stars().values()) == [1, 2]


def test_the_order_waits_while_rating(person: Person, album: Path) -> None:
    person.open(album)
    person.session.sort(SortKey.STARS, descending=True)
    order = person.shown()
    person.rate("135")
    assert person.shown() == order
    assert person.session.is_stale
    person.act("sort_again")
    assert person.shown()[0] == order[2]
    assert not person.session.is_stale


def test_a_press_on_a_star_rates_and_the_same_again_clears(person: Person, album: Path) -> None:
    person.open(album)
    grid = person.window.grid
    cell = grid.visualRect(grid.model().index(1, 0))
    area = grid.itemDelegate().stars_area(cell)  # type: ignore[attr-defined]
    third = QPoint(area.left() + int(2.5 * area.height()), area.center().y())
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=third)
    assert list(person.stars().values()) == [3]
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=third)
    assert person.stars() == {}


def test_loupe_and_compare_by_keys(person: Person, album: Path) -> None:
    person.open(album)
    window = person.window
    window.grid.setFocus()
    person.tap(Qt.Key.Key_Home)
    person.tap(Qt.Key.Key_Space)
    assert window.pages.currentWidget() is window.loupe
    first = person.session.selection.current
    person.tap(Qt.Key.Key_Right)
    assert person.session.selection.current != first
    person.press("5")
    assert list(person.stars().values()) == [5]
    person.tap(Qt.Key.Key_Escape)
    assert window.pages.currentWidget() is window.grid
    person.act("compare")
    assert len(window.compare.photos) == 2
    person.act("better")
    choices = person.session.store.rows("SELECT count(*) FROM choices")
    assert choices == [(1,)]


def test_better_than_three_others_is_one_step_for_undo(person: Person, album: Path) -> None:
    person.open(album)
    grid = person.window.grid
    grid.setCurrentIndex(grid.index(0))
    person.session.selection.select([int(one) for one in person.session.shown.rows[:4]])
    person.act("compare")
    assert len(person.window.compare.photos) == 4

    def pairs() -> int:
        return len(person.session.store.rows("SELECT 1 FROM choices WHERE NOT is_withdrawn"))

    person.act("better")
    assert pairs() == 3
    current = person.session.selection.current
    person.act("undo")
    assert pairs() == 0
    assert person.session.selection.current == current, "nothing that can be seen has changed"
    person.act("redo")
    assert pairs() == 3


def test_new_stars_change_the_scores_while_the_order_waits(person: Person, album: Path) -> None:
    person.open(album)
    person.rate(TWELVE)
    person.act("personalize")
    person.wait(lambda: not person.learning.is_working)
    columns = person.session.columns
    assert columns is not None
    before, order = columns.score.copy(), person.shown()
    taste = person.learning.taste
    photos = np.flatnonzero(columns.stars < 0)[:2]
    person.session.set_stars(photos, 1)
    person.wait(lambda: person.learning.taste is not taste)
    assert person.session.columns is not None
    assert person.shown() == order
    assert person.learning.taste is not None
    assert person.learning.taste.rated == 14
    assert person.session.columns.score.shape == before.shape


def test_one_star_value_teaches_nothing_and_says_so(person: Person, album: Path) -> None:
    person.open(album)
    person.rate("444444444444")
    assert person.learning.stage() is Stage.ONE_VALUE
    assert not person.window.taste.start.isEnabled()


@pytest.mark.parametrize("name", ["not a folder", "empty"])
def test_a_folder_without_photos_says_what_to_do(person: Person, tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    if name == "empty":
        folder.mkdir()
    else:
        folder = tmp_path / "nowhere" / "at all"
    person.window.dropped.emit(folder)
    person.wait(lambda: person.window.pages.currentWidget() is person.window.message)


def test_suggested_photos_are_unrated_and_can_be_left(person: Person, album: Path) -> None:
    person.open(album)
    person.rate("52")
    person.act("suggest")
    assert 0 < len(person.shown()) <= 8
    assert not set(person.shown()) & set(person.stars())
    person.act("clear_filter")
    assert len(person.shown()) == 16


def test_after_learning_it_suggests_what_would_teach_the_most(person: Person, album: Path) -> None:
    person.open(album)
    person.rate("512345123")
    person.rate("512")
    person.act("personalize")
    person.wait(lambda: not person.learning.is_working)
    columns = person.session.columns
    assert columns is not None
    suggested = person.learning.suggestions(3)
    assert len(suggested) == 3
    assert (columns.stars[suggested] < 0).all()


def test_very_many_photos_are_rated_in_the_background(
    person: Person, album: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("photoaes.gui.kit.writer.WAIT_S", 0)
    person.open(album)
    person.act("select_all")
    person.press("3")
    person.wait(lambda: len(person.stars()) == 16)
    person.press("7")
    person.wait(lambda: person.session.columns is not None and "Yellow" in _labels(person))
    person.act("undo")
    person.act("undo")  # in turn, however fast
    person.wait(lambda: person.stars() == {})
    assert "Yellow" not in _labels(person)
    person.act("redo")
    person.wait(lambda: set(person.stars().values()) == {3})


def _labels(person: Person) -> set[str]:
    columns = person.session.columns
    assert columns is not None
    return {columns.label.words[value] for value in columns.label.values if value >= 0}


def test_scores_are_there_when_the_album_is_opened_again(
    qtbot: QtBot, qapp: QApplication, album: Path, bank: Path, store: Store
) -> None:
    def session(learn: bool) -> np.ndarray:
        with FeatureCache(None) as cache:
            window, parts = app.build(store, cache, Preferences())
            parts.learning.set_bank(bank)
            qtbot.addWidget(window)
            window.show()
            person = Person(qtbot, window, parts)
            person.open(album)
            if learn:
                person.rate(TWELVE)
                person.act("personalize")
                person.wait(lambda: not person.learning.is_working)
            columns = person.session.columns
            assert columns is not None
            parts.stop()
            return columns.score

    np.testing.assert_allclose(session(True), session(False))
