"""Brings the store's photos in line with what a scan found, without ever touching a rating.

A photo is the file at its path, edited or not. Else it is the file with its content: moved or
renamed if the old path is gone. Where names were swapped or shifted along, the content counts:
a path lets go of its photo if that photo's content turned up at another path, and the new content
is that of another photo. A copy is a photo of its own and begins with the original's marks.
Photos of a path that is gone are missing, not deleted: they may lie on a drive that is not there.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from photoaes.album.photo import Photo
from photoaes.album.store.database import parts, placeholders
from photoaes.album.store.identity import (
    content_hash,
    is_gone,
    path_key,
    path_of,
    range_below,
    told,
)
from photoaes.album.store.opening import Store
from photoaes.album.store.sync_matching import Incoming, Match, Row, match


@dataclass(frozen=True)
class SyncSummary:
    """How many photos of the scan were what; `missing` are those newly found to be gone."""

    unchanged: int = 0
    new: int = 0
    edited: int = 0
    moved: int = 0
    returned: int = 0
    copied: int = 0
    missing: int = 0


def to_hash(store: Store, photos: Iterable[Photo]) -> list[Photo]:
    """Those that are new or look changed: a worker can hash them before `sync`."""
    seen = {path_key(photo.at): photo for photo in photos}
    with store.turn():  # the table of what was seen is one for all threads
        _note_seen(store, seen)
        return [photo for photo, _ in _unmatched(store, seen).values()]


def sync(
    store: Store,
    photos: Iterable[Photo],
    *,
    hashes: Mapping[Path, bytes | None] | None = None,
    folder: Path | None = None,
) -> SyncSummary:
    """Make the scan's photos known, in one transaction.

    `hashes` by `content_hash` spares hashing here; what is not in it is hashed. With `folder`, the
    scanned one, photos below it that are neither seen nor there any more are marked missing.
    Two paths to one file (links) are two photos, so scan the folder by its resolved path.
    """
    with store.turn():
        return _sync(store, {path_key(p.at): p for p in photos}, hashes or {}, folder)


def _sync(
    store: Store,
    seen: Mapping[bytes, Photo],
    hashes: Mapping[Path, bytes | None],
    folder: Path | None,
) -> SyncSummary:
    _note_seen(store, seen)
    incoming = [
        Incoming(photo, key, _hash(photo, hashes), row)
        for key, (photo, row) in _unmatched(store, seen).items()
    ]
    matches = match(incoming, _rows_by_hash(store, incoming), _missing_rows(store))
    now = datetime.now(UTC).isoformat(timespec="seconds")
    with store.transaction():
        _write(store.connection, matches, now)
        missing = _mark_missing(store.connection, folder, now) if folder else 0
    kinds = [one.kind for one in matches]
    counts = {kind: kinds.count(kind) for kind in ("new", "edited", "moved", "returned", "copied")}
    return SyncSummary(len(seen) - sum(counts.values()), **counts, missing=missing)


def _note_seen(store: Store, seen: Mapping[bytes, Photo]) -> None:
    """The scan as a table: the store may hold many albums, of which this is one."""
    with store.transaction():
        store.connection.execute(
            "CREATE TEMP TABLE IF NOT EXISTS seen "
            "(path BLOB PRIMARY KEY, size INTEGER, mtime_ns INTEGER) WITHOUT ROWID"
        )
        store.connection.execute("DELETE FROM seen")
        store.connection.executemany(
            "INSERT INTO seen VALUES (?, ?, ?)",
            ((key, photo.size, photo.mtime_ns) for key, photo in seen.items()),
        )


def _unmatched(store: Store, seen: Mapping[bytes, Photo]) -> dict[bytes, tuple[Photo, Row | None]]:
    """Photos of the scan that are not in the store as they are now, with their path's row."""
    rows = store.rows(
        "SELECT s.path, p.id, p.hash FROM seen s LEFT JOIN photos p "
        "ON p.path = s.path AND p.missing_since IS NULL "
        "WHERE p.id IS NULL OR p.size != s.size OR p.mtime_ns != s.mtime_ns "
        "OR (p.hash IS NULL AND p.size > 0)"
    )
    return {
        key: (seen[key], None if number is None else Row(number, key, digest, False, False))
        for key, number, digest in rows
    }


def _hash(photo: Photo, hashes: Mapping[Path, bytes | None]) -> bytes | None:
    return hashes[photo.path] if photo.path in hashes else content_hash(photo.path)


