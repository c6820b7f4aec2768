"""Where there is nothing to see, the window says why and offers the button that helps."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtWidgets import QPushButton

from tests.gui.conftest import Person


def _offers(person: Person) -> list[str]:
    buttons = person.window.message.findChildren(QPushButton)
    return [one.text() for one in buttons if one.isVisible()]


def _says(person: Person) -> str:
    assert person.window.pages.currentWidget() is person.window.message
    return person.window.message._text.text()


def test_an_empty_folder_says_what_it_looked_for_and_can_be_looked_at_again(
    person: Person, tmp_path: Path
) -> None:
    folder = tmp_path / "Empty"
    folder.mkdir()
    (folder / "notes.txt").write_text("no photo")
    person.window.dropped.emit(folder)
    person.wait(lambda: "no photos" in person.window.message._text.text())
    assert "JPEG" in _says(person)
    assert _offers(person) == [
        "Open another folder", "Look again", "Try it with the sample album"
    ]  # fmt: skip
    Image.new("RGB", (60, 40)).save(folder / "new.jpg")
    person.click("Look again")
    person.wait(lambda: person.shown() == ["new.jpg"])
    assert person.window.pages.currentWidget() is person.window.grid


def test_a_folder_that_is_not_there_is_waited_for(person: Person, tmp_path: Path) -> None:
    person.window.dropped.emit(tmp_path / "nowhere")
    person.wait(lambda: "opens by itself" in person.window.message._text.text())
    assert _offers(person) == ["Open another folder", "Try it with the sample album"]


def test_filters_that_hide_all_can_be_taken_away(person: Person, album: Path) -> None:
    person.open(album)
    person.window.bar.search.setText("no such name")
    person.wait(lambda: not person.shown())
    assert "hidden by filters" in _says(person)
    person.click("Show all")
    assert len(person.shown()) == 16


def test_best_shots_that_none_is_good_enough_for_say_so(person: Person, album: Path) -> None:
    person.open(album)
    said: list[str] = []
    person.session.told.connect(lambda text, _: said.append(text))
    person.act("best_shots")
    assert said == ["There are no scores yet: press Personalize first."]
    scores = np.linspace(1, 3, 16)
    person.session.set_scores(scores, scores, resort=False)
    person.act("best_shots")
    controls = person.window.best_shots.controls
    controls.least.setValue(5.0)
    person.session.set_flag(np.arange(16), -1)
    person.settle()
    assert not person.shown()
    assert "at least" in _says(person)
    assert not controls.export.isEnabled()
    person.act("undo")
    controls.least.setValue(1.0)
    person.wait(lambda: len(person.shown()) == 6)  # a third is proposed
    assert person.window.pages.currentWidget() is person.window.grid


def test_an_album_without_a_star_says_what_to_do_and_offers_it(person: Person, album: Path) -> None:
    person.open(album)
    texts = [one.text() for one in person.window.taste.findChildren(QPushButton) if one.isVisible()]
    assert any("Suggest" in text for text in texts)
    person.click(next(text for text in texts if "Suggest" in text))
    assert 0 < len(person.shown()) <= 8
