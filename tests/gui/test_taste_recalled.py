"""What was learned of an album is there again when the album is opened again."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtWidgets import QApplication

from photoaes.gui.state.stage import Stage
from tests.gui.conftest import Person

FIFTEEN = "112112233445455"


def _learn(person: Person, album: Path) -> None:
    person.open(album)
    person.rate(FIFTEEN)
    person.window.taste.start.click()
    person.wait(lambda: not person.learning.is_working)


def _go_elsewhere(person: Person, album: Path, tmp_path: Path) -> None:
    """Another album is open now: a part of this one, copied."""
    other = tmp_path / "Other"
    shutil.copytree(album / "day 2", other)
    person.open(other)


def test_a_learned_album_opened_again_is_as_it_was_left(
    person: Person, album: Path, tmp_path: Path
) -> None:
    _learn(person, album)
    assert person.learning.stage() is Stage.LEARNED
    before = person.learning.taste
    assert before is not None
    _go_elsewhere(person, album, tmp_path)
    person.open(album)
    person.wait(lambda: person.learning.taste is not None)
    after = person.learning.taste
    assert after is not None
    assert person.learning.stage() is Stage.LEARNED
    assert after.is_exact == before.is_exact
    np.testing.assert_allclose(after.scores, before.scores, atol=1e-3)
    assert after.agreement == before.agreement
    assert not person.session.is_stale, "nothing is to be sorted again: the order is as it was"


def test_photos_that_came_since_are_told_to_have_no_score(person: Person, album: Path) -> None:
    _learn(person, album)
    assert person.learning.stage() is Stage.LEARNED
    said: list[str] = []
    person.session.told.connect(lambda text, _: said.append(text))
    Image.new("RGB", (96, 64), (10, 200, 40)).save(album / "day 2" / "new.jpg")
    person.act("rescan")
    person.wait(lambda: person.learning.taste is not None and person.session.count == 17)
    assert any("no score yet" in text for text in said)
    said.clear()
    person.act("personalize")
    person.wait(lambda: not person.learning.is_working)
    columns = person.session.columns
    assert columns is not None
    assert not np.isnan(columns.score).any()
    person.act("rescan")
    person.wait(lambda: person.learning.taste is not None and not person.parts.opening.is_busy)
    assert not any("no score yet" in text for text in said)


def test_what_was_never_learned_is_not_recalled(person: Person, album: Path) -> None:
    person.open(album)
    person.rate("123")
    person.learning.recalling.start()
    person.work_through()
    assert person.learning.taste is None
    assert person.learning.stage() is not Stage.LEARNED


def test_another_albums_taste_is_not_taken_unasked(
    person: Person, album: Path, tmp_path: Path
) -> None:
    """Its photos were scored in the background, and the taste of an earlier album is known."""
    _learn(person, album)
    other = tmp_path / "Other"
    shutil.copytree(album / "day 2", other)
    for number, path in enumerate(sorted(other.rglob("*.jpg"))):
        Image.new("RGB", (96, 64), (20 * number, 90, 40)).save(path)
    person.open(other)
    person.act("score_ahead")

    def is_scored() -> bool:
        columns = person.session.columns
        return columns is not None and not np.isnan(columns.general).any()

    person.wait(is_scored)
    person.act("score_ahead")
    for _ in range(2):
        person.learning.recalling.start()
        person.work_through()
        assert person.learning.taste is None
        person.act("rescan")
        person.wait(lambda: not person.parts.opening.is_busy)


def test_an_album_left_after_live_stars_wants_no_sorting_when_it_is_opened_again(
    person: Person, album: Path, tmp_path: Path
) -> None:
    """Scores are kept when one presses Personalize; the stars since then moved them further."""
    _learn(person, album)
    scores = person.session.standing.stars
    for row in (12, 13, 14, 15):  # the last are the best from now on
        person.session.set_stars(person.session.shown.rows[[row]], 5)
        person.settle()
    person.work_through()
    person.wait(lambda: person.session.standing.stars is not scores and person.session.is_stale)
    person.act("sort_again")
    left = person.shown()
    grid = person.window.grid
    person.window.edge.setValue(384)
    QApplication.processEvents()
    grid.verticalScrollBar().setValue(2 * grid.verticalScrollBar().maximum() // 3)
    place = grid.place()
    assert place is not None
    assert place[0] != int(person.session.shown.rows[0])
    _go_elsewhere(person, album, tmp_path)
    person.open(album)
    person.wait(lambda: person.learning.taste is not None)
    assert not person.session.is_stale
    assert not person.window.bar._again.isEnabled()
    assert person.shown() == left
    person.wait(lambda: grid.place() == place)


def test_who_rates_before_the_taste_is_back_is_not_sorted_away(
    person: Person, album: Path, tmp_path: Path
) -> None:
    _learn(person, album)
    _go_elsewhere(person, album, tmp_path)
    person.open(album)
    person.session.set_stars(person.session.shown.rows[[15]], 5)
    person.settle()
    assert person.session.is_stale
    before = person.shown()
    person.learning.recalling.start()
    person.wait(lambda: person.learning.taste is not None)
    assert person.shown() == before
    assert person.session.is_stale, "it is offered, not done"


def test_meanwhile_nobody_is_told_that_it_takes_minutes_again(
    person: Person, album: Path, tmp_path: Path
) -> None:
    _learn(person, album)
    _go_elsewhere(person, album, tmp_path)
    person.learning.settings = replace(person.learning.settings, pace=0.01)
    said: list[str] = []
    person.learning.changed.connect(lambda: said.append(person.window.taste.advice.text()))
    person.window.dropped.emit(album)
    person.wait(lambda: person.session.folder == album and not person.parts.opening.is_busy)
    person.wait(lambda: person.learning.taste is not None)
    at = said.index("Your taste is being brought back\u2026")
    assert not any("minutes" in text for text in said[at:])


def test_the_estimate_counts_what_is_measured_already(person: Person, album: Path) -> None:
    person.open(album)
    person.rate(FIFTEEN)
    person.learning.settings = replace(person.learning.settings, pace=0.1)
    columns = person.session.columns
    assert columns is not None
    known = np.full(16, np.nan)
    person.session.set_scores(known, known, resort=False)
    person.learning.changed.emit()
    assert person.window.taste.advice.text().endswith("about 3 minutes.")
    known[:12] = 2.0
    person.session.set_scores(known, known, resort=False)
    person.learning.changed.emit()
    assert person.window.taste.advice.text().endswith("about 40 seconds.")
