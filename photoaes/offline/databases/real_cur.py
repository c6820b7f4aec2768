"""REAL-CUR (Ren et al. 2017): 14 people's own albums, 2,871 photos; the folder is the rating.

    [images/]<album>/<1..5>/<photo>

It is for testing only, so all photos are held out. What systems leave in folders (Thumbs.db,
desktop.ini) is told by its suffix.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from photoaes.images.kinds import IMAGE_EXTENSIONS
from photoaes.offline.databases.published import FIVE, STARS, Publication
from photoaes.offline.databases.scores import RaterTable, ScoreDatabase

PUBLICATION = Publication(
    "real-cur", "REAL-CUR", "https://github.com/alanspike/personalizedImageAesthetics"
)
FOLDERS = ("1", "2", "3", "4", "5")


def read_real_cur_raters(folder: Path) -> RaterTable:
    """Each album's ratings, photos named `<album>/<stars>/<photo>`. Raises InputInvalid."""
    ratings: dict[str, dict[str, float]] = {}
    for path in _photos(folder):
        album, stars, _ = path.relative_to(_root(folder)).parts
        ratings.setdefault(album, {})[path.relative_to(_root(folder)).as_posix()] = float(stars)
    return RaterTable(
        ratings, STARS, (_root(folder),), None, f"{len(ratings)} albums, a person each"
    )


def read_real_cur(folder: Path) -> ScoreDatabase:
    """All photos, each with its one owner's stars. Raises InputInvalid."""
    paths = _photos(folder)
    scores = np.array([float(path.parent.name) for path in paths])
    return ScoreDatabase(
        tuple(paths), scores, FIVE, held_out=np.ones(len(paths), bool), split="for testing only"
    )


def _root(folder: Path) -> Path:
    images = folder / "images"
    return images if images.is_dir() else folder


def _photos(folder: Path) -> list[Path]:
    found = sorted(
        path
        for stars in FOLDERS
        for path in _root(folder).glob(f"*/{stars}/*")
        if path.suffix.lower() in IMAGE_EXTENSIONS
        and path.is_file()
        and not path.name.startswith(".")
    )
    if not found:
        raise PUBLICATION.missing("has no photos at <album>/<1 to 5>/<photo>", folder)
    return found
