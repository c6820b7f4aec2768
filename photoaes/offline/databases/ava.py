"""AVA (Murray et al. 2012): votes of 1..10 on 255,530 photos of dpchallenge.com.

    AVA.txt                                      no header; index, id, votes of 1 .. 10, two tags,
                                                 challenge
    AVA_data_official.csv                        image_name,MOS,set: what the paper's code reads
    AVA_data_official_test.csv                   the same, of the repository ava-mlsp
    aesthetics_image_lists/generic_test.jpgl     AVA's own list of test photos, an id a line
    meta_info_AVADataset.csv                     img_name,MOS,c1..c10,..,official split (of pyiqa)
    tags.txt                                     number and name of each of the 66 tags
    images/<id>.jpg

All of the lists are said to be of AVA's one official test split, of some 19,930 photos that can
still be had. They are taken in this order; without any, 19,926 of 255,482 are drawn by seed.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePath

import numpy as np

from photoaes.errors import InputInvalid
from photoaes.offline.databases.published import Publication, shares
from photoaes.offline.databases.scores import ScoreDatabase
from photoaes.offline.databases.splits import (
    Split,
    drawn_split,
    has_split,
    list_of_test,
    split_table,
)
from photoaes.offline.databases.tables import number, read_lines, read_table, read_words

PUBLICATION = Publication(
    "ava",
    "AVA",
    "https://github.com/imfing/ava_downloader",
    "photographers keep all rights; research only",
)
# These photos are published broken or not at all.
BROKEN = frozenset(("2113", "2878", "770406", "729377", "2761", "3101", "3937"))
TEST_SHARE = 19_926 / 255_482
VOTES = {str(level): level for level in range(1, 11)}
# AVA.txt and the lists lie beside the photos, or in a folder of their own.
PLACES = ("", "AVA_dataset/", "AVA_Files/", "metadata/", "meta_info/")
LISTS = ("aesthetics_image_lists/generic_test.jpgl", "aesthetics_image_list/generic_test.jpgl",
         "generic_test.jpgl")  # fmt: skip
TABLES = ("AVA_data_official.csv", "AVA_data_official_test.csv")
META = "meta_info_AVADataset.csv"
IMAGES = ("images", "image", "ava_images", "AVA_dataset/images", "AVA_dataset/image",
          "AVA_dataset/ava_images")  # fmt: skip


def read_ava(folder: Path, tags: str | None = None) -> ScoreDatabase:
    """All photos but the broken ones, with their votes where AVA.txt is there, else with the mean
    scores of the tables; or only those with one of the `tags`, by number or name, with + between
    them. Raises InputInvalid."""
    if (
        tags is None
        and PUBLICATION.optional(folder, *_places("AVA.txt")) is None
        and (table := PUBLICATION.optional(folder, *_places(*TABLES)))
    ):
        return _means(folder, table)
    table = PUBLICATION.file(folder, *_places("AVA.txt"))
    lines = [(n, words) for n, words in read_words(table, 15) if words[1] not in BROKEN]
    if tags is not None:
        wanted = _numbers(folder, tags)
        lines = [(n, words) for n, words in lines if wanted & set(words[12:14])]
        if not lines:
            raise InputInvalid(f"No photo of {table.name} has the tags {tags}.", table)
    rows = [(n, dict(zip(VOTES, words[2:12], strict=True))) for n, words in lines]
    levels = shares(table, rows, VOTES)
    names = [f"{words[1]}.jpg" for _, words in lines]
    split = _split(folder, names)
    return ScoreDatabase(
        _photos(folder, names),
        levels @ np.arange(1.0, 11),
        (1.0, 10.0),
        levels,
        split.held_out(names),
        split.described(names),
    )


def _numbers(folder: Path, tags: str) -> set[str]:
    """The tags' numbers, as AVA.txt has them; 0 is none."""
    listed = PUBLICATION.optional(folder, *_places("tags.txt"))
    lines = read_lines(listed) if listed else []
    by_name = {name.strip().lower(): n for n, _, name in (x.partition(" ") for _, x in lines)}
    numbers = set()
    for tag in filter(None, tags.split("+")):
        found = tag if tag.isdecimal() and tag != "0" else by_name.get(tag.strip().lower())
        if found is None:
            known = ", ".join(by_name) or "numbers, for there is no tags.txt"
            raise InputInvalid(f"AVA has no tag {tag!r}; known are: {known}.", listed)
        numbers.add(found)
    return numbers


def _means(folder: Path, table: Path) -> ScoreDatabase:
    rows = read_table(table, ("image_name", "MOS"))
    kept = [(n, row) for n, row in rows if PurePath(row["image_name"]).stem not in BROKEN]
    names = [row["image_name"] for _, row in kept]
    scores = np.array([number(table, line, row["MOS"], (1, 10)) for line, row in kept])
    split = _split(folder, names)
    held_out, described = split.held_out(names), split.described(names)
    return ScoreDatabase(
        _photos(folder, names), scores, (1.0, 10.0), held_out=held_out, split=described
    )


def _photos(folder: Path, names: Sequence[str]) -> tuple[Path, ...]:
    return PUBLICATION.photos([folder / images for images in IMAGES], names)


def _split(folder: Path, names: Sequence[str]) -> Split:
    for name in TABLES:
        table = PUBLICATION.optional(folder, *_places(name))
        if table is not None and has_split(table):
            return split_table(table)
    if (listed := PUBLICATION.optional(folder, *_places(*LISTS))) is not None:
        return list_of_test(listed)
    table = PUBLICATION.optional(folder, *_places(META))
    if table is not None and has_split(table):
        return split_table(table)
    return drawn_split(names, round(len(names) * TEST_SHARE))


def _places(*names: str) -> list[str]:
    return [f"{place}{name}" for name in names for place in PLACES]
