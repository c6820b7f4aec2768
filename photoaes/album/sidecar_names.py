"""Which sidecar belongs to which photo, by names alone.

Two customs: `IMG.CR2.xmp` (darktable, digiKam) belongs to one file; `IMG.xmp` (Lightroom, Capture
One, Bridge) serves every photo with that stem, unless the document names one of them (see
`sidecar`). Upper and lower case may differ, as file systems and cameras disagree; where a photo of
exactly that name exists, the sidecar is its alone.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path, PurePath

SUFFIX = ".xmp"


def full_name(photo: Path) -> Path:
    """`IMG.CR2.xmp`."""
    return photo.with_name(photo.name + SUFFIX)


def adobe_name(photo: Path) -> Path:
    """`IMG.xmp`."""
    return photo.with_suffix(SUFFIX)


def is_full_name(sidecar: Path, photo: Path) -> bool:
    """Whether the sidecar's name includes the photo's extension."""
    return sidecar.stem.casefold() == photo.name.casefold()


def match_sidecars(photos: Iterable[str], names: Iterable[str]) -> dict[str, list[str]]:
    """The sidecars of each photo of one folder, those with its full name first.

    `photos` are the photos' names, `names` any names in the folder; photos without sidecar lack.
    """
    sidecars = sorted(name for name in names if name[-4:].lower() == SUFFIX)
    if not sidecars:
        return {}
    lookups = _lookups(photos)
    full: defaultdict[str, list[str]] = defaultdict(list)
    short: defaultdict[str, list[str]] = defaultdict(list)
    for sidecar in sidecars:
        base = sidecar[:-4]
        for found, lookup, key in zip(
            (full, full, short, short), lookups, (base, base.casefold()) * 2, strict=True
        ):
            if key in lookup:
                for photo in lookup[key]:
                    found[photo].append(sidecar)
                break
    return {photo: full[photo] + short[photo] for photo in (*full, *short)}


def find_sidecars(photos: Iterable[Path]) -> dict[Path, list[Path]]:
    """The sidecars of each photo, from one listing a folder; photos without sidecar lack.

    A folder that cannot be listed, or is gone, has none.
    """
    folders: defaultdict[Path, list[str]] = defaultdict(list)
    for photo in photos:
        folders[photo.parent].append(photo.name)
    found: dict[Path, list[Path]] = {}
    for folder, names in folders.items():
        for name, sidecars in match_sidecars(names, _listing(folder)).items():
            found[folder / name] = [folder / sidecar for sidecar in sidecars]
    return found


def _lookups(photos: Iterable[str]) -> tuple[dict[str, list[str]], ...]:
    """Photos by name, by name in any case, by stem, by stem in any case."""
    lookups = tuple(defaultdict[str, list[str]](list) for _ in range(4))
    for photo in photos:
        stem = PurePath(photo).stem
        for lookup, key in zip(
            lookups, (photo, photo.casefold(), stem, stem.casefold()), strict=True
        ):
            lookup[key].append(photo)
    return tuple(dict(lookup) for lookup in lookups)


def _listing(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208 - names alone, no Path for each of 100,000
    except OSError:
        return []
