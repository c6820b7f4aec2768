"""Flickr-AES (Ren et al. 2017): 40,000 photos, each rated 1..5 by five of 210 workers.

    FLICKR-AES_image_labeled_by_each_worker.csv   worker, imagePair, score (blanks before names)
    FLICKR-AES_image_score.txt                    no header; name and mean score 0..1
    40K/

The paper trains on all photos; here those that a test worker rated are held out, so that no
query photo of a test worker is ever learned from.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from photoaes.offline.databases.flickr_people import TEST_WORKERS
from photoaes.offline.databases.published import STARS, Publication, rater_table
from photoaes.offline.databases.scores import RaterTable, ScoreDatabase
from photoaes.offline.databases.tables import number, read_table, read_words

PUBLICATION = Publication(
    "flickr-aes", "Flickr-AES", "https://github.com/alanspike/personalizedImageAesthetics"
)
WORKERS = "image_labeled_by_each_worker.csv"


def read_flickr_aes(folder: Path) -> ScoreDatabase:
    """All photos; held out are those that any of the 37 test workers rated. Raises InputInvalid."""
    table = PUBLICATION.file(folder, "FLICKR-AES_image_score.txt", "image_score.txt")
    lines = read_words(table, 2)
    scores = np.array([number(table, line, words[1], (0, 1)) for line, words in lines])
    ratings = read_flickr_aes_raters(folder).ratings
    tested = {name for worker in TEST_WORKERS for name in ratings.get(worker, {})}
    paths = PUBLICATION.photos([folder / "40K"], (words[0] for _, words in lines))
    held_out = np.array([words[0] in tested for _, words in lines])
    told = (
        f"photos that a test worker rated: {held_out.sum()} of {len(paths)} are the test split; "
        "the paper trains on all"
    )
    return ScoreDatabase(paths, scores, (0.0, 1.0), held_out=held_out, split=told)


def read_flickr_aes_raters(folder: Path) -> RaterTable:
    """What each worker gave, photos named as in `40K/`. Raises InputInvalid."""
    table = PUBLICATION.file(folder, f"FLICKR-AES_{WORKERS}", WORKERS)
    rows = read_table(table, ("worker", "imagePair", "score"))
    raters = rater_table(table, rows, "worker", ["imagePair"], "score", STARS, folder / "40K")
    origin = f"{table.name}; the 37 test workers that MTCL's repository lists"
    return replace(raters, tested=TEST_WORKERS, origin=origin)
