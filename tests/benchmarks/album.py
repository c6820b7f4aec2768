"""An album of 100,000 photos: hard links of real ones in nested folders.

    python -m tests.benchmarks.album PHOTOS [--photos 100000]

Times the whole opening as the program does it (walk, content hashes, EXIF and sidecars, store),
the second opening of the unchanged album, the grid's columns, and one star. Peak memory is the
process's own.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from photoaes.album.ordering import SortKey, ordered
from photoaes.album.photo import scan
from photoaes.album.store.opening import Store, open_store
from photoaes.album.store.rating_log import set_stars
from photoaes.album.store.scores import load_columns
from photoaes.cli.opened import finished
from photoaes.cli.progress import Meter
from photoaes.jobs.open_album import open_album
from photoaes.jobs.read_album import read_album
from tests.benchmarks.machine import machine_line

PER_FOLDER = 500


def _make(source: Path, album: Path, count: int) -> None:
    photos = [photo.path for photo in scan(source)]
    for number in range(count):
        folder = album / f"{number // (PER_FOLDER * 20):02}" / f"{number // PER_FOLDER:04}"
        if number % PER_FOLDER == 0:
            folder.mkdir(parents=True)
        photo = photos[number % len(photos)]
        os.link(photo, folder / f"IMG_{number:06}{photo.suffix}")


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _open(store: Store, folder: Path) -> None:
    meter = Meter(quiet=True)
    album = finished(open_album(store, folder), meter)
    finished(read_album(store, album), meter)


def _peak() -> str:
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10} MiB"


def main() -> None:
    """Print a line for each measurement."""
    parser = argparse.ArgumentParser()
    parser.add_argument("source", type=Path, help="photos on the same disk as the temporary folder")
    parser.add_argument("--photos", type=int, default=100_000)
    parser.add_argument("--scratch", type=Path, help="folder on the photos' disk")
    options = parser.parse_args()
    print(machine_line())
    with tempfile.TemporaryDirectory(dir=options.scratch) as scratch:
        album = Path(scratch) / "album"
        _make(options.source, album, options.photos)
        with open_store(Path(scratch) / "album.db") as store:
            print(f"walk: {_seconds(lambda: scan(album)):.2f} s")
            print(f"first opening: {_seconds(lambda: _open(store, album)):.1f} s")
            print(f"peak memory after it: {_peak()}")
            again = [_seconds(lambda: _open(store, album)) for _ in range(3)]
            print(f"second opening: {statistics.median(again):.2f} s")
            photos = scan(album.resolve())
            columns = load_columns(store, photos, "bank", None)
            loading = [
                _seconds(lambda: load_columns(store, photos, "bank", None)) for _ in range(3)
            ]
            print(f"columns of the grid: {statistics.median(loading):.2f} s")
            sorting = [_seconds(lambda: ordered(columns, SortKey.DATE)) for _ in range(9)]
            print(f"sort by date: {statistics.median(sorting) * 1000:.0f} ms")
            stars = [
                _seconds(lambda p=photo.path: set_stars(store, [p], 3))  # type: ignore[misc]
                for photo in photos[:: len(photos) // 200]
            ]
            print(f"one star: {statistics.median(stars) * 1000:.2f} ms")
            print(f"peak memory: {_peak()}")


if __name__ == "__main__":
    main()
