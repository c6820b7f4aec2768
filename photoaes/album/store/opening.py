"""The store: one SQLite file with what the user has said about photos, and what was learned.

`rating_log`, `undo`, `marks_import`, `sync`, `profiles` and `scores` read and write it; here
it is opened and closed. Whoever closes it has nothing to save: each change was committed at once.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock
from typing import Any

from photoaes.album.photo import Photo
from photoaes.album.store import lock as store_lock
from photoaes.album.store.backups import back_up, is_due
from photoaes.album.store.database import connect, sentences, transaction
from photoaes.album.store.migrations import MIGRATIONS, Migration, migrate
from photoaes.album.store.network_drive import network_notice
from photoaes.album.store.recovery import Recovery, make_own, recover
from photoaes.errors import PhotoaesError, Sentence, StoreDamaged

FILE_NAME = "album.db"  # in settings.data_folder()


@dataclass(frozen=True)
class OpeningReport:
    """What the user should know about the opening. `recovery` is None if the store was sound."""

    recovery: Recovery | None = None
    notices: tuple[str, ...] = ()


class Store:
    """An open store; `with` closes it. Threads may share it: each waits for the other's
    transaction, so long ones are cut in pieces where somebody may be rating meanwhile."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        path: Path | None,
        lock: int | None,
        opening: OpeningReport,
    ) -> None:
        self.path = path
        self.opening = opening
        self.connection = connection
        self.noted: Mapping[bytes, Photo] | None = None  # the scan that `sync` has put into a table
        self._lock = lock
        self._turn = RLock()

    def turn(self) -> AbstractContextManager[Any]:
        """No other thread gets at the store within this block, however many transactions it has."""
        return self._turn

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of the block is on the disk at its end, or nothing of it if it raises."""
        with self._turn, transaction(self.connection, self.path):
            yield

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query. Raises StoreDamaged or PhotoaesError if they cannot be read."""
        with self._turn, sentences(self.path):
            return self.connection.execute(sql, values).fetchall()

    def close(self) -> None:
        """Let go of the file and its lock; again does nothing."""
        self.connection.close()
        if self._lock is not None:
            store_lock.release(self._lock)
            self._lock = None

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_store(path: Path | None, *, migrations: Sequence[Migration] = MIGRATIONS) -> Store:
    """Open the store in this file, making it or bringing it up to date; None is one in memory.

    A damaged file is kept aside and the last good backup put in its place; `opening` says so.
    Raises StoreLocked if it is open already, StoreTooNew, or PhotoaesError if it cannot be written.
    """
    if path is None:
        connection = connect(None)
        migrate(connection, None, migrations, lambda: None)
        return Store(connection, None, None, OpeningReport())
    _check_links(path)
    # One lock whatever the way to the file.
    named, path = path, Path(os.path.realpath(path))
    lock = store_lock.acquire(path)
    try:
        make_own(named, path)
        return _open(path, lock, migrations, datetime.now(UTC))
    except BaseException:
        store_lock.release(lock)
        raise


def _check_links(path: Path) -> None:
    """Raises PhotoaesError where a link on the way leads nowhere, perhaps to a drive that is away:
    a new store there would look as if all ratings were lost."""
    for one in (path, *path.parents):
        if one.is_symlink() and not one.exists():
            form = (
                "photoaes keeps ratings in {0}, which is a link to {1}, and that is not there. "
                "Connect its drive, or remove the link."
            )
            raise PhotoaesError(Sentence(form, one, os.path.realpath(one)), one)


def _open(path: Path, lock: int, migrations: Sequence[Migration], now: datetime) -> Store:
    recovery = recover(path, len(migrations), now)
    connection = _connected(path)
    try:
        # Before WAL is set: this may refuse the store, and must not have written to it.
        migrate(connection, path, migrations, lambda: back_up(connection, path, now))
        with sentences(path):
            connection.execute("PRAGMA journal_mode = WAL")
        notices = _weekly_backup(connection, path, now)
    except BaseException:
        connection.close()
        raise
    told = (recovery.text if recovery else None, network_notice(path.parent))
    notices = (*filter(None, told), *notices)
    return Store(connection, path, lock, OpeningReport(recovery, notices))


def _connected(path: Path) -> sqlite3.Connection:
    """A connection that can read at least, also on a full disk. Raises PhotoaesError."""
    try:
        return connect(path)
    except StoreDamaged:
        raise
    except PhotoaesError:
        return connect(path, is_alone=True)


def _weekly_backup(connection: sqlite3.Connection, path: Path, now: datetime) -> tuple[str, ...]:
    """A full disk must not keep the user from their ratings: it is told, not raised."""
    is_empty = connection.execute("SELECT 1 FROM photos LIMIT 1").fetchone() is None
    if is_empty or not is_due(path, now):
        return ()
    try:
        back_up(connection, path, now)
    except PhotoaesError as error:
        return (str(error),)
    return ()
