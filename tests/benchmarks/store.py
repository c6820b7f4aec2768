"""The store with 100,000 photos: scans, a star, what the grid needs, scores, opening, memory.

python -m tests.benchmarks.store [--photos 100000] [--repeats 5] [--folder /where/the/disk/is]
"""

from __future__ import annotations

import argparse
import hashlib
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from photoaes.album.photo import Photo
from photoaes.album.store.identity import Fingerprint, content_hash, fingerprint
from photoaes.album.store.lessons import ratings_for_fit
from photoaes.album.store.opening import Store, open_store
from photoaes.album.store.rating_log import set_stars
from photoaes.album.store.scores import (
    Facts,
    load_columns,
    load_scores,
    photo_ids,
    save_facts,
    save_scores,
)
from photoaes.album.store.sync import Looked, sync
from photoaes.album.store.undo import undo
from tests.benchmarks.machine import machine_line


def _photos(count: int) -> list[Photo]:
    return [
        Photo(Path(f"/album/{n // 1000:03}/DSC{n:06}.JPG"), 10**6 + n, 10**18 + n)
        for n in range(count)
    ]


def _milliseconds(work: Callable[[], object], repeats: int) -> tuple[float, float]:
    """Median and worst."""
    taken = []
    for _ in range(repeats):
        begun = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken), max(taken)


def _row(name: str, work: Callable[[], object], repeats: int) -> None:
    median, worst = _milliseconds(work, repeats)
    print(f"{name}: {median:.2f} (worst {worst:.2f}, of {repeats})")


def _first_scan(file: Path, photos: Sequence[Photo]) -> Store:
    hashes = {one.path: hashlib.blake2b(bytes(one.path), digest_size=16).digest() for one in photos}
    looked = Looked({path: Fingerprint(one, one) for path, one in hashes.items()}, {})
    store = open_store(file)
    _row("first scan, hashes given", lambda: sync(store, photos, looked=looked), 1)
    return store


def _queries(store: Store, photos: list[Photo], repeats: int) -> None:
    folder = Path("/album")
    facts = [(one, Facts(float(n), f"Camera {n % 9}", n % 3 == 0)) for n, one in enumerate(photos)]
    scored = [(one, float(n % 997)) for n, one in enumerate(photos)]
    paths = [one.path for one in photos]
    _row("second scan, nothing changed", lambda: sync(store, photos, folder=folder), repeats)
    stars = iter(np.random.default_rng(0).permutation(len(photos)).tolist() * 2)
    _row("one star", lambda: set_stars(store, [paths[n := next(stars)]], 1 + n % 5), 200)
    _row("undo of one", lambda: undo(store), 50)
    _row("stars for all, one step", lambda: set_stars(store, paths, 3), 1)
    _row("undo of all", lambda: undo(store), 1)
    _row("ratings for a fit", lambda: ratings_for_fit(store), repeats)
    _row("save facts", lambda: save_facts(store, facts), repeats)
    _row("save scores", lambda: save_scores(store, "digest", None, scored), repeats)
    ids = photo_ids(store, photos)
    _row("numbers of photos", lambda: photo_ids(store, photos), repeats)
    _row("load scores", lambda: load_scores(store, "digest", None, ids), repeats)
    _row("load all columns", lambda: load_columns(store, photos, "digest", None), repeats)


def _hashing(folder: Path, repeats: int) -> None:
    files = [folder / f"{n}.jpg" for n in range(200)]
    for path in files:
        path.write_bytes(os.urandom(1 << 20))
    _row("hash 200 files of 1 MiB, in memory", lambda: [*map(content_hash, files)], repeats)
    noise = Image.effect_noise((3000, 2000), 60).convert("RGB")
    noise.save(files[0], quality=90)
    for path in files[1:]:
        path.write_bytes(files[0].read_bytes())
    size = files[0].stat().st_size / 1e6
    _row(f"hash 200 JPEGs of {size:.0f} MB", lambda: [*map(content_hash, files)], repeats)
    _row("and their pictures", lambda: [*map(fingerprint, files)], repeats)


def main() -> None:
    """Print a row for each thing a user waits for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--photos", type=int, default=100_000)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    print(machine_line())
    print(f"{options.photos} photos, medians in ms")
    photos = _photos(options.photos)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        file = Path(name) / "album.db"
        with _first_scan(file, photos) as store:
            _queries(store, photos, options.repeats)
        _row("open and close, with a backup", lambda: open_store(file).close(), 1)
        _row(
            "open and close, whole file checked", lambda: open_store(file).close(), options.repeats
        )
        print(f"file: {file.stat().st_size / 2**20:.0f} MiB")
        _hashing(Path(name), options.repeats)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"peak memory: {peak / 1024:.0f} MiB, {before / 1024:.0f} of it before the store")


if __name__ == "__main__":
    main()
