"""What Google Photos said of a photo: the JSON beside it in a Takeout."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from photoaes.album.folding import folded
from photoaes.album.marks import Flag, Marks
from photoaes.plain_files import read_plain

SUFFIX = ".json"
_MAX_BYTES = 1 << 20


def find_takeouts(photos: Iterable[Path]) -> dict[Path, Path]:
    """`IMG.jpg.json`, `IMG.jpg.supplemental-metadata.json` and however much of it fits a name."""
    folders: defaultdict[Path, dict[str, Path]] = defaultdict(dict)
    for photo in photos:
        folders[photo.parent][folded(photo.name)] = photo
    found: dict[Path, Path] = {}
    for folder, here in folders.items():
        for name in _json_names(folder):
            stem = folded(name)[: -len(SUFFIX)]
            while stem:
                if stem in here:
                    found.setdefault(here[stem], folder / name)
                    break
                stem = stem.rpartition(".")[0]
    return found


def _json_names(folder: Path) -> list[str]:
    try:
        names = os.listdir(folder)  # noqa: PTH208 - names alone
    except OSError:
        return []
    return sorted(name for name in names if name[-5:].lower() == SUFFIX)


def takeout_marks(path: Path) -> Marks | None:
    """None for what is no such file, or cannot be read."""
    try:
        content = json.loads(read_plain(path, _MAX_BYTES).decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(content, dict) or "photoTakenTime" not in content:
        return None
    if content.get("trashed") is True:
        return Marks(flag=Flag.REJECT)
    return Marks(flag=Flag.PICK) if content.get("favorited") is True else None
