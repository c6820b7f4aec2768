"""What stands in the place of the store's files and leads elsewhere is never written through."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from photoaes.album.store.opening import open_store
from photoaes.album.store.rating_log import set_stars
from photoaes.errors import PhotoaesError
from tests.album.pictures import shot
from tests.album.stores import marks, rescan

pytestmark = pytest.mark.skipif(os.name != "posix", reason="links and pipes of POSIX")


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    (tmp_path / "photos").mkdir()
    return shot(tmp_path / "photos" / "a.jpg", 0)


@pytest.fixture
def file(tmp_path: Path, photo: Path) -> Path:
    """A store that knows the photo and its 3 stars."""
    file = tmp_path / "data" / "album.db"
    with open_store(file) as store:
        rescan(store, photo.parent)
        set_stars(store, [photo], 3)
    return file


def _rated(file: Path, photo: Path, given: int) -> None:
    with open_store(file) as store:
        set_stars(store, [photo], given)
        assert marks(store, photo).stars == given


@pytest.mark.parametrize("link", [os.link, os.symlink])
@pytest.mark.parametrize("ending", [".lock", "-wal", "-shm", "-journal"])
def test_a_photo_in_the_place_of_a_file_beside_the_store(
    file: Path, photo: Path, link: Callable[[Path, Path], None], ending: str
) -> None:
    before = photo.read_bytes()
    beside = file.with_name(file.name + ending)
    beside.unlink(missing_ok=True)
    link(photo, beside)
    _rated(file, photo, 4)
    _rated(file, photo, 5)
    assert photo.read_bytes() == before


def test_a_link_to_a_photo_in_the_place_of_the_store(file: Path, photo: Path) -> None:
    before = photo.read_bytes()
    file.rename(file.with_name("kept.db"))
    file.symlink_to(photo)
    with pytest.raises(PhotoaesError, match="is a link to .*Nothing was changed"):
        open_store(file)
    assert photo.read_bytes() == before
    assert file.is_symlink()


def test_a_link_to_another_programs_database(file: Path, tmp_path: Path) -> None:
    other = tmp_path / "catalogue.lrcat"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE songs (x)")
    before = other.read_bytes()
    file.unlink()
    file.symlink_to(other)
    with pytest.raises(PhotoaesError, match="does not hold ratings"):
        open_store(file)
    assert other.read_bytes() == before


def test_a_link_to_the_store_on_another_disk(file: Path, photo: Path, tmp_path: Path) -> None:
    file.rename(tmp_path / "elsewhere.db")
    file.symlink_to(tmp_path / "elsewhere.db")
    _rated(file, photo, 4)
    assert file.is_symlink()


def test_a_backup_by_hard_links_keeps_what_it_holds(
    file: Path, photo: Path, tmp_path: Path
) -> None:
    backup = tmp_path / "backup.db"
    os.link(file, backup)
    file.chmod(0o600)
    before = backup.read_bytes()
    _rated(file, photo, 4)
    assert backup.read_bytes() == before
    assert file.stat().st_mode & 0o777 == 0o600


def test_files_beside_a_store_that_was_write_protected_do_not_stay_so(
    file: Path, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside = [file.with_name(f"{file.name}-{ending}") for ending in ("wal", "shm")]
    for one in beside:
        one.touch()
        one.chmod(0o444)
    # As for everybody but root, who may write all.
    monkeypatch.setattr(os, "access", lambda path, mode: bool(Path(path).stat().st_mode & 0o200))
    modes: list[int] = []
    with open_store(file) as store:
        set_stars(store, [photo], 4)
        modes += [one.stat().st_mode & 0o777 for one in beside]
    assert modes == [file.stat().st_mode & 0o777] * 2


@pytest.mark.parametrize("name", ["album.db", "album.db-wal", "album.db-journal"])
@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_what_is_no_file_is_told_and_not_waited_for(
    file: Path, name: str, make: Callable[[Path], None]
) -> None:
    path = file.with_name(name)
    if path.exists():
        path.rename(path.with_name("kept"))
    make(path)
    with pytest.raises(PhotoaesError, match="cannot be used: .*Move it away"):
        open_store(file)


@pytest.mark.parametrize("name", ["album.db", "."])
def test_a_link_to_a_drive_that_is_away_gets_no_new_store(
    file: Path, photo: Path, tmp_path: Path, name: str
) -> None:
    linked, drive = file.parent / name, tmp_path / "drive"
    linked.rename(drive)
    linked.symlink_to(drive)
    drive.rename(tmp_path / "away")
    with pytest.raises(PhotoaesError, match="which is a link to .*Connect its drive"):
        open_store(file)
    assert not drive.exists()
    (tmp_path / "away").rename(drive)
    _rated(file, photo, 4)
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    with pytest.raises(PhotoaesError, match="Connect its drive"):
        open_store(loop / "album.db")
