"""Replaces a small file so that at every moment it is the old one or the new one, whole."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path
from typing import BinaryIO

from photoaes.new_files import new_file
from photoaes.plain_files import NotPlain, read_plain


class _Changed(Exception):
    """Another program has written the file meanwhile."""


def replace(path: Path, data: bytes, previous: bytes | None) -> bool:
    """Give `path` this content if it still has the previous one, or (None) does not exist.

    False, with nothing done, if it was changed meanwhile. Mode, owner and extended attributes stay.
    Once this returns, the content is on the disk. Raises OSError; then the old file is as it was.
    """
    if previous is None and os.path.lexists(path):
        return False
    try:
        with new_file(path, over=previous is not None) as file:
            _write(file, data)
            if previous is not None:
                _copy_status(path, Path(file.name))
                _check_unchanged(path, previous)
    except (FileExistsError, _Changed):
        return False
    return True


def _write(file: BinaryIO, data: bytes) -> None:
    """The content is on the disk before the file is compared, so that this takes no time between
    the comparison and the new name."""
    file.write(data)
    file.flush()
    os.fsync(file.fileno())


def _copy_status(source: Path, target: Path) -> None:
    """All but the times: other programs see by them that the file is new."""
    try:
        shutil.copystat(source, target)
        status = source.stat()
    except FileNotFoundError:
        raise _Changed from None
    os.utime(target)
    if hasattr(os, "chown"):
        with contextlib.suppress(PermissionError):  # the file of another owner becomes ours
            os.chown(target, status.st_uid, status.st_gid)


def _check_unchanged(path: Path, previous: bytes) -> None:
    try:
        if read_plain(path, len(previous)) != previous:
            raise _Changed
    except (FileNotFoundError, NotPlain):
        raise _Changed from None
