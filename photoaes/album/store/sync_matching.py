"""Decides which photo of the store each file of a scan is. Looks at files, changes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from photoaes.album.photo import Photo
from photoaes.album.store.identity import is_gone, path_of

Kind = Literal["new", "edited", "moved", "returned", "copied"]


@dataclass(frozen=True)
class Row:
    """A photo as the store knew it before the scan; `id` is its number there."""

    id: int
    key: bytes
    digest: bytes | None
    is_missing: bool
    has_marks: bool


@dataclass(frozen=True)
class Incoming:
    """A file that the store does not know as it is; `row` is the photo at its path, if any."""

    photo: Photo
    key: bytes
    digest: bytes | None
    row: Row | None


@dataclass(frozen=True)
class Match:
    """`row` is the number of the photo that the file is or was copied from; None for a new one."""

    incoming: Incoming
    kind: Kind
    row: int | None = None
    has_marks: bool = False


def match(
    incoming: Sequence[Incoming],
    by_hash: Mapping[bytes, Sequence[Row]],
    missing: Mapping[bytes, Row],
) -> list[Match]:
    """What each file is. `missing` are photos that were once at a path where a file is again."""
    leaving = _leaving(incoming, by_hash)
    # Those that stay are claimed first, so that no other file takes their photo.
    stay = [one for one in incoming if one.row and one.row.id not in leaving]
    claimed = {one.row.id for one in stay if one.row}
    pools = {
        digest: _Pool([row for row in rows if row.id in leaving or _has_left(row)], claimed)
        for digest, rows in by_hash.items()
    }
    best = {
        # The one with marks is what the user cares for.
        digest: min(rows, key=lambda row: (not row.has_marks, row.id))
        for digest, rows in by_hash.items()
    }
    found = [Match(one, "edited", one.row.id) for one in stay if one.row]
    rest = [one for one in incoming if one.row is None or one.row.id in leaving]
    # A file back at its own path before one that was moved from there.
    for one in sorted(rest, key=lambda one: one.key not in missing):
        digest = one.digest or b""
        row = pools[digest].take(one) if digest in pools else None
        back = missing.get(one.key)
        if row is None and back is not None and back.id not in claimed:
            row = back
        if row is not None:
            claimed.add(row.id)
            kind: Kind = "returned" if row.is_missing and row.key == one.key else "moved"
            found.append(Match(one, kind, row.id))
        elif digest in best:
            found.append(Match(one, "copied", best[digest].id, best[digest].has_marks))
        else:
            found.append(Match(one, "new"))
    return found


def _leaving(incoming: Sequence[Incoming], by_hash: Mapping[bytes, Sequence[Row]]) -> set[int]:
    """Photos that let go of their path: names were swapped, or shifted along."""
    replaced = [one for one in incoming if one.row and one.digest != one.row.digest]
    numbers = {one.row.id for one in replaced if one.row}
    loose = {
        digest: {row.id for row in rows if row.id in numbers or _has_left(row)}
        for digest, rows in by_hash.items()
    }
    leaving = set()
    for one in replaced:
        others = loose.get(one.digest or b"", set())
        if one.row and len(others) > (one.row.id in others):
            leaving.add(one.row.id)
    while True:
        # A photo only goes where a file does not stay the photo it was.
        open_to = {one.digest for one in incoming if one.row is None or one.row.id in leaving}
        going = {
            one.row.id
            for one in replaced
            if one.row and one.row.id in leaving and one.row.digest in open_to
        }
        if going == leaving:
            return leaving
        leaving = going


class _Pool:
    """Photos with one content whose files are gone, to be taken once each."""

    def __init__(self, rows: Sequence[Row], claimed: set[int]) -> None:
        self._claimed = claimed
        self._by_key = {row.key: row for row in rows}
        self._by_name: dict[str, list[Row]] = {}
        for row in reversed(rows):  # the lists are taken from their ends
            self._by_name.setdefault(path_of(row.key).name, []).append(row)
        self._all = list(reversed(rows))

    def take(self, one: Incoming) -> Row | None:
        """Of several the likeliest: same path, else same name, else the oldest."""
        same = self._by_key.get(one.key)
        if same is not None and same.id not in self._claimed:
            return same
        named = self._last(self._by_name.get(one.photo.path.name, []))
        return named or self._last(self._all)

    def _last(self, rows: list[Row]) -> Row | None:
        while rows and rows[-1].id in self._claimed:
            rows.pop()
        return rows[-1] if rows else None


def _has_left(row: Row) -> bool:
    return row.is_missing or is_gone(path_of(row.key))
