"""LAPIS (Maerten et al. 2025): 11,723 paintings rated 0..100 by 568 people.

    annotation/LAPIS_PIAA.csv                        one rating a row
    annotation/LAPIS_GIAA_{Train,Val,Test}split.csv  image_id,image_filename,mean_response
    images/

The validation split takes part in neither training nor judging.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from photoaes.offline.databases.people_lists import with_people
from photoaes.offline.databases.published import Publication, rater_table
from photoaes.offline.databases.scores import RaterTable, ScoreDatabase
from photoaes.offline.databases.tables import number, read_table

PUBLICATION = Publication(
    "lapis", "LAPIS", "https://github.com/Anne-SofieMaerten/LAPIS (data on request)"
)
SCALE = (0.0, 100.0)


def read_lapis(folder: Path) -> ScoreDatabase:
    """The training split, and the test split to judge on. Raises InputInvalid."""
    names: list[str] = []
    scores: list[float] = []
    tested: list[bool] = []
    for part in ("Train", "Test"):
        table = PUBLICATION.file(folder, f"annotation/LAPIS_GIAA_{part}split.csv")
        for line, row in read_table(table, ("image_filename", "mean_response")):
            names.append(row["image_filename"])
            scores.append(number(table, line, row["mean_response"], SCALE))
            tested.append(part != "Train")
    paths = PUBLICATION.photos([folder / "images"], names)
    told = f"LAPIS_GIAA_Testsplit.csv: {sum(tested)} of {len(names)} photos are the test split"
    return ScoreDatabase(paths, np.array(scores), SCALE, held_out=np.array(tested), split=told)


def read_lapis_raters(folder: Path) -> RaterTable:
    """What each person gave, photos named as in `images/`. Raises InputInvalid."""
    table = PUBLICATION.file(folder, "annotation/LAPIS_PIAA.csv")
    rows = read_table(table, ("participant_id", "image_filename", "rating"))
    raters = rater_table(
        table, rows, "participant_id", ["image_filename"], "rating", SCALE, folder / "images"
    )
    return with_people(folder, raters, table.name)
