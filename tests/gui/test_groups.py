"""A trip as a timeline, photos by what they look like, and a quota that keeps the story."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from photoaes.album.ordering import SortKey
from photoaes.album.shown import Grouping
from tests.gui.conftest import Person

# Hours since the first day's noon: 8 photos, then 9 on the next day, then 3 after a pause there.
HOURS = (
    [n / 60 for n in range(8)] + [24 + n / 60 for n in range(9)] + [27 + n / 60 for n in range(3)]
)


@pytest.fixture
def trip(person: Person, tmp_path: Path) -> Person:
    folder = tmp_path / "Trip"
    folder.mkdir()
    rng = np.random.default_rng(2)
    for number, hours in enumerate(HOURS):
        exif = Image.Exif()
        taken = datetime(2025, 6, 1, 12) + timedelta(hours=hours)
        exif[0x0110] = "Camera"
        exif.get_ifd(0x8769)[0x9003] = f"{taken:%Y:%m:%d %H:%M:%S}"
        pixels = rng.integers(0, 80, (60, 90, 3)) + (120 if number % 2 else 0)
        path = folder / f"IMG_{number:02}.jpg"
        Image.fromarray(pixels.astype(np.uint8)).save(path, exif=exif)
        os.utime(path, (1e9, 1e9))
    Image.new("RGB", (90, 60)).save(folder / "scan.png")
    os.utime(folder / "scan.png", (1e9, 1e9))
    person.open(folder)
    return person


def _score(person: Person) -> None:
    scores = np.arange(float(person.session.count))
    person.session.set_scores(scores, scores, resort=False)


def _numbers(person: Person) -> list[int]:
    return [int(name[4:6]) for name in person.shown() if name.startswith("IMG")]


def _headings(person: Person) -> list[str]:
    starts = person.session.shown.starts
    assert starts is not None
    headings = person.window.grid._headings
    return [headings.text(person.session, section) for section in range(len(starts))]


def test_a_timeline_shows_the_best_of_each_day_and_all_of_one_by_a_key(trip: Person) -> None:
    _score(trip)
    trip.session.group(Grouping.TIMELINE)
    assert _numbers(trip) == [7, 6, 5, 4, 3, 2, 19, 18, 17, 16, 15, 14]
    assert "the best 6 of 8 photos" in _headings(trip)[0]
    assert "the best 6 of 12 photos" in _headings(trip)[1]
    assert "8 more of these days" in trip.window.status._counts.text()
    assert "hidden" not in trip.window.status._counts.text()
    grid = trip.window.grid
    grid.setCurrentIndex(grid.index(1))
    trip.act("stack")
    assert _numbers(trip)[:8] == [7, 6, 5, 4, 3, 2, 1, 0]
    trip.act("stack")
    assert len(_numbers(trip)) == 12
    assert trip.session.key is SortKey.DATE, "the order of before is kept"
    trip.session.group(Grouping.NONE)
    assert _numbers(trip) == list(range(20))


def test_the_best_shots_of_a_timeline_are_shown_all_and_it_comes_back(trip: Person) -> None:
    _score(trip)
    trip.session.sort(SortKey.STARS, True)
    trip.session.group(Grouping.TIMELINE)
    trip.press("3")
    trip.session.refresh()
    trip.press("4")
    trip.session.refresh()
    assert not trip.session.is_stale
    trip.act("best_shots")
    trip.window.best_shots.controls.amount.setValue(15)
    assert len(trip.shown()) == 15
    trip.window.best_shots.controls.close_button.click()
    assert trip.session.grouping is Grouping.TIMELINE
    assert len(_numbers(trip)) == 12


def test_a_timeline_without_scores_stands_too(trip: Person) -> None:
    trip.session.group(Grouping.TIMELINE)
    assert len(_numbers(trip)) == 12


def test_a_quota_keeps_each_scene(trip: Person) -> None:
    _score(trip)
    trip.act("best_shots")
    controls = trip.window.best_shots.controls
    controls.unit.setCurrentIndex(controls.unit.findData("per scene"))
    controls.amount.setValue(2)
    assert sorted(_numbers(trip)) == [6, 7, 15, 16, 18, 19]
    controls.unit.setCurrentIndex(controls.unit.findData("per day"))
    assert sorted(_numbers(trip)) == [6, 7, 18, 19]


def test_photos_are_grouped_by_look_once_looks_are_known(trip: Person) -> None:
    said: list[str] = []
    trip.session.told.connect(lambda text, _: said.append(text))
    trip.session.group(Grouping.LOOK)
    trip.wait(lambda: any("Personalize first" in text for text in said))
    assert trip.session.grouping.value == "none"
    trip.rate("112233445511")
    trip.act("personalize")
    trip.wait(lambda: not trip.learning.is_working)
    trip.session.group(Grouping.LOOK)
    trip.wait(lambda: trip.session.looks is not None)
    headings = _headings(trip)
    assert 2 <= len(headings) <= 4
    assert all(text.startswith("Like ") for text in headings)
    assert len(trip.shown()) == 21
    columns, looks = trip.session.columns, trip.session.looks
    assert columns is not None
    assert looks is not None
    light = np.array([p.stem.startswith("IMG") and int(p.stem[4:]) % 2 == 1 for p in columns.paths])
    # What is light and what is dark is not put together.
    for look in range(len(looks.middle)):
        members = light[looks.look == look]
        assert members.mean() in (0, 1)
    trip.act("rescan")
    trip.wait(lambda: not trip.parts.opening.is_busy)
    trip.wait(lambda: trip.session.looks is not None)
    assert trip.session.grouping is Grouping.LOOK
