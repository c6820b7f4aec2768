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

    To be called at once after an opening that went back to a backup. They become one step of what a
    person said and one of what was read, with the file as their source. Only what reads as a whole
    is taken: a mark, and the step that set it. Stars that a machine set are left behind. Raises
    PhotoaesError if the store cannot be written.
    """
    recovery = store.opening.recovery
    if recovery is None or recovery.aside is None:
        return 0
    [[newest]] = store.rows("SELECT ifnull(max(seq), 0) FROM steps")
    found = list(_read(recovery.aside, newest))
    with store.transaction():
        changes: dict[StepKind, list[tuple[Known, Field, Any, str | None]]] = {
            StepKind.PERSON: [],
            StepKind.IMPORT: [],
        }
        for file, marks, kinds in found:
            photo = _known_or_made(store, file)
            for field, kind in zip(FIELDS, kinds, strict=True):
                new = getattr(marks, field)
                if new is not None and new != getattr(photo.marks, field):
                    said = StepKind.PERSON if kind == "person" else StepKind.IMPORT
                    changes[said].append((photo, field, new, None))
        for kind, lines in changes.items():
            record(store, kind, str(recovery.aside), lines, is_undoable=False)
        return len({photo.id for lines in changes.values() for photo, *_ in lines})


def _read(aside: Path, newest: int) -> Iterator[tuple[tuple[Any, ...], Marks, list[str | None]]]:
    """Path, size, time and hash of each photo that was marked after the backup, its marks, and what
    kind of step set each, None for one that is not to be taken."""
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
                    kinds = [
                        _newer_kind(connection, step, newest)
                        for step in (by_stars, by_flag, by_label)
                    ]
                    marks = _marks(
                        *(
                            value if kind else None
                            for value, kind in zip((stars, flag, label), kinds, strict=True)
                        )
                    )
                    if marks != Marks() and _is_file(*file):
                        yield tuple(file), marks, kinds


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


def _newer_kind(connection: sqlite3.Connection, step: Any, newest: int) -> str | None:
    if not isinstance(step, int) or step <= newest:
        return None
    kinds = _rows(connection, "SELECT kind FROM steps WHERE seq = ?", (step,))
    taken = ([("person",)], [("import",)], [("copied",)])
    return str(kinds[0][0]) if kinds in taken else None


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
