"""Marks in files that say how a program has developed a photo, and are no XMP.

`IMG.CR2.pp3` (RawTherapee; ART's `.arp`) is a list of keys under heads, `IMG.CR2.dop` (DxO) a table
of Lua, `IMG.on1` (ON1) JSON. Just stars, colour and trash are read, by what the programs' files
hold; all three write 0 where nobody has rated.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from photoaes.album.marks import Flag, Marks
from photoaes.plain_files import read_plain

_MAX_BYTES = 16 << 20  # masks of local edits lie in them, too
_COLOURS = (None, "Red", "Yellow", "Green", "Blue", "Purple")
_DOP_RATING = re.compile(r"^\s*Rating\s*=\s*([0-9])\s*,?\s*$", re.MULTILINE)


def edit_marks(path: Path) -> Marks | None:
    """None for what says nothing, is no such file, or cannot be read."""
    try:
        text = read_plain(path, _MAX_BYTES).decode("utf-8-sig", errors="replace")
    except OSError:
        return None
    marks = _READERS[path.suffix.lower()](text)
    return None if marks == Marks() else marks


def _general(text: str) -> Marks:
    """Of RawTherapee's head `[General]`."""
    found: dict[str, str] = {}
    head = ""
    for line in map(str.strip, text.splitlines()):
        if line.startswith("["):
            head = line
        elif head == "[General]":
            key, _, value = line.partition("=")
            found[key.strip()] = value.strip()
    colour = _whole(found.get("ColorLabel"))
    return Marks(
        _whole(found.get("Rank")),
        Flag.REJECT if found.get("InTrash") == "true" else None,
        None if colour is None else _COLOURS[colour],
    )


def _lua(text: str) -> Marks:
    """The first of a photo's virtual copies is the photo itself."""
    match = _DOP_RATING.search(text)
    return Marks(_whole(match[1]) if match else None)


def _on1(text: str) -> Marks:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return Marks()
    photos = _entry(content, "photos")
    for photo in photos.values() if isinstance(photos, Mapping) else ():
        stars = _entry(_entry(photo, "metadata"), "Rating")
        if stars in range(6) and not isinstance(stars, bool | float):
            return Marks(stars)
    return Marks()


def _entry(content: Any, name: str) -> Any:
    return content.get(name) if isinstance(content, Mapping) else None


def _whole(text: str | None) -> int | None:
    return int(text) if text in ("0", "1", "2", "3", "4", "5") else None


_READERS: Mapping[str, Callable[[str], Marks]] = {
    ".pp3": _general,
    ".arp": _general,
    ".dop": _lua,
    ".on1": _on1,
}
SUFFIXES = tuple(_READERS)
