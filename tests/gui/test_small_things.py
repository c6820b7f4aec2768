"""Small things that a person stumbles over, each once."""

from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QDate, QLocale, QPoint, QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QLabel,
    QPushButton,
    QScrollArea,
    QWidget,
)  # fmt: skip

from photoaes.album.ordering import SortKey
from photoaes.gui.kit import theme
from photoaes.gui.kit.display import display_problem, library_problem
from photoaes.gui.kit.numerals import day, whole
from photoaes.gui.kit.pace import Pace
from photoaes.gui.state.stage import Stage
from photoaes.gui.views.filters.facets import FacetRow
from photoaes.gui.views.taste.charts import HeatMap
from photoaes.gui.views.taste.part_names import PartNames
from photoaes.jobs.events import Progress
from photoaes.preferences import Preferences, load_preferences, save_preferences
from tests.gui.conftest import Person
from tests.mpf import FULL_HD, with_pictures


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


def test_the_drawer_fits_a_narrow_window_with_large_letters(
    german: None, person: Person, album: Path, qapp: QApplication
) -> None:
    before = qapp.font()
    large = qapp.font()
    large.setPointSizeF(before.pointSizeF() * 2)
    qapp.setFont(large)
    try:
        person.open(album)
        scores = np.arange(16.0)
        person.session.set_scores(scores, scores, resort=False)
        person.act("best_shots")
        for _ in range(3):
            QApplication.processEvents()
        window, controls = person.window, person.window.best_shots.controls
        assert (window.width(), window.height()) == (1280, 720)
        shown = [
            one for one in (controls.export, controls.close_button, controls.sheet,
                            controls.files, controls.pattern, controls.take_out, controls.stars)
            if one.isVisible()
        ]  # fmt: skip
        assert len(shown) >= 5
        for one in shown:
            place = QRect(one.mapTo(window, QPoint(0, 0)), one.size())
            assert window.rect().contains(place), one.accessibleName()
            assert one.width() >= min(one.sizeHint().width(), 1240)
    finally:
        qapp.setFont(before)


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


def test_progress_tells_how_long_it_takes(person: Person) -> None:
    now = [0.0]
    status = person.window.status
    status._paces["Looking at new files"] = Pace(lambda: now[0])
    for second, done in ((0, 0), (1, 50), (2, 100)):
        now[0] = second
        status.progress(Progress("Looking at new files", done, 1100))
    assert status._stage.text().endswith("100 of 1,100, 50 a second, 20 s left")
    status.progress(Progress("Another", 0, 10))
    assert "left" not in status._stage.text()


def test_the_time_left_is_that_of_the_pace_of_now() -> None:
    """What is known already goes by in a moment; the rest does not."""
    now = [0.0]
    pace = Pace(lambda: now[0])
    pace.at("Scoring", 0, 19_434)
    now[0] = 4.0
    pace.at("Scoring", 7_177, 19_434)
    for second in range(5, 65):
        now[0] = float(second)
        left = pace.at("Scoring", 7_177 + 5 * (second - 4), 19_434)
    assert left is not None
    assert left.rate == pytest.approx(5, rel=0.05)
    assert left.seconds > 30 * 60
    now[0] += 60  # it rested
    pace.at("Scoring", 7_480, 19_434)
    for _ in range(30):
        now[0] += 1
        left = pace.at("Scoring", 7_480 + round(5 * (now[0] - 124)), 19_434)
    assert left is not None
    assert left.rate == pytest.approx(5, rel=0.05)


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


