"""KADID-10k (Lin et al. 2019): technical quality, 81 photos in 125 distortions each, 1..5.

    dmos.csv        dist_img,ref_img,dmos,var
    images/         distorted photos and their references

The column is called dmos but grows with quality: 5 is imperceptible. No split is published; a fifth
of the references is drawn by seed with all their distortions, for those of one photo are alike.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from photoaes.offline.databases.published import STARS, Publication, drawn
from photoaes.offline.databases.scores import ScoreDatabase
from photoaes.offline.databases.tables import number, read_table

PUBLICATION = Publication(
    "kadid", "KADID-10k", "https://database.mmsp-kn.de/kadid-10k-database.html"
)


def read_kadid(folder: Path) -> ScoreDatabase:
    """Scores of all distorted photos. Raises InputInvalid."""
    table = PUBLICATION.file(folder, "dmos.csv", "kadid10k/dmos.csv")
    rows = read_table(table, ("dist_img", "ref_img", "dmos"))
    scores = np.array([number(table, line, row["dmos"], STARS) for line, row in rows])
    references = sorted({row["ref_img"] for _, row in rows})
    chosen = drawn(len(references), max(1, round(len(references) / 5)))
    test = {name for name, is_drawn in zip(references, chosen, strict=True) if is_drawn}
    held_out = np.array([row["ref_img"] in test for _, row in rows])
    told = (
        f"drawn by seed 0, for none is published: {held_out.sum()} of {len(rows)} photos, of "
        f"{len(test)} of {len(references)} references"
    )
    paths = PUBLICATION.photos([table.parent / "images"], (row["dist_img"] for _, row in rows))
    return ScoreDatabase(paths, scores, STARS, held_out=held_out, split=told)
