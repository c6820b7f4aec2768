"""Marks that were changed here and outside: listed, until a person says which count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from photoaes.album.marks import Flag, Marks
from photoaes.album.store.database import placeholders
from photoaes.album.store.identity import path_key, path_of, range_below, told
from photoaes.album.store.opening import Store
from photoaes.album.store.outside import Outside, note_outside, seen_outside
from photoaes.album.store.rating_log import FIELDS, Field, Wish, set_marks


@dataclass(frozen=True)
class OpenConflict:
    """Here a person said `ours`; `source` says `theirs`."""

    path: Path
    field: Field
    ours: int | str | None
    theirs: int | str
    source: str


def open_conflicts(store: Store, folder: Path | None = None) -> list[OpenConflict]:
    """Conflicts that wait for an answer, everywhere or below a folder."""
    first, after = range_below(folder) if folder is not None else (b"", b"\xff")
    rows = store.rows(
        "SELECT path, field, CASE field WHEN 'stars' THEN stars WHEN 'flag' THEN flag ELSE label "
        "END, theirs, source FROM conflicts JOIN photos ON id = photo "
        "WHERE missing_since IS NULL AND path > ? AND path < ? ORDER BY path, field DESC",
        (first, after),
    )
    found = [OpenConflict(path_of(path), *rest) for path, *rest in rows]
    return [one for one in found if one.ours != one.theirs]  # a person may have said so since


def note_conflict(
    store: Store, photo_id: int, field: Field, theirs: int | str, source: str
) -> None:
    """Keep a conflict as open, within the caller's transaction."""
    value = str(theirs) if isinstance(theirs, Flag) else theirs
    store.connection.execute(
        "INSERT OR REPLACE INTO conflicts (photo, field, theirs, source) VALUES (?, ?, ?, ?)",
        (photo_id, field, value, told(source)),
    )


def drop_conflicts(store: Store, photo_id: int, fields: Sequence[Field]) -> None:
    """Those that are none any more, within the caller's transaction."""
    if fields:
        store.connection.execute(
            f"DELETE FROM conflicts WHERE photo = ? AND field IN ({placeholders(fields)})",
            (photo_id, *fields),
        )


def settle_conflict(
    store: Store, path: Path, *, take_theirs: bool, files: Iterable[Path] = ()
) -> int:
    """What a person says of a photo's conflicts, as one step; how many there were.

    Taken, theirs are put on all `files` of the photo. Either way the outside has been seen now: it
    may be written to again.
    """
    with store.turn():
        rows = store.rows(
            "SELECT photo, field, theirs FROM conflicts JOIN photos ON id = photo "
            "WHERE path = ? AND missing_since IS NULL",
            (path_key(path),),
        )
        if not rows:
            return 0
        theirs = {field: value for _, field, value in rows}
        marks = _marks(theirs)
        if take_theirs:
            set_marks(store, [Wish(one, marks) for one in {path, *files}], "settled")
        before = seen_outside(store, [path]).get(path, Outside())
        merged = {
            field: getattr(marks if field in theirs else before.marks, field) for field in FIELDS
        }
        with store.transaction():
            store.connection.execute("DELETE FROM conflicts WHERE photo = ?", (rows[0][0],))
            note_outside(
                store, {path: Outside(Marks(**merged), before.signature, is_own=before.is_own)}
            )
        return len(rows)


def _marks(values: dict[str, int | str]) -> Marks:
    stars, flag, label = (values.get(field) for field in FIELDS)
    assert stars is None or isinstance(stars, int)
    return Marks(
        stars, None if flag is None else Flag(str(flag)), None if label is None else str(label)
    )
