"""Published splits: which photo is for training, which for the test, and where that is written.

Loaders of the same database find its split in different files. A reader names them in its order of
precedence; the first that is there counts, and the results say which one it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from photoaes.errors import InputInvalid
from photoaes.offline.databases.published import drawn
from photoaes.offline.databases.tables import header_of, read_lines, read_table

Part = Literal["train", "validation", "test"]
# A photo's name and its part, in the words of the loaders that were looked at.
NAMES = ("image_name", "img_name", "img_name/patch_name", "image", "image_id", "filename")
SETS = ("set", "official_split", "official split", "split")
WORDS: Mapping[str, Part] = {
    "training": "train",
    "train": "train",
    "validation": "validation",
    "valid": "validation",
    "val": "validation",
    "test": "test",
    "testing": "test",
}


@dataclass(frozen=True)
class Split:
    """Parts by photo, without folder and suffix; what is not named trains. `origin` says whence."""

    parts: Mapping[str, Part]
    origin: str

    def held_out(self, names: Iterable[str]) -> NDArray[np.bool_]:
        """Which photos are of the test part, [N]."""
        return np.array([self.parts.get(_stem(name)) == "test" for name in names], bool)

    def described(self, names: Sequence[str]) -> str:
        """One line for the results."""
        test = int(self.held_out(names).sum())
        return f"{self.origin}: {test} of {len(names)} photos are the test split"


def has_split(table: Path) -> bool:
    """Whether a CSV has a column of sets. Raises InputInvalid if it cannot be read."""
    return bool(set(SETS) & set(header_of(table)))


def split_table(table: Path) -> Split:
    """A CSV with a photo's name and its set in a row. Raises InputInvalid."""
    header = header_of(table)
    name = next((column for column in NAMES if column in header), NAMES[0])
    part = next((column for column in SETS if column in header), SETS[0])
    parts: dict[str, Part] = {}
    for line, row in read_table(table, (name, part)):
        word = WORDS.get(row[part].lower())
        if word is None:
            known = ", ".join(WORDS)
            raise InputInvalid(
                f"{table.name}, line {line}: {row[part]!r} is no set; known are {known}.", table
            )
        parts[_stem(row[name])] = word
    _check(table, parts)
    return Split(parts, f"{table.name}, column {part}; training and validation are learned from")


def list_of_test(table: Path) -> Split:
    """A file with the name of a test photo in each line, before whatever else stands there."""
    parts: dict[str, Part] = {_stem(line.split()[0]): "test" for _, line in read_lines(table)}
    _check(table, parts)
    return Split(parts, f"{table.name}, a list of test photos; all others are learned from")


def drawn_split(names: Sequence[str], held_out: int) -> Split:
    """So many photos by seed, where no split is published or at hand; the same each time."""
    chosen = drawn(len(names), held_out)
    parts: dict[str, Part] = {
        _stem(name): "test" for name, test in zip(names, chosen, strict=True) if test
    }
    return Split(parts, "drawn by seed 0, for no published split lies in the folder")


def _stem(name: str) -> str:
    return PurePath(name).stem


def _check(table: Path, parts: Mapping[str, Part]) -> None:
    if "test" not in parts.values():
        raise InputInvalid(f"{table.name} names no test photo.", table)
