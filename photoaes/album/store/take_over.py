"""Takes over what other programs say of photos, by the rules of `three_way`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from photoaes.album.marks import Marks, plain
from photoaes.album.store.conflicts import drop_conflicts, note_conflict
from photoaes.album.store.marks_import import Conflict
from photoaes.album.store.opening import Store
from photoaes.album.store.outside import (
    NO_SIDECARS,
    Outside,
    note_outside,
    seen_outside,
    those_of_others,
)
from photoaes.album.store.rating_log import FIELDS, Field, Known, StepKind, known_all, record
from photoaes.album.store.three_way import Outcome, Sides, compare

Time = Callable[[], datetime | None]


@dataclass(frozen=True)
class Said:
    """What is said outside of a photo, whose files are `members`, the shown one first.

    `sources` and `times` are by field: where it stands, and when that was changed. `is_shared`:
    the files beside it speak of all photos of their folder.
    """

    members: tuple[Path, ...]
    marks: Marks
    sources: Mapping[str, str]
    times: Mapping[str, Time]
    signature: bytes = NO_SIDECARS
    is_shared: bool = False


@dataclass
class TakenOver:
    """Counts of photos that had nothing; `changed` had something else before. `kept` and `open` say
    otherwise here: ours is newer there, and here a person has to tell. `strangers` are photos
    beside which lie another photo's sidecars."""

    stars: int = 0
    flags: int = 0
    labels: int = 0
    changed: tuple[Conflict, ...] = ()
    kept: tuple[Conflict, ...] = ()
    open: tuple[Conflict, ...] = ()
    strangers: tuple[Path, ...] = ()


_Change = tuple[Known, Field, Any, str | None]


class _Merge:
    def __init__(self, store: Store, strangers: Set[Path]) -> None:
        self._store, self._strangers = store, strangers
        self.fills: list[_Change] = []
        self.replacements: list[_Change] = []
        self.told: dict[Outcome, list[Conflict]] = {one: [] for one in Outcome}
        self.seen: dict[Path, Outside] = {}

    def add(self, said: Said, before: Outside, files: Sequence[Known]) -> None:
        shown, now = files[0], said.marks
        for field in FIELDS:
            outcome = self._field(said, before, files, field)
            # Until it is settled the base stays what it was; and silence does not make forget.
            if outcome is Outcome.OPEN or getattr(now, field) is None:
                now = replace(now, **{field: getattr(before.marks, field)})
        is_ours = before.is_ours and now == before.marks
        if now != Marks() or said.signature or before != Outside():
            is_own = said.members[0] not in self._strangers and not said.is_shared
            self.seen[said.members[0]] = Outside(now, said.signature, is_ours, is_own)
        drop_conflicts(self._store, shown.id, self._settled(said, shown))

    def _field(self, said: Said, before: Outside, files: Sequence[Known], field: Field) -> Outcome:
        shown, theirs = files[0], getattr(said.marks, field)
        ours, source = getattr(shown.marks, field), said.sources.get(field, "")
        outcome = compare(
            Sides(
                ours,
                shown.kinds[field],
                getattr(before.marks, field),
                theirs,
                lambda: _done_at(self._store, shown.steps[field]),
                said.times.get(field, lambda: None),
            )
        )
        told = Conflict(said.members[0], field, ours, theirs, source)
        if outcome is Outcome.TAKEN:
            self._take(files, field, plain(theirs), source)
        if outcome is Outcome.OPEN:
            note_conflict(self._store, shown.id, field, theirs, source)
        if outcome is not Outcome.TAKEN or ours is not None:
            self.told[outcome].append(told)
        return outcome

    def _take(self, files: Sequence[Known], field: Field, new: Any, source: str) -> None:
        """For all files of the photo but those that say something of their own."""
        ours = getattr(files[0].marks, field)
        by_hand = files[0].kinds[field] is StepKind.PERSON or _is_undoable(
            self._store, files[0].steps[field]
        )
        changes = self.replacements if by_hand else self.fills
        for file in files:
            if getattr(file.marks, field) in (None, ours):
                changes.append((file, field, new, source))

    def _settled(self, said: Said, shown: Known) -> list[Field]:
        """Fields in which there is no conflict any more, whatever there was."""
        still = {one.field for one in self.told[Outcome.OPEN] if one.path == said.members[0]}
        return [
            field
            for field in FIELDS
            if field not in still
            and getattr(said.marks, field) is not None
            and plain(getattr(said.marks, field)) == plain(getattr(shown.marks, field))
        ]


def take_over(store: Store, found: Sequence[Said], source: str) -> TakenOver:
    """Bring the store in line with the outside, and remember what was seen there.

    Marks that a person had put on a photo and changed outside since can be brought back by undo.
    """
    with store.transaction():
        before = seen_outside(store, (one.members[0] for one in found))
        # Of most photos nobody has ever said anything.
        nothing = Marks()
        found = [
            one
            for one in found
            if one.marks != nothing or one.signature or one.members[0] in before
        ]
        signed = {one.members[0]: one.signature for one in found if not one.is_shared}
        strangers = those_of_others(store, signed, before)
        found = [_own_words(one) if one.members[0] in strangers else one for one in found]
        known = known_all(store, (path for one in found for path in one.members))
        merge = _Merge(store, strangers)
        for one in found:
            if one.members[0] in known:
                files = [known[path] for path in one.members if path in known]
                merge.add(one, before.get(one.members[0], Outside()), files)
        record(store, StepKind.IMPORT, source, merge.fills, is_undoable=False)
        record(store, StepKind.IMPORT, source, merge.replacements, is_undoable=True)
        note_outside(store, merge.seen)
    shown = {known[one.members[0]].id for one in found if one.members[0] in known}
    fresh = [
        field for file, field, _, _ in merge.fills
        if file.id in shown and getattr(file.marks, field) is None
    ]  # fmt: skip
    stars, flags, labels = (fresh.count(field) for field in FIELDS)
    told = {outcome: tuple(lines) for outcome, lines in merge.told.items()}
    changed, kept, undecided = (told[one] for one in (Outcome.TAKEN, Outcome.KEPT, Outcome.OPEN))
    return TakenOver(stars, flags, labels, changed, kept, undecided, tuple(sorted(strangers)))


def _own_words(said: Said) -> Said:
    """What the photo's files say themselves."""
    files = {str(path) for path in said.members}
    own = {f: getattr(said.marks, f) for f in FIELDS if said.sources.get(f) in files}
    return replace(said, marks=Marks(**own))


def _is_undoable(store: Store, step: int | None) -> bool:
    """Of what replaced a person's mark before: one undo after the other leads back to that."""
    rows = store.rows("SELECT 1 FROM steps WHERE seq = ? AND is_undoable", (step,))
    return bool(rows)


def _done_at(store: Store, step: int | None) -> datetime | None:
    rows = store.rows("SELECT done_at FROM steps WHERE seq = ?", (step,))
    return datetime.fromisoformat(rows[0][0]) if rows else None
