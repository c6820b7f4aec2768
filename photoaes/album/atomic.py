"""Replaces a small file so that at every moment it is the old one or the new one, whole."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from pathlib import Path


def replace(path: Path, data: bytes, previous: bytes | None) -> bool:
    """Give `path` this content if it still has the previous one, or (None) does not exist.

    False, with nothing done, if it was changed meanwhile. Mode, owner and extended attributes stay.
    Once this returns, the content is on the disk. Raises OSError; then the old file is as it was.

    The content is written beside it, under a hidden name that no one takes for a sidecar. A killed
    run may leave that file; the next write of the same file takes it over.
    """
    digest = hashlib.sha256(os.fsencode(path.name)).hexdigest()[:16]  # its length does not matter
    partial = path.parent / f".photoaes-{digest}.partial"
    partial.unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(partial, flags, 0o666)
    except FileExistsError:  # another instance is writing the same file
        return False
    try:
        written = _write(descriptor, data)
        if previous is not None:
            _copy_status(path, partial)
        if _inode(partial) != written:  # another instance has taken the name
            return False
        if not _swap(partial, path, previous):
            return False
    finally:
        with contextlib.suppress(OSError):  # nothing to be done, and not what went wrong
            partial.unlink(missing_ok=True)
    sync_folder(path.parent)
    return True


def _write(descriptor: int, data: bytes) -> int:
    """Write and close the file; its inode."""
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
        return os.fstat(file.fileno()).st_ino


def _inode(path: Path) -> int | None:
    try:
        return path.stat().st_ino
    except FileNotFoundError:
        return None


def _copy_status(source: Path, target: Path) -> None:
    """All but the times: other programs see by them that the file is new."""
    shutil.copystat(source, target)
    os.utime(target)
    if hasattr(os, "chown"):
        status = source.stat()
        with contextlib.suppress(PermissionError):  # the file of another owner becomes ours
            os.chown(target, status.st_uid, status.st_gid)


def _swap(partial: Path, path: Path, previous: bytes | None) -> bool:
    if previous is None:
        return claim(partial, path)
    try:
        if path.read_bytes() != previous:
            return False
    except FileNotFoundError:
        return False
    partial.replace(path)
    return True


def claim(partial: Path, path: Path) -> bool:
    """Give a new file its name, unless that is taken: a hard link then fails, a rename would not.

    `partial` may still be there afterwards.
    """
    try:
        os.link(partial, path)
    except FileExistsError:
        return False
    except OSError:  # a file system without hard links, such as exFAT
        if os.path.lexists(path):
            return False
        partial.rename(path)
    return True


def sync_folder(folder: Path) -> None:
    """Names given or taken in the folder are on the disk when this returns, where that works."""
    if os.name != "posix":  # elsewhere folders cannot be opened
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # some network drives cannot; the file itself is safe
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
