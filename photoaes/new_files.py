"""The one way in which photoaes makes a file: never through a name that is already there.

A file is written under a random name of its own in the target's folder, opened so that no link,
pipe or earlier file can be behind that name, and gets the target's name when it is whole and on the
disk. What a killed run leaves is removed by whoever writes into the folder next: the system drops
the lock on it with the process, so nobody takes a file that is still being written.
"""

from __future__ import annotations

import contextlib
import csv
import errno
import io
import os
import re
import secrets
import shutil
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, TextIO, cast

from photoaes.plain_files import NotPlain, opened_plain
from photoaes.system import HELD, guards_open_files, is_ours, lock_file, opens_folders

_OURS = re.compile(r"\.photoaes-[0-9a-f]{32}\.partial")
_BESIDE = ("-journal", "-wal", "-shm")  # SQLite's, of a copy of the store
_CHUNK = 1 << 20
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NOT_ALONE = "it is a link, or no file: what is written there would be written elsewhere"
# A folder of 100,000 photos takes a while to list: not again for so many times that long.
_PAUSE, _PAUSE_TIMES = 2.0, 50.0
_sweep_again: dict[str, float] = {}


@contextlib.contextmanager
def new_file(
    path: Path, *, over: bool, mode: int = 0o666, is_durable: bool = True
) -> Iterator[BinaryIO]:
    """A file to write, which is `path` once the block has ended; `name` is its path until then.

    With `over`, whatever had the name before gives way (a link itself, not what is behind it);
    without, FileExistsError is raised if the name is taken. If the block raises, nothing is there.
    Of a cache, which is not `is_durable`, a power cut may take it. Raises OSError.
    """
    remove_leftovers(path.parent)
    with _named(path), _opened(path.parent, mode) as file:
        partial = Path(file.name)
        try:
            yield file
            file.flush()
            if is_durable:
                os.fsync(file.fileno())
            if guards_open_files():
                file.close()
            if over:
                partial.replace(path)
            elif not claim(partial, path):
                raise FileExistsError(17, "there is a file of that name", str(path))
        finally:
            if guards_open_files():
                file.close()
            with contextlib.suppress(OSError):  # nothing to be done, and not what went wrong
                partial.unlink(missing_ok=True)
    if is_durable:
        sync_folder(path.parent)


@contextlib.contextmanager
def new_text_file(path: Path, *, over: bool) -> Iterator[TextIO]:
    """The same for text in UTF-8; names that are no text go into it as the bytes they are."""
    with new_file(path, over=over) as file:
        text = io.TextIOWrapper(file, "utf-8", "surrogateescape", newline="")
        yield text
        text.flush()
        text.detach()  # which else would close the file


@contextlib.contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """A folder to fill, which is `path` once the block has ended. If the block raises, or something
    has that name by then, nothing is there. Raises OSError."""
    remove_leftovers(path.parent)
    partial = path.parent / f".photoaes-{secrets.token_hex(16)}.partial"
    with _named(path):
        partial.mkdir()
    descriptor = os.open(partial, os.O_RDONLY) if opens_folders() else None
    try:
        if descriptor is not None:
            _locked(descriptor)
        with _named(path):
            yield partial
        if os.path.lexists(path):
            raise FileExistsError(17, "there is something of that name", str(path))
        partial.rename(path)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
        if descriptor is not None:
            os.close(descriptor)
    sync_folder(path.parent)


@contextlib.contextmanager
def appended(path: Path) -> Iterator[BinaryIO]:
    """A file that is written at its end, line by line or in pieces, and made if it is not there.

    What is no file by this one name alone is refused: a link would lead to somebody's photo. Each
    write is one of the system's. Raises OSError, NotPlain among them.
    """
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_NOCTTY", "O_BINARY", "O_CLOEXEC"):
        flags |= getattr(os, name, 0)
    try:
        descriptor = os.open(path, flags, 0o666)
    except OSError as error:
        if not path.is_symlink():
            raise
        raise NotPlain(errno.EINVAL, _NOT_ALONE, str(path)) from error
    with _Unbuffered(descriptor, "r+b") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or status.st_nlink != 1:
            raise NotPlain(errno.EINVAL, _NOT_ALONE, str(path))
        yield cast("BinaryIO", file)


class _Unbuffered(io.FileIO):
    """A write is one of the system's, and what that leaves out is written as well."""

    def write(self, data: Any) -> int:
        left = memoryview(data)
        while left:
            left = left[super().write(left) :]
        return len(data)


@contextlib.contextmanager
def appended_table(path: Path) -> Iterator[Any]:
    """The same as a writer of `csv`, a line at a time: who watches a run of days sees how far it
    is."""
    with appended(path) as file:
        text = io.TextIOWrapper(file, "utf-8", newline="", write_through=True)
        yield csv.writer(text)
        text.detach()


