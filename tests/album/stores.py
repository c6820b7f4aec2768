"""A store with a small album of files on disk, for tests of what stands on the store."""

import os
from collections.abc import Iterable
from pathlib import Path

from photoaes.album.marks import Marks
from photoaes.album.photo import Photo, photo_as, scan
from photoaes.album.store.opening import Store, open_store
from photoaes.album.store.rating_log import known
from photoaes.album.store.sync import SyncSummary, sync


def album(folder: Path, names: Iterable[str] = ("a.jpg", "b.jpg", "c.jpg")) -> list[Path]:
    """Files of different content: the store looks at bytes alone, so they are no real pictures."""
    folder.mkdir(exist_ok=True)
    paths = [folder / name for name in names]
    for path in paths:
        path.write_bytes(os.fsencode(path.name) * 50)
    return paths


def photo(path: Path) -> Photo:
    return photo_as(path, path.stat())


def rescan(store: Store, folder: Path) -> SyncSummary:
    return sync(store, scan(folder), folder=folder)


def marks(store: Store, path: Path) -> Marks:
    found = known(store, path)
    assert found is not None
    return found.marks


def memory_store(folder: Path) -> Store:
    """A store in memory that knows the folder's photos."""
    store = open_store(None)
    rescan(store, folder)
    return store
