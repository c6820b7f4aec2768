"""Undo and redo without limit, across restarts: what a person did can be taken back, in order.

Undoing is a step of its own in the history. A field goes back only if it still is what the step
made it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from photoaes.album.store.identity import path_of
from photoaes.album.store.opening import Store
from photoaes.album.store.rating_log import FIELDS, StepKind, new_step


@dataclass(frozen=True)
class Step:
    """Something that was done at once, to these photos (present ones); a pair's are two.

    `done_at` is UTC, as ISO 8601.
    """

    seq: int
    kind: StepKind
    source: str
    done_at: str
    paths: tuple[Path, ...]


# Steps whose photos were all purged have nothing to undo.
_EXISTS = (
    "(EXISTS (SELECT 1 FROM changes WHERE step = seq) OR "
    "EXISTS (SELECT 1 FROM choices WHERE step = seq))"
)
_UNDO = f"is_undoable AND state = 'done' AND {_EXISTS} ORDER BY seq DESC LIMIT 1"
_REDO = f"state = 'undone' AND {_EXISTS} ORDER BY seq LIMIT 1"


def next_undo(store: Store) -> Step | None:
    """What `undo` would take back."""
    return _first(store, _UNDO)


def next_redo(store: Store) -> Step | None:
    """What `redo` would do again."""
    return _first(store, _REDO)


def undo(store: Store) -> Step | None:
    """Take back the last undoable step; None if there is none."""
    with store.transaction():
        step = next_undo(store)
        if step is not None:
            _undo(store, step.seq)
    return step


def redo(store: Store) -> Step | None:
    """Do again what was undone last; None if nothing was, or something else was done since."""
    with store.transaction():
        step = next_redo(store)
        if step is not None:
            _redo(store, step.seq)
    return step


def _first(store: Store, condition: str) -> Step | None:
    rows = store.rows(f"SELECT seq, kind, source, done_at FROM steps WHERE {condition}")
    for seq, kind, source, done_at in rows:
        paths = store.rows(
            "SELECT path FROM photos WHERE missing_since IS NULL AND id IN "
            "(SELECT photo FROM changes WHERE step = ?1 UNION "
            "SELECT better FROM choices WHERE step = ?1 UNION "
            "SELECT worse FROM choices WHERE step = ?1)",
            (seq,),
        )
        return Step(seq, StepKind(kind), source, done_at, tuple(path_of(key) for (key,) in paths))
    return None


def _undo(store: Store, seq: int) -> None:
    number = new_step(store, StepKind.UNDO, "", is_undoable=False, about=seq)
    for field in FIELDS:
        # Where the step took a mark away, no step has set what is there now.
        still = (
            f"p.id = c.photo AND c.step = ?1 AND c.field = '{field}' "
            f"AND p.{field}_step IS iif(c.new IS NULL, NULL, ?1)"
        )
        store.connection.execute(
            f"INSERT INTO changes (step, photo, field, old, old_step, new) "
            f"SELECT ?2, photo, field, new, ?1, old FROM changes c, photos p WHERE {still}",
            (seq, number),
        )
        store.connection.execute(
            f"UPDATE photos AS p SET {field} = c.old, {field}_step = c.old_step "
            f"FROM changes c WHERE {still}",
            (seq,),
        )
    _set_state(store, seq, "undone")


def _redo(store: Store, seq: int) -> None:
    number = new_step(store, StepKind.REDO, "", is_undoable=False, about=seq)
    for field in FIELDS:
        same = f"p.id = c.photo AND c.step = ?1 AND c.field = '{field}'"
        # What is replaced now is what a later undo has to bring back.
        store.connection.execute(
            f"UPDATE changes AS c SET old = p.{field}, old_step = p.{field}_step "
            f"FROM photos p WHERE {same}",
            (seq,),
        )
        store.connection.execute(
            f"INSERT INTO changes (step, photo, field, old, old_step, new) "
            f"SELECT ?2, photo, field, old, old_step, new FROM changes c, photos p WHERE {same}",
            (seq, number),
        )
        store.connection.execute(
            f"UPDATE photos AS p SET {field} = c.new, "
            f"{field}_step = iif(c.new IS NULL, NULL, ?1) "
            f"FROM changes c WHERE {same}",
            (seq,),
        )
    _set_state(store, seq, "done")


def _set_state(store: Store, seq: int, state: str) -> None:
    store.connection.execute("UPDATE steps SET state = ? WHERE seq = ?", (state, seq))
    store.connection.execute(
        "UPDATE choices SET is_withdrawn = ? WHERE step = ?", (state == "undone", seq)
    )
