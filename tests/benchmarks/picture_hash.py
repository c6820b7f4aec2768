"""What pictures' hashes add to a first opening: with them, and with none made, in turns.

    python -m tests.benchmarks.picture_hash PHOTOS [--photos 20000] [--turns 3]

The album is hard links of real photos. Prints seconds of the processor and on the wall of each
opening, and the ratio of the medians. Without hashes no picture is told from its copies.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from photoaes.album.store import identity
from photoaes.album.store.opening import open_store
from tests.benchmarks.album import _make as make_album
from tests.benchmarks.album import _open as open_and_read
from tests.benchmarks.machine import machine_line


def main() -> None:
    """Print a line for each opening, then the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("--photos", type=int, default=20_000)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--scratch", type=Path, help="folder on the photos' disk")
    options = parser.parse_args()
    print(machine_line())
    made = getattr(identity, "picture_hash")  # noqa: B009
    took: dict[bool, list[float]] = {True: [], False: []}
    with tempfile.TemporaryDirectory(dir=options.scratch) as scratch:
        album = Path(scratch) / "album"
        make_album(options.source, album, options.photos)
        for turn in range(2 * options.turns):
            has_hash = bool(turn % 2)
            setattr(identity, "picture_hash", made if has_hash else lambda *_: None)  # noqa: B010
            with open_store(Path(scratch) / f"{turn}.db") as store:
                wall, work = time.perf_counter(), time.process_time()
                open_and_read(store, album)
                took[has_hash].append(time.process_time() - work)
                print(
                    f"{'with' if has_hash else 'without'}: {took[has_hash][-1]:.2f} CPU s, "
                    f"{time.perf_counter() - wall:.2f} s",
                    flush=True,
                )
    middle = {has_hash: statistics.median(all_) for has_hash, all_ in took.items()}
    print(f"with / without: {middle[True] / middle[False]:.3f}")


if __name__ == "__main__":
    main()
