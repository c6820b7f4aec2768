"""PARA (Yang et al. 2022): 31,220 photos rated 1..5 by 438 people, with themselves described.

    imgs/<sessionId>/<imageName>
    annotation/PARA-Images.csv                one rating a row
    annotation/PARA-Giaa{Train,Test}.csv      shares of 1.0, 1.5 .. 5.0, the mean, the split
    annotation/PARA-UserInfo.csv

Its licence forbids commercial use of outputs based on it: a task vector of PARA is never bundled.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from photoaes.offline.databases.people_lists import with_people
from photoaes.offline.databases.published import FIVE, STARS, Publication, rater_table, shares
from photoaes.offline.databases.scores import RaterTable, ScoreDatabase
from photoaes.offline.databases.tables import number, read_table

PUBLICATION = Publication(
    "para",
    "PARA",
    "https://cv-datasets.institutecv.com/#/data-sets",
    "research and learning only; no commercial use of what is learned; never to be bundled",
)
# Half steps of 1..5, doubled, are the head's levels 2..10.
STEPS = {f"aestheticScore_{level / 2:.1f}": level for level in range(2, 11)}
MEAN = "aestheticScore_mean"


def read_para(folder: Path) -> ScoreDatabase:
    """The published split, with the votes. Raises InputInvalid."""
    names: list[str] = []
    scores: list[float] = []
    levels, counts = [], []
    for part in ("Train", "Test"):
        table = PUBLICATION.file(folder, f"annotation/PARA-Giaa{part}.csv")
        rows = read_table(table, ("sessionId", "imageName", *STEPS, MEAN))
        names += [f"{row['sessionId']}/{row['imageName']}" for _, row in rows]
        scores += [number(table, line, row[MEAN], (1, 5)) for line, row in rows]
        levels.append(shares(table, rows, STEPS))
        counts.append(len(rows))
    paths = PUBLICATION.photos([folder / "imgs"], names)
    held_out = np.arange(len(names)) >= counts[0]
    told = f"PARA-GiaaTest.csv: {counts[1]} of {len(names)} photos are the test split"
    return ScoreDatabase(paths, np.array(scores), FIVE, np.concatenate(levels), held_out, told)


def read_para_raters(folder: Path) -> RaterTable:
    """What each person gave, photos named as in `imgs/`. Raises InputInvalid."""
    table = PUBLICATION.file(folder, "annotation/PARA-Images.csv")
    rows = read_table(table, ("sessionId", "imageName", "userId", "aestheticScore"))
    raters = rater_table(
        table, rows, "userId", ["sessionId", "imageName"], "aestheticScore", STARS, folder / "imgs"
    )
    return with_people(folder, raters, table.name)
