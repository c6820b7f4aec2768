"""Copies of the store by SQLite's backup API, in the folder `backups` beside it.

A name holds a number that only rises, and the time (UTC) for people: the order of the copies does
not hang on the clock.
"""

from __future__ import annotations

import contextlib
import re
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from photoaes.album.store.database import connect, sentences
from photoaes.errors import PhotoaesError, StoreDamaged
from photoaes.new_files import new_file

KEPT = 10
INTERVAL = timedelta(days=7)
_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"-(\d{6,})-(\d{8}T\d{6}Z)\.db$")


@dataclass(frozen=True)
class Backup:
    """A whole copy; `made` is what the clock said then."""

    path: Path
    number: int
    made: datetime


def backups(store: Path) -> list[Backup]:
    """All copies of this store, the newest first."""
    found = []
    for path in folder(store).glob(f"{_escaped(store.stem)}-*.db"):
        match = _NAME.search(path.name)
        with contextlib.suppress(ValueError):  # 20269999T...: not a name of ours
            if match:
                made = datetime.strptime(match[2], _STAMP).replace(tzinfo=UTC)
                found.append(Backup(path, int(match[1]), made))
    return sorted(found, key=lambda one: one.number, reverse=True)


def folder(store: Path) -> Path:
    """Where the copies of this store lie."""
    return store.parent / "backups"


def is_due(store: Path, now: datetime) -> bool:
    """Whether the newest copy is older than a week, or from a future that a wrong clock made."""
    newest = next(iter(backups(store)), None)
    return newest is None or not timedelta(0) <= now - newest.made < INTERVAL


def back_up(connection: sqlite3.Connection, store: Path, now: datetime) -> Backup:
    """Copy the store as it is now, and remove all but the newest KEPT copies.

    The copy is a single file that is whole and on the disk before it gets its name. Raises
    PhotoaesError; then there is no new copy and no old one is gone.
    """
    number = max((one.number for one in backups(store)), default=0) + 1
    path = folder(store) / f"{store.stem}-{number:06}-{stamp(now)}.db"
    try:
        folder(store).mkdir(exist_ok=True)
        with new_file(path, over=True) as file:
            _copy(connection, Path(file.name))
        _prune(store)
    except StoreDamaged:
        raise
    except PhotoaesError as error:  # the store itself is as it was
        cause = error.__cause__ or error
        raise PhotoaesError(
            f"No backup of {store} could be made in {path.parent} ({cause}). The ratings "
            "themselves are saved. Make room on the disk, or check the folder's permissions.",
            path.parent,
        ) from error
    except OSError as error:
        raise PhotoaesError(
            f"No backup of {store} could be made in {path.parent}: {error.strerror}.", path.parent
        ) from error
    return Backup(path, number, now)


def stamp(now: datetime) -> str:
    """The time as it stands in a backup's file name."""
    return now.astimezone(UTC).strftime(_STAMP)


def _copy(connection: sqlite3.Connection, target: Path) -> None:
    copy = connect(target)
    try:
        with sentences(target):
            connection.backup(copy)
            # Else the copy, like its source, would need files beside it merely to be read.
            copy.execute("PRAGMA journal_mode = DELETE")
    finally:
        copy.close()


def _prune(store: Path) -> None:
    for old in backups(store)[KEPT:]:
        old.path.unlink(missing_ok=True)
    for left in folder(store).glob(f"{_escaped(store.stem)}-*.partial*"):  # by an earlier version
        left.unlink(missing_ok=True)


def _escaped(stem: str) -> str:
    return re.sub(r"([\[*?])", r"[\1]", stem)
