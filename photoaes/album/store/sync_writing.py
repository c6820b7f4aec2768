"""Writes into the store what each file of a scan was found to be, in the caller's transaction."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from photoaes.album.store.identity import is_gone, path_of, range_below
from photoaes.album.store.inheriting import copy_marks
from photoaes.album.store.sync_matching import KnownPhoto, Match


def write_matches(connection: sqlite3.Connection, matches: list[Match], now: str) -> list[int]:
    """Returns the numbers of photos that have left their path, some of them for another."""
    known = [(one, one.row) for one in matches if one.row and one.kind not in ("new", "copied")]
    # First every moved photo leaves its path: names may have been swapped.
    left = [row.id for one, row in known if one.kind != "edited"]
    gone = [one.incoming.row.id for one in matches if one.incoming.row and one.kind != "edited"]
    connection.executemany(
        "UPDATE photos SET missing_since = ? WHERE id = ?",
        [(now, number) for number in (*left, *gone)],
    )
    # A new time may mean new content that the quick hash does not see: scores are out of date.
    connection.executemany(
        # A damaged file does not make forget what was known of its picture.
        "UPDATE photos SET path = ?, size = ?, mtime_ns = ?, hash = ?, "
        "picture = ifnull(?, picture), changed_ns = ?, missing_since = NULL, "
        "version = version + (size != ?2 OR mtime_ns != ?3 OR hash IS NOT ?4) WHERE id = ?",
        [(*_values(one), row.id) for one, row in known],
    )
    # Metadata may have been changed where the quick hash does not see it.
    connection.executemany(
        "UPDATE facts SET reader = 0 WHERE photo = ?",
        [(row.id,) for one, row in known if one.incoming.has_these_bytes],
    )
    connection.executemany(
        "DELETE FROM facts WHERE photo = ?",
        [(row.id,) for one, row in known if _is_to_be_read(one, row)],
    )
    fresh = [one for one in matches if one.kind in ("new", "copied")]
    connection.executemany(
        "INSERT INTO photos (path, size, mtime_ns, hash, picture, changed_ns) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        [_values(one) for one in fresh],
    )
    copies = [(one.row.id, one.incoming.path) for one in fresh if one.row and one.row.has_marks]
    copy_marks(connection, copies, now)
    return gone


def _is_to_be_read(one: Match, row: KnownPhoto) -> bool:
    """Not a file that is damaged now: what was read of its picture before is still true."""
    found = one.incoming.found
    if one.kind == "edited" and one.incoming.has_these_bytes:
        return False
    had_picture = row.key != row.content
    has_changed = one.kind == "edited" or row.content != found.content
    return has_changed and (found.picture is not None or not had_picture)


def _values(one: Match) -> tuple[object, ...]:
    photo, found = one.incoming.photo, one.incoming.found
    said = (one.incoming.path, photo.size, photo.mtime_ns)
    return *said, found.content, found.picture, photo.changed_ns


def mark_missing(connection: sqlite3.Connection, folder: Path, now: str) -> list[int]:
    """Note which photos are gone; the numbers of those that were there until now."""
    unseen = connection.execute(
        "SELECT id, path FROM photos WHERE path > ? AND path < ? AND missing_since IS NULL "
        "AND path NOT IN (SELECT path FROM seen)",
        range_below(folder),
    ).fetchall()
    gone = [number for number, path in unseen if is_gone(path_of(path))]
    connection.executemany(
        "UPDATE photos SET missing_since = ? WHERE id = ?", [(now, number) for number in gone]
    )
    return gone
