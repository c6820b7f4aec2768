"""Which file is which photo: quick hashes of the file and of its picture; whether a file is gone.

Of the file are hashed the size, the first 64 KiB and the last 16 KiB: two short reads, so that
100,000 files stay cheap on a slow disk too. The head holds the EXIF with the time to fractions of a
second, and the first compressed rows; compressed files that agree in it, in the end and in the size
to the byte are the same in practice. An edit in the middle of an uncompressed file of the same size
goes unseen, so the hash only tells which files were moved, renamed or copied; whether a file has
changed is told by its size and time. The picture's hash stays when metadata change, see
`metadata.picture`.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from photoaes.album.look import look_of
from photoaes.album.metadata.photo_file import read_metadata
from photoaes.album.metadata.picture import picture_hash
from photoaes.images.kinds import HEAD_BYTES, kind_of

HEAD = 64 << 10
TAIL = 16 << 10


@dataclass(frozen=True)
class Fingerprint:
    """Of one file. `content` is None for an empty file or one that cannot be read, `picture` for a
    file in which no picture is found."""

    content: bytes | None = None
    picture: bytes | None = None

    @property
    def key(self) -> bytes | None:
        """What copies of a photo share, whatever their metadata."""
        return self.picture or self.content


@dataclass(frozen=True)
class Evidence:
    """What tells two pictures apart whose files differ, in the order of its weight.

    `taken` is the camera's clock, in seconds as in `Columns`; `look` may be known only where that
    does not tell one photo from others.
    """

    taken: float | None = None
    camera: str | None = None
    look: bytes | None = None


def content_hash(path: Path) -> bytes | None:
    """16 bytes, the same for copies; None for an empty file or one that cannot be read."""
    try:
        with _opened(path) as file:
            return _content(file)[0]
    except OSError:
        return None


def fingerprint(path: Path) -> Fingerprint:
    """Both hashes, from one opening of the file."""
    try:
        with _opened(path) as file:
            content, start = _content(file)
            if content is None:
                return Fingerprint()
            picture = picture_hash(file, path.name, start)
            if picture is None and kind_of(start[:HEAD_BYTES], path.suffix) is not None:
                # Kinds whose metadata nobody tells from the pixels: another file, another picture.
                picture = content
            return Fingerprint(content, picture)
    except OSError:
        return Fingerprint()


def evidence(path: Path) -> Evidence:
    """What the file at this path says and shows. Raises nothing."""
    metadata = read_metadata(path)
    is_said = metadata.taken is not None and metadata.dated_by is None
    taken = metadata.taken_s if is_said else None
    is_enough = taken is not None and not tells_little(taken)
    return Evidence(taken, metadata.camera, None if is_enough else look_of(path))


def tells_little(taken: float) -> bool:
    """Whether a clock that was reset says such times: midnight, and all of 1 January."""
    moment = datetime.fromtimestamp(0, UTC) + timedelta(seconds=taken)
    return (moment.month, moment.day) == (1, 1) or not int(taken) % 86_400


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    # Opening a pipe would wait for a writer, without end. Windows would turn line ends.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        yield file


def _content(file: BinaryIO) -> tuple[bytes | None, bytes]:
    """The hash, and the file's first bytes, which tell more than that."""
    size = os.fstat(file.fileno()).st_size
    if size == 0:
        return None, b""
    digest = hashlib.blake2b(size.to_bytes(8, "little"), digest_size=16)
    start = file.read(HEAD) or b""
    digest.update(start)
    if size > HEAD:
        file.seek(max(HEAD, size - TAIL))
        digest.update(file.read(TAIL) or b"")
    return digest.digest(), start


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
    text = os.fspath(path)
    # abspath would cost seconds for 100,000 paths that are absolute already, and so would a Path.
    return os.fsencode(text if text.startswith(os.sep) else Path(text).absolute())


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
