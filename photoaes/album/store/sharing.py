"""One rating for all files of a photo: a JPEG and the RAW beside it have the same marks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from photoaes.album.photo import Photo
from photoaes.album.store.identity import path_key, path_of, told
from photoaes.album.store.opening import Store
from photoaes.album.store.rating_log import FIELDS, Field


def share_marks(store: Store, companions: Mapping[Path, Iterable[Photo]]) -> int:
    """Give each file the marks that it lacks and another file of its photo has; how many marks.

    What both have stays, even if it differs: somebody said it. What is shared belongs to the step
    that set it, so a machine's stars stay a machine's, and undoing that step takes both back.
    """
    if not companions:
        return 0
    couples = [
        (path_key(path), path_key(other.at))
        for path, others in companions.items()
        for other in others
    ]
    with store.transaction():
        # First to the photo, then from it to the rest of its files.
        up = _share(store, [(other, path) for path, other in couples])
        return up + _share(store, couples)


def _share(store: Store, couples: list[tuple[bytes, bytes]]) -> int:
    store.connection.execute(
        "CREATE TEMP TABLE IF NOT EXISTS couples (source BLOB NOT NULL, target BLOB NOT NULL)"
    )
    store.connection.execute("DELETE FROM couples")
    store.connection.executemany("INSERT INTO couples VALUES (?, ?)", couples)
    return sum(_share_field(store, field) for field in FIELDS)


def _share_field(store: Store, field: Field) -> int:
    found = store.rows(
        f"SELECT s.{field}, s.{field}_step, s.path, t.id FROM couples c "
        "JOIN photos s ON s.path = c.source AND s.missing_since IS NULL "
        "JOIN photos t ON t.path = c.target AND t.missing_since IS NULL "
        f"WHERE s.{field}_step IS NOT NULL AND t.{field}_step IS NULL"
    )
    # Of two RAWs that disagree, the first speaks for the photo.
    rows = {target: (value, step, source) for value, step, source, target in reversed(found)}
    store.connection.executemany(
        f"UPDATE photos SET {field} = ?, {field}_step = ? WHERE id = ?",
        [(value, step, target) for target, (value, step, _) in rows.items()],
    )
    # The file may have had the mark of this step before and lost it since: then the line is there.
    store.connection.executemany(
        "INSERT OR IGNORE INTO changes (step, photo, field, new, source) VALUES (?, ?, ?, ?, ?)",
        [
            (step, target, field, value, told(path_of(source)))
            for target, (value, step, source) in rows.items()
        ],
    )
    return len(rows)
