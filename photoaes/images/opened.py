"""A photo's file, open for reading."""

import io
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from photoaes.errors import PhotoUnreadable
from photoaes.images.faults import system_reason
from photoaes.images.limits import MAX_FILE_BYTES

# Read at once: it holds the header of most photos, camera's thumbnail included. Each reading more
# is a turn of the interpreter lock, and on a network drive one of the network.
_BUFFER = 64 << 10


class _OwnFile(io.FileIO):
    """A file whose descriptor stays unknown to Pillow.

    libtiff would map it into memory, and a card pulled out at that moment kills the process.
    """

    def fileno(self) -> int:
        raise io.UnsupportedOperation("fileno")


@contextmanager
def opened_photo(path: Path) -> Iterator[BinaryIO]:
    """The open file, for regular files of a photo's size only. Raises PhotoUnreadable."""
    try:
        status = path.stat()
        _check_status(path, status.st_mode, status.st_size)
        raw = _OwnFile(path, "rb")
    except OSError as error:
        raise PhotoUnreadable(path, system_reason(error)) from error
    except ValueError as error:  # a name with a null character
        raise PhotoUnreadable(path, "no file can have this name") from error
    with raw, io.BufferedReader(raw, _BUFFER) as file:
        yield file


def _check_status(path: Path, mode: int, size: int) -> None:
    if stat.S_ISDIR(mode):
        raise PhotoUnreadable(path, "it is a folder, not a file")
    if not stat.S_ISREG(mode):  # opening a pipe would wait for a writer, without end
        raise PhotoUnreadable(path, "it is a device or a pipe, not a photo")
    if size == 0:
        raise PhotoUnreadable(path, "the file is empty")
    if size > MAX_FILE_BYTES:
        raise PhotoUnreadable(path, f"the file is larger than {MAX_FILE_BYTES >> 30} GiB")
