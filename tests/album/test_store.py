"""Opening the store: migrations and their backups, one writer, read-only folders, full disks."""

import itertools
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path, PureWindowsPath

import pytest

from photoaes.album.store.backups import INTERVAL, KEPT, back_up, backups, is_due
from photoaes.album.store.lessons import pairs_for_fit
from photoaes.album.store.migrations import MIGRATIONS, Migration
from photoaes.album.store.network_drive import is_on_network, network_notice
from photoaes.album.store.opening import open_store
from photoaes.album.store.profiles import load_profile
from photoaes.album.store.rating_log import prefer, set_stars
from photoaes.album.store.recovery import problem
from photoaes.album.store.undo import redo, undo
from photoaes.errors import PhotoaesError, StoreLocked, StoreTooNew
from tests.album.stores import album, marks, rescan

only_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root mounts disks"
)
NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "album.db"


@pytest.fixture
def paths(tmp_path: Path, file: Path) -> list[Path]:
    """The photos of a store in which the first has 3 stars."""
    paths = album(tmp_path / "album")
    with open_store(file) as store:
        rescan(store, tmp_path / "album")
        set_stars(store, paths[:1], 3)
    return paths


def add_note(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE photos ADD COLUMN note TEXT")


def break_down(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE photos SET stars = NULL, stars_step = NULL")
    raise ZeroDivisionError


def commit(connection: sqlite3.Connection) -> None:
    connection.executescript("CREATE TABLE t (x)")


def of_version(file: Path) -> int:
    with closing(sqlite3.connect(file)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def test_durable_settings(file: Path) -> None:
    with open_store(file) as store:
        assert store.rows("PRAGMA journal_mode") == [("wal",)]
        assert store.rows("PRAGMA synchronous") == [(2,)]  # FULL
        assert store.rows("PRAGMA foreign_keys") == [(1,)]
        assert store.rows("PRAGMA user_version") == [(len(MIGRATIONS),)]
    assert store.opening.notices == ()


def test_closing_again_does_nothing(file: Path) -> None:
    store = open_store(file)
    store.close()
    store.close()
    open_store(file).close()


def test_migration_after_a_backup(file: Path, paths: list[Path]) -> None:
    with open_store(file, migrations=(*MIGRATIONS, add_note)) as store:
        assert marks(store, paths[0]).stars == 3
        assert store.rows("SELECT note FROM photos LIMIT 1") == [(None,)]
        assert store.rows("PRAGMA user_version") == [(len(MIGRATIONS) + 1,)]
    old = backups(file)[-1]
    assert of_version(old.path) == len(MIGRATIONS)
    assert problem(old.path) is None
    with closing(sqlite3.connect(old.path)) as connection:
        assert connection.execute("SELECT stars FROM photos").fetchone() == (3,)


@pytest.mark.parametrize(
    ("migration", "error"), [(break_down, ZeroDivisionError), (commit, RuntimeError)]
)
def test_a_failed_migration_leaves_the_step_before(
    file: Path, paths: list[Path], migration: Migration, error: type[Exception]
) -> None:
    with pytest.raises(error):
        open_store(file, migrations=(*MIGRATIONS, add_note, migration))
    assert of_version(file) == len(MIGRATIONS) + 1
    with open_store(file, migrations=(*MIGRATIONS, add_note)) as store:  # the lock was let go
        assert marks(store, paths[0]).stars == 3
    now = len(MIGRATIONS)
    assert [of_version(one.path) for one in reversed(backups(file))] == [now, now + 1]


def test_profiles_of_the_first_version_have_no_readout(file: Path) -> None:
    with open_store(file, migrations=MIGRATIONS[:1]) as store, store.transaction():
        store.connection.execute(
            "INSERT INTO profiles (name, learned_at, bank, bank_digest, seed, coefficients, "
            "support, agreement) VALUES ('Ann', 'then', 'Tiny', 'abc', 0, '{}', '[]', '{}')"
        )
    assert backups(file) == []
    with open_store(file) as store:
        assert load_profile(store, "Ann").readout == {}
    assert of_version(backups(file)[-1].path) == 1


def test_choices_of_before_are_kept_with_what_was_taken_back(tmp_path: Path) -> None:
    """Each was a step of its own when only one photo could be worse."""
    a, b, c, *_ = album(tmp_path / "album")
    file = tmp_path / "old" / "album.db"
    old = next(n for n, one in enumerate(MIGRATIONS) if one.__name__ == "_choose_among_many")
    with open_store(file, migrations=MIGRATIONS[:old]) as store:
        rescan(store, tmp_path / "album")
        prefer(store, a, b)
        prefer(store, b, c)
        prefer(store, a, c)
        undo(store)
    with open_store(file) as store:
        assert pairs_for_fit(store) == [(a, b), (b, c)]
        assert redo(store) is not None
        assert set(pairs_for_fit(store)) == {(a, b), (b, c), (a, c)}
        assert store.rows("PRAGMA foreign_key_check") == []
        assert store.rows("PRAGMA integrity_check") == [("ok",)]


def test_no_migration_without_its_backup(file: Path, paths: list[Path]) -> None:
    (file.parent / "backups").write_text("in the way")
    with pytest.raises(PhotoaesError, match="No backup of"):
        open_store(file, migrations=(*MIGRATIONS, add_note))
    assert of_version(file) == len(MIGRATIONS)
    with open_store(file) as store:  # a weekly backup may fail: the ratings are more important
        assert "No backup of" in store.opening.notices[0]
        assert marks(store, paths[0]).stars == 3


def test_newer_store_is_refused_untouched(file: Path, paths: list[Path]) -> None:
    newer = (*MIGRATIONS, add_note)
    open_store(file, migrations=newer).close()
    before = file.read_bytes()
    with pytest.raises(StoreTooNew, match="newer photoaes .*Install the newer version"):
        open_store(file)
    assert file.read_bytes() == before
    with open_store(file, migrations=newer) as store:
        assert marks(store, paths[0]).stars == 3


def test_weekly_backup(file: Path, paths: list[Path]) -> None:
    assert backups(file) == []  # there was nothing in it when it was opened
    for _ in range(2):
        open_store(file).close()
        [one] = backups(file)
        assert problem(one.path) is None
    made = backups(file)[0].made
    assert not is_due(file, made + INTERVAL - timedelta(seconds=1))
    assert is_due(file, made + INTERVAL)
    assert is_due(file, made - timedelta(days=1))  # the clock had been wrong


def test_ten_backups_are_kept(file: Path, paths: list[Path]) -> None:
    """By their numbers: here the clock goes backwards."""
    with open_store(file) as store:
        for day in range(KEPT + 3):
            back_up(store.connection, file, NOW - timedelta(days=day))
    kept = backups(file)
    assert len(kept) == KEPT
    assert kept[0].made == NOW - timedelta(days=KEPT + 2)
    assert len(list((file.parent / "backups").iterdir())) == KEPT


def test_second_instance_is_told_who(file: Path, paths: list[Path]) -> None:
    holder = "import sys; from pathlib import Path\n"
    holder += "from photoaes.album.store.opening import open_store\n"
    holder += "store = open_store(Path(sys.argv[1])); print('open', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", holder, file], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"open\n"
        with pytest.raises(StoreLocked, match=rf"process {process.pid} on .* Close that one"):
            open_store(file)
        link = file.parent.parent / "link"
        link.symlink_to(file.parent)
        with pytest.raises(StoreLocked):
            open_store(link / "album.db")
        process.kill()
        process.communicate()
    with open_store(file) as store:  # a crash leaves no lock
        assert marks(store, paths[0]).stars == 3


def test_same_process_is_told_too(file: Path) -> None:
    with open_store(file):
        with pytest.raises(StoreLocked, match=f"process {os.getpid()} on"):
            open_store(file)
        lock = file.with_name("album.db.lock")
        held = json.loads(lock.read_text())
        lock.write_text("?" * 9)
        with pytest.raises(StoreLocked, match=r"another photoaes\. Close"):
            open_store(file)
    assert set(held) == {"program", "pid", "host"}


def test_another_program_writes(file: Path, paths: list[Path]) -> None:
    """A database browser holds the file: a sentence, and the star can be given again."""
    with open_store(file) as store, closing(sqlite3.connect(file, isolation_level=None)) as other:
        store.connection.execute("PRAGMA busy_timeout = 10")
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreLocked, match="Another program is using"):
            set_stars(store, paths[:1], 5)
        other.execute("ROLLBACK")
        assert set_stars(store, paths[:1], 5) == 1


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "data"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no disk can be mounted here")
    yield disk
    subprocess.run(["umount", disk], check=True)


@only_root
def test_full_and_read_only_disk(small_disk: Path, file: Path, paths: list[Path]) -> None:
    with open_store(file) as store:
        filler = small_disk / "filler"
        with filler.open("wb", buffering=0) as full:
            try:
                while full.write(b"x" * 4096):
                    pass
            except OSError:
                pass
        acknowledged = 3

        def rate_without_end() -> None:
            nonlocal acknowledged
            for n in itertools.count():  # what SQLite has reserved is used up first
                set_stars(store, paths[:1], 1 + n % 5)
                acknowledged = 1 + n % 5

        with pytest.raises(PhotoaesError, match=r"is full|has room"):
            rate_without_end()
        assert marks(store, paths[0]).stars == acknowledged
        filler.unlink()
        assert set_stars(store, paths[1:2], 4) == 1  # room was made: it goes on
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    with pytest.raises(PhotoaesError, match=r"cannot be written .*write protection"):
        open_store(file)
    subprocess.run(["mount", "-o", "remount,rw", small_disk], check=True)
    with open_store(file) as store:
        assert store.opening.recovery is None
        assert [marks(store, path).stars for path in paths[:2]] == [acknowledged, 4]


@only_root
def test_disk_without_any_room(small_disk: Path, file: Path) -> None:
    """Not even a new store fits: a sentence, and nothing that the next opening stumbles over."""
    with (small_disk / "filler").open("wb", buffering=0) as full:
        try:
            while full.write(b"x" * 4096):
                pass
        except OSError:
            pass
    with pytest.raises(PhotoaesError, match=r"room"):
        open_store(file)
    (small_disk / "filler").unlink()
    with open_store(file) as store:
        assert store.opening.notices == ()


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_read_only_folder(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    code = (
        "import os, sys\nfrom pathlib import Path\n"
        "from photoaes.album.store.opening import open_store\n"
        "from photoaes.errors import PhotoaesError\n"
        "if os.geteuid() == 0: os.seteuid(65534)\n"
        "try: open_store(Path(sys.argv[1]) / 'album.db')\n"
        "except PhotoaesError as error: print(error)\n"
    )
    folder.chmod(0o555)
    for above in (tmp_path, *tmp_path.parents):
        if above.stat().st_mode & 0o001 == 0 and os.geteuid() == 0:
            above.chmod(above.stat().st_mode | 0o011)
    run = subprocess.run(
        [sys.executable, "-c", code, folder], capture_output=True, text=True, check=True
    )
    assert f"The folder {folder}, where ratings are kept, cannot be written" in run.stdout
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("folder", "is_network"),
    [("/", False), ("/mnt/my nas/a", True), ("/mnt/my nas2", False), ("/mnt/my nas/disk/a", False)],
)
def test_network_drives(folder: str, is_network: bool) -> None:
    mounts = b"/dev/sda / ext4 rw 0 0\nnas:/x /mnt/my\\040nas nfs4 rw 0 0\n"
    mounts += b"/dev/sdb /mnt/my\\040nas/disk ext4 rw 0 0\n"
    assert is_on_network(Path(folder), mounts) == is_network


def test_notice_of_a_network_drive(tmp_path: Path) -> None:
    assert network_notice(tmp_path) is None
    assert "on a network drive" in (network_notice(PureWindowsPath("//nas/x")) or "")  # type: ignore[arg-type]
