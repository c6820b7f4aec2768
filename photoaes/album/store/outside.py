"""What other programs were last seen to say of a photo: the third side of every comparison.

Without it nobody can tell whether stars differ because they were changed here or there.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from photoaes.album.folding import folded
from photoaes.album.marks import Flag, Marks, plain
from photoaes.album.photo import Photo
from photoaes.album.store.database import parts, placeholders
from photoaes.album.store.identity import path_key, path_of
from photoaes.album.store.opening import Store
from photoaes.album.store.rating_log import FIELDS, known_all

NO_SIDECARS = b""


@dataclass(frozen=True)
class Outside:
    """`marks` are those last read there, or written; `is_ours` tells which.

    `signature` is that of the sidecars by then, so that an unchanged one is not opened again; they
    are the photo's own, unless they were another's before.
    """

    marks: Marks = Marks()
    signature: bytes = NO_SIDECARS
    is_ours: bool = False
    is_own: bool = True


def signature(sidecars: Iterable[Photo]) -> bytes:
    """Changes when one of these files is renamed, added, changed or gone."""
    lines = sorted((Path(one.at).name, one.size, one.mtime_ns, one.changed_ns) for one in sidecars)
    if not lines:
        return NO_SIDECARS
    text = repr(lines).encode(errors="surrogateescape")
    return hashlib.blake2b(text, digest_size=16).digest()


def signatures(store: Store) -> dict[bytes, bytes]:
    """By the key of its path the signature of each present photo that had sidecars."""
    return dict(
        store.rows(
            "SELECT path, signature FROM outside JOIN photos ON id = photo "
            "WHERE signature != x'' AND missing_since IS NULL"
        )
    )


def those_of_others(
    store: Store, signed: Mapping[Path, bytes], before: Mapping[Path, Outside]
) -> set[Path]:
    """Photos beside which lie just the files, untouched, that were seen beside another photo: that
    one was renamed and they were not, or it is gone and its name was given again.

    Photos of one stem in one folder may share them. Without the system's own times (on Windows) a
    copied sidecar looks the same, and none is found.
    """
    wanted = {one for one in signed.values() if one != NO_SIDECARS} if os.name != "nt" else set()
    owners: dict[bytes, list[_Owner]] = {}
    for part in parts(list(wanted)):
        for one, key, picture, is_missing in store.rows(
            "SELECT signature, path, coalesce(picture, hash), missing_since IS NOT NULL FROM owned "
            f"JOIN photos ON id = photo WHERE signature IN ({placeholders(part)})",
            part,
        ):
            owners.setdefault(one, []).append(_Owner(path_of(key), picture, bool(is_missing)))
    pictures = _pictures(store, [path for path, one in signed.items() if one in owners])
    still = {
        path
        for path, one in signed.items()
        if path in before and before[path].signature == one and not before[path].is_own
    }
    return still | {
        path
        for path, one in signed.items()
        if one in owners and not any(_share(path, pictures.get(path), own) for own in owners[one])
    }


class _Owner(NamedTuple):
    path: Path
    picture: bytes | None
    is_missing: bool


def _share(path: Path, picture: bytes | None, owner: _Owner) -> bool:
    """Whether it is that photo, a copy of it, or lies beside it under its name."""
    if owner.picture == picture and picture is not None:
        return True
    is_beside = path.parent == owner.path.parent and folded(path.stem) == folded(owner.path.stem)
    return is_beside and not owner.is_missing


def _pictures(store: Store, paths: Sequence[Path]) -> dict[Path, bytes | None]:
    keys = [path_key(path) for path in paths]
    return {
        path_of(key): picture
        for part in parts(keys)
        for key, picture in store.rows(
            "SELECT path, coalesce(picture, hash) FROM photos WHERE missing_since IS NULL "
            f"AND path IN ({placeholders(part)})",
            part,
        )
    }


def seen_outside(store: Store, paths: Iterable[Path]) -> dict[Path, Outside]:
    """What was last seen there of these photos; those of which nothing was are left out."""
    keys = [path_key(path) for path in paths]
    return {
        path_of(key): Outside(
            Marks(stars, Flag(flag) if flag else None, label), signed, bool(is_ours), bool(is_own)
        )
        for part in parts(keys)
        for key, stars, flag, label, signed, is_ours, is_own in store.rows(
            "SELECT path, o.stars, o.flag, o.label, signature, is_ours, "
            "signature = x'' OR (signature, photo) IN (SELECT signature, photo FROM owned) "
            "FROM outside o "
            "JOIN photos p ON p.id = o.photo "
            f"WHERE missing_since IS NULL AND path IN ({placeholders(part)})",
            part,
        )
    }


def note_outside(store: Store, seen: Mapping[Path, Outside]) -> None:
    """Remember it, within a transaction of its own or the caller's turn."""
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    store.connection.executemany(
        "INSERT OR REPLACE INTO outside (photo, signature, stars, flag, label, seen_at, is_ours) "
        "SELECT id, ?, ?, ?, ?, ?, ? FROM photos WHERE path = ? AND missing_since IS NULL",
        [
            (
                one.signature,
                one.marks.stars,
                None if one.marks.flag is None else str(one.marks.flag),
                one.marks.label,
                now,
                one.is_ours,
                path_key(path),
            )
            for path, one in seen.items()
        ],
    )
    store.connection.executemany(
        "INSERT OR IGNORE INTO owned (signature, photo) SELECT ?, id FROM photos "
        "WHERE path = ? AND missing_since IS NULL",
        [
            (one.signature, path_key(path))
            for path, one in seen.items()
            if one.is_own and one.signature != NO_SIDECARS
        ],
    )


def outdated(store: Store, paths: Iterable[Path]) -> dict[Path, Marks]:
    """Photos whose sidecars we wrote and which say something else now, with what to write.

    What nobody says any more has to be cleared there: 0 stars, no flag, no label.
    """
    paths = list(paths)
    now = known_all(store, paths)
    found = {}
    for path, seen in seen_outside(store, paths).items():
        if seen.is_ours and path in now:
            wanted = cleared_where_nothing(now[path].marks, seen.marks)
            if not _says(wanted, seen.marks):
                found[path] = wanted
    return found


def cleared_where_nothing(marks: Marks, seen: Marks) -> Marks:
    """The marks, with a clear "none" where they say nothing and the outside something."""
    return Marks(
        0 if marks.stars is None and seen.stars else marks.stars,
        Flag.NONE if marks.flag is None and seen.flag not in (None, Flag.NONE) else marks.flag,
        "" if marks.label is None and seen.label else marks.label,
    )


def _says(marks: Marks, seen: Marks) -> bool:
    """Whether the outside says these marks, as far as they say anything."""
    return all(plain(getattr(marks, name)) == plain(getattr(seen, name)) for name in FIELDS)
