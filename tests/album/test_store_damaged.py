"""A damaged store: kept aside, restored from the last good backup, and said plainly."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from photoaes.album.store.backups import backups
from photoaes.album.store.opening import open_store
from photoaes.album.store.rating_log import set_stars
from photoaes.album.store.recovery import Recovery, problem
from photoaes.errors import StoreDamaged
from tests.album.stores import album, marks, rescan


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    album(tmp_path / "album", [f"{n:04}.jpg" for n in range(200)])
    return tmp_path / "album"


@pytest.fixture
def file(tmp_path: Path, folder: Path) -> Path:
    """A store with a backup of when the first photo had 3 stars; now it has 4."""
    file = tmp_path / "data" / "album.db"
    with open_store(file) as store:
        rescan(store, folder)
        set_stars(store, [folder / "0000.jpg"], 3)
    with open_store(file) as store:
        set_stars(store, [folder / "0000.jpg"], 4)
    assert len(backups(file)) == 1
    return file


def recovered(file: Path, folder: Path, stars: int | None) -> Recovery:
    """What the opening of a damaged store says; a second opening has nothing to say."""
    with open_store(file) as store:
        recovery = store.opening.recovery
        assert recovery is not None
        assert store.opening.notices[0] == recovery.text
        rescan(store, folder)
        assert marks(store, folder / "0000.jpg").stars == stars
    with open_store(file) as store:
        assert store.opening.recovery is None
        assert marks(store, folder / "0000.jpg").stars == stars
    return recovery


def overwrite(file: Path, at: int, data: bytes) -> None:
    with file.open("rb+") as opened:
        opened.seek(at)
        opened.write(data)


@pytest.mark.parametrize("keep", [1, 99, 100, 4096, 0.3, 0.9])
def test_truncated(file: Path, folder: Path, keep: float) -> None:
    whole = file.read_bytes()
    file.write_bytes(whole[: int(keep if keep >= 1 else keep * len(whole))])
    damaged = file.read_bytes()
    recovery = recovered(file, folder, 3)
    assert recovery.aside is not None
    assert recovery.aside.read_bytes() == damaged
    assert recovery.aside.name.startswith("album-damaged-20")
    assert recovery.restored is not None
    assert f"kept as {recovery.aside.name}" in recovery.text
    assert "What was rated after that may be missing" in recovery.text


@pytest.mark.parametrize(
    ("at", "data"),
    [
        (0, b"X"),  # the magic word
        (16, b"\x00\x07"),  # the size of a page
        (18, b"\x09\x09"),  # the format's number: SQLite would open it for reading
        (44, b"\x00\x00\x00\x09"),  # the schema's format
        (100, b"\xff" * 8),  # the first page's own header
        (4096, b"\xa5" * 4096),  # the second page
    ],
)
def test_flipped_bytes_in_front(file: Path, folder: Path, at: int, data: bytes) -> None:
    overwrite(file, at, data)
    recovered(file, folder, 3)


def test_flipped_page_in_the_middle(file: Path, folder: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        [root] = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'photos'"
        ).fetchone()
    overwrite(file, (root - 1) * 4096, b"\x5a" * 64)
    recovered(file, folder, 3)


@pytest.mark.parametrize("replacement", [b"", None])
def test_emptied_or_removed(file: Path, folder: Path, replacement: bytes | None) -> None:
    """SQLite would take both for a new database: all would be gone, and nothing said."""
    file.unlink()
    if replacement is not None:
        file.write_bytes(replacement)
    recovery = recovered(file, folder, 3)
    assert (recovery.aside is None) == (replacement is None)


def test_another_programs_database(file: Path, folder: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE songs (x)")
    assert "no store of photoaes" in recovered(file, folder, 3).text


def test_a_log_is_not_played_into_the_backup(file: Path, folder: Path) -> None:
    """A crash left a log beside the store, then the store was damaged: both are kept aside."""
    with open_store(file) as store:
        set_stars(store, [folder / "0000.jpg"], 5)
        log = file.with_name("album.db-wal").read_bytes()
        main = file.read_bytes()
    file.write_bytes(main[:5000])
    file.with_name("album.db-wal").write_bytes(log[:3000])
    recovery = recovered(file, folder, 3)
    assert recovery.aside is not None
    assert recovery.aside.read_bytes() == main[:5000]
    kept = recovery.aside.with_name(f"{recovery.aside.name}-wal")
    assert kept.read_bytes() == log[:3000]


def test_the_last_good_backup_counts(file: Path, folder: Path) -> None:
    newest = backups(file)[0]
    bad = newest.path.with_name(newest.path.name.replace("-000001-", "-000002-"))
    bad.write_bytes(newest.path.read_bytes()[:5000])
    file.write_bytes(b"garbage" * 999)
    recovery = recovered(file, folder, 3)
    assert recovery.restored == newest


def test_no_backup_at_all(tmp_path: Path, folder: Path) -> None:
    file = tmp_path / "new" / "album.db"
    file.parent.mkdir()
    file.write_bytes(b"garbage" * 999)
    recovery = recovered(file, folder, None)
    assert recovery.restored is None
    assert "There is no good backup" in recovery.text
    assert "can be read again" in recovery.text


def test_damaged_again_on_the_same_day(file: Path, folder: Path) -> None:
    aside = set()
    for n in range(3):
        file.write_bytes(b"garbage" * (100 + n))
        recovery = recovered(file, folder, 3)
        assert recovery.aside is not None
        aside.add(recovery.aside)
    assert len({one.read_bytes() for one in aside}) == 3


def test_damaged_while_open(file: Path, folder: Path) -> None:
    """A failing disk: the next query says so, and the next opening repairs it."""
    with open_store(file) as store:
        overwrite(file, 4096, b"\xa5" * (file.stat().st_size - 4096))
        with pytest.raises(StoreDamaged, match="Close photoaes and open it again"):
            set_stars(store, [folder / f"{n:04}.jpg" for n in range(200)], 5)
    assert problem(file) is not None
    recovered(file, folder, 3)
