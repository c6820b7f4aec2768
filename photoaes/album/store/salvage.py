"""Reads from a damaged store, photo by photo, what is newer than the backup in its place."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from photoaes.album.marks import Flag, Marks
from photoaes.album.store.database import connect
from photoaes.album.store.identity import path_of
from photoaes.album.store.opening import Store
from photoaes.album.store.rating_log import FIELDS, Field, Known, StepKind, known, record
from photoaes.errors import PhotoaesError

_LEAST_BYTES = 20  # of a photo in the file
_PHOTO = (
    "SELECT path, size, mtime_ns, hash, stars, flag, label, stars_step, flag_step, label_step "
    "FROM photos WHERE id = ? AND missing_since IS NULL"
)


def salvage(store: Store) -> int:
    """Bring over marks that the damaged file has and the backup lacks; how many photos changed.

    To be called at once after an opening that went back to a backup. They become one step of the
    kind IMPORT, with the file as its source. Only what reads as a whole is taken: a mark, and the
    step that set it. Stars that a machine set are left behind. Raises PhotoaesError if the store
    cannot be written.
    """
    recovery = store.opening.recovery
    if recovery is None or recovery.aside is None:
        return 0
    [[newest]] = store.rows("SELECT ifnull(max(seq), 0) FROM steps")
    found = list(_read(recovery.aside, newest))
    with store.transaction():
        changes: list[tuple[Known, Field, Any, str | None]] = []
        for file, marks in found:
            photo = _known_or_made(store, file)
            for field in FIELDS:
                new = getattr(marks, field)
                if new is not None and new != getattr(photo.marks, field):
                    changes.append((photo, field, new, None))
        return record(store, StepKind.IMPORT, str(recovery.aside), changes, is_undoable=False)


def _read(aside: Path, newest: int) -> Iterator[tuple[tuple[Any, ...], Marks]]:
    """Path, size, time and hash of each photo that was marked after the backup, and its marks."""
    try:
        connection = connect(aside, can_write=False)
    except (PhotoaesError, sqlite3.Error):
        return
    # A damaged number would have us look for years.
    most = sum(one.stat().st_size for one in _with_log(aside)) // _LEAST_BYTES
    with closing(connection):
        for [last] in _rows(connection, "SELECT max(id) FROM photos", ()):
            for number in range(1, min(last or 0, most) + 1):
                for *file, stars, flag, label, by_stars, by_flag, by_label in _rows(
                    connection, _PHOTO, (number,)
                ):
                    marks = _marks(
                        stars if _is_newer(connection, by_stars, newest) else None,
                        flag if _is_newer(connection, by_flag, newest) else None,
                        label if _is_newer(connection, by_label, newest) else None,
                    )
                    if marks != Marks() and _is_file(*file):
                        yield tuple(file), marks


def _with_log(aside: Path) -> list[Path]:
    log = aside.with_name(f"{aside.name}-wal")
    return [one for one in (aside, log) if one.exists()]


def _rows(
    connection: sqlite3.Connection, sql: str, values: tuple[int, ...]
) -> list[tuple[Any, ...]]:
    """No rows where the page they are on cannot be made out."""
    try:
        return connection.execute(sql, values).fetchall()
    except sqlite3.DatabaseError:
        return []


def _is_newer(connection: sqlite3.Connection, step: Any, newest: int) -> bool:
    if not isinstance(step, int) or step <= newest:
        return False
    kinds = _rows(connection, "SELECT kind FROM steps WHERE seq = ?", (step,))
    return kinds in ([("person",)], [("import",)], [("copied",)])


def _is_file(path: Any, size: Any, mtime_ns: Any, digest: Any) -> bool:
    is_whole = isinstance(path, bytes) and isinstance(size, int) and isinstance(mtime_ns, int)
    return is_whole and (digest is None or isinstance(digest, bytes))


def _marks(stars: Any, flag: Any, label: Any) -> Marks:
    return Marks(
        stars if stars in range(6) else None,
        Flag(flag) if flag in list(Flag) else None,
        label if isinstance(label, str) else None,
    )


def _known_or_made(store: Store, file: tuple[Any, ...]) -> Known:
    path = path_of(file[0])
    photo = known(store, path)
    if photo is None:  # it was new since the backup
        store.connection.execute(
            "INSERT INTO photos (path, size, mtime_ns, hash) VALUES (?, ?, ?, ?)", file
        )
        photo = known(store, path)
    assert photo is not None
    return photo
