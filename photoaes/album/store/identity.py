"""Which file is which photo: a quick hash of the content, and whether a file is gone.

Hashed are the size, the first 64 KiB and the last 16 KiB: two short reads, so that 100,000 files
stay cheap on a slow disk too. The head holds the EXIF with the time to fractions of a second, and
the first compressed rows; compressed files that agree in it, in the end and in the size to the
byte are the same in practice. An edit in the middle of an uncompressed file of the same size
goes unseen, so the hash only tells which files were moved, renamed or copied; whether a file has
changed is told by its size and time.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

HEAD = 64 << 10
TAIL = 16 << 10


def content_hash(path: Path) -> bytes | None:
    """16 bytes, the same for copies; None for an empty file or one that cannot be read."""
    try:
        # Opening a pipe would wait for a writer, without end. Windows would turn line ends.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(path, flags), "rb", buffering=0) as file:
            size = os.fstat(file.fileno()).st_size
            if size == 0:
                return None
            digest = hashlib.blake2b(size.to_bytes(8, "little"), digest_size=16)
            digest.update(file.read(HEAD) or b"")
            if size > HEAD:
                file.seek(max(HEAD, size - TAIL))
                digest.update(file.read(TAIL) or b"")
    except OSError:
        return None
    return digest.digest()


def is_gone(path: Path) -> bool:
    """Whether there is no such file. What cannot be looked at is not gone."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def path_key(path: Path | str) -> bytes:
    """The path as the store keeps it: absolute, in the bytes of the file system."""
    # abspath would cost seconds for 100,000 paths that are absolute already, and so would a Path.
    is_absolute = os.path.isabs(path)  # noqa: PTH117
    return os.fsencode(path if is_absolute else Path(path).absolute())


def path_of(key: bytes) -> Path:
    """The path that `path_key` was made of."""
    return Path(os.fsdecode(key))


def range_below(folder: Path) -> tuple[bytes, bytes]:
    """Keys between which the keys of all paths below the folder lie, and no others."""
    separator = os.fsencode(os.sep)
    first = path_key(folder).removesuffix(separator) + separator
    return first, first[:-1] + bytes([first[-1] + 1])


def told(path: Path | str) -> str:
    """The path as text that SQLite takes: bytes that are no UTF-8 become replacement signs."""
    return os.fsencode(path).decode("utf-8", "replace")