def test_a_part_that_is_lost_has_a_badge_and_its_picture(person: Person, tmp_path: Path) -> None:
    folder = tmp_path / "Card"
    folder.mkdir()
    rng = np.random.default_rng(1)
    noise = Image.fromarray(rng.integers(0, 255, (400, 600, 3), dtype=np.uint8))
    for name in ("whole.jpg", "torn.jpg"):
        noise.save(folder / name, quality=90)
    data = bytearray((folder / "torn.jpg").read_bytes())
    data[60_000:64_096] = bytes(4096)  # what a card gives for lost sectors
    (folder / "torn.jpg").write_bytes(data)
    thumbnails = person.parts.thumbnails
    torn, whole = folder / "torn.jpg", folder / "whole.jpg"
    for _ in ("made", "from the cache"):
        person.open(folder)
        person.wait(lambda: all(thumbnails.pixmap(one, 256) for one in (torn, whole)))
        assert thumbnails.is_torn(torn)
        assert not thumbnails.is_torn(whole)
        grid = person.window.grid
        cells = grid.grab().toImage()
        warning = theme.current().color("warning").rgb()
        found = {
            name: any(
                cells.pixel(x, y) == warning
                for x in range(cell.left(), cell.right())
                for y in range(cell.top(), cell.bottom())
            )
            for name, cell in (
                (name, grid.visualRect(grid.index(row))) for row, name in enumerate(person.shown())
            )
        }
        assert found == {"whole.jpg": False, "torn.jpg": True}
        person.session.close_album()


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
    values = 1 / 14 + rng.normal(0, 0.01, (14, 120))
    values[3, 60] = 5.0
    chart = HeatMap([f"task {n}" for n in range(14)], [str(n) for n in range(120)], values)
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


def test_the_sheet_of_keys_is_as_wide_as_its_keys(person: Person) -> None:
    person.act("shortcuts")
    QApplication.processEvents()
    dialog = next(one for one in person.window.findChildren(QDialog) if one.isVisible())
    [area] = dialog.findChildren(QScrollArea)
    body = area.widget()
    assert body is not None
    room = dialog.screen().availableSize().width() - 80  # narrower than the sheet, offscreen
    assert area.width() >= min(body.minimumSizeHint().width(), room)
    assert dialog.rect().contains(area.geometry()), "nothing is cut at the dialog's edge"
    dialog.close()


@pytest.mark.parametrize(
    "name", ["move_rejected", "share_stars", "profiles", "banks", "shortcuts", "about"]
)
def test_dialogs_show_their_texts_whole_in_large_letters(
    german: None, person: Person, album: Path, qapp: QApplication, name: str
) -> None:
    """Offscreen the screen is small: what is larger than it scrolls, and is not measured here."""
    before = qapp.font()
    large = qapp.font()
    large.setPointSizeF(before.pointSizeF() * 1.5)
    qapp.setFont(large)
    try:
        person.open(album)
        scores = np.arange(16.0)
        person.session.set_scores(scores, scores, resort=False)
        person.session.set_flag(np.array([3]), -1)
        person.settle()
        person.act(name)
        # Which tasks a bank has comes a little later, and the dialog grows with it.
        for _ in range(10):
            person.qtbot.wait(50)
        dialog = next(one for one in person.window.findChildren(QDialog) if one.isVisible())
        room = dialog.screen().availableSize()
        for label in dialog.findChildren(QLabel):
            if label.isVisible() and label.wordWrap() and dialog.height() < room.height() - 60:
                assert label.height() >= label.heightForWidth(label.width()), label.text()
        for button in dialog.findChildren(QPushButton):
            if button.isVisible():
                assert button.width() >= button.sizeHint().width(), button.text()
        dialog.close()
    finally:
        qapp.setFont(before)


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


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(0.2, "1 s left"), (89, "89 s left"), (600, "10 min left"), (8760, "2.4 h left")],
)
def test_time_left_is_in_the_unit_that_a_person_would_say(
    person: Person, seconds: float, told: str
) -> None:
    assert person.window.status.left(seconds) == told


@pytest.mark.parametrize(
    ("language", "long", "short"),
    [
        ("C", "29 November 2026", "29 Nov 2026"),
        ("en_US", "November 29, 2026", "Nov 29, 2026"),
        ("de_DE", "29. November 2026", "29. Nov. 2026"),
        ("ja_JP", "2026年11月29日", "2026年11月29日"),
    ],
)
def test_a_day_is_written_with_its_month(language: str, long: str, short: str) -> None:
    """Figures alone were "29 11 2026" on desktops without a language."""
    before, date = QLocale(), QDate(2026, 11, 29)
    QLocale.setDefault(QLocale(language))
    try:
        assert (day(date), day(date, "MMM")) == (long, short)
    finally:
        QLocale.setDefault(before)