_ROW = "SELECT id, path, hash, missing_since IS NOT NULL, {marked} FROM photos".format(
    marked="stars IS NOT NULL OR flag IS NOT NULL OR label IS NOT NULL"
)


def _rows_by_hash(store: Store, incoming: list[Incoming]) -> dict[bytes, list[Row]]:
    """What the store knew, before this scan, of each content that the scan brings."""
    known: dict[bytes, list[Row]] = {}
    digests = list({one.digest for one in incoming if one.digest is not None})
    for part in parts(digests):
        for row in store.rows(f"{_ROW} WHERE hash IN ({placeholders(part)}) ORDER BY id", part):
            known.setdefault(row[2], []).append(Row(*row))
    return known


def _missing_rows(store: Store) -> dict[bytes, Row]:
    """The latest missing photo of each path that is there again."""
    again = "missing_since IS NOT NULL AND path IN (SELECT path FROM seen)"
    return {row[1]: Row(*row) for row in store.rows(f"{_ROW} WHERE {again} ORDER BY id")}


def _write(connection: sqlite3.Connection, matches: list[Match], now: str) -> None:
    # First every moved photo leaves its path: names may have been swapped.
    left = [one.row for one in matches if one.kind in ("moved", "returned")]
    left += [one.incoming.row.id for one in matches if one.incoming.row and one.kind != "edited"]
    connection.executemany(
        "UPDATE photos SET missing_since = ? WHERE id = ?", [(now, number) for number in left]
    )
    # A new time may mean new content that the quick hash does not see: scores are out of date.
    connection.executemany(
        "UPDATE photos SET path = ?, size = ?, mtime_ns = ?, hash = ?, missing_since = NULL, "
        "version = version + (size != ?2 OR mtime_ns != ?3) WHERE id = ?",
        [_values(one) + (one.row,) for one in matches if one.kind not in ("new", "copied")],
    )
    connection.executemany(
        "DELETE FROM facts WHERE photo = ?",
        [(one.row,) for one in matches if one.kind == "edited"],
    )
    fresh = [one for one in matches if one.kind in ("new", "copied")]
    connection.executemany(
        "INSERT INTO photos (path, size, mtime_ns, hash) VALUES (?, ?, ?, ?)",
        [_values(one) for one in fresh],
    )
    _copy_marks(connection, [one for one in fresh if one.kind == "copied"], now)


def _values(one: Match) -> tuple[object, ...]:
    photo = one.incoming.photo
    return one.incoming.key, photo.size, photo.mtime_ns, one.incoming.digest


def _copy_marks(connection: sqlite3.Connection, copies: list[Match], now: str) -> None:
    """The original's marks, still as set by whom they were: a machine's stay a machine's."""
    marked = [(one.row, one.incoming.key) for one in copies if one.has_marks]
    if not marked:
        return
    step = connection.execute(
        "INSERT INTO steps (done_at, kind, source, is_undoable) VALUES (?, 'copied', '', 0)", (now,)
    ).lastrowid
    connection.executemany(
        "UPDATE photos SET (stars, stars_step, flag, flag_step, label, label_step) = "
        "(SELECT stars, stars_step, flag, flag_step, label, label_step FROM photos WHERE id = ?) "
        "WHERE path = ? AND missing_since IS NULL",
        marked,
    )
    find = "SELECT path FROM photos WHERE id = ?"
    sources = {
        number: told(path_of(connection.execute(find, (number,)).fetchone()[0]))
        for number, _ in marked
    }
    for field in ("stars", "flag", "label"):
        connection.executemany(
            f"INSERT INTO changes (step, photo, field, new, source) "
            f"SELECT ?, id, '{field}', {field}, ? FROM photos "
            f"WHERE path = ? AND missing_since IS NULL AND {field} IS NOT NULL",
            [(step, sources[number], key) for number, key in marked],
        )


def _mark_missing(connection: sqlite3.Connection, folder: Path, now: str) -> int:
    unseen = connection.execute(
        "SELECT id, path FROM photos WHERE path > ? AND path < ? AND missing_since IS NULL "
        "AND path NOT IN (SELECT path FROM seen)",
        range_below(folder),
    ).fetchall()
    gone = [(now, number) for number, path in unseen if is_gone(path_of(path))]
    connection.executemany("UPDATE photos SET missing_since = ? WHERE id = ?", gone)
    return len(gone)
