"""What people's marks teach: stars and pairs, never a machine's."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from photoaes.album.marks import LEAST_GOOD
from photoaes.album.store.identity import path_key, path_of
from photoaes.album.store.opening import Store

# A reject, here or in any other program, is no good example, whatever its stars.
# `Columns.teaching` is the same of an album on show.
_TEACHES = (
    "stars BETWEEN 1 AND 5 AND s.kind != 'machine' "
    f"AND (stars < {LEAST_GOOD} OR flag IS NOT 'reject')"
)


def ratings_for_fit(store: Store, paths: Iterable[Path] | None = None) -> dict[Path, int]:
    """Stars 1..5 that people gave, here or in another program, of these or all present photos.

    A machine's stars are never among them. Of copies only the one rated last counts: the same
    picture in the support and the query set would answer itself.
    """
    rows = store.rows(
        "SELECT path, stars, coalesce(picture, hash) FROM photos p "
        "JOIN steps s ON s.seq = p.stars_step "
        f"WHERE missing_since IS NULL AND {_TEACHES} "
        "ORDER BY p.stars_step DESC, p.id"
    )
    wanted = None if paths is None else {path_key(path) for path in paths}
    found: dict[bytes, tuple[bytes, int]] = {}
    for key, stars, digest in rows:
        if wanted is None or key in wanted:
            found.setdefault(digest or key, (key, stars))
    return {path_of(key): stars for key, stars in reversed(found.values())}


def stars_by_content(store: Store) -> dict[bytes, tuple[int, int]]:
    """By a photo's content hash its mtime in ns and the stars, 1..5, that people gave.

    Those of `ratings_for_fit`, of photos that are not at hand, too; of copies the one rated last.
    """
    rows = store.rows(
        "SELECT hash, mtime_ns, stars FROM photos p JOIN steps s ON s.seq = p.stars_step "
        f"WHERE hash IS NOT NULL AND {_TEACHES} "
        "ORDER BY p.stars_step DESC, p.id"
    )
    found: dict[bytes, tuple[int, int]] = {}
    for digest, mtime_ns, stars in rows:
        found.setdefault(digest, (mtime_ns, stars))
    return found


def pairs_for_fit(store: Store) -> list[tuple[Path, Path]]:
    """Pairs (better, worse) of present photos; of several on the same two the last counts."""
    rows = store.rows(
        "SELECT b.path, w.path FROM choices c JOIN photos b ON b.id = c.better "
        "JOIN photos w ON w.id = c.worse WHERE NOT is_withdrawn "
        "AND b.missing_since IS NULL AND w.missing_since IS NULL ORDER BY c.step"
    )
    last = {frozenset(pair): pair for pair in rows}
    return [(path_of(better), path_of(worse)) for better, worse in last.values()]
