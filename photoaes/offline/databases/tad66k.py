"""TAD66K (He et al. 2022): mean scores of 66,327 photos in 47 themes.

    labels/merge/{train,test}.csv              image,score; lines end in CRLF
    labels/unmerge/{train,test}/<theme>.csv    the same by theme
    images, flat

478 photos of unmerge/train stand in merge/test: the two never train together, and a theme leaves
those photos out.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from photoaes.errors import InputInvalid
from photoaes.offline.databases.published import Publication
from photoaes.offline.databases.scores import ScoreDatabase
from photoaes.offline.databases.tables import number, read_table

PUBLICATION = Publication(
    "tad66k",
    "TAD66K",
    "https://github.com/woshidandan/TANet-image-aesthetics-and-quality-assessment",
)
SCALE = (1.0, 10.0)
Scored = dict[str, float]


def read_tad66k(folder: Path, theme: str | None = None) -> ScoreDatabase:
    """The merged labels with their split, or one theme's. Raises InputInvalid."""
    test = _labels(folder, "labels/merge/test.csv")
    if theme is None:
        train = _labels(folder, "labels/merge/train.csv")
        both = test.keys() & train.keys()
        if both:
            raise InputInvalid(f"TAD66K's merged train and test labels share {min(both)}.", folder)
    else:
        labels = _labels(folder, f"labels/unmerge/train/{theme}.csv")
        train = {name: score for name, score in labels.items() if name not in test}
        test = _labels(folder, f"labels/unmerge/test/{theme}.csv")
        train = {name: score for name, score in train.items() if name not in test}
    names = [*train, *test]
    paths = PUBLICATION.photos([folder / "images", folder], names)
    scores = np.array([*train.values(), *test.values()])
    place = "labels/merge" if theme is None else f"labels/unmerge, {theme}"
    told = f"{place}/test.csv: {len(names) - len(train)} of {len(names)} photos are the test split"
    held_out = np.arange(len(names)) >= len(train)
    return ScoreDatabase(paths, scores, SCALE, held_out=held_out, split=told)


def _labels(folder: Path, name: str) -> Scored:
    table = PUBLICATION.file(folder, name)
    rows = read_table(table, ("image", "score"))
    return {row["image"]: number(table, line, row["score"], SCALE) for line, row in rows}
