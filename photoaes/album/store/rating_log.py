"""Marks that are put on photos, one step at a time, with who put them there.

Each call is one step in one transaction: on the disk when the call returns, undone as one. The
order of steps is their number; the time beside it is for people, since clocks may go backwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

from photoaes.album.marks import Flag, Marks
from photoaes.album.photo import Photo
from photoaes.album.store.database import parts, placeholders
from photoaes.album.store.identity import path_key, told
from photoaes.album.store.opening import Store

Field = Literal["stars", "flag", "label"]
FIELDS: tuple[Field, ...] = ("stars", "flag", "label")
MACHINE_STEPS = "(SELECT seq FROM steps WHERE kind = 'machine')"  # few, and found once a query
LAST = (1 << 63) - 1  # no step has a higher number


class StepKind(StrEnum):
    """Who did it. COPIED marks came with a copy of a photo; MACHINE ones are scores made stars."""

    PERSON = "person"
    IMPORT = "import"
    COPIED = "copied"
    MACHINE = "machine"
    UNDO = "undo"
    REDO = "redo"


@dataclass(frozen=True)
class Change:
    """A line of a photo's history. `done_at` is UTC, as ISO 8601; `source` a file or a profile."""

    step: int
    done_at: str
    kind: StepKind
    source: str
    field: Field
    old: int | str | None
    new: int | str | None


@dataclass(frozen=True)
class Wish:
    """One photo's new marks; a field of None stays as it is. `source` is where they were found."""

    path: Path
    marks: Marks
    source: str | None = None


@dataclass(frozen=True)
class Known:
    """A photo's marks in the store; `kinds` says for each field who set it."""

    id: int
    marks: Marks
    kinds: Mapping[Field, StepKind | None]
    steps: Mapping[Field, int | None]


def set_stars(store: Store, paths: Iterable[Path], stars: int) -> int:
    """A person's stars, 1..5, or 0 to clear them, as one step; how many photos changed."""
    return set_marks(store, (Wish(path, Marks(stars=stars)) for path in paths))


def set_flag(store: Store, paths: Iterable[Path], flag: Flag) -> int:
    """A person's flag, as one step; how many photos changed."""
    return set_marks(store, (Wish(path, Marks(flag=flag)) for path in paths))


def set_label(store: Store, paths: Iterable[Path], label: str) -> int:
    """A person's colour label, "" for none, as one step; how many photos changed."""
    return set_marks(store, (Wish(path, Marks(label=label)) for path in paths))


def set_marks(store: Store, wishes: Iterable[Wish], source: str = "") -> int:
    """What a person decided, as one step; how many photos changed.

    What is so already is no change, unless a machine had put it there: now it is the person's.
    Raises KeyError for a path that is not in the store: sync first.
    """
    wishes = list(wishes)
    with store.transaction():
        changes: dict[tuple[int, Field], tuple[Known, Field, Any, str | None]] = {}
        photos = known_all(store, (wish.path for wish in wishes))
        for wish in wishes:
            photo = photos[wish.path]
            for field in FIELDS:
                new = getattr(wish.marks, field)
                was_machine = photo.kinds[field] is StepKind.MACHINE
                if new is not None and (new != getattr(photo.marks, field) or was_machine):
                    changes[photo.id, field] = (photo, field, new, wish.source)
        return record(store, StepKind.PERSON, source, list(changes.values()), is_undoable=True)


def prefer(store: Store, better: Path, *worse: Path) -> None:
    """A person likes one photo better than others, one step for undo. Raises KeyError for an
    unknown path."""
    with store.transaction():
        photos = known_all(store, [better, *worse])
        step = new_step(store, StepKind.PERSON, "", is_undoable=True)
        store.connection.executemany(
            "INSERT INTO choices (step, better, worse) VALUES (?, ?, ?)",
            [(step, photos[better].id, photos[one].id) for one in worse],
        )


def said_by_people(store: Store, paths: Iterable[Path]) -> dict[Path, Marks]:
    """Marks for other programs to see, of photos that have some.

    A machine's stars are left out: read back, they would pass for a person's.
    """
    found = known_all(store, paths)
    said = {
        path: replace(one.marks, stars=None)
        if one.kinds["stars"] is StepKind.MACHINE
        else one.marks
        for path, one in found.items()
    }
    return {path: marks for path, marks in said.items() if marks != Marks()}


def known(store: Store, path: Path) -> Known | None:
    """What the store holds of the photo at this path; None if there is no such photo."""
    return known_all(store, [path]).get(path)


def is_any_known(store: Store, photos: Iterable[Photo]) -> bool:
    """Whether the store has one of these photos."""
    return any(
        store.rows(
            f"SELECT 1 FROM photos WHERE path IN ({placeholders(part)}) "
            "AND missing_since IS NULL LIMIT 1",
            part,
        )
        for part in parts([path_key(photo.at) for photo in photos])
    )


