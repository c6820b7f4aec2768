"""Marks that go from one photo to another that shows the same picture: to copies, and to twins."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from photoaes.album.store.database import parts, placeholders
from photoaes.album.store.identity import path_of, told

FIELDS = ("stars", "flag", "label")


def copy_marks(
    connection: sqlite3.Connection, copies: Sequence[tuple[int, bytes]], now: str
) -> None:
    """The original's marks, still as set by whom they were: a machine's stay a machine's.

    `copies` are the original's number and the path of its copy.
    """
    if not copies:
        return
    connection.executemany(
        "UPDATE photos SET (stars, stars_step, flag, flag_step, label, label_step) = "
        "(SELECT stars, stars_step, flag, flag_step, label, label_step FROM photos WHERE id = ?) "
        "WHERE path = ? AND missing_since IS NULL",
        copies,
    )
    step = _copied_step(connection, now)
    for field in FIELDS:
        connection.executemany(
            "INSERT INTO changes (step, photo, field, new, source) "
            f"SELECT ?, id, '{field}', {field}, ? FROM photos "
            f"WHERE path = ? AND missing_since IS NULL AND {field} IS NOT NULL",
            [(step, _told_path(connection, number), path) for number, path in copies],
        )


def hand_to_twins(connection: sqlite3.Connection, gone: Sequence[int], now: str) -> int:
    """Give marks of missing photos to copies that are there; how many copies got some.

    A copy takes over what it lacks, and from a person what a person did not say of it. What is
    taken over stays with the missing photo too.
    """
    found = [
        (field, *row)
        for part in parts(gone)
        for field in FIELDS
        for row in connection.execute(_inheritance(field, part), part)
    ]
    if not found:
        return 0
    step = _copied_step(connection, now)
    for field, twin, number, value, value_step, old, old_step in found:
        connection.execute(
            f"UPDATE photos SET {field} = ?, {field}_step = ? WHERE id = ?",
            (value, value_step, twin),
        )
        connection.execute(
            "INSERT OR REPLACE INTO changes (step, photo, field, old, old_step, new, source) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (step, twin, field, old, old_step, value, _told_path(connection, number)),
        )
    return len({twin for _, twin, *_ in found})


def _inheritance(field: str, part: Sequence[int]) -> str:
    """A query for twin, missing photo, its mark and step, the twin's mark and step."""
    return (
        f"SELECT t.id, m.id, m.{field}, m.{field}_step, t.{field}, t.{field}_step "
        "FROM photos m JOIN photos t ON t.missing_since IS NULL "
        "AND (t.picture = m.picture OR t.hash = m.hash) "
        f"JOIN steps s ON s.seq = m.{field}_step "
        f"LEFT JOIN steps o ON o.seq = t.{field}_step "
        f"WHERE m.id IN ({placeholders(part)}) AND m.missing_since IS NOT NULL "
        f"AND (t.{field}_step IS NULL OR (s.kind = 'person' AND o.kind != 'person')) "
        # Of several missing copies the one marked last counts: it is handed over last.
        f"ORDER BY m.{field}_step"
    )


def _copied_step(connection: sqlite3.Connection, now: str) -> int:
    step = connection.execute(
        "INSERT INTO steps (done_at, kind, source, is_undoable) VALUES (?, 'copied', '', 0)", (now,)
    ).lastrowid
    assert step is not None
    return step


def _told_path(connection: sqlite3.Connection, number: int) -> str:
    [path] = connection.execute("SELECT path FROM photos WHERE id = ?", (number,)).fetchone()
    return told(path_of(path))
