"""Faces and closed eyes: looked for by one press, seen on the photo, filtered by."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import ImageFilter
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QMessageBox, QStyleOptionViewItem

from photoaes.album.filter_choice import FilterChoice
from photoaes.gui.kit import theme
from photoaes.model.faces import weights
from tests.drawn_faces import drawn_group, needs_faces
from tests.gui.conftest import Person
from tests.originals import contents


@pytest.fixture
def portraits(tmp_path: Path) -> Path:
    folder = tmp_path / "Portraits"
    folder.mkdir()
    for name, closed in (("open", []), ("one closed", [1]), ("both closed", [0, 1])):
        drawn_group((600, 400), faces=2, closed=closed).save(folder / f"{name}.jpg")
    drawn_group((600, 400), faces=0).save(folder / "nobody.jpg")
    soft = drawn_group((600, 400), faces=2).filter(ImageFilter.GaussianBlur(5))
    soft.save(folder / "soft.jpg")
    return folder


@pytest.fixture
def photo_by_photo(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each turn of the search looks at one photo."""
    monkeypatch.setattr("photoaes.jobs.find_faces.AT_ONCE", 1)
    monkeypatch.setattr("photoaes.gui.window.face_commands.CHUNK_S", 0.0)


def looked(person: Person, folder: Path) -> None:
    person.open(folder)
    person.act("find_faces")
    person.wait(lambda: _faces(person).count(-1) == 0)


def _faces(person: Person) -> list[int]:
    columns = person.session.columns
    assert columns is not None
    return [int(one) for one in columns.faces]


@needs_faces
def test_photos_with_closed_eyes_are_found_and_filtered(person: Person, portraits: Path) -> None:
    before = contents(portraits)
    looked(person, portraits)
    person.window.filters.set(FilterChoice(faces=frozenset({"closed eyes"})))
    assert set(person.shown()) == {"one closed.jpg", "both closed.jpg"}
    person.window.filters.set(FilterChoice(faces=frozenset({"soft"})))
    assert person.shown() == ["soft.jpg"]
    person.window.filters.set(FilterChoice(faces=frozenset({"some"})))
    assert set(person.shown()) == {"open.jpg", "one closed.jpg", "both closed.jpg", "soft.jpg"}
    person.window.filters.set(FilterChoice(faces=frozenset({"none"})))
    assert person.shown() == ["nobody.jpg"]
    assert contents(portraits) == before


@needs_faces
def test_who_filters_by_closed_eyes_need_not_look_for_them_first(
    person: Person, portraits: Path
) -> None:
    person.open(portraits)
    person.window.filters.set(FilterChoice(faces=frozenset({"closed eyes"})))
    person.wait(lambda: set(person.shown()) == {"one closed.jpg", "both closed.jpg"})


@needs_faces
def test_the_left_panel_counts_faces_once_they_were_looked_for(
    person: Person, portraits: Path
) -> None:
    person.open(portraits)
    facets = person.window.facets
    assert not any(row.aspect == "faces" for row in facets._rows)
    looked(person, portraits)
    rows = {row.value: row for row in facets._rows if row.aspect == "faces"}
    counts = {value: row._count for value, row in rows.items()}
    assert counts == {"some": 4, "closed eyes": 2, "soft": 1, "none": 1}
    rows["soft"].click()
    rows["none"].click()
    assert set(person.shown()) == {"soft.jpg", "nobody.jpg"}


@needs_faces
def test_the_tip_and_a_badge_tell_of_closed_eyes(person: Person, portraits: Path) -> None:
    looked(person, portraits)
    grid = person.window.grid
    rows = {name: row for row, name in enumerate(person.shown())}
    tips = {
        name: grid.model().index(row, 0).data(Qt.ItemDataRole.ToolTipRole)
        for name, row in rows.items()
    }
    assert tips["one closed.jpg"].splitlines()[1].startswith("2 faces")
    assert re.search("1 faces? with closed eyes", tips["one closed.jpg"])
    assert "2 faces with closed eyes" in tips["both closed.jpg"]
    assert "closed" not in tips["open.jpg"]
    assert "face" not in tips["nobody.jpg"]
    assert "2 faces out of focus" in tips["soft.jpg"]
    badges = {name: _warning_pixels(person, row) for name, row in rows.items()}
    assert badges["one closed.jpg"] > 20
    assert badges["both closed.jpg"] > 20
    assert badges["soft.jpg"] > 10
    assert badges["open.jpg"] == badges["nobody.jpg"] == 0


