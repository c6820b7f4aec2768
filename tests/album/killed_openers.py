"""Children that open a store are killed before the Nth line of our code, for many N.

Run as `python -m tests.album.killed_openers FOLDER STEP`. FOLDER/before is copied for each child:
it may hold nothing, or the store `data/album.db` of an older version, or a damaged one, with a
backup. After each kill the store is opened again; each star that it had (in FOLDER/stars, by a
photo's number) must be there. Prints the number of kills, then "done".
"""

import json
import os
import shutil
import signal
import sqlite3
import sys
from pathlib import Path
from types import FrameType
from typing import Any

from photoaes.album.store import backups, database, migrations, recovery
from photoaes.album.store import opening as store
from photoaes.album.store.migrations import MIGRATIONS
from photoaes.album.store.opening import Store, open_store

_FILES = {module.__file__ for module in (backups, database, migrations, recovery, store)}


def add_note(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE photos ADD COLUMN note TEXT")
    connection.execute("UPDATE photos SET note = 'x'")


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


def opened(folder: Path) -> Store:
    return open_store(folder / "data" / "album.db", migrations=(*MIGRATIONS, add_note))


def kill_at(line: int, folder: Path) -> bool:
    child = os.fork()
    if child == 0:
        sys.settrace(killer(line))
        opened(folder)
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def main() -> None:
    folder, step = Path(sys.argv[1]), int(sys.argv[2])
    stars = {int(number): given for number, given in json.loads((folder / "stars").read_text())}
    line, was_killed = 0, True
    while was_killed:
        shutil.rmtree(folder / "now", ignore_errors=True)
        shutil.copytree(folder / "before", folder / "now")
        was_killed = kill_at(line, folder / "now")
        with opened(folder / "now") as again:
            found = dict(again.rows("SELECT id, stars FROM photos WHERE stars IS NOT NULL"))
            assert found == stars, line
            assert stars or again.opening.notices == (), again.opening
            assert again.rows("PRAGMA quick_check") == [("ok",)]
        assert len(list((folder / "now" / "data").glob("*.partial"))) == 0
        line += step
    sys.stdout.write(f"{line // step}\ndone\n")


if __name__ == "__main__":
    main()
