"""Decides which photo of the store each file of a scan is. Looks at files, changes nothing.

The picture decides, not the path; `evidence` has the order. A photo whose path was taken by another
picture lets go of it: it is missing from then on, and keeps its stars.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from photoaes.album.photo import Photo
from photoaes.album.store.evidence import FileVerdict
from photoaes.album.store.identity import Fingerprint, is_gone, path_of

_MANY = 100  # copies of one picture, above which their metadata are not compared

Kind = Literal["new", "edited", "moved", "returned", "copied"]


@dataclass(frozen=True)
class KnownPhoto:
    """A photo as the store knew it before the scan; `id` is its number there.

    `key` is what its copies share, None where nothing is known of its content.
    """

    id: int
    path: bytes
    content: bytes | None
    key: bytes | None
    is_missing: bool
    has_marks: bool


@dataclass(frozen=True)
class Incoming:
    """A file that the store does not know as it is; `row` is the photo at its path, if any.

    `is_touched`: with the size and time that this photo had, and yet changed.
    """

    photo: Photo
    path: bytes
    found: Fingerprint
    row: KnownPhoto | None
    is_touched: bool = False

    @property
    def has_these_bytes(self) -> bool:
        """Whether it was touched alone: linked, copied back, or its permissions changed."""
        return self.is_touched and self.row is not None and self.row.content == self.found.content

    @property
    def is_the_same(self) -> bool:
        """Whether its path's photo has the picture that it had: no more than metadata changed."""
        return self.row is not None and self.found.key == self.row.key


@dataclass(frozen=True)
class Match:
    """`row` is the photo that the file is or was copied from; None for a new one.

    `doubt` is the number of a photo with marks, now missing, that the file may be: to be asked.
    """

    incoming: Incoming
    kind: Kind
    row: KnownPhoto | None = None
    doubt: int | None = None


Judge = Callable[[Incoming, KnownPhoto], FileVerdict]


def match(
    incoming: Sequence[Incoming],
    by_key: Mapping[bytes, Sequence[KnownPhoto]],
    missing: Mapping[bytes, KnownPhoto],
    judge: Judge,
) -> list[Match]:
    """What each file is. `missing` are photos that were once at a path where a file is again.

    `judge` is asked of files whose picture differs from that of the photo at their path.
    """
    verdicts = {
        one.path: judge(one, one.row) for one in incoming if one.row and not one.is_the_same
    }
    leaving = {
        one.row.id
        for one in incoming
        if one.row and not one.is_the_same and _lets_go(one, one.row, by_key, verdicts[one.path])
    }
    # Those that stay are claimed first, so that no other file takes their photo.
    stay = [one for one in incoming if one.row and one.row.id not in leaving]
    claimed = {one.row.id for one in stay if one.row}
    pools = {
        key: _Pool([row for row in rows if row.id in leaving or _has_left(row)], claimed)
        for key, rows in by_key.items()
    }
    found = [Match(one, "edited", one.row) for one in stay]
    rest = [one for one in incoming if one.row is None or one.row.id in leaving]
    # A file back at its own path before one that was moved from there.
    for one in sorted(rest, key=lambda one: one.path not in missing):
        key = one.found.key or b""
        row = pools[key].take(one) if key in pools else None
        if row is not None and not _is_better_a_copy(row, by_key[key]):
            claimed.add(row.id)
            kind: Kind = "returned" if row.is_missing and row.path == one.path else "moved"
            found.append(Match(one, kind, row))
        elif key in by_key:
            found.append(Match(one, "copied", _likeliest(by_key[key])))
        else:
            found.append(_back_or_new(one, missing.get(one.path), claimed, judge))
    present = {one.found.key for one in incoming}
    return [_with_doubt(one, present, verdicts) for one in found]


def _lets_go(
    one: Incoming,
    row: KnownPhoto,
    by_key: Mapping[bytes, Sequence[KnownPhoto]],
    verdict: FileVerdict,
) -> bool:
    """Whether the file is another picture than its path's photo.

    It is if that picture is known as another photo. In doubt nothing is guessed; but where the
    photo has no marks, nothing hangs on it.
    """
    if any(other.id != row.id for other in by_key.get(one.found.key or b"", ())):
        return True
    return verdict is FileVerdict.OTHER or (verdict is FileVerdict.DOUBT and row.has_marks)


def _likeliest(rows: Sequence[KnownPhoto]) -> KnownPhoto:
    """Of copies the one with marks, which is what the user cares for."""
    return min(rows, key=lambda row: (not row.has_marks, row.id))


def _is_better_a_copy(row: KnownPhoto, twins: Sequence[KnownPhoto]) -> bool:
    """Of a photo that is long gone and had no marks nobody waits; a copy of one that has some
    begins with these."""
    return row.is_missing and not row.has_marks and any(twin.has_marks for twin in twins)


def _back_or_new(one: Incoming, back: KnownPhoto | None, claimed: set[int], judge: Judge) -> Match:
    """A file with an unknown picture, at a path from which a photo has gone, or at a new one."""
    if back is None or back.id in claimed:
        return Match(one, "new")
    verdict = judge(one, back)
    if verdict is FileVerdict.OTHER:
        return Match(one, "new")
    if verdict is FileVerdict.DOUBT and back.has_marks:
        return Match(one, "new", doubt=back.id)
    claimed.add(back.id)
    return Match(one, "returned", back)


def _with_doubt(
    match: Match, present: set[bytes | None], verdicts: Mapping[bytes, FileVerdict]
) -> Match:
    """With the photo that had this path, if it may be the same, has marks and is nowhere else."""
    row = match.incoming.row
    is_unmarked = match.row is None or not match.row.has_marks
    if row is None or match.kind == "edited" or not row.has_marks or not is_unmarked:
        return match
    if row.key in present or verdicts[match.incoming.path] not in (
        FileVerdict.SAME,
        FileVerdict.DOUBT,
    ):
        return match
    return Match(match.incoming, match.kind, match.row, row.id)


class _Pool:
    """Photos with one picture whose files are gone, to be taken once each."""

    def __init__(self, rows: Sequence[KnownPhoto], claimed: set[int]) -> None:
        self._claimed = claimed
        self._rows = rows
        self._by_path = {row.path: row for row in rows}
        self._by_name: dict[str, list[KnownPhoto]] = {}
        for row in reversed(rows):  # the lists are taken from their ends
            self._by_name.setdefault(path_of(row.path).name, []).append(row)
        self._all = list(reversed(rows))

    def take(self, one: Incoming) -> KnownPhoto | None:
        """Of several the likeliest: same path, else same bytes, else same name, else the oldest."""
        same = self._by_path.get(one.path)
        if same is not None and same.id not in self._claimed:
            return same
        if 1 < len(self._rows) <= _MANY and (exact := self._exact(one)) is not None:
            return exact
        named = self._last(self._by_name.get(one.photo.path.name, []))
        return named or self._last(self._all)

    def _exact(self, one: Incoming) -> KnownPhoto | None:
        """Of copies with different metadata the one with these, if there is just one."""
        free = [row for row in self._rows if row.id not in self._claimed]
        exact = [row for row in free if row.content == one.found.content]
        return exact[0] if len(exact) == 1 < len(free) else None

    def _last(self, rows: list[KnownPhoto]) -> KnownPhoto | None:
        while rows and rows[-1].id in self._claimed:
            rows.pop()
        return rows[-1] if rows else None


def _has_left(row: KnownPhoto) -> bool:
    return row.is_missing or is_gone(path_of(row.path))
