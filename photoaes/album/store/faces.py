"""How many faces photos show, and what is wrong with them: kept until the file changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from photoaes.album.photo import Photo
from photoaes.album.store.database import spared
from photoaes.album.store.identity import path_key
from photoaes.album.store.opening import Store


def save_faces(store: Store, found: Iterable[tuple[Photo, tuple[int, int, int]]]) -> None:
    """Add to the facts of photos how many there are, how many have closed eyes and how many are out
    of focus; nothing for photos that have changed since."""
    with spared(), store.transaction():
        store.connection.executemany(
            "UPDATE facts SET faces = ?, closed_eyes = ?, soft_faces = ? "
            "WHERE photo = (SELECT id FROM photos "
            "WHERE path = ? AND missing_since IS NULL AND size = ? AND mtime_ns = ?)",
            ((*counts, path_key(p.at), p.size, p.mtime_ns) for p, counts in found),
        )


def without_faces(store: Store, photos: Sequence[Photo]) -> list[Photo]:
    """Photos that were read and on which nobody has looked for faces."""
    rows = store.rows(
        "SELECT path FROM photos JOIN facts ON photo = id "
        "WHERE faces IS NULL AND missing_since IS NULL"
    )
    lacking = {path for (path,) in rows}
    return [photo for photo in photos if path_key(photo.at) in lacking] if lacking else []
