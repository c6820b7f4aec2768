"""Scores become stars by share: after a preview, hollow, undoable, and confirmed by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from photoaes.album.ordering import SortKey
from photoaes.gui.views.dialogs.share_stars import ShareStars
from photoaes.gui.views.dialogs.sidecars import SidecarsDialog
from tests.gui.conftest import Person
from tests.originals import contents


@pytest.fixture
def scored(person: Person, album: Path) -> Person:
    person.open(album)
    columns = person.session.columns
    assert columns is not None
    scores = np.array([float(path.stem[-2:]) for path in columns.paths])
    person.session.set_scores(scores, scores, resort=False)
    return person


def _dialog(person: Person) -> ShareStars:
    person.act("share_stars")
    QApplication.processEvents()
    return person.window.findChildren(ShareStars)[-1]


def _hollow(person: Person) -> dict[str, int]:
    columns = person.session.columns
    assert columns is not None
    return {
        columns.paths[i].name: int(columns.stars[i])
        for i in np.flatnonzero(columns.by_machine).tolist()
    }


def test_stars_by_share_are_previewed_given_confirmed_and_undone(
    scored: Person, album: Path
) -> None:
    before = contents(album)
    scored.window.grid.setCurrentIndex(scored.window.grid.index(scored.shown().index("IMG_15.jpg")))
    scored.press("4")
    dialog = _dialog(scored)
    for box, percent in zip(dialog.percents, (25, 25, 0, 0, 0), strict=True):
        box.setValue(percent)
    assert [label.text().split()[0] for label in dialog.counts] == ["4", "3", "0", "0", "0"]
    # The fourth of the second quarter is the photo that has four stars already.
    dialog.give.click()
    scored.wait(lambda: bool(_hollow(scored)))
    hollow = _hollow(scored)
    assert hollow == {f"IMG_{n:02}.jpg": 5 if n > 10 else 4 for n in range(8, 15)}
    assert scored.stars()["IMG_15.jpg"] == 4, "a person's stars stay"
    assert scored.learning.support.count == 1, "they teach nothing"
    scored.act("select_all")
    scored.act("confirm_stars")
    scored.wait(lambda: not _hollow(scored))
    assert scored.learning.support.count == 8
    scored.act("undo")
    scored.wait(lambda: _hollow(scored) == hollow)
    scored.act("undo")
    scored.wait(lambda: not _hollow(scored))
    assert scored.stars() == {"IMG_15.jpg": 4}
    assert contents(album) == before


def test_rejected_photos_get_none_and_can_be_copied_away(
    scored: Person, album: Path, tmp_path: Path
) -> None:
    before = contents(album)
    columns = scored.session.columns
    assert columns is not None
    scored.session.set_flag(np.array([14, 15]), -1)
    scored.settle()
    dialog = _dialog(scored)
    assert not {14, 15} & dialog.stars.keys()
    dialog.reject()
    scored.act("export_rejected")
    controls = scored.window.best_shots.controls
    controls.folder.setText(str(tmp_path / "rejects"))
    controls.export.click()
    scored.wait(controls.show_folder.isVisible)
    assert len(list((tmp_path / "rejects").glob("*.jpg"))) == 2
    assert contents(album) == before


def test_labels_by_share_are_previewed_given_and_undone(scored: Person, album: Path) -> None:
    before = contents(album)
    columns = scored.session.columns
    assert columns is not None
    best = int(np.argmax(columns.score))
    scored.session.set_label(np.array([best]), "Purple")
    scored.settle()
    dialog = _dialog(scored)
    dialog.kind.setCurrentIndex(1)
    for box, percent in zip(dialog.percents, (25, 25, 0, 0, 0), strict=True):
        box.setValue(percent)
    # One of the first quarter has a label already.
    assert [label.text().split()[0] for label in dialog.counts] == ["3", "4", "0", "0", "0"]
    dialog.give.click()
    scored.settle()
    found = scored.session.columns
    assert found is not None
    words = [found.label.words[one] if one >= 0 else "" for one in found.label.values]
    assert (words.count("Green"), words.count("Blue"), words.count("Purple")) == (3, 4, 1)
    assert scored.learning.support.count == 0, "labels teach nothing"
    scored.act("undo")
    found = scored.session.columns
    assert found is not None
    assert [one for one in found.label.values if one >= 0] == [found.label.number("Purple")]
    assert contents(album) == before


def test_stars_that_go_to_sidecars_are_the_persons_own_and_one_undo_away(
    scored: Person, album: Path
) -> None:
    dialog = _dialog(scored)
    dialog.percents[0].setValue(25)
    dialog.sidecars.setChecked(True)
    dialog.give.click()
    scored.wait(lambda: bool(scored.window.findChildren(SidecarsDialog)))
    assert not _hollow(scored)
    assert list(scored.stars().values()).count(5) == 4
    written = scored.window.findChildren(SidecarsDialog)[-1]
    written.accept()
    scored.wait(lambda: len(list(album.rglob("*.xmp"))) == 16)
    assert 'Rating="5"' in (album / "day 2/IMG_15.jpg.xmp").read_text()
    scored.act("undo")
    scored.wait(lambda: not scored.stars())


def test_without_scores_nothing_is_offered(person: Person, album: Path) -> None:
    person.open(album)
    said: list[str] = []
    person.session.told.connect(lambda text, _: said.append(text))
    person.act("share_stars")
    assert not person.window.findChildren(ShareStars)
    assert any("Personalize" in text for text in said)


def test_taking_back_hollow_stars_moves_nothing_from_under_the_hand(scored: Person) -> None:
    """Of many photos that undo is about, some are in sight: nobody wants to be at another."""
    scored.session.sort(SortKey.SCORE, True)
    grid = scored.window.grid
    grid.setFocus()
    grid.setCurrentIndex(grid.index(0))
    scored.press("5")
    scored.tap(Qt.Key.Key_Home)
    photo, place = scored.session.selection.current, grid.verticalScrollBar().value()
    _dialog(scored).give.click()
    scored.wait(lambda: bool(_hollow(scored)))
    scored.act("undo")
    scored.wait(lambda: not _hollow(scored))
    assert grid.verticalScrollBar().value() == place
    current = scored.session.selection.row()
    assert current is not None
    assert current == 1, "the nearest of those that changed"
    assert photo == scored.session.shown.rows[0]


def test_what_a_share_says_is_whole(german: None, scored: Person) -> None:
    scored.session.set_label(np.arange(0, 16, 2), "Red")
    scored.settle()
    dialog = _dialog(scored)
    dialog.kind.setCurrentIndex(1)
    QApplication.processEvents()
    said = [label for label in dialog.counts if "weitere" in label.text()]
    assert said
    for label in said:
        assert label.width() >= label.sizeHint().width(), label.text()
        assert dialog.rect().contains(label.geometry())
    dialog.reject()
