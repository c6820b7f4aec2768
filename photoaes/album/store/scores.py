"""Scores of photos by bank and profile, and what an album's grid shows, as plain arrays.

A score belongs to a version of a photo: once the file changes, its scores are there no more.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from photoaes.album.columns import NOTHING, UNRATED, Columns, codes, name_order
from photoaes.album.photo import Paths, Photo
from photoaes.album.similar import best_of_groups, forwards, groups, kept_whole
from photoaes.album.store.clocks import clock_offsets
from photoaes.album.store.database import spared
from photoaes.album.store.identity import path_key
from photoaes.album.store.likeness import likeness
from photoaes.album.store.opening import Store
from photoaes.album.store.rating_log import MACHINE_STEPS
from photoaes.errors import InputInvalid

Ids = NDArray[np.int64]
# Of what is read of a file; a photo that a lower one has read is read again.
READER = 3


@dataclass(frozen=True)
class Facts:
    """What a photo's file says, kept until it changes. `taken` is in seconds as in `Columns`.

    Each is None where unknown; `sharpness` is measured by `album.sharpness`, `dated_by` as in
    `Metadata`.
    """

    taken: float | None
    camera: str | None
    is_upright: bool
    sharpness: float | None = None
    dated_by: str | None = None
    bias: float | None = None
    is_bracket: bool = False
    is_series: bool = False


def photo_ids(store: Store, photos: Sequence[Photo]) -> Ids:
    """Each photo's number in the store [N], 0 for one that is not there."""
    known = dict(store.rows("SELECT path, id FROM photos WHERE missing_since IS NULL"))
    numbers = (known.get(path_key(photo.at), 0) for photo in photos)
    return np.fromiter(numbers, dtype=np.int64, count=len(photos))


def save_scores(
    store: Store, bank_digest: str, profile: str | None, scored: Iterable[tuple[Photo, float]]
) -> int:
    """Keep scores in one transaction, over older ones of the same bank and profile; how many.

    None is the general score, without a profile. A photo that has changed since it was scored, or
    is not in the store, is left out. Raises InputInvalid if there is no such profile; a full disk
    keeps no general scores, and raises for those of a profile, which somebody asked for.
    """
    count = 0
    with spared() if profile is None else nullcontext():
        count = _saved_scores(store, bank_digest, profile, scored)
    return count


def _saved_scores(
    store: Store, bank_digest: str, profile: str | None, scored: Iterable[tuple[Photo, float]]
) -> int:
    with store.transaction():
        number = score_set(store, bank_digest, profile)
        if number is None:
            number = store.connection.execute(
                "INSERT INTO score_sets (bank_digest, profile) VALUES (?, ?)",
                (bank_digest, _profile(store, profile)),
            ).lastrowid
        # Joined as a whole: a query for each of 100,000 photos takes half as long again.
        store.connection.execute(
            "CREATE TEMP TABLE IF NOT EXISTS scored "
            "(path BLOB, size INTEGER, mtime_ns INTEGER, score REAL)"
        )
        store.connection.execute("DELETE FROM scored")
        store.connection.executemany(
            "INSERT INTO scored VALUES (?, ?, ?, ?)",
            ((path_key(p.at), p.size, p.mtime_ns, score) for p, score in scored),
        )
        return store.connection.execute(
            "INSERT OR REPLACE INTO scores (score_set, photo, version, score) "
            "SELECT ?, id, version, score FROM scored s JOIN photos p ON p.path = s.path "
            "WHERE missing_since IS NULL AND p.size = s.size AND p.mtime_ns = s.mtime_ns",
            (number,),
        ).rowcount


def load_scores(
    store: Store, bank_digest: str, profile: str | None, ids: Ids
) -> NDArray[np.float64]:
    """Scores of the photos with these numbers, [N]; nan for those that have none.

    Raises InputInvalid if there is no such profile.
    """
    number = score_set(store, bank_digest, profile)
    rows = store.rows(
        "SELECT photo, score FROM scores s JOIN photos p ON p.id = s.photo "
        "WHERE score_set = ? AND s.version = p.version",
        (number,),
    )
    table = np.array(rows, dtype=np.float64).reshape(-1, 2)
    by_id = np.full(_size(store), np.nan)
    by_id[table[:, 0].astype(np.int64)] = table[:, 1]
    return by_id[ids]


