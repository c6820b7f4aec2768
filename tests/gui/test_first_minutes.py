"""The first five minutes: a sample album at one press, and three steps to the best shots."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton

from photoaes.gui.state.stage import Stage
from photoaes.preferences import load_preferences
from photoaes.settings import data_folder
from tests.gui.conftest import Person


def _says(person: Person) -> str:
    return " ".join(one.text() for one in person.window.guide.findChildren(QLabel))


def test_from_the_welcome_page_to_the_best_shots_by_three_steps(
    person: Person, tmp_path: Path
) -> None:
    guide = person.window.guide
    assert not guide.isVisible(), "the welcome page says enough"
    person.click("Try it with the sample album")
    person.wait(lambda: person.session.count == 67 and not person.parts.opening.is_busy)
    assert guide.isVisible()
    assert "Step 1 of 3" in _says(person)
    person.rate("1524152415")
    assert "Step 2 of 3" in _says(person)
    assert any(one.text() == "Personalize" for one in guide.findChildren(QPushButton))


def test_the_guide_goes_away_for_good(person: Person, album: Path) -> None:
    guide = person.window.guide
    person.open(album)
    close = next(one for one in guide.findChildren(QToolButton))
    close.click()
    assert not guide.isVisible()
    person.wait(lambda: not load_preferences(data_folder()).guide)  # a thread writes it
    person.press("5")
    person.tap(Qt.Key.Key_Right)
    assert not guide.isVisible()


def test_stars_that_tell_nothing_yet_lead_on_and_leave_no_empty_heading(
    person: Person, album: Path
) -> None:
    person.open(album)
    person.rate("5152415243")
    person.act("personalize")
    person.wait(lambda: not person.learning.is_working)
    assert person.learning.stage() is Stage.NOT_BETTER
    assert "Step 3 of 3" in _says(person)
    panel = person.window.taste
    assert panel._leaning_title.isVisible() == bool(panel._leanings._bars)


def test_the_last_step_ends_the_guide(person: Person, album: Path) -> None:
    person.open(album)
    person.rate("1112223334445555")
    person.act("personalize")
    person.wait(lambda: not person.learning.is_working)
    assert person.learning.stage() is Stage.LEARNED
    guide = person.window.guide
    assert "Step 3 of 3" in _says(person)
    assert guide.isVisible()
    next(one for one in guide.findChildren(QPushButton)).click()
    assert person.window.best_shots.isVisible()
    assert not guide.isVisible()
    person.wait(lambda: not load_preferences(data_folder()).guide)  # a thread writes it
