"""What the published databases have in common: where they are from, and finding their files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from photoaes.errors import InputInvalid
from photoaes.offline.databases.scores import RaterTable
from photoaes.offline.databases.tables import Rows, number

# Databases of 1..5 are doubled, which equals reading the head's levels as 0.5, 1, .. 5 (paper,
# appendix D). As a linear map to 1..10 that is this scale.
FIVE = (0.5, 5.0)
# What single people give on such a scale.
STARS = (1.0, 5.0)


@dataclass(frozen=True)
class Publication:
    """A database's short `name`, its `title`, and the page where it is published."""

    name: str
    title: str
    page: str
    licence: str = "research only: the database's terms were not verified"

    def file(self, folder: Path, *names: str) -> Path:
        """The first of these files (relative to `folder`) that is there.

        Raises InputInvalid naming the file and where it is published.
        """
        found = self.optional(folder, *names)
        if found is not None:
            return found
        raise self.missing(f"has no {' or '.join(names)}", folder / names[0])

    def optional(self, folder: Path, *names: str) -> Path | None:
        """As `file`, but None where there is none of these files."""
        return next((folder / name for name in names if (folder / name).is_file()), None)

    def photos(self, folders: Sequence[Path], names: Iterable[str]) -> tuple[Path, ...]:
        """Each photo's path, in the first of the folders that holds it.

        A photo that is in none of them gets its place in the first: `gaps` counts those. Raises
        InputInvalid if not one is there.
        """
        found = [(next((f / n for f in folders if (f / n).is_file()), None), n) for n in names]
        if found and not any(path for path, _ in found):
            first = folders[0] / found[0][1]
            raise self.missing(f"has none of its {len(found)} photos, first {first}", first)
        return tuple(path or folders[0] / name for path, name in found)

    def missing(self, what: str, path: Path) -> InputInvalid:
        """The error for a part that is not there."""
        return InputInvalid(f"The folder of {self.title} {what}. Get it from {self.page}.", path)


def rater_table(
    table: Path,
    rows: Rows,
    rater: str,
    photo: Sequence[str],
    score: str,
    scale: tuple[float, float],
    folder: Path,
) -> RaterTable:
    """Ratings of a table's rows; a photo's name is its columns `photo` joined by a slash.

    The photos lie in `folder`.
    """
    ratings: dict[str, dict[str, float]] = {}
    for line, row in rows:
        name = "/".join(row[column] for column in photo)
        ratings.setdefault(row[rater], {})[name] = number(table, line, row[score], scale)
    return RaterTable(ratings, scale, (folder,))


def shares(table: Path, rows: Rows, columns: Mapping[str, int]) -> NDArray[np.float64]:
    """Vote counts or shares in `columns` (name -> the head's level 1..10) as shares, [N, 10].

    Raises InputInvalid for a negative count or a row without votes.
    """
    votes = np.zeros((len(rows), 10))
    for place, (line, row) in enumerate(rows):
        for column, level in columns.items():
            votes[place, level - 1] = number(table, line, row[column], (0, np.inf))
        if not votes[place].sum() > 0:
            raise InputInvalid(f"{table.name}, line {line}: there are no votes.", table)
    portions: NDArray[np.float64] = votes / votes.sum(axis=1, keepdims=True)
    return portions


def drawn(count: int, held_out: int, seed: int = 0) -> NDArray[np.bool_]:
    """A random test split of `held_out` photos where none is published; the same each time."""
    chosen: NDArray[np.bool_] = np.random.default_rng(seed).permutation(count) < held_out
    return chosen
