"""A process whose children write one sidecar and are killed. Children are forked: imports are slow.

Run as `python -m tests.album.killed_writers PHOTO SIDECAR`. It answers the line "soon" with the
stars that a child, which wrote without end, last reported as written when it was killed; and "at N"
with 1 if a child was killed before the Nth line of `atomic.replace` and of what this calls in its
module or to write, 0 if there was no such line and the child has written its 5 stars.
"""

import itertools
import os
import random
import signal
import sys
import time
from pathlib import Path
from types import FrameType
from typing import Any

from photoaes import new_files
from photoaes.album import atomic
from photoaes.album.marks import Marks
from photoaes.album.sidecars.writing import write_marks


def write_without_end(photo: Path, sidecar: Path, report: int) -> None:
    for n in itertools.count():
        write_marks(photo, Marks(1 + n % 5), sidecars=[sidecar])
        os.write(report, bytes([1 + n % 5]))


def kill_soon(photo: Path, sidecar: Path, seconds: float) -> int:
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


def kill_at(photo: Path, sidecar: Path, line: int) -> int:
    child = os.fork()
    if child == 0:
        sys.settrace(killer(line))
        write_marks(photo, Marks(5), sidecars=[sidecar])
        os._exit(0)
    return int(os.WIFSIGNALED(os.waitpid(child, 0)[1]))


def killer(line: int) -> Any:
    """A trace function for `sys.settrace`."""
    left = line

    def trace(frame: FrameType, event: str, _: object) -> Any:
        nonlocal left
        code = frame.f_code
        ours = code.co_filename in (atomic.__file__, new_files.__file__)
        if not ours and not code.co_name.startswith("write"):
            return None
        if event == "line" and code is not write_marks.__code__:
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    return trace


def main() -> None:
    photo, sidecar = Path(sys.argv[1]), Path(sys.argv[2])
    moments = random.Random(7)
    for command in sys.stdin:
        if command.startswith("at "):
            answer = kill_at(photo, sidecar, int(command[3:]))
        else:
            answer = kill_soon(photo, sidecar, moments.uniform(0, 0.03))
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
