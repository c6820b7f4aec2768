"""Cameras whose clocks were wrong, and photos whose time is told by something else than EXIF."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from photoaes.album.store.clocks import cameras_of, parse_duration, set_clocks
from photoaes.album.store.opening import Store, open_store
from photoaes.album.store.scores import load_columns
from photoaes.errors import InputInvalid
from photoaes.jobs.open_album import open_album
from photoaes.jobs.read_album import OpenedAlbum, read_album
from photoaes.running import finished
from tests.album.pictures import START, scene, write_photo
from tests.album.xmp_files import packet


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store(None) as store:
        yield store


def opened(store: Store, folder: Path) -> OpenedAlbum:
    album = finished(open_album(store, folder))
    finished(read_album(store, album))
    return album


def in_time(store: Store, album: OpenedAlbum) -> list[str]:
    columns = load_columns(store, album.photos, "", None)
    return [columns.paths[one].stem for one in np.argsort(columns.taken, kind="stable")]


def test_two_cameras_interleave(store: Store, tmp_path: Path) -> None:
    """The second camera was still at winter time."""
    for number in range(3):
        at = START + timedelta(minutes=20 * number)
        write_photo(tmp_path / f"a{number}.jpg", scene(number), at, camera="A")
        late = at + timedelta(minutes=10) - timedelta(hours=1)
        write_photo(tmp_path / f"b{number}.jpg", scene(9 + number), late, camera="B")
    album = opened(store, tmp_path)
    assert in_time(store, album) == ["b0", "b1", "b2", "a0", "a1", "a2"]
    assert cameras_of(store, album.folder) == {"A": (3, 0), "B": (3, 0)}
    set_clocks(store, album.folder, {"B": 3600})
    assert in_time(store, album) == ["a0", "b0", "a1", "b1", "a2", "b2"]
    assert cameras_of(store, album.folder)["B"] == (3, 3600)
    set_clocks(store, album.folder, {"B": 0})
    assert in_time(store, album) == ["b0", "b1", "b2", "a0", "a1", "a2"]


def test_other_albums_keep_their_clocks(store: Store, tmp_path: Path) -> None:
    for name in ("trip", "trip 2"):
        (tmp_path / name).mkdir()
        write_photo(tmp_path / name / "a.jpg", scene(1), START, camera="A")
    album = opened(store, tmp_path / "trip 2")
    set_clocks(store, tmp_path / "trip", {"A": 3600})
    [taken] = load_columns(store, album.photos, "", None).taken
    set_clocks(store, tmp_path, {"A": 60})
    assert load_columns(store, album.photos, "", None).taken[0] == taken + 60


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("1h", 3600), ("1:00", 3600), ("-1h 30m", -5400), ("90s", 90), ("+1:02:03", 3723), ("", 0),
     ("0", 0), ("2d", 172_800), ("0.5h", 1800), ("\u22121h", -3600)],
)  # fmt: skip
def test_durations(text: str, seconds: int) -> None:
    assert parse_duration(text) == seconds


def test_no_duration() -> None:
    with pytest.raises(InputInvalid, match="is no time span"):
        parse_duration("an hour")


def test_dated_by_name_and_sidecar(store: Store, tmp_path: Path) -> None:
    write_photo(tmp_path / "IMG-20230514-WA0000.jpg", scene(1))
    write_photo(tmp_path / "IMG_20230515_101010.jpg", scene(2))
    write_photo(tmp_path / "scan.jpg", scene(3))
    made = packet(inside="<xmp:CreateDate>2023-05-13T10:00:00</xmp:CreateDate>")
    (tmp_path / "scan.jpg.xmp").write_bytes(made)
    album = finished(open_album(store, tmp_path))
    found = finished(read_album(store, album))
    assert sorted(found.dated) == ["name", "name day", "sidecar"]
    expected = ["scan", "IMG-20230514-WA0000", "IMG_20230515_101010"]
    assert in_time(store, album) == expected
