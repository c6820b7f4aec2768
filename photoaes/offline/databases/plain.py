"""Score databases and rater tables of one's own, from plain CSV."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from photoaes.errors import InputInvalid
from photoaes.offline.databases.scores import RaterTable, ScoreDatabase
from photoaes.offline.databases.tables import number, read_table


def read_scores(
    table: Path,
    images: Path,
    scale: tuple[float, float],
    column: str = "score",
) -> ScoreDatabase:
    """A CSV with the columns `image` and `column`; images are named relative to `images`.

    The scale is given, not guessed. Raises InputInvalid for a missing column, for a score that is
    no number or lies outside the scale, with its line, and if no photo at all is there.
    """
    rows = read_table(table, ("image", column))
    scores = np.array([number(table, line, row[column], scale) for line, row in rows])
    paths = tuple(images / row["image"] for _, row in rows)
    if not any(path.is_file() for path in paths):
        first = rows[0][1]["image"]
        raise InputInvalid(f"{table.name} names {first}, which is not in {images}.", paths[0])
    return ScoreDatabase(paths, scores, scale)


def read_ratings(table: Path) -> RaterTable:
    """A CSV with the columns `rater`, `image` and `score`; of a double rating the last counts."""
    ratings: dict[str, dict[str, float]] = {}
    for line, row in read_table(table, ("rater", "image", "score")):
        ratings.setdefault(row["rater"], {})[row["image"]] = number(table, line, row["score"])
    return RaterTable(ratings)


def read_column(table: Path, column: str) -> dict[str, str]:
    """The values of one of a CSV's columns by its column `image`."""
    return {row["image"]: row[column] for _, row in read_table(table, ("image", column))}