def save_facts(store: Store, facts: Iterable[tuple[Photo, Facts]]) -> None:
    """Keep what files say, in one transaction; of photos that have changed since, nothing.

    A sharpness that was measured before stays where there is no new one.
    """
    with store.transaction():
        store.connection.executemany(
            "INSERT INTO facts "
            "(photo, taken, camera, is_upright, sharpness, dated_by, bias, is_bracket, is_series, "
            f"reader) SELECT id, ?, ?, ?, ?, ?, ?, ?, ?, {READER} FROM photos "
            "WHERE path = ? AND missing_since IS NULL AND size = ? AND mtime_ns = ? "
            "ON CONFLICT (photo) DO UPDATE SET taken = excluded.taken, camera = excluded.camera, "
            "is_upright = excluded.is_upright, "
            "bias = excluded.bias, is_bracket = excluded.is_bracket, "
            "is_series = excluded.is_series, "
            "dated_by = excluded.dated_by, reader = excluded.reader, "
            "sharpness = ifnull(excluded.sharpness, sharpness)",
            (
                (fact.taken, fact.camera, fact.is_upright, fact.sharpness)
                + (fact.dated_by, fact.bias, fact.is_bracket, fact.is_series)
                + (path_key(photo.at), photo.size, photo.mtime_ns)
                for photo, fact in facts
            ),
        )


def save_pictures(store: Store, pictures: Iterable[tuple[Photo, bytes | None]]) -> None:
    """Note hashes of pictures that an older photoaes did not note."""
    with store.transaction():
        store.connection.executemany(
            "UPDATE photos SET picture = ? WHERE picture IS NULL AND path = ? "
            "AND missing_since IS NULL AND size = ? AND mtime_ns = ?",
            ((picture, path_key(p.at), p.size, p.mtime_ns) for p, picture in pictures if picture),
        )


def without_picture(store: Store, photos: Iterable[Photo]) -> list[Photo]:
    """Photos that an older photoaes has read, and whose pictures have still to be hashed."""
    rows = store.rows(
        "SELECT path FROM photos JOIN facts ON photo = id "
        f"WHERE picture IS NULL AND reader < {READER} AND missing_since IS NULL"
    )
    lacking = {path for (path,) in rows}
    return [photo for photo in photos if path_key(photo.at) in lacking] if lacking else []


def without_facts(store: Store, photos: Iterable[Photo]) -> list[Photo]:
    """Photos whose files have still to be read for facts."""
    rows = store.rows(
        "SELECT path FROM photos p LEFT JOIN facts f ON f.photo = p.id "
        f"WHERE (f.photo IS NULL OR f.reader < {READER}) AND missing_since IS NULL"
    )
    lacking = {path for (path,) in rows}
    return [photo for photo in photos if path_key(photo.at) in lacking] if lacking else []


