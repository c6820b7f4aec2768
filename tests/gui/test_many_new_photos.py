"""Very many new photos: the grid stands before they are looked at, and nothing said is lost."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from PIL import Image

from photoaes.album.store.feature_cache import FeatureCache
from photoaes.album.store.opening import Store
from photoaes.album.store.sync import Looked, Unknown
from photoaes.gui.state.preparing import REST_S
from photoaes.images.thumbnail_cache import ThumbnailCache
from photoaes.jobs.events import Progress
from photoaes.jobs.open_album import AlbumView, open_view
from photoaes.jobs.read import look_at_photos
from photoaes.jobs.read_album import Job
from photoaes.settings import thumbnails_folder
from tests.gui.conftest import Person

COUNT = 620


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """One photo and links to it, with dates of the files' own against the order of their names."""
    folder = tmp_path / "Many"
    folder.mkdir()
    first = folder / "IMG_0000.jpg"
    for number in range(COUNT):
        path = folder / f"IMG_{number:04}.jpg"
        if number % 100:
            os.link(first, path)
        else:
            exif = Image.Exif()
            exif.get_ifd(0x8769)[0x9003] = f"2025:01:{28 - number // 100:02} 10:00:00"
            first = path
            Image.new("RGB", (32, 24), (number % 255, 90, 90)).save(path, exif=exif)
    return folder


@pytest.fixture
def may_look(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """A drive that is slow at new files until this is set."""
    may_look = Event()

    def looked(unknown: Unknown) -> Job[Looked]:
        while not may_look.wait(0.01):
            yield Progress("Looking at new files", 0, COUNT)
        return (yield from look_at_photos(unknown))

    monkeypatch.setattr("photoaes.jobs.open_album.look_at_photos", looked)
    yield may_look
    may_look.set()


def test_the_grid_stands_before_the_store_knows_them(store: Store, many: Path) -> None:
    with FeatureCache(None) as cache:
        job = open_view(store, cache, many, "", profile="")
        early: AlbumView | None = None
        while early is None:
            event = next(job)
            early = event if isinstance(event, AlbumView) else None
        assert early.is_early
        assert len(early.columns) == COUNT
        assert store.rows("SELECT count(*) FROM photos") == [(0,)], "nothing was looked at yet"
        views = [event for event in job if isinstance(event, AlbumView)]
        assert [one.is_early for one in views] == [False]
        assert len(store.rows("SELECT id FROM photos")) == COUNT
        again = [one for one in open_view(store, cache, many, "") if isinstance(one, AlbumView)]
        assert [one.is_early for one in again] == [False], "now they are known"


def test_stars_given_meanwhile_are_kept_and_the_place_holds(
    person: Person, many: Path, may_look: Event
) -> None:
    window, session = person.window, person.session
    window.dropped.emit(many)
    person.wait(lambda: session.columns is not None)
    assert _is_early(person)
    grid = window.grid
    grid.setFocus()
    grid.setCurrentIndex(grid.index(300))
    person.press("4")
    assert person.stars() == {}, "no star is drawn before it is on the disk"
    grid.scrollTo(grid.index(300))
    top = grid.place()
    assert top is not None
    assert session.columns is not None
    path = session.columns.paths[top[0]]
    may_look.set()
    person.wait(lambda: not person.parts.opening.is_busy)
    assert not _is_early(person)
    person.wait(lambda: person.stars() == {"IMG_0300.jpg": 4})
    now = grid.place()
    assert now is not None
    columns = session.columns
    assert columns is not None
    assert abs(columns.paths.index(path) - now[0]) < grid.places.columns, "dates came in"
    assert columns.paths[session.selection.current or 0].name == "IMG_0300.jpg"
    person.act("undo")
    person.wait(lambda: person.stars() == {})


def _is_early(person: Person) -> bool:
    return person.session.is_early


def test_learning_waits_for_the_album(person: Person, many: Path, may_look: Event) -> None:
    person.window.dropped.emit(many)
    person.wait(lambda: person.session.columns is not None)
    assert _is_early(person)
    person.act("personalize")
    assert not person.learning.is_working
    may_look.set()
    person.wait(lambda: not person.parts.opening.is_busy)
    assert len(person.shown()) == COUNT


def test_an_album_that_is_known_in_part_is_never_shown_without_its_stars(
    store: Store, many: Path
) -> None:
    with FeatureCache(None) as cache:
        known = many / "known"
        known.mkdir()
        (many / "IMG_0000.jpg").rename(known / "IMG_0000.jpg")
        for _ in open_view(store, cache, known, ""):
            pass
        views = [one for one in open_view(store, cache, many, "") if isinstance(one, AlbumView)]
        assert not any(one.is_early for one in views)


def test_thumbnails_ahead_are_on_the_disk_before_one_scrolls_there(
    person: Person, many: Path
) -> None:
    told: list[str] = []
    person.parts.preparing.progressed.connect(lambda _: told.append(_quiet(person)))
    person.open(many)
    last = person.session.photos[-1].path
    cache, size = ThumbnailCache(thumbnails_folder()), person.window.grid.thumbnail_size
    person.wait(lambda: (last, size) in person.parts.preparing._made)
    person.wait(lambda: any("Making thumbnails" in text for text in told))
    person.wait(lambda: _quiet(person) == "")
    last.rename(last.with_suffix(".gone"))
    last.with_suffix(".gone").rename(last)
    assert cache.thumbnail(last, size).width <= size
    assert len(list(thumbnails_folder().rglob("*.png"))) >= COUNT


def test_they_rest_while_a_person_rates(person: Person, many: Path) -> None:
    person.open(many)
    preparing = person.parts.preparing
    person.window.grid.setFocus()
    before = time.monotonic()
    person.press("3")
    assert preparing._rests_until >= before + REST_S


def _quiet(person: Person) -> str:
    return person.window.status._quiet.text()
