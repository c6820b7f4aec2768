"""AVA (Murray et al. 2012): votes of 1..10 on 255,530 photos of dpchallenge.com.

    AVA.txt             no header; index, id, votes of 1 .. 10, two tags, challenge
    images/<id>.jpg

The paper names no test split. Literature tests on 19,926 photos, a share that we draw by seed.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from photoaes.offline.databases.published import Publication, drawn, shares
from photoaes.offline.databases.scores import ScoreDatabase
from photoaes.offline.databases.tables import read_words

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


def read_ava(folder: Path) -> ScoreDatabase:
    """All photos but the broken ones, with their votes. Raises InputInvalid."""
    table = PUBLICATION.file(folder, "AVA.txt")
    lines = [(n, words) for n, words in read_words(table, 15) if words[1] not in BROKEN]
    rows = [(n, dict(zip(VOTES, words[2:12], strict=True))) for n, words in lines]
    levels = shares(table, rows, VOTES)
    paths = PUBLICATION.photos([folder / "images"], (f"{words[1]}.jpg" for _, words in lines))
    held_out = drawn(len(paths), round(len(paths) * TEST_SHARE))
    return ScoreDatabase(paths, levels @ np.arange(1.0, 11), (1.0, 10.0), levels, held_out)
