"""SPAQ (Fang et al. 2020): technical quality, 11,125 photos of telephones, 0..100.

    Annotations/MOS and Image attribute scores.xlsx    Image name, MOS, five attributes
    TestImage/00001.jpg ..

No split is published; the usual fifth is drawn by seed. Photos lie as the cameras left them and
are turned upright by `photoaes.images`.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from photoaes.errors import InputInvalid
from photoaes.offline.databases.published import Publication, drawn
from photoaes.offline.databases.scores import ScoreDatabase
from photoaes.offline.databases.tables import number
from photoaes.offline.databases.xlsx import read_sheet

PUBLICATION = Publication("spaq", "SPAQ", "https://github.com/h4nwei/SPAQ")


ATTRIBUTES = ("Brightness", "Colorfulness", "Contrast", "Noisiness", "Sharpness")


def read_spaq(folder: Path, attribute: str | None = None) -> ScoreDatabase:
    """All photos, with their quality or one attribute. Raises InputInvalid."""
    if attribute not in (None, *ATTRIBUTES):
        raise InputInvalid(f"SPAQ has no attribute {attribute!r}; it has: {', '.join(ATTRIBUTES)}.")
    column = attribute or "MOS"
    table = PUBLICATION.file(folder, "Annotations/MOS and Image attribute scores.xlsx")
    rows = read_sheet(table, ("Image name", column))
    scores = np.array([number(table, line, row[column], (0, 100)) for line, row in rows])
    paths = PUBLICATION.photos([folder / "TestImage"], (row["Image name"] for _, row in rows))
    held_out = drawn(len(rows), round(len(rows) / 5))
    told = f"drawn by seed 0, for none is published: {held_out.sum()} of {len(rows)} photos"
    return ScoreDatabase(paths, scores, (0.0, 100.0), held_out=held_out, split=told)
