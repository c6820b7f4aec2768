"""Files beside a photo that may say something of it, and are no XMP sidecars: by names alone."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from photoaes.album.folding import folded
from photoaes.album.photo import NIKON, PICASA, Photo
from photoaes.album.sidecars import edits
from photoaes.album.sidecars.desktops import NIKON_SUFFIX
from photoaes.album.sidecars.names import listing, sidecars_beside
from photoaes.album.sidecars.takeout import SUFFIX, match_takeouts

_ENDINGS = frozenset((*edits.SUFFIXES, SUFFIX, NIKON_SUFFIX, ".ini"))


def match_beside(photos: Iterable[str], names: Iterable[str]) -> dict[str, list[str]]:
    """Of photos of one folder the files that may say something of each; those without lack.

    `names` are files of the folder, and those in its folder of Nikon's with that before them.
    """
    names = [name for name in names if name[name.rfind(".") :].lower() in _ENDINGS]
    if not names:
        return {}
    photos = list(photos)
    found: defaultdict[str, list[str]] = defaultdict(list)
    whole = {folded(name): name for name in names}
    inis = [name for name in PICASA if name in names]
    for photo in photos:
        found[photo] += inis
        for name in _named_for(photo):
            if name in whole:
                found[photo].append(whole[name])
    for photo, name in match_takeouts(photos, names).items():
        found[photo].append(name)
    return {photo: sorted(set(beside)) for photo, beside in found.items() if beside}


def _named_for(name: str) -> list[str]:
    full, stem = folded(name), folded(name[: name.rfind(".")] or name)
    return [
        folded(f"{NIKON}{os.sep}{name}{NIKON_SUFFIX}"),
        *(full + suffix for suffix in edits.SUFFIXES),
        *(stem + suffix for suffix in edits.SUFFIXES),
    ]


def find_beside(paths: Iterable[Path]) -> dict[Path, list[Path]]:
    """The files that may say something of each photo, from a look at each folder."""
    folders: defaultdict[Path, list[str]] = defaultdict(list)
    for path in paths:
        folders[path.parent].append(path.name)
    return {
        folder / photo: [folder / name for name in beside]
        for folder, here in folders.items()
        for photo, beside in match_beside(here, _names(folder)).items()
    }


def saying_beside(photos: Iterable[Photo], files: Iterable[Photo]) -> dict[str, list[Photo]]:
    """The sidecars and other files that may say something of each photo, among those that a scan
    has found: by the photos' paths as text."""
    photos, files = list(photos), list(files)
    found = sidecars_beside(photos, files)
    names: defaultdict[str, dict[str, Photo]] = defaultdict(dict)
    for file in files:
        folder, _, name = file.at.rpartition(os.sep)
        top, _, last = folder.rpartition(os.sep)
        if last == NIKON:
            folder, name = top, f"{NIKON}{os.sep}{name}"
        if not name.lower().endswith(".xmp"):
            names[folder][name] = file
    for folder, here in _by_folder(photos, names).items():
        for photo, beside in match_beside(here, names[folder]).items():
            at = f"{folder}{os.sep}{photo}"
            found[at] = [*found.get(at, ()), *(names[folder][name] for name in beside)]
    return found


def _by_folder(photos: Iterable[Photo], wanted: Mapping[str, object]) -> dict[str, list[str]]:
    here: defaultdict[str, list[str]] = defaultdict(list)
    for photo in photos if wanted else ():
        folder, _, name = photo.at.rpartition(os.sep)
        if folder in wanted:
            here[folder].append(name)
    return here


def _names(folder: Path) -> list[str]:
    here = listing(folder)
    inside = listing(folder / NIKON) if NIKON in here else []
    return [*here, *(f"{NIKON}{os.sep}{name}" for name in inside)]
