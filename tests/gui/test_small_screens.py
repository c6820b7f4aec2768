"""On a small screen, in large letters: nothing is out of reach, nothing lies on something else."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea, QWidget

from photoaes.gui.views.filters.bar import FilterBar
from photoaes.gui.window.geometry import smallest
from tests.gui.conftest import Person

# A screen of 1280 x 720 where one pixel of the program is two of the screen.
SMALL = QSize(640, 340)


@pytest.fixture
def small(person: Person, album: Path) -> Person:
    person.open(album)
    scores = np.arange(16.0)
    person.session.set_scores(scores, scores, resort=False)
    person.window.setMinimumSize(smallest(SMALL))
    person.window.resize(SMALL)
    QApplication.processEvents()
    return person


def _place(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint()), widget.size())


def test_the_window_is_never_larger_than_the_screen() -> None:
    assert smallest(QSize(640, 360)).width() <= 640
    assert smallest(QSize(640, 360)).height() < 360
    assert smallest(QSize(1920, 1080)) == QSize(900, 600)


def test_all_of_the_bar_is_in_sight(small: Person) -> None:
    window = small.window
    assert (window.width(), window.height()) == (640, 340)
    buttons = [one for one in window._top.findChildren(QWidget) if one.isVisible()]
    for one in buttons:
        assert window.rect().contains(_place(one, window)), one
    bar, edge = window.findChild(FilterBar), window.edge
    assert isinstance(bar, FilterBar)
    assert bar.y() > edge.geometry().bottom(), "order and filters are below the rest"
    window.resize(1280, 720)
    QApplication.processEvents()
    assert bar.y() < edge.geometry().bottom(), "and beside it where there is room"


def test_the_drawer_leaves_half_of_the_window_and_scrolls(small: Person) -> None:
    window = small.window
    small.act("best_shots")
    QApplication.processEvents()
    assert window.best_shots.height() <= 340 // 2 + 1
    [area] = window.best_shots.findChildren(QScrollArea)
    controls = window.best_shots.controls
    assert controls.height() >= controls.heightForWidth(controls.width())
    area.ensureWidgetVisible(controls.export)
    QApplication.processEvents()
    assert area.rect().contains(_place(controls.export, area))
    window.resize(1280, 720)
    QApplication.processEvents()
    assert area.verticalScrollBar().maximum() == 0


def test_the_first_page_scrolls_to_its_last_button(small: Person) -> None:
    small.session.close_album()
    window = small.window
    window.show_page(window.welcome)
    QApplication.processEvents()
    [area] = window.welcome.findChildren(QScrollArea)
    buttons = [one for one in window.welcome.findChildren(QPushButton) if one.isVisible()]
    assert len(buttons) >= 2
    for button in buttons:
        area.ensureWidgetVisible(button)
        assert button.height() >= button.sizeHint().height()
        assert area.rect().contains(_place(button, area))


def test_what_was_just_said_is_whole_while_work_goes_on(person: Person, album: Path) -> None:
    person.open(album)
    status = person.window.status
    status.setFixedWidth(640)
    status.device("a processor of some kind, 2 threads")
    person.act("select_all")
    person.press("3")
    status._quiet.setText("Making thumbnails  182 of 192, 30 a second, 1 s left, and so on")
    status._make_room()
    QApplication.processEvents()
    message = status._message
    assert message.text() == "16 photos changed."
    assert message.width() >= message.sizeHint().width()
    assert not status._quiet.isVisible()
    status._forget()
    assert status._quiet.isVisible()


def test_the_stars_lie_below_the_photo_of_the_loupe_and_not_on_it(small: Person) -> None:
    small.act("loupe")
    QApplication.processEvents()
    loupe, window = small.window.loupe, small.window
    photo, marks = _place(loupe.pane, window), _place(loupe._marks, window)
    strip = _place(loupe.strip, window)
    assert photo.bottom() < marks.top()
    assert marks.bottom() < strip.top()
    assert window.rect().contains(strip)
