"""Small things that a person stumbles over, each once."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
)  # fmt: skip

from photoaes.gui.kit import theme
from photoaes.gui.kit.display import display_problem, library_problem
from photoaes.gui.kit.numerals import whole
from photoaes.gui.state.stage import Stage
from photoaes.gui.views.filters.facets import FacetRow
from photoaes.gui.views.taste.charts import HeatMap
from photoaes.gui.views.taste.part_names import PartNames
from photoaes.preferences import Preferences, load_preferences, save_preferences
from tests.gui.conftest import Person


def test_counts_of_the_left_panel_are_whole_beside_its_scroll_bar(
    person: Person, album: Path
) -> None:
    person.open(album)
    window = person.window
    window.show_panels(True, True)
    window.resize(1280, 600)
    window.facets.setFixedHeight(200)
    QApplication.processEvents()
    bar = window.facets.verticalScrollBar()
    assert bar.isVisible()
    for row in window.facets.findChildren(FacetRow):
        right = row.mapTo(window.facets.viewport(), QPoint(row.width(), 0)).x()
        assert right <= window.facets.viewport().width()


def test_one_photo_is_one_photo_and_thousands_are_grouped(person: Person, album: Path) -> None:
    assert whole(20000) == "20,000"
    person.open(album)
    row = next(one for one in person.window.facets.findChildren(FacetRow))
    row.show_count(20000, 20000)
    assert "20,000 photos" in row.accessibleName()


@pytest.mark.parametrize("look", ["dark", "light"])
def test_a_box_that_is_not_ticked_can_be_seen(
    person: Person, qapp: QApplication, look: str
) -> None:
    theme.apply(qapp, look)
    box = QCheckBox("sidecars too", person.window)
    box.show()
    box.resize(box.sizeHint())
    image = box.grab().toImage()
    ground = image.pixelColor(image.width() - 1, 0)
    edge = max(
        _contrast(image.pixelColor(x, y), ground) for x in range(16) for y in range(image.height())
    )
    assert edge >= 3
    box.setChecked(True)
    assert box.grab().toImage() != image


def _contrast(one: QColor, other: QColor) -> float:
    def light(colour: QColor) -> float:
        parts = [colour.redF(), colour.greenF(), colour.blueF()]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_stars_are_amber_in_light_too() -> None:
    for one in (theme.DARK, theme.LIGHT):
        colour = one.color("star_fill")
        assert 35 <= colour.hue() <= 50
        assert colour.value() > 230, "no brown"


def test_stars_stand_below_a_portrait_and_can_be_pressed_there(
    person: Person, tmp_path: Path
) -> None:
    folder = tmp_path / "Portraits"
    folder.mkdir()
    Image.new("RGB", (400, 600), (90, 90, 200)).save(folder / "p.jpg")
    person.open(folder)
    person.act("larger")
    grid = person.window.grid
    grid.set_edge(384)
    path = folder / "p.jpg"
    person.wait(lambda: person.parts.thumbnails.pixmap(path, 512) is not None)
    cell = grid.visualRect(grid.index(0))
    area = grid._cells.stars_area(cell, 0)
    room = grid._cells._photo_area(cell)
    photo_left = room.left() + (room.width() - room.height() * 2 // 3) // 2
    assert abs(area.left() - photo_left) <= 2
    third = QPoint(area.left() + round(2.5 * area.height()), area.center().y())
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=third)
    person.wait(lambda: person.stars() == {"p.jpg": 3})


def test_recent_folders_stand_in_the_menu(person: Person, album: Path) -> None:
    person.open(album / "day 1")
    person.open(album / "day 2")
    entries = person.window.menus.recent.actions()
    assert [one.text() for one in entries] == [str(album / "day 2"), str(album / "day 1")]
    entries[1].trigger()
    person.wait(lambda: person.session.folder == album / "day 1")


def test_names_are_offered_by_example(person: Person, album: Path) -> None:
    person.open(album)
    scores = np.arange(16.0)
    person.session.set_scores(scores, scores, resort=False)
    person.act("best_shots")
    controls = person.window.best_shots.controls
    assert not controls.names.isVisible(), "no words in braces"
    examples = [controls.pattern.itemText(n) for n in range(controls.pattern.count())]
    assert not any("{" in text for text in examples)
    controls.pattern.setCurrentIndex(1)
    assert controls.names.text() == "{name}"
    controls.pattern.setCurrentIndex(controls.pattern.count() - 1)
    assert controls.names.isVisible()


@pytest.mark.parametrize(
    "entries",
    [
        {"theme": "solarized"}, {"theme": 3}, {"theme": None}, {"edge": float("inf")},
        {"edge": "wide"}, {"pace": float("nan")}, {"pace": "fast"}, {"recent": "no list"},
        {"left_panel": "yes"}, {"geometry": 5}, {"device": []},
    ],
)  # fmt: skip
def test_a_habit_that_is_none_gives_way_to_its_default(
    tmp_path: Path, qapp: QApplication, entries: dict[str, object]
) -> None:
    (tmp_path / "preferences.json").write_text(json.dumps(entries))
    found = load_preferences(tmp_path)
    assert found == Preferences()
    theme.apply(qapp, found.theme)
    save_preferences(tmp_path, found)


def test_an_unknown_theme_is_the_desktops(qapp: QApplication) -> None:
    theme.apply(qapp, "solarized")
    assert theme.current() in (theme.DARK, theme.LIGHT)


def test_selection_and_place_stay_when_a_fit_ends(person: Person, album: Path) -> None:
    person.open(album)
    person.window.edge.setValue(384)
    person.rate("1112223334445555")
    grid, session = person.window.grid, person.session
    grid.scrollTo(grid.index(12))
    grid.setCurrentIndex(grid.index(12))
    chosen = session.selection.photos().tolist()
    current = session.selection.current
    assert grid.verticalOffset() > 0
    assert len(chosen) == 1
    person.act("personalize")
    person.wait(lambda: not person.learning.is_working)
    assert person.learning.stage() is Stage.LEARNED
    assert session.selection.photos().tolist() == chosen
    assert session.selection.current == current
    row = session.selection.row()
    assert row is not None
    assert grid.viewport().rect().intersects(grid.visualRect(grid.index(row)))
    grid.verticalScrollBar().setValue(0)
    person.act("personalize")
    person.wait(lambda: not person.learning.is_working)
    assert grid.verticalOffset() == 0, "who is at the top sees the best"
    assert session.selection.photos().tolist() == chosen


def test_the_coefficients_can_be_seen_though_one_is_far_away(qapp: QApplication) -> None:
    rng = np.random.default_rng(2)
    moved = rng.normal(0, 0.01, (14, 120))
    moved[3, 60] = 5.0
    chart = HeatMap([f"task {n}" for n in range(14)], [str(n) for n in range(120)], moved)
    chart.resize(900, 400)
    image = chart.grab().toImage()
    ground = image.pixelColor(image.width() - 1, image.height() - 1)
    cells = [image.pixelColor(x, y) for x in range(100, 890, 7) for y in range(5, 370, 7)]
    seen = sum(_contrast(one, ground) > 1.25 for one in cells)
    assert seen > 0.6 * len(cells)


def test_a_library_that_is_not_there_is_named_with_its_package(tmp_path: Path) -> None:
    assert "sudo apt install libxcb-cursor0" in str(
        library_problem(tmp_path / "libxcb-cursor.so.0")
    )
    assert display_problem({"QT_QPA_PLATFORM": "offscreen"}) is None


def test_the_status_line_gives_way_with_dots(person: Person, album: Path) -> None:
    person.open(album)
    person.session.told.emit("A very long sentence that nobody has room for. " * 6, False)
    QApplication.processEvents()
    status = person.window.status
    parts = [status._counts, status._message]
    assert status._message.toolTip().startswith("A very long")
    assert parts[0].geometry().right() < parts[1].geometry().left()
    assert status.width() <= person.window.width()


def test_why_a_score_differs_is_said_without_jargon(qapp: QApplication) -> None:
    names = PartNames()
    assert names.lines({"strictness": -0.31, "row": 0.1}) == [
        "-0.31  you give fewer stars than most people",
        "+0.10  what else your stars show",
    ]
    assert names.lines({"strictness": 0.2}) == ["+0.20  you give more stars than most people"]


def test_a_rank_counts_only_photos_that_were_looked_at(person: Person, album: Path) -> None:
    person.open(album)
    session = person.session
    scores = np.full(session.count, np.nan)
    scores[:2] = [2.0, 3.0]
    session.set_scores(scores, scores, resort=False)
    tip = person.window.grid.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "of 2" in tip
    session.set_stars(np.array([2]), 5)
    person.act("sort_again")
    tip = person.window.grid.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "of 3" in tip
