"""`Photo`, and the walk over a folder that finds them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from photoaes.errors import InputInvalid
from photoaes.images import IMAGE_EXTENSIONS


@dataclass(frozen=True)
class Photo:
    """A file of the album: its size in bytes and modification time in ns tell versions apart."""

    path: Path
    size: int
    mtime_ns: int


def scan(folder: Path) -> list[Photo]:
    """All photos below `folder`, by their extension, in natural order of their paths.

    Hidden files and folders are left out, and links to folders are not followed, so that loops
    end. What vanishes or cannot be entered meanwhile is left out too. Raises InputInvalid if the
    folder itself is not there or cannot be read.
    """
    if not folder.is_dir():
        raise InputInvalid(f"There is no folder {folder}.", folder)
    if not os.access(folder, os.R_OK | os.X_OK):
        raise InputInvalid(f"The folder {folder} may not be read. Check its permissions.", folder)
    return sorted(_walk(folder), key=lambda photo: natural_key(photo.path))


def natural_key(path: Path) -> list[tuple[int, int, str]]:
    """Sorts `IMG_9` before `IMG_10`, whatever the case."""
    parts = re.split(r"(\d+)", str(path).casefold())
    return [(1, int(p), "") if p.isdecimal() else (0, 0, p) for p in parts]


def _walk(folder: Path) -> Iterator[Photo]:
    try:
        entries = list(os.scandir(folder))
    except OSError:  # vanished, or not ours to read
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        try:
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(Path(entry.path))
            elif Path(entry.name).suffix.lower() in IMAGE_EXTENSIONS and entry.is_file():
                status = entry.stat()
                yield Photo(Path(entry.path), status.st_size, status.st_mtime_ns)
        except OSError:
            continue
