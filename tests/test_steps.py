"""An album opened as the window does it: jobs on a worker thread, the store on this one."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PIL import Image

from photoaes import steps
from photoaes.album.marks import Marks
from photoaes.album.store.opening import Store, open_store
from photoaes.album.store.rating_log import known, ratings_for_fit
from photoaes.album.store.sync import SyncSummary
from photoaes.album.store.undo import undo
from photoaes.errors import InputInvalid
from photoaes.steps import Found, Job, Steps, known_photos, open_album, rate_photos, read_album
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


def _result(job: Job) -> Any:
    try:
        while True:
            next(job)
    except StopIteration as done:
        return done.value


def _walked(steps: Steps[Result]) -> Result:
    """A store refuses any other thread than its own, so this shows that no job uses it."""
    with ThreadPoolExecutor(1) as worker:
        try:
            job = next(steps)
            while True:
                job = steps.send(worker.submit(_result, job).result())
        except StopIteration as done:
            result: Result = done.value
            return result


def _stars(store: Store, folder: Path) -> dict[str, int | None]:
    found = {path.name: known(store, path) for path in folder.iterdir()}
    return {name: entry.marks.stars for name, entry in found.items() if entry}


def test_opened_read_and_opened_again(store: Store, folder: Path) -> None:
    album = _walked(open_album(store, folder))
    assert [photo.path.name for photo in album.photos] == ["a.jpg", "alone.NEF", "b.jpg"]
    assert album.summary == SyncSummary(new=4)
    # From here on the window may show and rate; what other programs said is still to come.
    assert set(_stars(store, folder).values()) == {None}
    found = _walked(read_album(store, album))
    assert (found.stars, found.conflicts) == (1, ())
    assert _stars(store, folder) == {"a.jpg": 3, "a.CR2": 3, "alone.NEF": None, "b.jpg": None}
    again = _walked(open_album(store, folder))
    assert again.summary == SyncSummary(unchanged=4)
    assert _walked(read_album(store, again)) == Found()


def test_one_rating_for_both_files_and_one_in_the_fit(store: Store, folder: Path) -> None:
    album = _walked(open_album(store, folder))
    assert rate_photos(store, album.paired, [folder / "a.jpg"], Marks(5)) == 2
    assert _stars(store, folder)["a.CR2"] == 5
    assert ratings_for_fit(store, [one.path for one in album.photos]) == {folder / "a.jpg": 5}
    undo(store)
    assert _stars(store, folder)["a.CR2"] is None
    split = _walked(open_album(store, folder, split_pairs=True))
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
    monkeypatch.setattr(steps, "READ_AT_ONCE", 1)
    album = _walked(open_album(store, folder))
    reading = read_album(store, album)
    first = next(reading)
    second = reading.send(_result(first))
    second.close()
    reading.close()
    assert _stars(store, folder)["a.CR2"] == 3  # a.jpg was first, and is saved
    rest = read_album(store, album)
    assert [one.photo.path.name for one in _result(next(rest))] == ["alone.NEF"]
    rest.close()


def test_an_empty_album_is_said(store: Store, tmp_path: Path) -> None:
    with pytest.raises(InputInvalid, match="There are no photos in"):
        _walked(open_album(store, tmp_path))
    with pytest.raises(InputInvalid, match="There is no folder"):
        _walked(open_album(store, tmp_path / "gone"))
