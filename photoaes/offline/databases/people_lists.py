"""Whom papers test on where the database itself does not say: lists that lie in its folder.

    userset/TestUserIDs_Fold1.txt ..    of the split by users that is published for PARA and LAPIS

PARA's and LAPIS' papers draw their test people at random and publish no list: without one all who
rated enough are judged, or as many as `--people` draws.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from photoaes.offline.databases.scores import RaterTable
from photoaes.offline.databases.tables import read_lines

LISTS = ("userset/TestUserIDs_Fold1.txt", "TestUserIDs_Fold1.txt")
NONE = "no list of test people is published with it: all who rated enough are judged"


def with_people(folder: Path, raters: RaterTable, name: str) -> RaterTable:
    """The table with the folder's test people, or with the word that all are taken.

    Raises InputInvalid if a list cannot be read.
    """
    for listed in LISTS:
        if (folder / listed).is_file():
            people = tuple(dict.fromkeys(line.strip() for _, line in read_lines(folder / listed)))
            origin = f"{name}; the {len(people)} people of {listed}"
            return replace(raters, tested=people, origin=origin)
    return replace(raters, origin=f"{name}; {NONE}")
