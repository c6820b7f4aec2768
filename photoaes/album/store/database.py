"""SQLite as the store and its cache use it: durable, in whole transactions, errors as sentences."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from photoaes.errors import DiskFull, PhotoaesError, Sentence, StoreDamaged, StoreLocked

T = TypeVar("T")
log = logging.getLogger(__name__)
_told: set[Path | None] = set()


def connect(
    path: Path | None,
    *,
    is_durable: bool = True,
    can_write: bool = True,
    is_alone: bool = False,
    is_fixed: bool = False,
) -> sqlite3.Connection:
    """A connection without implicit transactions; None is a database in memory.

    A durable one has every commit on the disk when it returns. One that `is_alone` lets nobody
    else in, and so makes no file beside the database to be read: a full disk has no room for it.
    One of a file that `is_fixed` takes neither locks nor the log, if there is one, into account.
    Raises PhotoaesError.
    """
    with sentences(path):
        mode = "rwc" if can_write else "ro"
        fixed = "&immutable=1" if is_fixed else ""
        name = f"{path.absolute().as_uri()}?mode={mode}{fixed}" if path else ":memory:"
        # isolation_level=None: else Python begins and commits transactions by rules of its own.
        # Whoever shares it between threads lets them in one at a time (`Store`, `FeatureCache`).
        connection = sqlite3.connect(name, isolation_level=None, uri=True, check_same_thread=False)
        try:
            if is_alone:
                connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA temp_store = MEMORY")
            connection.execute(f"PRAGMA synchronous = {'FULL' if is_durable else 'NORMAL'}")
            # fsync of macOS leaves data in the drive's buffer; other systems ignore this.
            connection.execute(f"PRAGMA fullfsync = {int(is_durable)}")
        except BaseException:
            connection.close()
            raise
    return connection


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection, path: Path | None) -> Iterator[None]:
    """All of the block is committed at its end, or nothing of it if it raises.

    Raises PhotoaesError if the disk is full, read-only, failing, or its content damaged.
    """
    with sentences(path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            # On a full disk SQLite may have rolled back by itself.
            if connection.in_transaction:
                with contextlib.suppress(sqlite3.Error):  # what went wrong before is what matters
                    connection.execute("ROLLBACK")
            raise


@contextlib.contextmanager
def sentences(path: Path | None) -> Iterator[None]:
    """Failures of the disk or of other programs as PhotoaesError; bugs stay sqlite3's errors."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        known = _known(error, path or Path(":memory:"))
        if known is None:
            raise
        raise known from error


def parts(values: Sequence[T], size: int = 500) -> Iterator[Sequence[T]]:
    """The values in pieces that one query takes: 100,000 queries would take seconds."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def placeholders(values: Sequence[object]) -> str:
    """As many question marks as there are values, for SQL's `IN (...)`."""
    return ",".join("?" * len(values))


@contextlib.contextmanager
def spared() -> Iterator[None]:
    """Around what is kept to be quicker next time: a full disk lets it go, which is told once."""
    try:
        yield
    except DiskFull as problem:
        if problem.path not in _told:
            _told.add(problem.path)
            text = "There is no room beside %s: what is seen in photos is not kept for next time."
            log.warning(text, problem.path)


def _known(error: sqlite3.DatabaseError, path: Path) -> PhotoaesError | None:
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:  # the upper bits are details
        case sqlite3.SQLITE_FULL:
            return DiskFull(
                Sentence(
                    "The disk with {0} is full, so the last change was not saved. "
                    "All earlier ones are. Make room and try again.",
                    path,
                ),
                path,
            )
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_CANTOPEN:
            return PhotoaesError(
                Sentence(
                    "{0} cannot be written, so the last change was not saved. "
                    "Check the permissions of its folder and whether its disk is write-protected.",
                    path,
                ),
                path,
            )
        case sqlite3.SQLITE_IOERR:
            kind = DiskFull if _is_refused_write(error) else PhotoaesError
            return kind(
                Sentence(
                    "{0} could not be read or written ({1}), so the last change was not saved. "
                    "Check that its disk is connected, works and has room.",
                    path,
                    str(error),
                ),
                path,
            )
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            text = Sentence("Another program is using {0}. Close it and try again.", path)
            return StoreLocked(text, path)
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return StoreDamaged(
                Sentence(
                    "{0} is damaged. Close photoaes and open it again: it keeps the damaged file "
                    "aside and goes back to the last good backup.",
                    path,
                ),
                path,
            )
    return None


def _is_refused_write(error: sqlite3.DatabaseError) -> bool:
    """By a quota or a limit on files, which SQLite does not take for a full disk."""
    return error.sqlite_errorcode in (sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE)