def _warning_pixels(person: Person, row: int) -> int:
    """How many pixels of the left upper corner are as the theme warns."""
    grid = person.window.grid
    cell = QRect(0, 0, grid.places.cell_width, grid.places.cell_height)
    image = QImage(cell.size(), QImage.Format.Format_RGB32)
    image.fill(theme.current().color("ground"))
    option = QStyleOptionViewItem()
    grid.initViewItemOption(option)
    option.rect = cell
    painter = QPainter(image)
    grid._cells.paint(painter, option, grid.model().index(row, 0))
    painter.end()
    wanted = theme.current().color("warning")
    corner = [image.pixelColor(x, y) for x in range(8, 30) for y in range(8, 30)]
    return sum(
        max(abs(one.red() - wanted.red()), abs(one.green() - wanted.green())) < 40
        and abs(one.blue() - wanted.blue()) < 60
        for one in corner
    )


@pytest.mark.usefixtures("photo_by_photo")
@needs_faces
def test_a_search_is_cancelled_and_goes_on_later(person: Person, portraits: Path) -> None:
    person.open(portraits)
    person.act("find_faces")
    bar = person.window.status._bar
    person.wait(bar.isVisible)
    person.window.status.cancel_wanted.emit()
    person.wait(lambda: not person.parts.opening.is_busy and not bar.isVisible())
    assert _faces(person).count(-1) in (1, 2, 3, 4)
    person.act("find_faces")
    person.wait(lambda: _faces(person).count(-1) == 0)


@pytest.mark.usefixtures("photo_by_photo")
@needs_faces
def test_a_search_goes_on_when_the_album_is_read_anew(person: Person, portraits: Path) -> None:
    person.open(portraits)
    person.act("find_faces")
    drawn_group((600, 400), faces=1).save(portraits / "new.jpg")
    person.act("rescan")
    person.wait(lambda: len(_faces(person)) == 6 and _faces(person).count(-1) == 0)
    assert person.session.folder == portraits.resolve()


@needs_faces
def test_close_ups_show_the_faces_of_the_photo_on_show(person: Person, portraits: Path) -> None:
    person.open(portraits)
    window, grid = person.window, person.window.grid
    grid.setCurrentIndex(grid.index(person.shown().index("one closed.jpg")))
    person.act("close_ups")
    assert window.pages.currentWidget() is window.loupe
    aids = window.loupe.aids
    person.wait(lambda: len(aids.faces) == 2)
    assert [face.has_closed_eyes for face in aids.faces] == [False, True]
    shown = window.loupe.pane.grab().toImage()
    person.act("close_ups")
    assert window.loupe.pane.grab().toImage() != shown, "the second press takes them away"
    person.act("close_ups")
    grid.setCurrentIndex(grid.index(person.shown().index("nobody.jpg")))
    person.wait(lambda: aids.faces == [])


@needs_faces
def test_a_comparison_has_close_ups_in_each_pane(person: Person, portraits: Path) -> None:
    person.open(portraits)
    rows = [person.shown().index(f"{name} closed.jpg") for name in ("one", "both")]
    person.session.selection.select([int(person.session.shown.rows[row]) for row in rows])
    person.act("compare")
    person.act("close_ups")
    parts = person.window.compare._parts[:2]
    person.wait(lambda: all(len(part.aids.faces) == 2 for part in parts))
    closed = [sum(face.has_closed_eyes for face in part.aids.faces) for part in parts]
    assert sorted(closed) == [1, 2]


def test_without_the_networks_the_window_says_how_to_install_them(
    person: Person, portraits: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weights, "_MODULE", "a_module_that_is_not_there")
    person.open(portraits)
    person.act("close_ups")
    [box] = person.window.findChildren(QMessageBox)
    assert weights.INSTALL in box.informativeText()
    box.close()
