"""Photos that may be others which are missing and have marks: only a person can tell.

Nothing is guessed: until it is settled the photo has no marks, and the missing one keeps its own
and cannot be forgotten.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from photoaes.album.marks import Flag, Marks
from photoaes.album.store.identity import path_key, path_of, range_below
from photoaes.album.store.opening import Store

FIELDS = ("stars", "flag", "label")


@dataclass(frozen=True)
class Doubt:
    """Is the photo at `path` the one that was at `earlier` and has these marks?"""

    path: Path
    earlier: Path
    marks: Marks


def doubts(store: Store, folder: Path | None = None) -> list[Doubt]:
    """All that is in doubt, everywhere or below a folder."""
    first, after = range_below(folder) if folder is not None else (b"", b"\xff")
    rows = store.rows(
        "SELECT p.path, e.path, e.stars, e.flag, e.label FROM doubts "
        "JOIN photos p ON p.id = photo JOIN photos e ON e.id = earlier "
        "WHERE p.missing_since IS NULL AND p.path > ? AND p.path < ? ORDER BY p.path",
        (first, after),
    )
    return [
        Doubt(path_of(path), path_of(old), Marks(stars, Flag(flag) if flag else None, label))
        for path, old, stars, flag, label in rows
    ]


def note_doubts(connection: sqlite3.Connection, found: Iterable[tuple[bytes, int]]) -> None:
    """Remember, within the caller's transaction, that the photos at these paths may be those.

    A photo that is back needs no doubt any more.
    """
    connection.executemany(
        "INSERT OR REPLACE INTO doubts (photo, earlier) "
        "SELECT id, ? FROM photos WHERE path = ? AND missing_since IS NULL",
        [(earlier, path) for path, earlier in found],
    )
    connection.execute(
        "DELETE FROM doubts WHERE earlier IN (SELECT id FROM photos WHERE missing_since IS NULL)"
    )


def offer_missing(store: Store, folder: Path) -> int:
    """Doubt unmarked photos that a camera took when it took a missing one; how many.

    Edited and renamed between two scans, or developed from a RAW file: nothing but the time and
    the camera is left. Where several photos could be it, none is asked about.
    """
    first, after = range_below(folder)
    with store.transaction():
        return store.connection.execute(
            "INSERT OR IGNORE INTO doubts (photo, earlier) "
            # CROSS: in this order, from the missing ones, which are few. Left to itself SQLite
            # begins with all pairs of photos of one time, which are millions.
            "SELECT min(p.id), e.id FROM photos e CROSS JOIN facts fe ON fe.photo = e.id "
            "CROSS JOIN facts f ON f.taken = fe.taken AND f.camera = fe.camera "
            "CROSS JOIN photos p ON p.id = f.photo "
            "WHERE e.missing_since IS NOT NULL AND fe.dated_by IS NULL AND f.dated_by IS NULL "
            "AND coalesce(e.stars, e.flag, e.label) IS NOT NULL "
            "AND p.missing_since IS NULL AND p.id > e.id AND p.path > ? AND p.path < ? "
            "AND coalesce(p.stars_step, p.flag_step, p.label_step) IS NULL "
            "AND e.id NOT IN (SELECT earlier FROM doubts) AND e.id NOT IN (SELECT earlier FROM "
            "settled_doubts) AND NOT EXISTS (SELECT 1 FROM photos t WHERE "
            "t.missing_since IS NULL AND (t.picture = e.picture OR t.hash = e.hash)) "
            "GROUP BY e.id HAVING count(*) = 1",
            (first, after),
        ).rowcount


def settle(store: Store, path: Path, *, is_same: bool) -> bool:
    """What a person says of a doubt; whether there was one at this path.

    If it is the same photo, it has the earlier one's marks and history from now on, except where it
    was marked itself meanwhile; the earlier one is no more.
    """
    with store.transaction():
        row = store.connection.execute(
            "SELECT photo, earlier FROM doubts JOIN photos ON id = photo "
            "WHERE path = ? AND missing_since IS NULL",
            (path_key(path),),
        ).fetchone()
        if row is None:
            return False
        if is_same:
            _merge(store.connection, *row)
        else:
            store.connection.execute("DELETE FROM doubts WHERE photo = ?", (row[0],))
            store.connection.execute("INSERT OR IGNORE INTO settled_doubts VALUES (?)", (row[1],))
        return True


def _merge(connection: sqlite3.Connection, photo_id: int, earlier: int) -> None:
    for field in FIELDS:
        connection.execute(
            f"UPDATE photos AS p SET {field} = e.{field}, {field}_step = e.{field}_step "
            f"FROM photos e WHERE p.id = ? AND e.id = ? AND p.{field}_step IS NULL",
            (photo_id, earlier),
        )
    for table, column in (("changes", "photo"), ("choices", "better"), ("choices", "worse")):
        connection.execute(
            f"UPDATE OR IGNORE {table} SET {column} = ? WHERE {column} = ?", (photo_id, earlier)
        )
    connection.execute("DELETE FROM photos WHERE id = ?", (earlier,))
