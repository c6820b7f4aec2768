"""Marks that Picasa and Nikon's programs keep beside photos, in files that are no XMP sidecars.

Picasa writes one `.picasa.ini` a folder, with a section for each photo it knows something of.
NX Studio and ViewNX write `NKSC_PARAM/IMG.JPG.nksc`, an XMP document with properties of their own.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from photoaes.album.folding import folded
from photoaes.album.marks import Flag, Marks
from photoaes.plain_files import read_plain

PICASA = (".picasa.ini", "Picasa.ini")
NIKON, NIKON_SUFFIX = "NKSC_PARAM", ".nksc"
_MAX_BYTES = 16 << 20


def find_desktops(photos: Iterable[Path]) -> dict[Path, list[Path]]:
    """The files that may say something of each photo, from a look at each folder."""
    folders: defaultdict[Path, list[Path]] = defaultdict(list)
    for photo in photos:
        folders[photo.parent].append(photo)
    found: defaultdict[Path, list[Path]] = defaultdict(list)
    for folder, here in folders.items():
        for ini in (folder / name for name in PICASA):
            if os.path.isfile(ini):  # noqa: PTH113 - raises nothing
                for photo in here:
                    found[photo].append(ini)
        sidecars = {folded(name): name for name in _names(folder / NIKON)}
        for photo in here if sidecars else ():
            if (name := sidecars.get(folded(photo.name + NIKON_SUFFIX))) is not None:
                found[photo].append(folder / NIKON / name)
    return dict(found)


def picasa_marks(ini: Path, photo: str) -> Marks | None:
    """Of the photo of this name: a star is a pick. None where the file says nothing of it."""
    try:
        changed = ini.stat().st_mtime_ns
    except OSError:
        return None
    return Marks(flag=Flag.PICK) if folded(photo) in _starred(ini, changed) else None


@lru_cache(maxsize=8)  # a folder's photos ask one after the other
def _starred(ini: Path, _: int) -> frozenset[str]:
    try:
        text = read_plain(ini, _MAX_BYTES).decode("utf-8-sig", errors="replace")
    except OSError:
        return frozenset()
    return frozenset(_sections_with_star(text))


def _sections_with_star(text: str) -> Iterator[str]:
    section = ""
    for line in map(str.strip, text.splitlines()):
        if line.startswith("[") and line.endswith("]"):
            section = folded(line[1:-1])
        key, _, value = line.partition("=")
        if key.strip().lower() == "star" and value.strip().lower() == "yes":
            yield section


def _names(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208 - names alone
    except OSError:
        return []