def write_file(path: Path, data: bytes, *, over: bool) -> None:
    """Make `path` a file of this content, as `new_file` does."""
    with new_file(path, over=over) as file:
        file.write(data)


def copy_file(source: Path, path: Path, *, over: bool) -> None:
    """Make `path` a copy of a file's content, as `new_file` does.

    The source is copied as long as it was at first: what grows all the time has no end.
    """
    with opened_plain(source) as read, new_file(path, over=over) as file:
        left = os.fstat(read.fileno()).st_size
        while left > 0 and (chunk := read.read(min(left, _CHUNK))):
            file.write(chunk)
            left -= len(chunk)


def claim(partial: Path, path: Path) -> bool:
    """Give a new file its name, unless that is taken: a hard link then fails, a rename would not.

    `partial` may still be there afterwards.
    """
    try:
        os.link(partial, path)
    except FileExistsError:
        return False
    except (OSError, NotImplementedError):  # a file system without hard links, such as exFAT
        if os.path.lexists(path):
            return False
        partial.rename(path)
    return True


def remove_leftovers(folder: Path, *, at_once: bool = False) -> None:
    """Remove what killed runs left in the folder; nothing that is being written, or not ours.

    Where that cannot be told nothing is removed. Unless `at_once`, seldom enough to cost nothing.
    """
    key, begun = os.fspath(folder), time.monotonic()
    if not at_once and begun < _sweep_again.get(key, 0.0):
        return
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _OURS.fullmatch(entry.name):
                _remove_leftover(Path(entry.path))
    now = time.monotonic()
    _sweep_again[key] = now + max(_PAUSE, _PAUSE_TIMES * (now - begun))


def sync_folder(folder: Path) -> None:
    """Names given or taken in the folder are on the disk when this returns, where that works."""
    if not opens_folders():
        return
    with contextlib.suppress(OSError):  # some network drives cannot; the file itself is safe
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextlib.contextmanager
def _named(path: Path) -> Iterator[None]:
    """What the system cannot write is told by the name that it was to have: not by that of the
    moment, and not by none, as where a disk gets full."""
    try:
        yield
    except OSError as error:
        if error.filename is None and error.errno in _NO_ROOM:
            error.filename = os.fspath(path)
        elif isinstance(error.filename, str):
            places = Path(error.filename).parts
            ours = next((n for n, part in enumerate(places) if _OURS.fullmatch(part)), None)
            if ours is not None and Path(*places[:ours]) == path.parent:
                error.filename = os.fspath(path.joinpath(*places[ours + 1 :]))
        raise


@contextlib.contextmanager
def _opened(folder: Path, mode: int) -> Iterator[BinaryIO]:
    """A new file that is locked; one that a sweep took before it was locked is made again."""

    def opener(name: str, flags: int) -> int:
        return os.open(name, flags | getattr(os, "O_NOFOLLOW", 0), mode)

    while True:
        name = folder / f".photoaes-{secrets.token_hex(16)}.partial"
        with open(name, "xb", opener=opener) as file:  # noqa: PTH123 (takes no opener)
            if _locked(file.fileno()) and os.fstat(file.fileno()).st_nlink:
                yield cast("BinaryIO", file)
                return


def _locked(descriptor: int) -> bool:
    """Whether we hold the file now; also where the drive knows no locks."""
    if guards_open_files():
        return True
    try:
        lock_file(descriptor)
    except OSError as error:
        return error.errno not in HELD
    return True


def beside_database(path: Path) -> list[Path]:
    """What SQLite keeps beside a database of this name, whether it is there or not."""
    return [path.with_name(path.name + ending) for ending in _BESIDE]


def _remove_leftover(path: Path) -> None:
    with contextlib.suppress(OSError), _held(path) as is_folder:
        if is_folder:
            shutil.rmtree(path)
            return
        for one in (*beside_database(path), path):
            one.unlink(missing_ok=True)


@contextlib.contextmanager
def _held(path: Path) -> Iterator[bool]:
    """Lock a file or folder of ours, but only if nobody has it; whether it is a folder.

    Raises OSError for all else: links, pipes, what is another user's or in use.
    """
    status = path.lstat()
    is_folder = stat.S_ISDIR(status.st_mode)
    if not (is_folder or stat.S_ISREG(status.st_mode)):
        raise OSError(None, "no leftover", str(path))
    if not is_ours(status):
        raise OSError(None, "another user's", str(path))
    if guards_open_files():
        yield is_folder
        return
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        lock_file(descriptor)
        yield is_folder
    finally:
        os.close(descriptor)
