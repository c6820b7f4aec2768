"""A store with a small album of files on disk, for tests of what stands on the store."""

import os
from collections.abc import Iterable
from pathlib import Path

from photoaes.album.marks import Marks
from photoaes.album.photo import Photo, photo_as, scan
from photoaes.album.store.opening import Store, open_store
from photoaes.album.store.rating_log import known
from photoaes.album.store.sync import SyncSummary, sync

_TIME_NS = 10**18


def album(folder: Path, names: Iterable[str] = ("a.jpg", "b.jpg", "c.jpg")) -> list[Path]:
    """Files of different content: the store looks at bytes alone, so they are no real pictures.

    Each has a time of its own, also where a disk's clock ticks seldom.
    """
    folder.mkdir(exist_ok=True)
    paths = [folder / name for name in names]
    for number, path in enumerate(paths):
        path.write_bytes(os.fsencode(path.name) * 50)
        os.utime(path, ns=(_TIME_NS + number * 10**9,) * 2)
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
