"""The drawer of the best shots: what is on show is what is exported."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from photoaes.album.filter_choice import FilterChoice
from tests.gui.conftest import Person
from tests.originals import contents


@pytest.fixture
def scored(person: Person, album: Path) -> Person:
    person.open(album)
    scores = np.arange(16.0)
    person.session.set_scores(scores, scores, resort=False)
    return person


def _status(person: Person) -> str:
    return person.window.status._counts.text()


def test_the_best_of_what_the_filters_let_through_are_chosen(scored: Person) -> None:
    filters, drawer = scored.window.filters, scored.window.best_shots
    filters.set(FilterChoice(text="IMG_0"))
    scored.act("best_shots")
    drawer.controls.amount.setValue(3)
    assert scored.shown() == ["IMG_09.jpg", "IMG_08.jpg", "IMG_07.jpg"]
    assert "3 of 10 photos" in _status(scored)
    assert "6 hidden by filters" in _status(scored)
    scored.act("clear_filter")
    assert scored.shown() == ["IMG_15.jpg", "IMG_14.jpg", "IMG_13.jpg"]
    assert _status(scored) == "3 of 16 photos"
    assert scored.window.status._show_all.isHidden(), "no filter hides anything"
    drawer.controls.close_button.click()
    assert len(scored.shown()) == 16
    assert _status(scored) == "16 photos"


def test_a_filter_set_beside_the_drawer_does_not_export_what_is_not_on_show(
    scored: Person, tmp_path: Path
) -> None:
    folder = scored.session.folder
    assert folder is not None
    before, controls = contents(folder), scored.window.best_shots.controls
    scored.act("best_shots")
    controls.amount.setValue(4)
    controls.folder.setText(str(tmp_path / "out"))
    scored.window.filters.set(FilterChoice(text="IMG_01"))
    shown = scored.shown()
    assert shown == ["IMG_01.jpg"]
    controls.export.click()
    scored.wait(lambda: controls.show_folder.isVisible())
    assert [one.name for one in (tmp_path / "out").glob("*.jpg")] == ["0001_IMG_01.jpg"]
    controls.close_button.click()
    assert scored.shown() == shown, "the filter stays, as it was set"
    assert contents(folder) == before


def test_suggestions_leave_the_drawer(scored: Person) -> None:
    scored.act("best_shots")
    scored.act("suggest")
    assert scored.window.best_shots.isHidden()
    assert "suggested" in scored.window.filters.choice.active()


def test_photos_picked_out_by_hand_are_meant_whatever_is_hidden(scored: Person) -> None:
    scored.session.set_flag(np.array([2, 5]), -1)
    scored.settle()
    scored.window.filters.set(FilterChoice(text="IMG_1"))
    scored.act("export_rejected")
    assert sorted(scored.shown()) == ["IMG_02.jpg", "IMG_05.jpg"]


def test_rejected_photos_are_not_offered_the_folder_of_the_best(scored: Person) -> None:
    controls = scored.window.best_shots.controls
    scored.session.set_flag(np.array([2, 5]), -1)
    scored.settle()
    for action, ending in (("best_shots", "best"), ("export_rejected", "rejected"),
                           ("best_shots", "best"), ("export_these", "selection")):  # fmt: skip
        scored.act(action)
        assert controls.folder.text().endswith(f"Trip - {ending}")
        controls.close_button.click()
    scored.act("best_shots")
    controls.folder.setText("/mine")
    controls.close_button.click()
    scored.act("export_rejected")
    assert controls.folder.text() == "/mine", "whoever has said where to, has said it"


def test_closed_the_drawer_leaves_everything_where_it_was(scored: Person) -> None:
    grid, selection = scored.window.grid, scored.session.selection
    scored.window.edge.setValue(300)
    grid.setFocus()
    grid.setCurrentIndex(grid.index(9))
    selection.select([int(scored.session.shown.rows[row]) for row in (8, 9, 10)])
    scored.session.refresh()
    bar = grid.verticalScrollBar()
    bar.setValue(bar.value() + 11)
    QApplication.processEvents()
    before = (bar.value(), selection.current, selection.photos().tolist(), scored.shown())
    assert bar.value() > 0
    assert len(before[2]) == 3
    scored.act("best_shots")
    QApplication.processEvents()
    assert selection.current != before[1]
    scored.tap(Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert (bar.value(), selection.current, selection.photos().tolist(), scored.shown()) == before


def test_after_an_export_the_next_key_opens_its_folder(scored: Person, tmp_path: Path) -> None:
    """And not "Show all", to which the focus fell from the button that was switched off."""
    controls = scored.window.best_shots.controls
    scored.act("best_shots")
    controls.folder.setText(str(tmp_path / "out"))
    controls.export.setFocus()
    controls.export.click()
    assert QApplication.focusWidget() is controls.close_button
    scored.wait(lambda: controls.show_folder.isVisible())
    assert QApplication.focusWidget() is controls.show_folder


def test_the_limit_of_the_score_and_the_box_for_bursts_do_not_read_as_one(scored: Person) -> None:
    controls = scored.window.best_shots.controls
    scored.act("best_shots")
    QApplication.processEvents()
    gap = _left(controls.one_per_burst) - _right(controls.least)
    assert _left(controls.unit) < _left(controls.least) < _left(controls.one_per_burst)
    assert gap >= 16


def _left(widget: object) -> int:
    return int(widget.mapToGlobal(widget.rect().topLeft()).x())  # type: ignore[attr-defined]


def _right(widget: object) -> int:
    return int(widget.mapToGlobal(widget.rect().topRight()).x())  # type: ignore[attr-defined]
