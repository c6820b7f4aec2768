"""`Photo`, and the walk over a folder that finds them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from photoaes.errors import InputInvalid
from photoaes.images import IMAGE_EXTENSIONS

_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True)
class Photo:
    """A file of the album: its size in bytes and modification time in ns tell versions apart."""

    path: Path
    size: int
    mtime_ns: int


def scan(folder: Path) -> list[Photo]:
    """All photos below `folder`, by their extension, each folder in natural order.

    As `walk`, which see for what is left out and what is raised.
    """
    return [photo for part in walk(folder) for photo in part]


def walk(folder: Path) -> Iterator[list[Photo]]:
    """The photos below `folder` in pieces, so that a caller can tell how far it is and stop.

    Hidden files and folders are left out, and links to folders are not followed, so that loops
    end. What vanishes or cannot be entered meanwhile is left out too. Raises InputInvalid if the
    folder itself is not there or cannot be read.
    """
    if not folder.is_dir():
        raise InputInvalid(f"There is no folder {folder}.", folder)
    if not os.access(folder, os.R_OK | os.X_OK):
        raise InputInvalid(f"The folder {folder} may not be read. Check its permissions.", folder)
    yield from _walk(folder)


def photos_in(folder: Path) -> list[Photo]:
    """The photos right in `folder`; none if it cannot be read."""
    return [item for item in _entries(folder) if isinstance(item, Photo)]


def natural_key(name: str) -> list[tuple[int, int, str]]:
    """Sorts `IMG_9` before `IMG_10`, whatever the case; for names and for whole paths."""
    parts = _DIGITS.split(name.casefold())
    return [(1, int(p), "") if p.isdecimal() else (0, 0, p) for p in parts]


def _walk(folder: Path) -> Iterator[list[Photo]]:
    photos: list[Photo] = []
    for item in _entries(folder):
        if isinstance(item, Photo):
            photos.append(item)
            continue
        if photos:
            yield photos
            photos = []
        yield from _walk(item)
    yield photos


def _entries(folder: Path) -> Iterator[Photo | Path]:
    """Photos and, as paths, folders in `folder`, in natural order."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: natural_key(entry.name))
    except OSError:  # vanished, or not ours to read
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        try:
            if entry.is_dir(follow_symlinks=False):
                yield folder / entry.name
            # Strings where they do: 100,000 paths more would cost a second.
            elif (
                entry.name[entry.name.rfind(".") :].lower() in IMAGE_EXTENSIONS and entry.is_file()
            ):
                status = entry.stat()
                yield Photo(folder / entry.name, status.st_size, status.st_mtime_ns)
        except OSError:
            continue
