"""The blind check, as a person goes through it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt

from photoaes.album.columns import UNRATED
from photoaes.album.ordering import SortKey
from photoaes.album.store.lessons import ratings_for_fit
from tests.gui.conftest import Person


@pytest.fixture
def learned(person: Person, album: Path) -> Person:
    """Somebody who has rated five of sixteen photos and personalized."""
    person.open(album)
    person.rate("51423")
    person.act("personalize")
    person.wait(lambda: not person.learning.is_working)
    return person


def test_ten_photos_are_rated_without_scores_and_counted(learned: Person) -> None:
    checking, session, window = learned.parts.checking, learned.session, learned.window
    before = learned.shown()
    window.taste.check.button.click()
    assert window.pages.currentWidget() is window.loupe
    assert len(learned.shown()) == 10
    assert not set(learned.shown()) & set(learned.stars())
    seen = []
    for number, star in enumerate("1234512345"):
        current = session.selection.current
        assert current is not None
        assert session.score(current) is None
        assert checking.rated == number
        seen.append(current)
        learned.press(star)
    assert len(set(seen)) == 10
    assert not checking.is_under_way
    verdict = checking.verdict
    assert verdict is not None
    assert (verdict.rated, verdict.pairs) == (10, 40)
    assert 0 <= verdict.personal <= 40
    assert "of 40 pairs" in window.taste.check.words(verdict)
    assert window.pages.currentWidget() is window.grid
    assert sorted(learned.shown()) == sorted(before)
    assert session.score(seen[0]) is not None
    assert len(ratings_for_fit(session.store)) == 15
    learned.act("undo")
    assert len(learned.stars()) == 14


def test_an_order_learned_meanwhile_changes_nothing(learned: Person) -> None:
    checking, session = learned.parts.checking, learned.session
    learned.act("check_me")
    columns, taste = session.columns, learned.learning.taste
    assert columns is not None
    score = columns.score[session.blind].copy()
    order = np.argsort(np.argsort(score))
    for photo, place in zip(session.blind.tolist(), order.tolist(), strict=True):
        session.set_stars(np.array([photo]), 1 + place // 2)
        learned.wait(lambda: not session.marking.is_busy)
        if place == 4:
            learned.wait(lambda: learned.learning.taste is not taste)
    verdict = checking.verdict
    assert verdict is not None
    assert verdict.personal == verdict.pairs == 40


@pytest.mark.parametrize("way", ["escape", "sort", "button"])
def test_a_check_can_be_left(learned: Person, way: str) -> None:
    checking = learned.parts.checking
    learned.act("check_me")
    learned.press("42")
    if way == "escape":
        learned.act("back")
    elif way == "sort":
        learned.session.sort(SortKey.NAME, descending=False)
    else:
        learned.window.taste.check.button.click()
    assert not checking.is_under_way
    assert len(learned.shown()) == 16
    assert checking.verdict is not None
    assert (checking.verdict.rated, checking.verdict.pairs) == (2, 1)
    assert len(learned.stars()) == 7


def test_stars_all_the_same_say_so(learned: Person) -> None:
    learned.act("check_me")
    learned.press("3333333333")
    verdict = learned.parts.checking.verdict
    assert verdict is not None
    assert verdict.pairs == 0
    assert "Nothing to compare" in learned.window.taste.check.words(verdict)


def test_undone_in_the_middle_it_waits_for_another_star(learned: Person) -> None:
    learned.act("check_me")
    first = learned.session.selection.current
    learned.press("4")
    learned.act("undo")
    assert learned.session.selection.current == first
    assert learned.parts.checking.rated == 0
    learned.tap(Qt.Key.Key_Right)
    assert learned.session.selection.current != first


def test_without_scores_there_is_no_check(person: Person, album: Path) -> None:
    person.open(album)
    person.act("check_me")
    assert not person.parts.checking.is_under_way
    assert person.session.columns is not None
    assert (person.session.columns.stars == UNRATED).all()
