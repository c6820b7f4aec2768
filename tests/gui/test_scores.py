"""Scores in the window: how sure they are, and how new ones come in."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from photoaes.gui.views.dialogs.share_stars import ShareStars
from photoaes.gui.views.grid.fade import FADE_MS, ScoreFade
from photoaes.gui.views.score_text import ScoreText
from tests.gui.conftest import Person


@pytest.fixture
def fade(person: Person, album: Path) -> ScoreFade:
    person.open(album)
    found = person.window.grid.findChild(ScoreFade)
    assert isinstance(found, ScoreFade)
    return found


def _give(person: Person, scores: np.ndarray) -> None:
    person.session.set_scores(scores, scores, resort=False)


def test_new_scores_fade_in_over_the_old_ones(person: Person, fade: ScoreFade) -> None:
    rising = np.linspace(1, 5, 16)
    _give(person, rising)
    person.wait(lambda: fade.layers(0)[0][1] == 1)
    begun = time.monotonic()
    _give(person, rising[::-1].copy())
    (old, leaving), (new, coming) = fade.layers(0)
    assert old < new
    assert leaving == 1
    assert coming == 0
    person.wait(lambda: len(fade.layers(0)) == 1)
    assert FADE_MS < 150
    assert time.monotonic() - begun > FADE_MS / 2000
    assert fade.layers(0) == [(new, 1.0)]


def test_the_first_scores_fade_in_from_nothing(person: Person, fade: ScoreFade) -> None:
    assert fade.layers(3) == []
    _give(person, np.linspace(1, 5, 16))
    [(_, opacity)] = fade.layers(3)
    assert opacity < 1


def test_a_score_that_stays_does_not_flicker(person: Person, fade: ScoreFade) -> None:
    scores = np.linspace(1, 5, 16)
    _give(person, scores)
    person.wait(lambda: fade.layers(0)[0][1] == 1)
    _give(person, scores.copy())
    assert [opacity for _, opacity in fade.layers(0)] == [1.0]


def test_without_motion_scores_are_there_at_once(person: Person, fade: ScoreFade) -> None:
    person.window.grid.setStyleSheet("QWidget { widget-animation-duration: 0 }")
    _give(person, np.linspace(1, 5, 16))
    assert [opacity for _, opacity in fade.layers(5)] == [1.0]


def test_with_a_taste_the_score_says_how_sure_it_is(person: Person, album: Path) -> None:
    person.open(album)
    person.rate("512345123")
    person.act("personalize")
    person.wait(lambda: not person.learning.is_working)
    session, model = person.session, person.window.grid.model()
    index = model.index(0, 0)
    photo = int(session.shown.rows[0])
    margin, score = session.standing.margin(photo), session.score(photo)
    assert margin is not None
    assert score is not None
    assert 0.8 < margin < 2.5  # a star is given with some noise
    tip = model.data(index, Qt.ItemDataRole.ToolTipRole)
    low, high = max(score - margin, 1), min(score + margin, 5)
    assert f"{score:.1f} ({low:.1f} to {high:.1f}) stars" in tip
    spoken = model.data(index, Qt.ItemDataRole.AccessibleTextRole)
    assert f"score {score:.1f}, likely from {low:.1f} to {high:.1f}" in spoken

    session.selection.make_current(photo)
    person.act("loupe")
    person.act("overlay")
    facts = person.window.loupe._facts.text()
    assert f"{score:.1f} ({low:.1f} to {high:.1f}) stars" in facts
    person.act("overlay")


def test_more_ratings_make_it_surer(person: Person, album: Path) -> None:
    def mean_margin() -> float:
        session = person.session
        return float(np.mean([session.standing.margin(photo) or np.nan for photo in range(16)]))

    person.open(album)
    person.rate("51")
    person.act("personalize")
    person.wait(lambda: not person.learning.is_working)
    taste = person.learning.taste
    assert taste is not None
    before = float(taste.uncertainty.mean())
    assert mean_margin() > 0
    person.rate("5123451234512345")
    person.wait(lambda: person.learning.taste is not None and person.learning.taste.rated == 16)
    assert person.learning.taste is not None
    assert float(person.learning.taste.uncertainty.mean()) < before


@pytest.mark.parametrize(
    ("stars", "said"),
    [(1.3, "1.3 (1.0 to 3.1)"), (4.6, "4.6 (2.8 to 5.0)"), (3, "3.0 (1.2 to 4.8)")],
)
def test_nobody_would_give_fewer_stars_than_one_or_more_than_five(
    qapp: QApplication, stars: float, said: str
) -> None:
    assert ScoreText().interval(stars, 1.8) == said


def test_flags_labels_and_hollow_stars_move_no_score(person: Person, album: Path) -> None:
    person.open(album)
    person.rate("51234512")
    person.act("personalize")
    person.wait(lambda: not person.learning.is_working)
    session = person.session
    assert session.columns is not None
    score = session.columns.score.copy()
    session.set_flag(np.array([3]), 1)
    session.set_label(np.array([4]), "Red")
    person.settle()
    person.act("share_stars")
    dialog = person.window.findChildren(ShareStars)[-1]
    kept = [label.text() for label in dialog.counts if "your stars" in label.text()]
    assert sum(int(text.split(", ")[1].split()[0]) for text in kept) == 8
    dialog.give.click()
    person.wait(lambda: bool(session.columns is not None and session.columns.by_machine.any()))
    person.work_through()
    np.testing.assert_array_equal(session.columns.score, score)
    person.rate("1")
    person.wait(lambda: not np.array_equal(session._columns.score, score))


def test_a_rejected_photo_is_no_good_example_any_more(person: Person, album: Path) -> None:
    """Also while the order is live: its stars are as they were."""
    person.open(album)
    person.rate("51234512")
    person.act("personalize")
    person.wait(lambda: not person.learning.is_working)

    def learned_from() -> int:
        taste = person.learning.taste
        return 0 if taste is None else taste.rated

    assert learned_from() == 8
    person.session.set_flag(np.array([0]), -1)  # with five stars
    person.wait(lambda: learned_from() == 7)
    person.session.set_flag(np.array([1]), -1)  # with one: it says the same
    person.settle()
    person.work_through()
    assert learned_from() == 7


def test_stars_that_are_given_while_it_learns_count(person: Person, album: Path) -> None:
    person.open(album)
    person.rate("51234512")
    person.act("personalize")
    assert person.learning.is_working
    person.press("1")
    person.wait(lambda: not person.learning.is_working)

    def learned_from() -> int:
        taste = person.learning.taste
        return 0 if taste is None else taste.rated

    person.wait(lambda: learned_from() == 9)