def test_the_loupe_tells_what_the_cameras_small_picture_hides(
    person: Person, tmp_path: Path
) -> None:
    folder = tmp_path / "Card"
    folder.mkdir()
    blots = np.random.default_rng(1).integers(0, 255, (30, 45, 3), dtype=np.uint8)
    files = []
    for edge in (4500, 1500):
        file = io.BytesIO()
        Image.fromarray(blots).resize((edge, edge * 2 // 3)).save(file, "JPEG")
        files.append(file.getvalue())
    photo, small = files
    made = bytearray(with_pictures(photo, [(FULL_HD, small)]))
    made[60_000:60_100] = b"\x12" * 100
    path = folder / "a.jpg"
    path.write_bytes(made)
    person.open(folder)
    thumbnails, pane = person.parts.thumbnails, person.window.loupe.pane
    person.wait(lambda: thumbnails.pixmap(path, 256) is not None)
    assert not thumbnails.is_torn(path)
    person.act("loupe")
    person.wait(lambda: bool(pane.figures()))
    assert pane.figures().startswith("\u26a0 Damaged \u00b7 4,500 \u00d7 3,000, ")
    assert thumbnails.is_torn(path)


def test_what_offers_to_sort_again_moves_nothing(person: Person, album: Path) -> None:
    person.open(album)
    person.session.sort(SortKey.STARS, True)
    person.window.grid.setFocus()
    bar = person.window.bar
    QApplication.processEvents()
    places = [one.geometry() for one in bar.findChildren(QWidget) if one.isVisible()]
    assert bar._again.isVisible()
    assert not bar._again.isEnabled()
    person.tap(Qt.Key.Key_End)
    person.press("5")
    QApplication.processEvents()
    assert bar._again.isEnabled()
    assert bar._again.accessibleName() == "Sort again"
    assert [one.geometry() for one in bar.findChildren(QWidget) if one.isVisible()] == places
    QTest.mouseClick(bar._again, Qt.MouseButton.LeftButton)
    assert person.session.shown.row_of(int(person.session.shown.rows[0])) == 0
    assert not bar._again.isEnabled()
    assert list(person.stars()) == [person.shown()[0]]


def test_a_press_in_the_drawer_meets_the_button_that_was_there(
    person: Person, album: Path, tmp_path: Path
) -> None:
    """ "Open folder" comes once all is exported: Export and Close stay where they were."""
    person.open(album)
    person.act("select_all")
    person.act("export_these")
    controls = person.window.best_shots.controls
    controls.folder.setText(str(tmp_path / "a folder with a long name, as folders of trips have"))
    person.qtbot.wait(300)  # its lines are broken once it knows its width

    def places() -> list[QPoint]:
        window, buttons = person.window, (controls.export, controls.close_button)
        return [one.mapTo(window, QPoint()) for one in buttons]

    before = places()
    controls.export.click()
    person.wait(lambda: controls.show_folder.isVisible())
    QApplication.processEvents()
    assert places() == before


def test_learning_says_how_long_it_takes_yet(person: Person, album: Path) -> None:
    person.open(album)
    now = [0.0]
    learning, wording = person.learning, person.window.taste._wording
    wording._pace = Pace(lambda: now[0])
    learning.is_working = True
    learning.progress = Progress("Looking at photos", 10, 20_000)
    wording.advice(learning)
    now[0] = 60.0
    learning.progress = Progress("Looking at photos", 610, 20_000)
    assert "about 32 minutes left for this step" in wording.advice(learning)
    learning.progress = Progress("Looking at photos", 610, 200_000)
    assert "about 6 hours left" in wording.advice(learning)
    learning.is_working, learning.progress = False, None
