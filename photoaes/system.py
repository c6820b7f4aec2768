"""What Linux, macOS and Windows do differently, in one place.

photoaes is developed on Linux. The other branches follow the systems' documentation; tests run them
with the systems' own parts replaced, and nobody has run them there yet.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence

# What a lock that somebody else has raises, on one system or another.
HELD = (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK)
# Windows keeps others from reading a locked byte, so it is one far behind the text.
_LOCKED_BYTE = 1 << 30


def is_windows() -> bool:
    """Asked at every call, so that tests may say so."""
    return sys.platform == "win32"


def lock_file(descriptor: int) -> None:
    """Keep other processes, and this one, from locking the open file until it is closed.

    Raises OSError with one of `HELD` if somebody has it, with another where the drive knows none.
    """
    if sys.platform == "win32":
        import msvcrt

        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        os.lseek(descriptor, 0, os.SEEK_SET)
    else:
        import fcntl

        # Not lockf: its locks do not keep the same process out, and any close drops them.
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def guards_open_files() -> bool:
    """Whether what is open can neither be renamed nor removed, so that it needs no lock."""
    return is_windows()


def is_ours(status: os.stat_result) -> bool:
    """Whether a file belongs to who runs this; Windows tells nobody in a stat."""
    return is_windows() or status.st_uid == os.geteuid()


def opens_folders() -> bool:
    """Whether a folder can be opened, which it takes to lock it or to have it on the disk."""
    return not is_windows()


def revealing(files: Sequence[str]) -> list[str] | None:
    """The command that shows files selected in their folder; None where the desktop is asked."""
    if is_windows():  # which selects one; quotes are part of the word that it takes
        return ["explorer", f"/select,{files[0]}"]
    if sys.platform == "darwin":
        return ["open", "-R", *files]
    return None


def path_of_url(name: bytes) -> bytes:
    """A file URL's path, unescaped, as the system writes it: /C:/Photos is C:/Photos on Windows."""
    return name.lstrip(b"/") if is_windows() else name
