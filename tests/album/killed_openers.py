"""Children that open a new store are killed before the Nth line of our code, for many N.

Run as `python -m tests.album.killed_openers FOLDER`. Prints the number of kills, then "done".
"""

import os
import shutil
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Any

from photoaes.album import backups, database, migrations, recovery, store
from photoaes.album.store import open_store

_FILES = {module.__file__ for module in (backups, database, migrations, recovery, store)}


def killer(line: int) -> Any:
    """A trace function for `sys.settrace`."""
    left = line

    def trace(frame: FrameType, event: str, _: object) -> Any:
        nonlocal left
        if frame.f_code.co_filename not in _FILES:
            return None
        left -= event == "line"
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return trace

    return trace


def kill_at(line: int, file: Path) -> bool:
    child = os.fork()
    if child == 0:
        sys.settrace(killer(line))
        open_store(file)
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def main() -> None:
    data = Path(sys.argv[1]) / "data"
    line = 0  # every third, lest the test take long; all have been tried
    while kill_at(line, data / "album.db"):
        with open_store(data / "album.db") as opened:
            assert opened.opening.notices == (), (line, opened.opening)
        shutil.rmtree(data)
        line += 3
    sys.stdout.write(f"{line}\ndone\n")


if __name__ == "__main__":
    main()
