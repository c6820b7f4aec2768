"""`Photo`, and the walk over a folder that finds them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from photoaes.errors import InputInvalid, Sentence
from photoaes.images import IMAGE_EXTENSIONS

SIDECAR = ".xmp"
_DIGITS = re.compile(r"\d+")
_LONGEST_NUMBER = 20  # digits that are sorted by their value


@dataclass(frozen=True, init=False)
class Photo:
    """A file of the album: its size in bytes and modification time in ns tell versions apart.

    `at` is its path as text. With 100,000 photos a Path for each would take half a second of the
    opening, so `path` is made when it is asked for.
    """

    at: str
    size: int
    mtime_ns: int

    def __init__(self, path: Path | str, size: int, mtime_ns: int) -> None:
        # The way that dataclass itself sets the fields of a frozen one.
        object.__setattr__(self, "at", os.fspath(path))
        object.__setattr__(self, "size", size)
        object.__setattr__(self, "mtime_ns", mtime_ns)

    @cached_property
    def path(self) -> Path:
        return Path(self.at)


def scan(folder: Path) -> list[Photo]:
    """All photos below `folder`, by their extension, each folder in natural order.

    As `walk`, which see for what is left out and what is raised.
    """
    return [photo for part in walk(folder) for photo in part]


def walk(folder: Path, sidecars: list[Photo] | None = None) -> Iterator[list[Photo]]:
    """The photos below `folder` in pieces, so that a caller can tell how far it is and stop.

    Sidecars that are met on the way are added to `sidecars`: a second look would cost a second.

    Hidden files and folders are left out, and links to folders are not followed, so that loops
    end. What vanishes or cannot be entered meanwhile is left out too. Raises InputInvalid if the
    folder itself is not there or cannot be read.
    """
    if folder.is_file():
        raise InputInvalid(
            Sentence("{0} is a file, no folder. Name the one that it is in.", folder), folder
        )
    if not folder.is_dir():
        raise InputInvalid(Sentence("There is no folder {0}.", folder), folder)
    if not os.access(folder, os.R_OK | os.X_OK):
        text = Sentence("The folder {0} may not be read. Check its permissions.", folder)
        raise InputInvalid(text, folder)
    yield from _walk(str(folder), [] if sidecars is None else sidecars)


def photos_in(folder: Path, sidecars: list[Photo] | None = None) -> list[Photo]:
    """The photos right in `folder`; none if it cannot be read. Sidecars as in `walk`."""
    met = [] if sidecars is None else sidecars
    return [item for item in _entries(str(folder), met) if isinstance(item, Photo)]


def natural_key(name: str) -> str:
    """Sorts `IMG_9` before `IMG_10`, whatever the case; for names and for whole paths."""
    return _DIGITS.sub(_padded, name.casefold())


def _padded(number: re.Match[str]) -> str:
    return number[0].zfill(_LONGEST_NUMBER)


def _walk(folder: str, sidecars: list[Photo]) -> Iterator[list[Photo]]:
    photos: list[Photo] = []
    for item in _entries(folder, sidecars):
        if isinstance(item, Photo):
            photos.append(item)
            continue
        if photos:
            yield photos
            photos = []
        yield from _walk(item, sidecars)
    yield photos


def _entries(folder: str, sidecars: list[Photo]) -> Iterator[Photo | str]:
    """Photos and, as paths, folders in `folder`, in natural order."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: natural_key(entry.name))
    except OSError:  # vanished, or not ours to read
        return
    for entry in entries:
        name = entry.name
        if name.startswith("."):
            continue
        try:
            suffix = name[name.rfind(".") :].lower()
            if entry.is_dir(follow_symlinks=False):
                yield entry.path
            elif suffix in IMAGE_EXTENSIONS and entry.is_file():
                yield _found(entry)
            elif suffix == SIDECAR and entry.is_file():
                sidecars.append(_found(entry))
        except OSError:
            continue


def _found(entry: os.DirEntry[str]) -> Photo:
    status = entry.stat()
    return Photo(entry.path, status.st_size, status.st_mtime_ns)
