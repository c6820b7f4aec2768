"""Marks that Picasa and Nikon's programs keep beside photos, in files that are no XMP sidecars.

Picasa writes one `.picasa.ini` a folder, with a section for each photo it knows something of.
NX Studio and ViewNX write `NKSC_PARAM/IMG.JPG.nksc`, an XMP document with properties of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from photoaes.album.folding import folded
from photoaes.album.marks import Flag, Marks
from photoaes.plain_files import read_plain

NIKON_SUFFIX = ".nksc"
_MAX_BYTES = 16 << 20


def picasa_marks(ini: Path, name: str) -> Marks | None:
    """Of the photo of this name: a star is a pick. None where the file says nothing of it."""
    try:
        changed = ini.stat().st_mtime_ns
    except OSError:
        return None
    return Marks(flag=Flag.PICK) if folded(name) in _starred(ini, changed) else None


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
