"""Files that belong to a photo besides its sidecar: edits of other programs, a Live Photo's film.

`IMG_1.jpg.pp3` (RawTherapee, ART), `IMG_1.jpg.dop` (DxO), `IMG_1.CR2.on1`, `IMG_1.vrd` (Canon),
`IMG_1.AAE` and `IMG_O1.AAE` (Apple's edits), `IMG_1.MOV` (Live Photo), `IMG_1.MP4` (motion photo),
`IMG_1.WAV` (a spoken note), `IMG_1.jpg.json` (Google Takeout).
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from photoaes.album.folding import folded, rest_behind

# What programs write about an edit: copied with a photo and never linked, as sidecars are.
EDITS = frozenset(
    (".xmp", ".pp3", ".arp", ".dop", ".aae", ".vrd", ".on1", ".onphoto", ".cos", ".spd", ".rwl2",
     ".nksc", ".json", ".exif")
)  # fmt: skip
_FILMS = frozenset((".mov", ".mp4", ".wav", ".thm", ".m4v"))
_ALL = EDITS | _FILMS
_APPLE_EDIT = re.compile(r"(img_)[eo](\d+)\.aae")


def find_companions(paths: Iterable[Path]) -> dict[Path, list[Path]]:
    """The companions of each photo, its sidecars among them, from one listing a folder."""
    folders: defaultdict[Path, list[Path]] = defaultdict(list)
    for path in paths:
        folders[path.parent].append(path)
    found = {}
    for folder, here in folders.items():
        names = [name for name in _listing(folder) if _suffix(name) in _ALL]
        for path in here:
            beside = [folder / name for name in names if _belongs(name, path)]
            if beside:
                found[path] = sorted(beside)
    return found


def _belongs(name: str, path: Path) -> bool:
    """Whether it begins with the photo's full name or stem, and goes on with a suffix alone."""
    behind = rest_behind(path.name, name)
    if behind is not None:
        return behind.startswith(".")
    behind = rest_behind(path.stem, name)
    if behind is not None:
        return behind.count(".") == 1 and behind.startswith(".")
    apple = _APPLE_EDIT.fullmatch(folded(name))
    return apple is not None and apple[1] + apple[2] == folded(path.stem)


def _suffix(name: str) -> str:
    return name[name.rfind(".") :].lower()


def _listing(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208 - names alone
    except OSError:
        return []
