"""Reads a file whole, but never more of it than was said, and nothing that is no file.

A pipe would be waited for without end, a device read without end, and a file may grow while it is
read. What such a file holds is never taken in parts: it is refused.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path

_MOST_NS = (1 << 63) - 1  # in April of 2262


def is_own_file(path: Path) -> bool:
    """Whether it is a file, by this one name alone, or nothing: what is written there in place
    reaches no other file. Raises OSError."""
    try:
        status = path.lstat()
    except FileNotFoundError:
        return True
    return stat.S_ISREG(status.st_mode) and status.st_nlink == 1


def kept_ns(time_ns: int) -> int:
    """A file's time, or the nearest that 64 bits can say: a camera or a damaged drive may date a
    file into the year 2500, which no database takes."""
    return max(-_MOST_NS, min(time_ns, _MOST_NS))


class NotPlain(OSError):
    """What is no regular file, or larger than it may be; `strerror` is a clause that says so."""

    strerror: str


@contextmanager
def opened_plain(path: Path, most: int | None = None) -> Iterator[BufferedReader]:
    """The file, open for reading; links are followed. Raises OSError, NotPlain among them."""
    # Opening a pipe would wait for a writer. Windows would turn line ends.
    flags = os.O_RDONLY
    for name in ("O_NONBLOCK", "O_NOCTTY", "O_BINARY", "O_CLOEXEC"):
        flags |= getattr(os, name, 0)
    try:
        descriptor = os.open(path, flags)
    except ValueError as error:  # a zero byte in the name
        raise OSError(errno.EINVAL, "its name cannot be a file's", str(path)) from error
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise NotPlain(errno.EINVAL, "it is not a file", str(path))
        if most is not None and status.st_size > most:
            raise NotPlain(errno.EFBIG, _too_large(most), str(path))
        yield file


def read_plain(path: Path, most: int) -> bytes:
    """The file's content. Raises OSError, NotPlain where there are more than `most` bytes."""
    with opened_plain(path, most) as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise NotPlain(errno.EFBIG, _too_large(most), str(path))
    return data


def _too_large(most: int) -> str:
    size = f"{most >> 20} MiB" if most >= 1 << 20 else f"{most} bytes"
    return f"it is larger than {size}"