def load_columns(
    store: Store,
    photos: Sequence[Photo],
    bank_digest: str,
    profile: str | None,
    embeddings: NDArray[np.float32] | None = None,
    by: NDArray[np.float64] | None = None,
) -> Columns:
    """What the grid sorts and filters by, in the order of `photos`.

    Scores are the profile's and the general ones of this bank. Stars that the user has cleared are
    UNRATED here. `embeddings` [N, d] are those of `load_embeddings`; without them groups are bursts
    by time alone. `by` are scores [N] that are not kept yet, to choose the best of groups by.
    """
    ids = photo_ids(store, photos)
    shown = _shown(store, ids)
    general = load_scores(store, bank_digest, None, ids)
    score = general if profile is None else load_scores(store, bank_digest, profile, ids)
    camera = codes(shown.camera)
    taken = np.array(shown.taken, dtype=np.float64)  # None becomes nan
    taken += clock_offsets(store, [photo.at for photo in photos], camera)
    alike = likeness(store, ids, embeddings)
    exact = np.where([bool(by and by.endswith(" day")) for by in shown.dated_by], np.nan, taken)
    group = groups(exact, camera.values, embeddings, alike.looks, alike.copies)
    sharp, fine = (np.array(one, dtype=np.float64) for one in (shown.sharpness, shown.fine))
    is_bracket, is_series = (np.array(one, bool) for one in (shown.is_bracket, shown.is_series))
    whole = kept_whole(group, np.array(shown.bias, np.float64), is_bracket, is_series)
    closed_eyes, soft = (
        np.array(one, dtype=np.int32) for one in (shown.closed_eyes, shown.soft_faces)
    )
    is_dated = ~np.isnan(taken) & np.array([said is None for said in shown.dated_by], dtype=bool)
    return Columns(
        paths=Paths(photos),
        folded=tuple(photo.at.rpartition(os.sep)[2].casefold() for photo in photos),
        name=name_order([photo.at for photo in photos]),
        size=np.array([photo.size for photo in photos], dtype=np.int64),
        taken=taken,
        score=score,
        general=general,
        stars=np.array(shown.stars, dtype=np.int32),
        by_machine=np.array(shown.by_machine, dtype=bool),
        flag=np.array(shown.flag, dtype=np.int32),
        label=codes(shown.label),
        camera=camera,
        group=group,
        best=best_of_groups(
            group,
            score if by is None else by,
            sharp,
            fine,
            camera.values,
            whole,
            forwards(group, is_dated),
            closed_eyes + soft,
        ),
        upright=np.array(shown.upright, dtype=bool),
        faces=np.array(shown.faces, dtype=np.int32),
        closed_eyes=closed_eyes,
        soft_faces=soft,
    )


class _Shown(NamedTuple):
    """What the store holds of N photos, each a list [N]."""

    stars: list[int]
    by_machine: list[int]
    flag: list[int]
    label: list[str | None]
    taken: list[float | None]
    camera: list[str | None]
    upright: list[int]
    sharpness: list[float | None]
    fine: list[float | None]
    dated_by: list[str | None]
    bias: list[float | None]
    is_bracket: list[int]
    is_series: list[int]
    faces: list[int]
    closed_eyes: list[int]
    soft_faces: list[int]


def _shown(store: Store, ids: Ids) -> _Shown:
    rows = store.rows(
        f"SELECT id, iif(stars, stars, {UNRATED}), ifnull(stars_step IN {MACHINE_STEPS}, 0), "
        "CASE flag WHEN 'pick' THEN 1 WHEN 'reject' THEN -1 ELSE 0 END, "
        "label, taken, camera, ifnull(is_upright, 0), sharpness, fine, dated_by, bias, "
        f"ifnull(is_bracket, 0), ifnull(is_series, 0), ifnull(faces, {NOTHING}), "
        "ifnull(closed_eyes, 0), ifnull(soft_faces, 0) "
        "FROM photos LEFT JOIN facts ON photo = id WHERE missing_since IS NULL"
    )
    by_id = {row[0]: row[1:] for row in rows}
    unknown = (UNRATED, 0, 0, None, None, None, 0, None, None, None, None, 0, 0, NOTHING, 0, 0)
    table = [by_id.get(number, unknown) for number in ids.tolist()]
    # Column by column: one `zip` of 100,000 rows would keep all other threads waiting.
    return _Shown(*([row[field] for row in table] for field in range(len(unknown))))


def score_set(store: Store, bank_digest: str, profile: str | None) -> int | None:
    """The number of what this bank and profile have scored; None where there is nothing."""
    number = _profile(store, profile)
    rows = store.rows(
        "SELECT id FROM score_sets WHERE bank_digest = ? AND ifnull(profile, 0) = ?",
        (bank_digest, number or 0),
    )
    return rows[0][0] if rows else None


def _profile(store: Store, name: str | None) -> int | None:
    if name is None:
        return None
    rows = store.rows("SELECT id FROM profiles WHERE name = ?", (name,))
    if not rows:
        raise InputInvalid(f"There is no taste profile {name!r}.")
    number: int = rows[0][0]
    return number


def _size(store: Store) -> int:
    """Room for an array by the photos' numbers."""
    [[last]] = store.rows("SELECT ifnull(max(id), 0) FROM photos")
    return int(last) + 1