def known_all(store: Store, paths: Iterable[Path]) -> dict[Path, Known]:
    """What the store holds of these photos; those it does not know are left out."""
    by_key = {path_key(path): path for path in paths}
    return {
        by_key[key]: _known(rest)
        for part in parts(list(by_key))
        for key, *rest in store.rows(
            "SELECT path, p.id, stars, flag, label, stars_step, flag_step, label_step, "
            "s.kind, f.kind, l.kind FROM photos p LEFT JOIN steps s ON s.seq = stars_step "
            "LEFT JOIN steps f ON f.seq = flag_step LEFT JOIN steps l ON l.seq = label_step "
            f"WHERE path IN ({placeholders(part)}) AND missing_since IS NULL",
            part,
        )
    }


def _known(row: list[Any]) -> Known:
    number, stars, flag, label, *rest = row
    kinds = [StepKind(kind) if kind else None for kind in rest[3:]]
    return Known(
        number,
        Marks(stars, Flag(flag) if flag else None, label),
        dict(zip(FIELDS, kinds, strict=True)),
        dict(zip(FIELDS, rest[:3], strict=True)),
    )


def marks_said(
    store: Store, first: int, last: int | None = None
) -> list[tuple[bytes, int | None, int, int, str | None]]:
    """What photos say now of which any step from `first` to `last` said something: the key of the
    path, the stars, whether a machine gave them, the flag as in `Columns`, the label."""
    return store.rows(
        f"SELECT path, stars, ifnull(stars_step IN {MACHINE_STEPS}, 0), "
        "CASE flag WHEN 'pick' THEN 1 WHEN 'reject' THEN -1 ELSE 0 END, label "
        "FROM photos WHERE missing_since IS NULL AND id IN "
        "(SELECT photo FROM changes WHERE step BETWEEN ? AND ?)",
        (first, LAST if last is None else last),
    )


def newest_step(store: Store) -> int:
    """The last thing that was said, 0 if nothing was."""
    [[number]] = store.rows("SELECT ifnull(max(seq), 0) FROM steps")
    return int(number)


def history(store: Store, path: Path) -> list[Change]:
    """All that was ever put on the photo, the first first; undoing is a line too."""
    rows = store.rows(
        "SELECT seq, done_at, kind, coalesce(c.source, s.source), field, old, new "
        "FROM changes c JOIN steps s ON s.seq = c.step JOIN photos p ON p.id = c.photo "
        "WHERE p.path = ? AND p.missing_since IS NULL ORDER BY seq, field",
        (path_key(path),),
    )
    return [Change(seq, at, StepKind(kind), *rest) for seq, at, kind, *rest in rows]


def record(
    store: Store,
    kind: StepKind,
    source: str,
    changes: Sequence[tuple[Known, Field, Any, str | None]],
    *,
    is_undoable: bool,
) -> int:
    """Write marks and history as one step, within the caller's transaction; photos changed.

    Nothing to change is no step.
    """
    if not changes:
        return 0
    step = new_step(store, kind, source, is_undoable=is_undoable)
    store.connection.executemany(
        "INSERT INTO changes (step, photo, field, old, old_step, new, source) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        _history_lines(step, changes),
    )
    for field in FIELDS:
        store.connection.executemany(
            f"UPDATE photos SET {field} = ?, {field}_step = ? WHERE id = ?",
            [
                # Nothing is set by nobody.
                (_plain(new), None if new is None else step, one.id)
                for one, name, new, _ in changes
                if name == field
            ],
        )
    return len({one.id for one, *_ in changes})


def new_step(
    store: Store, kind: StepKind, source: str, *, is_undoable: bool, about: int | None = None
) -> int:
    """A step's number. What was undone before it can no longer be redone, once it is undoable."""
    if is_undoable:
        store.connection.execute("UPDATE steps SET state = 'abandoned' WHERE state = 'undone'")
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    step = store.connection.execute(
        "INSERT INTO steps (done_at, kind, source, is_undoable, about) VALUES (?, ?, ?, ?, ?)",
        (now, kind, told(source), is_undoable, about),
    ).lastrowid
    assert step is not None
    return step


def _history_lines(
    step: int, changes: Sequence[tuple[Known, Field, Any, str | None]]
) -> Iterator[tuple[object, ...]]:
    for one, field, new, source in changes:
        old = _plain(getattr(one.marks, field))
        yield step, one.id, field, old, one.steps[field], _plain(new), source and told(source)


def _plain(value: Any) -> Any:
    """sqlite3 takes no enums of Python."""
    return str(value) if isinstance(value, Flag) else value
