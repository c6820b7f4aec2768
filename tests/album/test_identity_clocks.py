"""Whose stars these are where size and time of a file, or the camera's clock, tell nothing."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from photoaes.album.marks import Marks
from photoaes.album.store.opening import Store, open_store
from photoaes.album.store.rating_log import set_stars
from tests.album.pictures import START, scene, shot, with_xmp, write_photo
from tests.album.stores import marks
from tests.album.test_identity import opened, rated_shot, stars
from tests.album.xmp_files import rated


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "card").mkdir()
    return tmp_path / "card"


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store(None) as store:
        yield store


def _in_place_of(path: Path, data: bytes) -> None:
    """Other bytes of the same length and time, as a card that was formatted may have them."""
    before, probe = path.stat(), path.with_name("probe")
    assert len(data) <= before.st_size
    while not probe.exists() or probe.stat().st_ctime_ns == before.st_ctime_ns:
        probe.write_bytes(b"")  # a disk's clock may tick but a hundred times a second
    probe.unlink()
    path.write_bytes(data.ljust(before.st_size, b"\0"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)


def test_another_picture_of_the_same_name_size_and_time(store: Store, folder: Path) -> None:
    path = shot(folder / "IMG_0001.JPG", 0)
    path.write_bytes(path.read_bytes().ljust(20_000, b"\0"))
    opened(store, folder)
    set_stars(store, [path], 5)
    other = shot(folder / "other.jpg", 1).read_bytes()
    (folder / "other.jpg").unlink()
    _in_place_of(path, other)
    assert opened(store, folder) == {"new": 1, "missing": 1}
    assert marks(store, path) == Marks()


def test_metadata_written_without_a_new_time(store: Store, folder: Path) -> None:
    """As `exiftool -P` does; in a large file behind all that the quick hash sees."""
    paths = [with_xmp(shot(folder / name, 1), rated(3)) for name in ("a.jpg", "b.jpg")]
    data = paths[1].read_bytes()
    padding = b"\xff\xfe\xff\xff" + bytes(65_533)
    paths[1].write_bytes(data[:2] + 2 * padding + data[2:] + bytes(20_000))
    opened(store, folder)
    assert stars(store, folder) == {"a.jpg": 3, "b.jpg": 3}
    for path in paths:
        _in_place_of(path, path.read_bytes().replace(b'Rating="3"', b'Rating="4"'))
    opened(store, folder)
    assert stars(store, folder) == {"a.jpg": 4, "b.jpg": 4}
    assert opened(store, folder) == {"unchanged": 2}


def test_files_that_were_only_touched_are_unchanged(store: Store, folder: Path) -> None:
    path = rated_shot(store, folder / "a.jpg")
    [[version]] = store.rows("SELECT version FROM photos")
    os.link(path, folder.parent / "link.jpg")
    path.chmod(0o600)
    assert opened(store, folder) == {"unchanged": 1}
    assert store.rows("SELECT version FROM photos") == [(version,)]
    assert marks(store, path).stars == 5


@pytest.mark.parametrize("taken", [datetime(2000, 1, 1, 13, 5), datetime(2024, 5, 3)])
def test_a_time_of_a_clock_that_was_reset(store: Store, folder: Path, taken: datetime) -> None:
    """It tells no picture from another: their looks do."""
    path = write_photo(folder / "IMG_0001.JPG", scene(0), taken)
    opened(store, folder)
    set_stars(store, [path], 5)
    opened(store, folder)
    write_photo(path, scene(0).point(lambda value: min(255, value + 20)), taken)
    assert opened(store, folder) == {"edited": 1}
    assert marks(store, path).stars == 5
    write_photo(path, scene(1), taken)
    assert opened(store, folder) == {"new": 1, "missing": 1, "doubtful": 1}
    assert marks(store, path) == Marks()


def test_scans_that_all_have_one_date(store: Store, folder: Path) -> None:
    noon = datetime(2024, 5, 3, 12)
    paths = [write_photo(folder / f"{one}.jpg", scene(one), noon) for one in range(12)]
    opened(store, folder)
    set_stars(store, paths[:1], 5)
    opened(store, folder)
    write_photo(paths[0], scene(99), noon)
    assert opened(store, folder)["doubtful"] == 1
    assert marks(store, paths[0]) == Marks()


def test_an_edit_of_one_of_few_photos_of_a_second_keeps_its_stars(
    store: Store, folder: Path
) -> None:
    paths = [write_photo(folder / f"{one}.jpg", scene(one), START) for one in range(3)]
    opened(store, folder)
    set_stars(store, paths[:1], 5)
    write_photo(paths[0], scene(0).crop((8, 8, 60, 40)), START)
    assert opened(store, folder) == {"unchanged": 2, "edited": 1}
    assert marks(store, paths[0]).stars == 5
