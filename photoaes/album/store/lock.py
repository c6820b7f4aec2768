"""One writer at a time: a lock of the operating system on a file beside the store.

The system drops the lock with the process that holds it, so a crash leaves nothing to clear away.
The file's content only says who that is; the file stays, since removing it would be a race.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import sys
from pathlib import Path

from photoaes.errors import PhotoaesError, Sentence, StoreLocked
from photoaes.plain_files import read_plain
from photoaes.system import HELD, lock_file

_SAFE = 0
for _name in ("O_CLOEXEC", "O_NOFOLLOW", "O_NONBLOCK"):
    _SAFE |= getattr(os, _name, 0)


def acquire(store: Path) -> int:
    """The lock of this store, as a descriptor for `release`.

    Raises StoreLocked if another process, or this one, has it; PhotoaesError if the folder cannot
    be written or its drive knows no locks.
    """
    path = store.with_name(f"{store.name}.lock")
    try:
        store.parent.mkdir(parents=True, exist_ok=True)
        if path.is_symlink():  # to somebody's photo, which would be emptied
            path.unlink()
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | _SAFE, 0o644)
    except OSError as error:
        raise PhotoaesError(
            Sentence(
                "The folder {0}, where ratings are kept, cannot be written ({1}). "
                "Check its permissions, its disk's room and write protection.",
                store.parent,
                error.strerror,
            ),
            store.parent,
        ) from error
    try:
        lock_file(descriptor)
    except OSError as error:
        os.close(descriptor)
        raise _refusal(error, path, store) from error
    # A full disk has no room for who has it, and still lets its ratings be read.
    with contextlib.suppress(OSError):
        _write(descriptor, _holder())
    return descriptor


def release(descriptor: int) -> None:
    """Give the lock back, so that another process can open the store."""
    with contextlib.suppress(OSError):  # its drive may be gone
        _write(descriptor, b"")
    os.close(descriptor)  # which drops the lock


def _write(descriptor: int, content: bytes) -> None:
    """Unless the file has another name, under which it may be anything."""
    if os.fstat(descriptor).st_nlink == 1:
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, content, 0)


def _holder() -> bytes:
    program = Path(sys.argv[0]).name or "photoaes"
    held = {"program": program, "pid": os.getpid(), "host": socket.gethostname()}
    return json.dumps(held).encode()


def _refusal(error: OSError, path: Path, store: Path) -> PhotoaesError:
    if error.errno in HELD:
        return StoreLocked(
            Sentence(
                "The ratings in {0} are open in another photoaes{1}. "
                "Close that one first: two at once could lose ratings.",
                store,
                _who(path),
            ),
            store,
        )
    return PhotoaesError(
        f"The ratings in {store} cannot be locked ({error.strerror}). Keep them on a drive of this "
        "computer, with room left.",
        store,
    )


def _who(path: Path) -> str:
    """A clause, empty if the holder has not written it yet."""
    try:
        held = json.loads(read_plain(path, 4096))
        form = " ({0}, process {1} on {2})"
        return Sentence(form, held["program"], held["pid"], held["host"])
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return ""
