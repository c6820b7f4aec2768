"""An album opened as the window does it: on a worker's thread, the store shared with this one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from PIL import Image

from photoaes.album.marks import Marks
from photoaes.album.store.feature_cache import FeatureCache
from photoaes.album.store.lessons import ratings_for_fit
from photoaes.album.store.opening import Store, open_store
from photoaes.album.store.rating_log import known
from photoaes.album.store.scores import without_facts
from photoaes.album.store.sync import SyncSummary
from photoaes.album.store.undo import undo
from photoaes.errors import InputInvalid
from photoaes.jobs.mark import rate_photos
from photoaes.jobs.open_album import AlbumView, known_photos, open_album, open_view
from photoaes.jobs.read_album import Found, Job, read_album
from photoaes.running import finished
from tests.album.pictures import shot
from tests.album.xmp_files import rated

Result = TypeVar("Result")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """a.jpg with a.CR2 (three stars in a sidecar), b.jpg, and a RAW file without company."""
    folder = tmp_path / "album"
    folder.mkdir()
    for name, colour in (("a.jpg", "red"), ("b.jpg", "blue")):
        Image.new("RGB", (60, 90), colour).save(folder / name)
    for name in ("a.CR2", "alone.NEF"):
        (folder / name).write_bytes(name.encode())
    (folder / "a.CR2.xmp").write_bytes(rated(3))
    return folder


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store(None) as store:
        yield store


def _finished(job: Job[Result]) -> Result:
    """Run on another thread than the one that opened the store."""
    with ThreadPoolExecutor(1) as worker:
        return worker.submit(finished, job).result()


def _stars(store: Store, folder: Path) -> dict[str, int | None]:
    found = {path.name: known(store, path) for path in folder.iterdir()}
    return {name: entry.marks.stars for name, entry in found.items() if entry}


def test_opened_read_and_opened_again(store: Store, folder: Path) -> None:
    album = _finished(open_album(store, folder))
    assert [photo.path.name for photo in album.photos] == ["a.jpg", "alone.NEF", "b.jpg"]
    assert album.summary == SyncSummary(new=4)
    # From here on the window may show and rate; what other programs said is still to come.
    assert set(_stars(store, folder).values()) == {None}
    found = _finished(read_album(store, album))
    assert (found.stars, found.conflicts) == (1, ())
    assert _stars(store, folder) == {"a.jpg": 3, "a.CR2": 3, "alone.NEF": None, "b.jpg": None}
    again = _finished(open_album(store, folder))
    assert again.summary == SyncSummary(unchanged=4)
    assert _finished(read_album(store, again)) == Found()


def test_one_rating_for_both_files_and_one_in_the_fit(store: Store, folder: Path) -> None:
    album = _finished(open_album(store, folder))
    assert rate_photos(store, album.paired, [folder / "a.jpg"], Marks(5)) == 2
    assert _stars(store, folder)["a.CR2"] == 5
    assert ratings_for_fit(store, [one.path for one in album.photos]) == {folder / "a.jpg": 5}
    undo(store)
    assert _stars(store, folder)["a.CR2"] is None
    split = _finished(open_album(store, folder, split_pairs=True))
    assert len(split.photos) == 4
    rate_photos(store, split.paired, [folder / "a.jpg"], Marks(5))
    assert _stars(store, folder)["a.CR2"] is None


def test_a_file_by_its_name_brings_its_company(store: Store, folder: Path) -> None:
    paired = known_photos(store, [folder / "a.CR2", folder / "b.jpg"])
    assert [one.path.name for one in paired.photos] == ["a.jpg", "b.jpg"]
    assert paired.members(folder / "a.jpg") == (folder / "a.jpg", folder / "a.CR2")
    assert known(store, folder / "alone.NEF") is None
    split = known_photos(store, [folder / "a.CR2"], split_pairs=True)
    assert [one.path.name for one in split.photos] == ["a.CR2"]


def test_a_break_while_reading_goes_on_next_time(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("photoaes.jobs.read_album.READ_AT_ONCE", 1)
    album = _finished(open_album(store, folder))
    reading = read_album(store, album)
    while _stars(store, folder)["a.CR2"] is None:
        next(reading)  # a.jpg is read first, and saved
    reading.close()
    unread = [photo.path.name for photo in without_facts(store, album.photos)]
    assert unread == ["alone.NEF", "b.jpg"]
    _finished(read_album(store, album))
    assert without_facts(store, album.photos) == []


def test_rating_goes_on_while_another_thread_reads(store: Store, folder: Path) -> None:
    for number in range(60):
        Image.new("RGB", (8, 8), (number, 0, 0)).save(folder / f"{number:02}.png")
    album = _finished(open_album(store, folder))
    with ThreadPoolExecutor(1) as worker:
        reading = worker.submit(finished, read_album(store, album))
        for number in range(60):
            rate_photos(store, album.paired, [folder / f"{number:02}.png"], Marks(number % 5 + 1))
        reading.result()
    stars = _stars(store, folder)
    assert all(stars[f"{number:02}.png"] == number % 5 + 1 for number in range(60))


def test_an_album_can_be_shown_before_it_is_read(store: Store, folder: Path) -> None:
    with FeatureCache(None) as cache:
        opening = open_view(store, cache, folder, "digest")
        early = next(event for event in opening if isinstance(event, AlbumView))
        assert early.found is None
        assert early.columns.stars.tolist() == [-1, -1, -1]
        view = finished(opening)
        assert isinstance(view, AlbumView)
        assert view.columns.stars.tolist() == [3, -1, -1]
        assert replace(view.found or Found(), unopened=()) == Found(stars=1)


def test_an_empty_album_is_said(store: Store, tmp_path: Path) -> None:
    with pytest.raises(InputInvalid, match="There are no photos in"):
        _finished(open_album(store, tmp_path))
    with pytest.raises(InputInvalid, match="There is no folder"):
        _finished(open_album(store, tmp_path / "gone"))


@pytest.mark.skipif(os.name != "posix", reason="links of POSIX")
def test_a_photo_is_known_by_the_path_of_its_album(tmp_path: Path) -> None:
    """Which may be that of a link inside the album, to a file or through a folder."""
    (tmp_path / "album").mkdir()
    (tmp_path / "away").mkdir()
    for number, name in enumerate(("album/own.jpg", "away/file.jpg", "away/sub/one.jpg")):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shot(tmp_path / name, number)
    (tmp_path / "album" / "link.jpg").symlink_to(tmp_path / "away" / "file.jpg")
    (tmp_path / "album" / "folder").symlink_to(tmp_path / "away" / "sub")
    (tmp_path / "other way").symlink_to(tmp_path / "album")
    names = ["folder/one.jpg", "link.jpg", "own.jpg"]
    with open_store(None) as store:
        unscanned = known_photos(store, [tmp_path / "other way" / "link.jpg"])
        assert [one.path for one in unscanned.photos] == [tmp_path / "album" / "link.jpg"]
        album = finished(open_album(store, tmp_path / "album"))
        paths = sorted(one.path for one in album.photos)
        assert paths == [tmp_path / "album" / name for name in names]
        for name, path in zip(names, paths, strict=True):
            for folder in ("album", "other way", "album/../other way"):
                [one] = known_photos(store, [tmp_path / folder / name]).photos
                assert one.path == path
