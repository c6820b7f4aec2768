"""EVA (Kang et al. 2020): 4,070 photos of AVA, each judged 0..10 by some thirty people, who also
gave four attributes of 1..4.

    data/votes_filtered.csv     image_id=user_id=score=difficulty=visual=composition=quality=
                                semantic=vote_time=1=2=3=4: a vote a row, `=` between the values
    images/EVA_together/<id>.jpg, or images/EVA_category/EVA_category/<1..6>/<id>.jpg

No split is published; the usual fifth is drawn by seed. Read as its readme says and three public
loaders do.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from photoaes.errors import InputInvalid
from photoaes.offline.databases.published import Publication, drawn
from photoaes.offline.databases.scores import RaterTable, ScoreDatabase
from photoaes.offline.databases.tables import Rows, number, read_table

PUBLICATION = Publication("eva", "EVA", "https://github.com/kang-gnak/eva-dataset")
TEN, FOUR = (0.0, 10.0), (1.0, 4.0)
ATTRIBUTES = ("visual", "composition", "quality", "semantic")
TABLES = ("data/votes_filtered.csv", "votes_filtered.csv")
TOGETHER = ("images/EVA_together", "EVA_together", "images")
CATEGORIES = "images/EVA_category/EVA_category"


def read_eva(folder: Path, attribute: str | None = None) -> ScoreDatabase:
    """Means of the votes, or of those on an attribute. Raises InputInvalid."""
    if attribute not in (None, *ATTRIBUTES):
        raise InputInvalid(f"EVA has no attribute {attribute!r}; it has: {', '.join(ATTRIBUTES)}.")
    column, scale = attribute or "score", FOUR if attribute else TEN
    table, rows = _votes(folder, column)
    votes: dict[str, list[float]] = {}
    for line, row in rows:
        given = votes.setdefault(row["image_id"], [])
        given.append(number(table, line, row[column], scale))
    paths = PUBLICATION.photos(_folders(folder), (f"{name}.jpg" for name in votes))
    held_out = drawn(len(votes), round(len(votes) / 5))
    told = f"drawn by seed 0, for none is published: {held_out.sum()} of {len(votes)} photos"
    means = np.array([np.mean(given) for given in votes.values()])
    return ScoreDatabase(paths, means, scale, held_out=held_out, split=told)


def read_eva_raters(folder: Path) -> RaterTable:
    """The scores that each person gave. Raises InputInvalid."""
    table, rows = _votes(folder, "score")
    ratings: dict[str, dict[str, float]] = {}
    for line, row in rows:
        given = ratings.setdefault(row["user_id"], {})
        given[f"{row['image_id']}.jpg"] = number(table, line, row["score"], TEN)
    return RaterTable(ratings, TEN, tuple(_folders(folder)), origin=table.name)


def _votes(folder: Path, column: str) -> tuple[Path, Rows]:
    table = PUBLICATION.file(folder, *TABLES)
    return table, read_table(table, ("image_id", "user_id", column), delimiter="=")


def _folders(folder: Path) -> list[Path]:
    categories = [folder / CATEGORIES / str(number) for number in range(1, 7)]
    there = [one for one in (*(folder / name for name in TOGETHER), *categories) if one.is_dir()]
    return there or [folder / TOGETHER[0]]
