"""A process whose children open an album, or export it, and are killed at a random moment.

Run as `python -m tests.killed_albums STORE ALBUM TARGET`. For each line of its input, such as
"open 0.1" or "export 0.2", it forks a child, since imports are slow, and kills it after so many
seconds. The child prints the name of each file that it has exported, or "opened"; "killed" follows.
"""

import os
import signal
import sys
import time
from pathlib import Path

import photoaes.jobs.open_album as opening
import photoaes.jobs.read_album as reading
from photoaes.album.export.exporting import export, plan_export
from photoaes.album.export.receipt import Receipt
from photoaes.album.photo import scan
from photoaes.album.ranking import RankedPhoto
from photoaes.album.store.opening import open_store
from photoaes.cli.opened import finished
from photoaes.cli.progress import Meter


def open_album(store: Path, album: Path, _: Path) -> None:
    reading.READ_AT_ONCE = 5
    meter = Meter(quiet=True)
    with open_store(store) as opened:
        found = finished(opening.open_album(opened, album), meter)
        finished(reading.read_album(opened, found), meter)
    os.write(1, b"opened\n")


def export_album(_: Path, album: Path, target: Path) -> None:
    photos = [RankedPhoto(p.path, n, 5.0, 3.0, None) for n, p in enumerate(scan(album), start=1)]
    for event in export(plan_export(photos, target), Receipt("Bank", "digest", 0)):
        os.write(1, f"{event.path.name}\n".encode())


def main() -> None:
    folders = [Path(argument) for argument in sys.argv[1:]]
    for line in sys.stdin:
        command, seconds = line.split()
        begun, begin = os.pipe()
        child = os.fork()
        if child == 0:
            os.write(begin, b"1")
            (open_album if command == "open" else export_album)(*folders)
            os._exit(0)
        os.read(begun, 1)
        time.sleep(float(seconds))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(begun)
        os.close(begin)
        os.write(1, b"killed\n")


if __name__ == "__main__":
    main()
