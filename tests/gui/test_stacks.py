"""Bursts as stacks: one key stacks and opens, one keeps the best."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt

from photoaes.album.columns import NOTHING, REJECTED
from photoaes.album.filter_choice import FilterChoice
from photoaes.album.ordering import SortKey
from photoaes.album.shown import Grouping
from tests.gui.conftest import Person
from tests.originals import contents

TIMES = (0, 100, 101, 102, 200, 300, 301, 400)  # seconds: a burst of three, and one of two


def burst_album(folder: Path) -> Path:
    """Eight photos by one camera at `TIMES`, made in this new folder."""
    folder.mkdir()
    for number, seconds in enumerate(TIMES):
        path = folder / f"IMG_{number}.jpg"
        exif = Image.Exif()
        taken = datetime(2025, 6, 1, 12) + timedelta(seconds=seconds)
        exif[0x0110] = "Camera"
        exif.get_ifd(0x8769)[0x9003] = f"{taken:%Y:%m:%d %H:%M:%S}"
        shade = 30 * number
        Image.new("RGB", (90, 60), (shade, 100, 255 - shade)).save(path, exif=exif)
        os.utime(path, (1e9, 1e9))
    return folder


@pytest.fixture
def bursts(person: Person, tmp_path: Path) -> Person:
    person.open(burst_album(tmp_path / "Bursts"))
    scores = np.arange(8.0)
    person.session.set_scores(scores, scores, resort=False)
    columns = person.session.columns
    assert columns is not None
    best = np.isin(np.arange(8), (0, 3, 4, 6, 7))
    person.session.set_groups(columns.group, best)
    return person


def _numbers(person: Person) -> list[int]:
    return [int(name[4]) for name in person.shown()]


def test_one_key_stacks_and_opens_and_closes(bursts: Person) -> None:
    window, grid = bursts.window, bursts.window.grid
    grid.setCurrentIndex(grid.index(1))
    bursts.act("stack")
    assert _numbers(bursts) == [0, 3, 4, 6, 7], "the best of each burst stands for it"
    assert bursts.session.selection.current == 3, "the photo of before is behind this one"
    assert "3 more in stacks" in window.status._counts.text()
    assert "hidden" not in window.status._counts.text()
    bursts.act("stack")
    assert _numbers(bursts) == [0, 3, 1, 2, 4, 6, 7], "side by side, the best first"
    bursts.tap(Qt.Key.Key_Right)
    bursts.act("stack")
    assert _numbers(bursts) == [0, 3, 4, 6, 7]
    assert bursts.session.selection.current == 3
    assert bursts.session.shown.starts is None, "no burst of two fills a row"


def test_stacks_hold_in_every_order_and_filter(bursts: Person) -> None:
    session = bursts.session
    session.group(Grouping.BURST)
    session.sort(SortKey.NAME, True)
    assert _numbers(bursts) == [7, 6, 4, 3, 0]
    bursts.window.filters.set(FilterChoice(text="IMG_2"))
    assert _numbers(bursts) == [2], "the best is filtered out: another stands for it"
    bursts.window.filters.clear()
    session.group(Grouping.NONE)
    assert len(bursts.shown()) == 8


def test_keep_the_best_and_reject_the_rest_is_one_step(bursts: Person) -> None:
    folder = bursts.session.folder
    assert folder is not None
    before = contents(folder)
    bursts.session.group(Grouping.BURST)
    grid = bursts.window.grid
    grid.setFocus()
    grid.setCurrentIndex(grid.index(1))
    bursts.act("keep_best")
    columns = bursts.session.columns
    assert columns is not None
    assert np.flatnonzero(columns.flag == REJECTED).tolist() == [1, 2]
    bursts.act("undo")
    assert not (columns.flag == REJECTED).any()
    bursts.act("select_all")
    bursts.act("keep_best")
    assert np.flatnonzero(columns.flag == REJECTED).tolist() == [1, 2, 5]
    bursts.act("undo")
    assert not (columns.flag == REJECTED).any()
    assert contents(folder) == before


def test_what_a_filter_hides_is_not_rejected_with_the_rest(bursts: Person) -> None:
    """And of those that show one stays, though the best of all is hidden."""
    bursts.session.group(Grouping.BURST)
    bursts.window.filters.set(FilterChoice(text="IMG_1"))
    assert _numbers(bursts) == [1]
    said: list[str] = []
    bursts.session.told.connect(lambda text, _: said.append(text))
    bursts.window.grid.setCurrentIndex(bursts.window.grid.index(0))
    bursts.act("keep_best")
    columns = bursts.session.columns
    assert columns is not None
    assert not (columns.flag == REJECTED).any()
    bursts.window.filters.set(FilterChoice(flags=frozenset({0, 1})))
    bursts.session.set_flag(np.array([2]), -1)
    bursts.settle()
    bursts.act("sort_again")
    bursts.window.grid.setCurrentIndex(bursts.window.grid.index(_numbers(bursts).index(3)))
    bursts.act("keep_best")
    assert np.flatnonzero(columns.flag == REJECTED).tolist() == [1, 2]


def test_a_picked_photo_is_not_rejected_with_the_rest(bursts: Person) -> None:
    bursts.session.set_flag(np.array([1]), 1)
    bursts.window.grid.setCurrentIndex(bursts.window.grid.index(2))
    bursts.act("keep_best")
    columns = bursts.session.columns
    assert columns is not None
    assert np.flatnonzero(columns.flag == REJECTED).tolist() == [2]


def test_my_own_stars_say_which_is_the_best(bursts: Person) -> None:
    bursts.session.group(Grouping.BURST)
    bursts.session.set_stars(np.array([1]), 5)
    bursts.settle()
    bursts.act("sort_again")
    assert 1 in _numbers(bursts)
    assert 3 not in _numbers(bursts)


def test_what_is_no_burst_says_so(bursts: Person) -> None:
    said: list[str] = []
    bursts.session.told.connect(lambda text, _: said.append(text))
    bursts.window.grid.setCurrentIndex(bursts.window.grid.index(0))
    bursts.act("keep_best")
    assert any("no burst" in text for text in said)


def test_my_own_word_holds_in_bursts_once_a_taste_is_learned(
    person: Person, tmp_path: Path
) -> None:
    """By hand, in an album of 20,000: a photo of five stars was behind another one."""
    folder = burst_album(tmp_path / "Bursts")
    for number, path in enumerate(sorted(folder.iterdir())):
        with Image.open(path) as before:
            exif = before.getexif()
        scene = number if number in (0, 4, 7) else 1  # else frames of one scene
        rng = np.random.default_rng(scene)
        base = np.full((200, 300, 3), (30 * scene, 100, 255 - 30 * scene), dtype=float)
        plain = Image.fromarray((base + rng.normal(0, 6, base.shape)).clip(0, 255).astype("uint8"))
        plain.putpixel((number, 0), (255, 255, 255))
        plain.save(path, exif=exif, quality=95)
        os.utime(path, (1e9, 1e9))
    person.open(folder)
    for photo, stars in ((0, 1), (4, 3), (7, 5)):
        person.session.set_stars(np.array([photo]), stars)
    person.settle()

    def best() -> int:
        person.act("sort_again")
        person.act("personalize")
        person.wait(lambda: not person.learning.is_working)
        columns = person.session.columns
        assert columns is not None
        assert columns.group[1] == columns.group[2] == columns.group[3] != NOTHING
        [found] = np.flatnonzero(columns.best[1:4]) + 1
        return int(found)

    first = best()
    person.session.set_flag(np.array([first]), -1)
    person.settle()
    second = best()
    assert second != first, "what I rejected does not stand for its burst"
    other = 6 - first - second
    person.session.set_stars(np.array([other]), 4)
    person.settle()
    assert best() == other, "nor what has no stars for one that has"
