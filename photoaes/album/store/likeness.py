"""What photos look like and how sharp they are, for telling those that show the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from photoaes.album.copies import copies, standard_looks
from photoaes.album.look import EDGE
from photoaes.album.photo import Photo
from photoaes.album.similar import Looks, Pairs
from photoaes.album.store.database import parts, placeholders, spared
from photoaes.album.store.identity import path_key
from photoaes.album.store.opening import Store

Ids = NDArray[np.int64]


@dataclass(frozen=True)
class AlbumLooks:
    """For `similar.groups`: looks by the photos' places, and pairs of places that are copies."""

    looks: Looks
    copies: Pairs


def likeness(store: Store, ids: Ids, features: NDArray[np.float32] | None = None) -> AlbumLooks:
    """Of the photos with these numbers [N].

    Copies are equal pictures, and nearly equal ones of which one has no time of its camera, whose
    features [N, d] are alike too, where there are any.
    """
    place = {number: index for index, number in enumerate(ids.tolist()) if number}
    return AlbumLooks(
        lambda wanted: _looks(store, ids[wanted]),
        np.concatenate([_equal(store, place), _undated(store, place, features)]),
    )


def without_looks(store: Store, ids: Ids) -> list[int]:
    """Those of these photos whose looks are not known."""
    known = {
        number
        for part in parts(ids.tolist())
        for (number,) in store.rows(
            f"SELECT photo FROM facts WHERE look IS NOT NULL AND photo IN ({placeholders(part)})",
            part,
        )
    }
    return [number for number in ids.tolist() if number not in known]


def undated_without_looks(store: Store, *, marked: bool) -> set[bytes]:
    """The keys of paths of photos that no time of the camera tells from others, whose looks are not
    known; with `marked` those alone on which somebody has put something."""
    said = "AND coalesce(stars_step, flag_step, label_step) IS NOT NULL " if marked else ""
    rows = store.rows(
        "SELECT path FROM photos JOIN facts ON photo = id WHERE look IS NULL "
        f"AND (taken IS NULL OR dated_by IS NOT NULL OR {_TELLS_LITTLE}) {said}"
        "AND missing_since IS NULL"
    )
    return {path for (path,) in rows}


def undated(store: Store, ids: Ids) -> NDArray[np.bool_]:
    """Which of the photos with these numbers [N] were read and not dated by their camera."""
    rows = store.rows(f"SELECT photo FROM facts WHERE NOT {_DATED}")
    return np.isin(ids, [number for (number,) in rows])


def save_looks(store: Store, looks: Iterable[tuple[Photo, bytes]]) -> None:
    """Add to the facts of photos; nothing for photos that have changed since."""
    _add(store, "look", looks)


def save_sharpness(store: Store, measured: Iterable[tuple[Photo, float]]) -> None:
    """Add to the facts of photos how sharp they are; nothing for photos that have changed since."""
    _add(store, "sharpness", measured)


def save_fine(store: Store, measured: Iterable[tuple[Photo, float]]) -> None:
    """The same for how sharp they are at full size."""
    _add(store, "fine", measured)


def load_fine(store: Store, ids: Ids) -> NDArray[np.float64]:
    """How sharp the photos with these numbers are at full size, [N]; nan where it is not known."""
    known = dict(store.rows("SELECT photo, fine FROM facts WHERE fine IS NOT NULL"))
    return np.array([known.get(number, np.nan) for number in ids.tolist()], dtype=np.float64)


def _add(store: Store, column: str, values: Iterable[tuple[Photo, object]]) -> None:
    with spared(), store.transaction():
        store.connection.executemany(
            f"UPDATE facts SET {column} = ? WHERE photo = (SELECT id FROM photos "
            "WHERE path = ? AND missing_since IS NULL AND size = ? AND mtime_ns = ?)",
            ((value, path_key(p.at), p.size, p.mtime_ns) for p, value in values),
        )


def _looks(store: Store, ids: Ids) -> NDArray[np.float32]:
    known: dict[int, bytes] = {}
    for part in parts(ids.tolist()):
        known |= dict(
            store.rows(f"SELECT photo, look FROM facts WHERE photo IN ({placeholders(part)})", part)
        )
    return standard_looks([known.get(number) for number in ids.tolist()])


def _equal(store: Store, place: dict[int, int]) -> Pairs:
    """Each copy with the first one of its picture."""
    rows = store.rows(
        "SELECT picture, id FROM photos WHERE missing_since IS NULL AND picture IN "
        "(SELECT picture FROM photos WHERE picture IS NOT NULL GROUP BY picture "
        "HAVING count(*) > 1) ORDER BY picture, id"
    )
    first: dict[bytes, int] = {}
    pairs = []
    for picture, number in rows:
        if number in place:
            one = first.setdefault(picture, place[number])
            if one != place[number]:
                pairs.append((one, place[number]))
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)


def _undated(store: Store, place: dict[int, int], features: NDArray[np.float32] | None) -> Pairs:
    others = store.rows(f"SELECT photo FROM facts WHERE look IS NOT NULL AND NOT {_DATED}")
    if not any(number in place for (number,) in others):
        return np.zeros((0, 2), dtype=np.int64)
    rows = [
        (place[number], look, bool(is_dated))
        for number, look, is_dated in store.rows(
            f"SELECT photo, look, {_DATED} FROM facts WHERE length(look) = {EDGE * EDGE}"
        )
        if number in place
    ]
    places = np.array([one for one, _, _ in rows], dtype=np.int64)
    dated = np.array([is_dated for _, _, is_dated in rows], dtype=bool)
    pairs = places[copies([look for _, look, _ in rows], dated)]
    if features is None:
        return pairs
    first, second = features[pairs[:, 0]], features[pairs[:, 1]]
    length = np.linalg.norm(first, axis=1) * np.linalg.norm(second, axis=1)
    cosine = np.einsum("ij,ij->i", first, second) / np.where(length > 0, length, 1)
    alike: Pairs = pairs[(length == 0) | (cosine >= _ALIKE)]
    return alike


_TELLS_LITTLE = "(taken % 86400 = 0 OR strftime('%m-%d', taken, 'unixepoch') = '01-01')"
_DATED = "(taken IS NOT NULL AND dated_by IS NULL)"
_ALIKE = 0.95
