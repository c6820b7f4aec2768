"""What a damaged store has and the backup lacks is brought over, as far as it can be read."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from photoaes.album.marks import Flag, Marks
from photoaes.album.store.lessons import ratings_for_fit
from photoaes.album.store.marks_import import set_machine_stars
from photoaes.album.store.opening import open_store
from photoaes.album.store.rating_log import StepKind, history, set_flag, set_stars
from photoaes.album.store.salvage import salvage
from photoaes.album.store.undo import next_undo
from tests.album.stores import album, marks, rescan


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    album(tmp_path / "album", [f"{n:04}.jpg" for n in range(200)])
    return tmp_path / "album"


@pytest.fixture
def file(tmp_path: Path, folder: Path) -> Path:
    """A backup of when 0 and 1 had 3 stars; since then 0 has 4, 2 is picked, 3 a machine's."""
    file = tmp_path / "data" / "album.db"
    first = [folder / f"{n:04}.jpg" for n in range(4)]
    with open_store(file) as store:
        rescan(store, folder)
        set_stars(store, first[:2], 3)
    with open_store(file) as store:
        set_stars(store, first[:1], 4)
        set_flag(store, first[2:3], Flag.PICK)
        set_machine_stars(store, {first[3]: 5}, "Ann")
        album(folder, ["new.jpg"])
        rescan(store, folder)
        set_stars(store, [folder / "new.jpg"], 2)
    return file


def destroy(file: Path, name: str) -> None:
    """The root page of a table or an index."""
    with closing(sqlite3.connect(file)) as connection:
        [root] = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)
        ).fetchone()
    with file.open("rb+") as opened:
        opened.seek((root - 1) * 4096)
        opened.write(b"\x5a" * 4096)


def test_what_is_newer_is_brought_over(file: Path, folder: Path) -> None:
    destroy(file, "changes_by_photo")
    with open_store(file) as store:
        assert store.opening.recovery is not None
        assert marks(store, folder / "0000.jpg").stars == 3
        assert salvage(store) == 3
        rescan(store, folder)
        assert marks(store, folder / "0000.jpg").stars == 4
        assert marks(store, folder / "0001.jpg").stars == 3
        assert marks(store, folder / "0002.jpg").flag is Flag.PICK
        assert marks(store, folder / "0003.jpg") == Marks()
        assert folder / "0003.jpg" not in ratings_for_fit(store)
        assert marks(store, folder / "new.jpg").stars == 2
        told = history(store, folder / "0000.jpg")[-1]
        assert told.kind is StepKind.PERSON  # what a person said stays a person's
        assert told.source == str(store.opening.recovery.aside)
        before = next_undo(store)
        assert before is not None
        assert before.seq == 1  # what was salvaged is not undone by Ctrl+Z
    with open_store(file) as store:
        assert salvage(store) == 0  # a sound opening


def test_truncated_in_the_middle(file: Path, folder: Path) -> None:
    """Some pages are gone: nothing raises, and what was in the backup stays."""
    whole = file.read_bytes()
    for keep in range(4096, len(whole), 3 * 4096):
        for one in file.parent.glob("album-damaged-*"):
            one.unlink()
        file.write_bytes(whole[:keep])
        with open_store(file) as store:
            salvage(store)
            assert marks(store, folder / "0000.jpg").stars in (3, 4)
            assert marks(store, folder / "0001.jpg").stars == 3


@pytest.mark.parametrize("table", ["photos", "steps"])
def test_nothing_to_be_read(file: Path, folder: Path, table: str) -> None:
    destroy(file, table)
    with open_store(file) as store:
        assert salvage(store) == 0
        assert marks(store, folder / "0000.jpg").stars == 3


def test_another_programs_photos(file: Path, folder: Path) -> None:
    """A table of the same name, with anything in it, and a number that would take for ever."""
    file.unlink()
    with closing(sqlite3.connect(file)) as connection:
        columns = "path, size, mtime_ns, hash, stars, flag, label, missing_since, stars_step"
        connection.execute(
            f"CREATE TABLE photos (id INTEGER PRIMARY KEY, {columns}, flag_step, label_step)"
        )
        connection.execute("CREATE TABLE steps (seq INTEGER PRIMARY KEY, kind)")
        connection.execute("INSERT INTO steps VALUES (99, 'person')")
        connection.execute("INSERT INTO photos (id, path, stars, stars_step) VALUES (1, 7, 5, 99)")
        connection.execute("INSERT INTO photos (id, path, stars_step) VALUES (2, x'61', 'y')")
        connection.execute("INSERT INTO photos (id) VALUES (1 << 62)")
        connection.commit()
    with open_store(file) as store:
        assert salvage(store) == 0
