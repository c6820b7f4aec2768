"""Photos that are gone: kept with their stars and history until the user forgets them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from photoaes.album.store.identity import is_gone, path_key, path_of, range_below
from photoaes.album.store.opening import Store


def missing(store: Store, folder: Path | None = None) -> list[Path]:
    """Where photos were that are gone, everywhere or below a folder.

    One whose file is back is left out: the next scan recognises it. One whose path another photo
    has taken is there.
    """
    first, after = range_below(folder) if folder is not None else (b"", b"\xff")
    rows = store.rows(
        "SELECT path, path IN (SELECT path FROM photos WHERE missing_since IS NULL) FROM photos "
        "WHERE missing_since IS NOT NULL AND path > ? AND path < ? ORDER BY path",
        (first, after),
    )
    return [path for key, is_taken in rows if is_gone(path := path_of(key)) or is_taken]


def purge(store: Store, paths: Iterable[Path]) -> int:
    """Forget missing photos at these paths, with ratings and history; how many. For good.

    One that a photo in the album may be stays until that is settled, see `doubts`.
    """
    keys = [(path_key(path),) for path in paths]
    with store.transaction():
        purged = store.connection.executemany(
            "DELETE FROM photos WHERE path = ? AND missing_since IS NOT NULL "
            "AND id NOT IN (SELECT earlier FROM doubts)",
            keys,
        ).rowcount
        store.connection.execute("DELETE FROM scores WHERE photo NOT IN (SELECT id FROM photos)")
    return purged
