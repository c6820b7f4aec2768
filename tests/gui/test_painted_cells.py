"""What a cell looks like, pixel by pixel, against what it should contain."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionViewItem

from photoaes.gui.kit import theme
from photoaes.gui.kit.theme import LABELS, Theme
from photoaes.gui.views.pixmaps import to_qimage
from tests.gui.conftest import Person

PHOTOS = {
    "landscape": ((300, 200), (200, 60, 40)),
    "portrait": ((200, 300), (40, 160, 60)),
    "panorama": ((900, 100), (50, 70, 190)),
    "square": ((200, 200), (128, 128, 128)),
    "white": ((300, 200), (255, 255, 255)),
    "black": ((300, 200), (0, 0, 0)),
}
JPEG = 4  # a level or two is lost by the JPEG and by scaling
Pixels = NDArray[np.int16]


@pytest.fixture(params=["dark", "light"])
def look(request: pytest.FixtureRequest, person: Person, qapp: QApplication) -> Theme:
    theme.apply(qapp, request.param)
    return theme.current()


@pytest.fixture(params=[1, 2])
def ratio(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def shown(person: Person, tmp_path: Path) -> Person:
    folder = tmp_path / "Shapes"
    folder.mkdir()
    for name, (size, colour) in PHOTOS.items():
        Image.new("RGB", size, colour).save(folder / f"{name}.jpg", quality=95, subsampling=0)
    (folder / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 not a photo")
    person.open(folder)
    return person


class Cell:
    """A painted cell, and where its parts lie in device pixels."""

    def __init__(self, person: Person, name: str, ratio: int, *, selected: bool = False) -> None:
        grid = person.window.grid
        row = person.shown().index(f"{name}.jpg")
        self._cells, self._ratio = grid._cells, ratio
        index = grid.model().index(row, 0)
        cell = QRect(0, 0, grid.places.cell_width, grid.places.cell_height)
        self.cell = cell
        self._cells.dress()
        person.wait(lambda: self._is_there(person, name))
        image = QImage(cell.size() * ratio, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        image.fill(theme.current().color("ground"))
        option = QStyleOptionViewItem()
        grid.initViewItemOption(option)
        option.rect = cell
        option.state = QStyle.StateFlag.State_Enabled
        if selected:
            option.state |= QStyle.StateFlag.State_Selected
        painter = QPainter(image)
        self._cells.paint(painter, option, index)
        painter.end()
        self.pixels = _pixels(image)
        size = PHOTOS[name][0] if name in PHOTOS else (4, 3)
        self.area = self._cells._photo_area(cell)
        scale = min(self.area.width() / size[0], self.area.height() / size[1])
        width, height = round(size[0] * scale), round(size[1] * scale)
        self.photo = QRect(0, 0, width, height)
        self.photo.moveCenter(self.area.center())

    def _is_there(self, person: Person, name: str) -> bool:
        path = next(one.path for one in person.session.photos if one.path.stem == name)
        thumbnails = person.parts.thumbnails
        return thumbnails.pixmap(path, 256) is not None or thumbnails.problem(path) is not None

    def part(self, area: QRect, inset: int = 0) -> Pixels:
        """The pixels of an area, as many device pixels as it has."""
        area = area.adjusted(inset, inset, -inset, -inset)
        r = self._ratio
        return self.pixels[
            area.top() * r : (area.bottom() + 1) * r, area.left() * r : (area.right() + 1) * r
        ]

    def beside(self) -> list[Pixels]:
        """What lies between the photo and the edges of its room."""
        a, p = self.area, self.photo
        boxes = (
            QRect(a.left(), a.top() + 24, p.left() - a.left() - 1, a.height() - 30),
            QRect(p.right() + 3, a.top() + 24, a.right() - p.right() - 3, a.height() - 30),
            QRect(a.left() + 24, a.top(), a.width() - 48, p.top() - a.top() - 1),
            QRect(a.left(), p.bottom() + 3, a.width(), a.bottom() - p.bottom() - 9),
        )
        return [self.part(box) for box in boxes if box.width() > 1 and box.height() > 1]


def _pixels(image: QImage) -> Pixels:
    """RGB [H, W, 3], without the fourth byte."""
    view = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)
    return view[:, : image.width(), 2::-1].astype(np.int16)


def _rgb(colour: QColor) -> Pixels:
    return np.array([colour.red(), colour.green(), colour.blue()], dtype=np.int16)


def _is(pixels: Pixels, colour: Pixels | tuple[int, ...], within: int = JPEG) -> bool:
    return bool(pixels.size) and bool((np.abs(pixels - np.array(colour)) <= within).all())


def _has(pixels: Pixels, colour: QColor, at_least: int = 4) -> bool:
    near = (np.abs(pixels - _rgb(colour)) <= 24).all(axis=-1)
    return int(near.sum()) >= at_least


@pytest.mark.parametrize("name", PHOTOS)
def test_a_photo_fills_its_room_as_far_as_its_shape_allows(
    shown: Person, look: Theme, ratio: int, name: str
) -> None:
    cell = Cell(shown, name, ratio)
    assert _is(cell.part(cell.photo, 3), PHOTOS[name][1])
    for around in cell.beside():
        assert _is(around, _rgb(look.color("ground")), 0)


@pytest.mark.parametrize("name", PHOTOS)
def test_a_rejected_photo_is_faint_and_there(
    shown: Person, look: Theme, ratio: int, name: str
) -> None:
    photo = next(i for i, one in enumerate(shown.session.photos) if one.path.stem == name)
    shown.session.set_flag(np.array([photo]), -1)
    cell = Cell(shown, name, ratio)
    faint = 0.35 * np.array(PHOTOS[name][1]) + 0.65 * _rgb(look.color("ground"))
    below_the_flag = cell.photo.adjusted(22, 3, -3, -3)
    assert _is(cell.part(below_the_flag), np.round(faint).astype(np.int16))
    badge = cell.part(QRect(cell.area.topLeft(), cell.area.topLeft()).adjusted(0, 0, 18, 18))
    assert _has(badge, look.color("reject"))


def test_a_picked_photo_has_a_tick(shown: Person, look: Theme, ratio: int) -> None:
    photo = next(i for i, one in enumerate(shown.session.photos) if one.path.stem == "landscape")
    shown.session.set_flag(np.array([photo]), 1)
    cell = Cell(shown, "landscape", ratio)
    badge = cell.part(QRect(cell.area.topLeft(), cell.area.topLeft()).adjusted(0, 0, 18, 18))
    assert _has(badge, look.color("pick"))
    assert _is(cell.part(cell.photo.adjusted(24, 24, -3, -3)), PHOTOS["landscape"][1])


@pytest.mark.parametrize("name", ["landscape", "portrait", "panorama"])
def test_a_selected_photo_is_framed(shown: Person, look: Theme, ratio: int, name: str) -> None:
    cell = Cell(shown, name, ratio, selected=True)
    assert _is(cell.part(cell.photo, 3), PHOTOS[name][1])
    for around in cell.beside():
        assert _is(around, _rgb(look.color("raised")), 1)
    middle = cell.cell.center().y()
    edge = cell.part(QRect(0, middle - 5, 5, 10))
    assert _has(edge, look.color("accent"), 8 * ratio)


def test_a_damaged_photo_says_so(shown: Person, look: Theme, ratio: int) -> None:
    cell = Cell(shown, "broken", ratio)
    inside = cell.part(cell.area.adjusted(20, 20, -20, -20))
    assert _has(inside, look.color("warning"), 20)
    assert _is(
        cell.part(QRect(cell.area.left(), cell.area.top(), 8, 8)), _rgb(look.color("ground")), 0
    )


@pytest.mark.parametrize("label", LABELS)
def test_a_label_is_a_stripe_of_its_colour(
    shown: Person, look: Theme, ratio: int, label: str
) -> None:
    photo = next(i for i, one in enumerate(shown.session.photos) if one.path.stem == "landscape")
    shown.session.set_label(np.array([photo]), label)
    cell = Cell(shown, "landscape", ratio)
    area = cell.area
    stripe = QRect(area.left() + 1, area.bottom() - 2, area.width() - 2, 2)
    assert _is(cell.part(stripe), _rgb(QColor(LABELS[label])), 1)
    assert _is(cell.part(cell.photo.adjusted(3, 3, -3, -6)), PHOTOS["landscape"][1])


@pytest.mark.parametrize("stars", [0, 3, 5])
def test_stars_are_full_where_given_and_outlined_under_the_mouse(
    shown: Person, look: Theme, ratio: int, stars: int
) -> None:
    photo = next(i for i, one in enumerate(shown.session.photos) if one.path.stem == "landscape")
    if stars:
        shown.session.set_stars(np.array([photo]), stars)
    still = _lit(Cell(shown, "landscape", ratio), look)
    assert still == [True] * stars + [False] * (5 - stars)
    cells = shown.window.grid._cells
    cells.hovered_row, cells.hovered_stars = shown.shown().index("landscape.jpg"), 4
    hovered = Cell(shown, "landscape", ratio)
    area = cells.stars_area(hovered.cell)
    for index in range(5):
        star = hovered.part(QRect(area.left() + 15 * index, area.top() - 1, 15, 17))
        assert (np.abs(star - _rgb(look.color("ground"))).sum(axis=-1) > 40).any()


def _lit(cell: Cell, look: Theme) -> list[bool]:
    area = cell._cells.stars_area(cell.cell)
    boxes = [QRect(area.left() + 15 * index, area.top(), 15, 15) for index in range(5)]
    return [_has(cell.part(box), look.color("star_fill"), 20) for box in boxes]


def test_every_pixel_that_qt_gets_is_opaque() -> None:
    for mode, colour in (("RGB", (9, 8, 7)), ("L", 5), ("RGBA", (9, 8, 7, 3))):
        image = to_qimage(Image.new(mode, (5, 3), colour))
        assert (np.frombuffer(image.constBits(), np.uint8).reshape(-1, 4)[:, 3] == 255).all()
