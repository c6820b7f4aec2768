"""Photos that were edited in another program, after the album was read anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from tests.gui.conftest import Person

GREEN = (0, 255, 0)


def _edit(photo: Path, *, keep_time: bool = False) -> None:
    """Another picture of another size in bytes under the same name."""
    status = photo.stat()
    with Image.open(photo) as image:
        size = image.size
    Image.new("RGB", size, GREEN).save(photo)
    assert photo.stat().st_size != status.st_size
    time = status.st_mtime_ns if keep_time else status.st_mtime_ns + 1_000_000
    os.utime(photo, ns=(time, time))


def _is_green(widget: QWidget, at: QPoint) -> bool:
    image = widget.grab().toImage()
    colour = image.pixelColor(at * image.devicePixelRatio())
    return colour.green() > 200 and colour.red() < 50 and colour.blue() < 50


def _middle(widget: QWidget) -> QPoint:
    return widget.rect().center()


def _cell(person: Person, row: int) -> QPoint:
    grid = person.window.grid
    return grid.visualRect(grid.model().index(row, 0)).center() - QPoint(0, 10)


@pytest.mark.parametrize("keep_time", [False, True])
def test_the_grid_shows_an_edited_photo_as_it_is_now(
    person: Person, album: Path, keep_time: bool
) -> None:
    person.open(album)
    grid, thumbnails = person.window.grid.viewport(), person.parts.thumbnails
    paths = [album / "day 1" / name for name in person.shown()[:2]]
    person.wait(lambda: all(thumbnails.pixmap(path, 256) is not None for path in paths))
    stays = thumbnails.pixmap(paths[1], 256)
    assert stays is not None
    assert not _is_green(grid, _cell(person, 0))
    _edit(paths[0], keep_time=keep_time)
    person.act("rescan")
    person.wait(lambda: _is_green(grid, _cell(person, 0)))
    same = thumbnails.pixmap(paths[1], 256)
    assert same is not None
    assert same.cacheKey() == stays.cacheKey(), "a photo that did not change is not read again"


def test_loupe_and_film_strip_show_an_edited_photo_as_it_is_now(
    person: Person, album: Path
) -> None:
    person.open(album)
    person.window.grid.setFocus()
    person.tap(Qt.Key.Key_Home)
    person.tap(Qt.Key.Key_Space)
    loupe, path = person.window.loupe, album / "day 1" / person.shown()[0]
    pane, strip = loupe.pane, loupe.strip
    images = person.parts.images
    person.wait(lambda: images.best(path) is not None)
    person.wait(lambda: person.parts.thumbnails.pixmap(path, 128) is not None)
    assert not _is_green(pane, _middle(pane))
    assert not _is_green(strip, _middle(strip))
    _edit(path)
    person.act("rescan")
    person.wait(lambda: images.best(path) is not None and _is_green(pane, _middle(pane)))
    person.wait(lambda: _is_green(strip, _middle(strip)))


def test_compare_shows_an_edited_photo_and_keeps_its_photos(person: Person, album: Path) -> None:
    person.open(album)
    person.act("compare")
    compare, first = person.window.compare, album / "day 1" / person.shown()[0]
    person.wait(lambda: person.parts.images.best(first) is not None)
    paths = [person.session.photos[photo].path for photo in compare.photos]
    _edit(first)
    Image.new("RGB", (96, 64), (90, 90, 90)).save(album / "day 1" / "IMG_000.jpg")
    person.act("rescan")
    pane = compare.panes[0]
    person.wait(lambda: person.session.count == 17)
    person.wait(lambda: person.parts.images.best(first) is not None)
    person.wait(lambda: _is_green(pane, _middle(pane)))
    assert [person.session.photos[photo].path for photo in compare.photos] == paths
    person.press("4")
    assert person.stars() == {paths[0].name: 4}, "not whatever photo has the old number now"


def test_a_comparison_of_photos_that_are_gone_ends(person: Person, album: Path) -> None:
    person.open(album)
    person.act("compare")
    (album / "day 1" / person.shown()[0]).unlink()
    person.act("rescan")
    person.wait(lambda: person.window.pages.currentWidget() is person.window.grid)


def test_a_photo_that_was_mended_is_shown(person: Person, album: Path) -> None:
    broken = album / "day 1" / "IMG_00.jpg"
    whole = broken.read_bytes()
    broken.write_bytes(b"no picture")
    person.open(album)
    thumbnails = person.parts.thumbnails
    person.wait(lambda: thumbnails.problem(broken) is not None)
    broken.write_bytes(whole)
    person.act("rescan")
    person.wait(lambda: thumbnails.pixmap(broken, 256) is not None)
    assert thumbnails.problem(broken) is None


def test_an_edited_photo_is_measured_anew(person: Person, album: Path) -> None:
    person.open(album)
    person.rate("1" * 6 + "5" * 6)
    person.act("personalize")
    person.wait(lambda: person.learning.result is not None)
    before = person.learning.result
    assert before is not None
    path, other = (album / "day 1" / name for name in ("IMG_07.jpg", "IMG_08.jpg"))
    _edit(path)
    person.act("rescan")
    person.wait(lambda: not person.parts.opening.is_busy)
    columns = person.session.columns
    assert columns is not None
    lost = [p.name for p, s in zip(columns.paths, columns.score.tolist(), strict=True) if s != s]
    assert lost == [path.name], "its score was another picture's"
    person.act("personalize")
    person.wait(lambda: person.learning.result is not None and not person.learning.is_working)
    after = person.learning.result
    assert after is not None
    was, now = dict(_features(before)), dict(_features(after))
    assert was[path] != now[path]
    assert was[other] == now[other]


def _features(learned: object) -> list[tuple[Path, bytes]]:
    album = learned.album  # type: ignore[attr-defined]
    return [(path, row.tobytes()) for path, row in zip(album.paths, album.features, strict=True)]


def test_green_is_seen(person: Person) -> None:
    """The eye of these tests."""
    square = QWidget()
    square.setStyleSheet(f"background: {QColor(*GREEN).name()}")
    square.resize(20, 20)
    person.qtbot.addWidget(square)
    assert _is_green(square, QPoint(5, 5))
