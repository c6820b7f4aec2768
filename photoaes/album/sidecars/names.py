"""Which sidecar belongs to which photo, by names alone.

Two customs: `IMG.CR2.xmp` (darktable, digiKam) belongs to one file; `IMG.xmp` (Lightroom, Capture
One, Bridge) serves every photo with that stem, unless the document names one of them (see
`reading.owns`). Upper and lower case may differ, as file systems and cameras disagree, and the
bytes of umlauts (`folding`); where a
photo of exactly that name exists, the sidecar is its alone.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from photoaes.album.folding import folded
from photoaes.album.photo import SIDECAR, Photo
from photoaes.images import IMAGE_EXTENSIONS

SUFFIX = SIDECAR


def full_name(path: Path) -> Path:
    """The sidecar's path by digiKam's and darktable's rule: `IMG.CR2.xmp`."""
    return path.with_name(path.name + SUFFIX)


def adobe_name(path: Path) -> Path:
    """The sidecar's path by Adobe's rule: `IMG.xmp`."""
    return path.with_suffix(SUFFIX)


def is_full_name(sidecar: Path, path: Path) -> bool:
    """Whether the sidecar's name includes the photo's extension."""
    return folded(sidecar.stem) == folded(path.name)


def match_sidecars(photos: Iterable[str], names: Iterable[str]) -> dict[str, list[str]]:
    """The sidecars of each photo of one folder, those with its full name first.

    `photos` are the photos' names, `names` any names in the folder; photos without sidecar lack.
    """
    by_base: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(names):
        if name[-4:].lower() == SUFFIX:
            by_base[folded(name[:-4])].append(name)
    if not by_base:
        return {}
    claims: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for photo in photos:
        for base, weight in ((photo, 0), (photo[: photo.rfind(".")] or photo, 2)):
            for sidecar in by_base.get(folded(base), ()):
                claims[sidecar].append((weight + (sidecar[:-4] != base), photo))
    return _shared_out(claims)


def _shared_out(claims: dict[str, list[tuple[int, str]]]) -> dict[str, list[str]]:
    """Each sidecar to those with the best claim: 0 and 1 full name, 2 and 3 stem; even is exact."""
    full: defaultdict[str, list[str]] = defaultdict(list)
    short: defaultdict[str, list[str]] = defaultdict(list)
    for sidecar, claimants in sorted(claims.items()):
        best = min(weight for weight, _ in claimants)
        for weight, photo in claimants:
            if weight == best:
                (full if best < 2 else short)[photo].append(sidecar)
    return {photo: full.get(photo, []) + short.get(photo, []) for photo in (*full, *short)}


def find_sidecars(paths: Iterable[Path]) -> dict[Path, list[Path]]:
    """The sidecars of each photo, from one listing a folder; photos without sidecar lack.

    A folder that cannot be listed, or is gone, has none.
    """
    folders: defaultdict[Path, list[str]] = defaultdict(list)
    for path in paths:
        folders[path.parent].append(path.name)
    found: dict[Path, list[Path]] = {}
    for folder, names in folders.items():
        for name, sidecars in _matched(names, listing(folder)).items():
            found[folder / name] = [folder / sidecar for sidecar in sidecars]
    return found


def _matched(photos: Sequence[str], names: Sequence[str]) -> dict[str, list[str]]:
    """As `match_sidecars`, though only some of the folder's photos are asked for: a sidecar that is
    another's by its exact name is not theirs."""
    if not any(name[-4:].lower() == SUFFIX for name in names):
        return {}
    wanted = set(photos)
    spellings = {folded(name) for name in photos}
    rivals = [
        name
        for name in names
        if name not in wanted
        and name[name.rfind(".") :].lower() in IMAGE_EXTENSIONS
        and folded(name) in spellings
    ]
    found = match_sidecars([*photos, *rivals], names)
    return {name: sidecars for name, sidecars in found.items() if name in wanted}


def sidecars_beside(photos: Iterable[Photo], sidecars: Iterable[Photo]) -> dict[str, list[Photo]]:
    """As `find_sidecars`, of files that a scan has found: by the photos' paths as text."""
    names: defaultdict[str, dict[str, Photo]] = defaultdict(dict)
    for sidecar in sidecars:
        folder, _, name = sidecar.at.rpartition(os.sep)
        if name[-4:].lower() == SUFFIX:
            names[folder][name] = sidecar
    beside: defaultdict[str, list[str]] = defaultdict(list)
    for photo in photos if names else ():
        folder, _, name = photo.at.rpartition(os.sep)
        if folder in names:
            beside[folder].append(name)
    return {
        f"{folder}{os.sep}{name}": [names[folder][one] for one in found]
        for folder, photo_names in beside.items()
        for name, found in match_sidecars(photo_names, names[folder]).items()
    }


def listing(folder: Path) -> list[str]:
    """The names in a folder; none of one that cannot be looked into."""
    try:
        return os.listdir(folder)  # noqa: PTH208 - names alone, no Path for each of 100,000
    except OSError:
        return []
