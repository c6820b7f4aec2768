"""Rates photos without end, telling each star once it is committed; to be killed.

Run as `python -m tests.album.killed_raters STORE FOLDER`. For each line of its input it forks a
child, since imports are slow, which opens the store and prints `NAME STARS` for each star. The
child is killed after as many seconds as the line says. "killed" follows.
"""

import itertools
import os
import signal
import sys
import time
from pathlib import Path

from photoaes.album.photo import scan
from photoaes.album.store.opening import open_store
from photoaes.album.store.rating_log import set_stars
from photoaes.album.store.sync import sync
from photoaes.album.store.undo import redo, undo


def rate_without_end(file: Path, folder: Path) -> None:
    photos = scan(folder)
    store = open_store(file)
    sync(store, photos, folder=folder)
    seed = time.monotonic_ns()
    for n in itertools.count(seed):
        path = photos[n % len(photos)].path
        set_stars(store, [path], 1 + n % 5)
        if n % 7 == 0:
            undo(store)
            redo(store)
        os.write(1, f"{path.name} {1 + n % 5}\n".encode())


def main() -> None:
    file, folder = Path(sys.argv[1]), Path(sys.argv[2])
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            rate_without_end(file, folder)
        time.sleep(float(line))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.write(1, b"killed\n")


if __name__ == "__main__":
    main()
