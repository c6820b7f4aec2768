"""Score databases (photo, mean score) and rater tables (person, photo, rating), from plain CSV."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from photoaes.errors import InputInvalid


@dataclass(frozen=True)
class ScoreDatabase:
    """N photos and their mean opinion scores [N] on `scale` (lowest and highest possible)."""

    paths: tuple[Path, ...]
    scores: NDArray[np.float64]
    scale: tuple[float, float]

    def targets(self) -> NDArray[np.float64]:
        """The scores mapped linearly to the head's 1..10, [N]."""
        low, high = self.scale
        return 1 + 9 * (self.scores - low) / (high - low)


def read_scores(
    table: Path,
    images: Path,
    scale: tuple[float, float],
    column: str = "score",
) -> ScoreDatabase:
    """A CSV with the columns `image` and `column`; images are named relative to `images`.

    The scale is given, not guessed. Raises InputInvalid for a missing column or file, and for a
    score that is no number or lies outside the scale, with its line.
    """
    rows = read_table(table, ("image", column))
    scores = np.array([_number(table, line, row[column], scale) for line, row in rows])
    return ScoreDatabase(
        tuple(_image(table, images, row["image"]) for _, row in rows), scores, scale
    )


@dataclass(frozen=True)
class RaterTable:
    """What many people gave: for each person the photos' names and ratings, in the file's order."""

    ratings: dict[str, dict[str, float]]

    def people(self, at_least: int) -> list[str]:
        """Those who rated at least so many photos, sorted by name."""
        return sorted(name for name, given in self.ratings.items() if len(given) >= at_least)


def read_ratings(table: Path) -> RaterTable:
    """A CSV with the columns `rater`, `image` and `score`; of a double rating the last counts."""
    ratings: dict[str, dict[str, float]] = {}
    for line, row in read_table(table, ("rater", "image", "score")):
        ratings.setdefault(row["rater"], {})[row["image"]] = _number(table, line, row["score"])
    return RaterTable(ratings)


def read_column(table: Path, column: str) -> dict[str, str]:
    """A CSV's `image` -> `column`."""
    return {row["image"]: row[column] for _, row in read_table(table, ("image", column))}


def read_table(table: Path, columns: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    """The rows as dictionaries, each with its line number, blanks around names and values removed.

    Raises InputInvalid if the file cannot be read, lacks a column or has no rows.
    """
    try:
        # utf-8-sig: spreadsheets put a byte order mark before the first column's name.
        with table.open(newline="", encoding="utf-8-sig") as file:
            reader = csv.DictReader(file, skipinitialspace=True)
            header = [name.strip() for name in reader.fieldnames or []]
            reader.fieldnames = header
            missing = [name for name in columns if name not in header]
            if missing:
                raise InputInvalid(
                    f"{table.name} has no column {missing[0]!r}; it has: {', '.join(header)}.",
                    table,
                )
            rows = [
                (reader.line_num, {key: (row[key] or "").strip() for key in columns})
                for row in reader
            ]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputInvalid(f"The table {table} cannot be read: {error}.", table) from error
    if not rows:
        raise InputInvalid(f"{table.name} has no rows.", table)
    return rows


def _number(table: Path, line: int, text: str, scale: tuple[float, float] | None = None) -> float:
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    low, high = scale or (-np.inf, np.inf)
    if not low <= value <= high:  # false for nan as well
        within = f" from {low:g} to {high:g}" if scale else ""
        raise InputInvalid(f"{table.name}, line {line}: {text!r} is not a number{within}.", table)
    return value


def _image(table: Path, images: Path, name: str) -> Path:
    path = images / name
    if not path.is_file():
        raise InputInvalid(f"{table.name} names {name}, which is not in {images}.", path)
    return path
