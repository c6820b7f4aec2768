"""A process whose children write one sidecar without end and are killed, one for each line read.

Run as `python -m tests.album.killed_writers PHOTO SIDECAR`. It answers each line with the stars
that the child last reported as written. Children are forked: imports would take most of the time.
"""

import itertools
import os
import random
import signal
import sys
import time
from pathlib import Path

from photoaes.album.marks import Marks
from photoaes.album.sidecar_writing import write_marks


def write_without_end(photo: Path, sidecar: Path, report: int) -> None:
    for n in itertools.count():
        write_marks(photo, Marks(1 + n % 5), sidecars=[sidecar])
        os.write(report, bytes([1 + n % 5]))


def kill_one(photo: Path, sidecar: Path, seconds: float) -> int:
    reported, report = os.pipe()
    child = os.fork()
    if child == 0:
        write_without_end(photo, sidecar, report)
    os.close(report)
    first = os.read(reported, 1)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    rest = os.read(reported, 65536)
    os.close(reported)
    return (first + rest)[-1]


def main() -> None:
    moments = random.Random(7)
    for _ in sys.stdin:
        last = kill_one(Path(sys.argv[1]), Path(sys.argv[2]), moments.uniform(0, 0.03))
        sys.stdout.write(f"{last}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
