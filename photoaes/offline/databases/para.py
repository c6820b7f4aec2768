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

from photoaes.errors import InputInvalid
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


ATTRIBUTES = ("quality", "composition", "color", "dof", "content", "light")


def read_para(folder: Path, attribute: str | None = None) -> ScoreDatabase:
    """The published split, with the votes, or with the means of those on an attribute. Raises
    InputInvalid."""
    if attribute is not None:
        return _attribute(folder, attribute)
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


def _attribute(folder: Path, attribute: str) -> ScoreDatabase:
    if attribute not in ATTRIBUTES:
        raise InputInvalid(f"PARA has no attribute {attribute!r}; it has: {', '.join(ATTRIBUTES)}.")
    whole, column = read_para(folder), f"{attribute}Score"
    table = PUBLICATION.file(folder, "annotation/PARA-Images.csv")
    given: dict[str, list[float]] = {}
    for line, row in read_table(table, ("sessionId", "imageName", column)):
        votes = given.setdefault(f"{row['sessionId']}/{row['imageName']}", [])
        votes.append(number(table, line, row[column], STARS))
    names = [f"{path.parent.name}/{path.name}" for path in whole.paths]
    missing = next((name for name in names if name not in given), None)
    if missing:
        raise InputInvalid(f"{table.name} has no votes on {missing}.", table)
    means = np.array([np.mean(given[name]) for name in names])
    # Means of 1..5 without a histogram: read as they are, linearly.
    return ScoreDatabase(whole.paths, means, STARS, None, whole.held_out, whole.split)


def read_para_raters(folder: Path) -> RaterTable:
    """What each person gave, photos named as in `imgs/`. Raises InputInvalid."""
    table = PUBLICATION.file(folder, "annotation/PARA-Images.csv")
    rows = read_table(table, ("sessionId", "imageName", "userId", "aestheticScore"))
    raters = rater_table(
        table, rows, "userId", ["sessionId", "imageName"], "aestheticScore", STARS, folder / "imgs"
    )
    return with_people(folder, raters, table.name)
