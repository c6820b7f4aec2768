"""How much of the window the photos get."""

from __future__ import annotations

from pathlib import Path

from photoaes.gui.window.main_window import IN_NARROW, IN_WIDE
from photoaes.jobs.events import Progress
from tests.gui.conftest import Person


def _panels(person: Person) -> tuple[int, int]:
    return person.window.facets.width(), person.window.taste.width()


def _share(person: Person) -> float:
    pages, window = person.window.pages, person.window
    return pages.width() * pages.height() / (window.width() * window.height())


def test_in_a_narrow_window_the_panels_leave_more_to_the_photos(
    person: Person, album: Path
) -> None:
    person.open(album)
    assert _share(person) > 0.7
    assert person.window.facets.isHidden()
    person.act("left_panel")
    person.wait(lambda: _panels(person) == IN_NARROW)
    assert _share(person) > 0.62
    person.window.resize(1600, 900)
    person.wait(lambda: _panels(person) == IN_WIDE)


def test_the_left_panel_is_there_where_there_is_room_until_somebody_says(
    person: Person, album: Path
) -> None:
    window = person.window
    action = window.actions_by_name["left_panel"]
    person.open(album)
    assert not action.isChecked()
    window.resize(1600, 900)
    person.wait(lambda: not window.facets.isHidden())
    assert action.isChecked()
    person.act("left_panel")
    assert window.facets.isHidden()
    window.resize(1280, 720)
    window.resize(1700, 900)
    person.qtbot.wait(50)
    assert window.facets.isHidden()
    assert not action.isChecked()
    person.act("left_panel")
    window.resize(1280, 720)
    person.qtbot.wait(50)
    assert not window.facets.isHidden()


def test_an_edge_that_was_moved_stays(person: Person, album: Path) -> None:
    person.window.resize(1500, 800)
    person.open(album)
    splitter = person.window.splitter
    splitter.moveSplitter(300, 1)
    splitter.splitterMoved.emit(300, 1)
    person.window.resize(1600, 900)
    person.wait(lambda: person.window.pages.width() > 1000)
    assert person.window.facets.width() == 300


def test_photos_do_not_jump_when_the_line_below_has_something_to_say(
    person: Person, album: Path
) -> None:
    person.open(album)
    height = person.window.pages.height()
    person.session.told.emit("16 photos changed.", True)
    person.window.status.progress(Progress("Looking", 1, 2))
    person.window.filters.toggle("stars", 5)
    person.window.filters.clear()
    person.qtbot.wait(50)
    assert person.window.pages.height() == height
