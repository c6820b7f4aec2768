"""Brings the store's photos in line with what a scan found, without ever touching a rating.

Which photo a file is, its picture says and not its path (`evidence`, `sync_matching`). A copy is a
photo of its own and begins with the original's marks. Photos of a path that is gone are missing,
not deleted: they may lie on a drive that is not there. Where a copy of a missing photo is left, it
takes over marks that it lacks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path

from photoaes.album.look import look_of
from photoaes.album.photo import Photo
from photoaes.album.store.database import parts, placeholders
from photoaes.album.store.doubts import note_doubts
from photoaes.album.store.evidence import FileVerdict, verdict
from photoaes.album.store.identity import (
    Evidence,
    Fingerprint,
    evidence,
    fingerprint,
    path_key,
)
from photoaes.album.store.inheriting import hand_to_twins
from photoaes.album.store.opening import Store
from photoaes.album.store.sync_matching import Incoming, KnownPhoto, Match, match
from photoaes.album.store.sync_writing import mark_missing, write_matches


@dataclass(frozen=True)
class SyncSummary:
    """How many photos of the scan were what; `missing` are those newly found to be gone.

    `inherited` photos got marks of a missing copy; `doubtful` ones may be a missing photo.
    """

    unchanged: int = 0
    new: int = 0
    edited: int = 0
    moved: int = 0
    returned: int = 0
    copied: int = 0
    missing: int = 0
    inherited: int = 0
    doubtful: int = 0


@dataclass(frozen=True)
class Unknown:
    """Files that are new or look changed: a worker can look at them before `sync`.

    `at_known_paths` are those among them at whose path a photo is or was: their evidence is wanted.
    """

    photos: tuple[Photo, ...]
    at_known_paths: frozenset[Path]


@dataclass(frozen=True)
class Looked:
    """What was found out about files, by path. What is not in it, `sync` finds out itself."""

    fingerprints: Mapping[Path, Fingerprint]
    evidence: Mapping[Path, Evidence]


_CROWD = 12  # photos of one time, to the fraction of a second
_NOTHING_LOOKED_AT = Looked({}, {})


def unknown_photos(store: Store, photos: Iterable[Photo]) -> Unknown:
    """Of a scan those that the store does not know as they are."""
    seen = {path_key(photo.at): photo for photo in photos}
    with store.turn():  # the table of what was seen is one for all threads
        _note_seen(store, seen)
        found = _unmatched(store, seen)
        back = _missing_rows(store)
    known = (
        photo.path
        for key, (photo, row, is_touched) in found.items()
        if (row and not is_touched) or key in back
    )
    return Unknown(tuple(photo for photo, _, _ in found.values()), frozenset(known))


def sync(
    store: Store,
    photos: Iterable[Photo],
    *,
    looked: Looked = _NOTHING_LOOKED_AT,
    folder: Path | None = None,
) -> SyncSummary:
    """Make the scan's photos known, in one transaction.

    With `folder`, the scanned one, photos below it that are neither seen nor there any more are
    marked missing. Two paths to one file (links) are two photos, so scan the folder by its
    resolved path.
    """
    with store.turn():
        return _sync(store, {path_key(p.at): p for p in photos}, looked, folder)


def _sync(
    store: Store, seen: Mapping[bytes, Photo], looked: Looked, folder: Path | None
) -> SyncSummary:
    _note_seen(store, seen)
    incoming = [
        Incoming(photo, key, _fingerprint(photo.path, looked), row, is_touched)
        for key, (photo, row, is_touched) in _unmatched(store, seen).items()
    ]
    incoming = [_with_key_of_row(one) for one in incoming]
    missing = _missing_rows(store)
    old = _evidence(store, [*(one.row for one in incoming if one.row), *missing.values()])

    common_times = cache(partial(_common_times, store))

    def judge(one: Incoming, row: KnownPhoto) -> FileVerdict:
        path = one.photo.path
        now = looked.evidence[path] if path in looked.evidence else evidence(path)
        before = old.get(row.id, Evidence())
        is_common = before.taken == now.taken and now.taken in common_times()
        if is_common and now.look is None:
            now = replace(now, look=look_of(path))
        return verdict(before, now, one.found, is_common_time=is_common)

    matches = match(incoming, _rows_by_key(store, incoming), missing, judge)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    with store.transaction():
        gone = write_matches(store.connection, matches, now)
        lost = mark_missing(store.connection, folder, now) if folder else []
        inherited = hand_to_twins(store.connection, [*gone, *lost], now)
        doubts = [(one.incoming.path, one.doubt) for one in matches if one.doubt is not None]
        note_doubts(store.connection, doubts)
        _note_changed(store)
    kinds = [one.kind for one in matches if not _is_unchanged(one)]
    counts = {kind: kinds.count(kind) for kind in ("new", "edited", "moved", "returned", "copied")}
    return SyncSummary(
        len(seen) - sum(counts.values()),
        **counts,
        missing=len(lost) + _still_missing(store, gone),
        inherited=inherited,
        doubtful=len(doubts),
    )


def _is_unchanged(one: Match) -> bool:
    return one.kind == "edited" and one.incoming.has_these_bytes


def _note_changed(store: Store) -> None:
    """Of photos that an older photoaes has read."""
    store.connection.execute(
        "UPDATE photos AS p SET changed_ns = s.changed_ns FROM seen s "
        "WHERE p.changed_ns IS NULL AND p.missing_since IS NULL AND s.path = p.path"
    )


def _note_seen(store: Store, seen: Mapping[bytes, Photo]) -> None:
    """The scan as a table: the store may hold many albums, of which this is one.

    `unknown_photos` and `sync` are asked of one scan, one after the other: the table is made once.
    """
    is_noted = store.noted == seen
    store.noted = seen if is_noted else None
    if is_noted:
        return
    with store.transaction():
        store.connection.execute(
            "CREATE TEMP TABLE IF NOT EXISTS seen "
            "(path BLOB PRIMARY KEY, size INTEGER, mtime_ns INTEGER, changed_ns INTEGER) "
            "WITHOUT ROWID"
        )
        store.connection.execute("DELETE FROM seen")
        store.connection.executemany(
            "INSERT INTO seen VALUES (?, ?, ?, ?)",
            ((key, one.size, one.mtime_ns, one.changed_ns) for key, one in seen.items()),
        )
    store.noted = seen


_MARKED = "stars IS NOT NULL OR flag IS NOT NULL OR label IS NOT NULL"


def _unmatched(
    store: Store, seen: Mapping[bytes, Photo]
) -> dict[bytes, tuple[Photo, KnownPhoto | None, bool]]:
    """Photos of the scan that are not in the store as they are now, with their path's row, and
    whether that has their size and time."""
    rows = store.rows(
        f"SELECT s.path, p.id, p.hash, coalesce(p.picture, p.hash), {_MARKED}, "
        "p.size IS s.size AND p.mtime_ns IS s.mtime_ns "
        "FROM seen s LEFT JOIN photos p ON p.path = s.path AND p.missing_since IS NULL "
        "WHERE p.id IS NULL OR p.size != s.size OR p.mtime_ns != s.mtime_ns "
        "OR p.changed_ns != s.changed_ns OR (p.hash IS NULL AND p.size > 0)"
    )
    return {
        path: (
            seen[path],
            None
            if number is None
            else KnownPhoto(number, path, content, key, False, bool(has_marks)),
            bool(is_touched),
        )
        for path, number, content, key, has_marks, is_touched in rows
    }


def _fingerprint(path: Path, looked: Looked) -> Fingerprint:
    return looked.fingerprints[path] if path in looked.fingerprints else fingerprint(path)


def _with_key_of_row(one: Incoming) -> Incoming:
    """The same bytes are the same picture, though an older photoaes did not note its hash."""
    row = one.row
    if row is None or row.content is None or row.content != one.found.content:
        return one
    row = KnownPhoto(row.id, row.path, row.content, one.found.key, row.is_missing, row.has_marks)
    return replace(one, row=row)


_ROW = (
    "SELECT id, path, hash, coalesce(picture, hash), missing_since IS NOT NULL, "
    f"{_MARKED} FROM photos"
)


def _rows_by_key(store: Store, incoming: list[Incoming]) -> dict[bytes, list[KnownPhoto]]:
    """What the store knew, before this scan, of each picture that the scan brings."""
    by_content = {one.found.content: one.found.key for one in incoming if one.found.content}
    wanted = {one.found.key for one in incoming if one.found.key}
    known: dict[bytes, dict[int, KnownPhoto]] = {}
    for part in parts([*by_content, *wanted]):
        marks = placeholders(part)
        for number, path, content, key, *rest in store.rows(
            f"{_ROW} WHERE picture IN ({marks}) OR hash IN ({marks})", [*part, *part]
        ):
            key = by_content.get(content, key)
            if key in wanted:
                row = KnownPhoto(number, path, content, key, *map(bool, rest))
                known.setdefault(key, {})[number] = row
    return {key: [rows[number] for number in sorted(rows)] for key, rows in known.items()}


def _missing_rows(store: Store) -> dict[bytes, KnownPhoto]:
    """The latest missing photo of each path that is there again."""
    again = "missing_since IS NOT NULL AND path IN (SELECT path FROM seen)"
    return {row[1]: KnownPhoto(*row) for row in store.rows(f"{_ROW} WHERE {again} ORDER BY id")}


def _evidence(store: Store, rows: Sequence[KnownPhoto]) -> dict[int, Evidence]:
    """What was read of these photos while they were there; times that EXIF said alone."""
    numbers = [row.id for row in rows]
    return {
        number: Evidence(*rest)
        for part in parts(numbers)
        for number, *rest in store.rows(
            "SELECT photo, iif(dated_by IS NULL, taken, NULL), camera, look FROM facts "
            f"WHERE photo IN ({placeholders(part)})",
            part,
        )
    }


def _common_times(store: Store) -> frozenset[float]:
    """Those that tell no photo from others, since so many have them: scans of one date."""
    rows = store.rows(
        "SELECT taken FROM facts WHERE taken IS NOT NULL GROUP BY taken HAVING count(*) >= ?",
        (_CROWD,),
    )
    return frozenset(taken for (taken,) in rows)


def _still_missing(store: Store, numbers: Sequence[int]) -> int:
    return sum(
        len(
            store.rows(
                f"SELECT 1 FROM photos WHERE id IN ({placeholders(part)}) "
                "AND missing_since IS NOT NULL",
                part,
            )
        )
        for part in parts(numbers)
    )
