"""KonIQ-10k (Hosu et al. 2020): technical quality, 10,073 photos, votes of 1..5.

    koniq10k_distributions_sets.csv          image_name,c1..c5,c_total,MOS,SD,set; MOS 0..100
    koniq10k_scores_and_distributions.csv    image_name,c1..c5,c_total,MOS,SD,MOS_zscore; MOS 1..5
    meta_info_KonIQ10kDataset.csv            img_name,mos,std,split (of pyiqa); mos 0..100
    1024x768/ or 512x384/                    the same photos at two sizes

The first has the authors' split (7,058, 1,000 and 2,015 photos) and is preferred. The second has
none: its 2,015 test photos are those of the third, if that is there, else they are drawn by seed.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from photoaes.offline.databases.published import FIVE, Publication, shares
from photoaes.offline.databases.scores import ScoreDatabase
from photoaes.offline.databases.splits import Split, drawn_split, has_split, split_table
from photoaes.offline.databases.tables import header_of, number, read_table

PUBLICATION = Publication(
    "koniq", "KonIQ-10k", "https://database.mmsp-kn.de/koniq-10k-database.html"
)
VOTES = {f"c{level}": 2 * level for level in range(1, 6)}
TEST_SHARE = 2_015 / 10_073
HUNDRED = (0.0, 100.0)
SETS = ("koniq10k_distributions_sets.csv", "metadata/koniq10k_distributions_sets.csv")
SCORES = (
    "koniq10k_scores_and_distributions.csv",
    "koniq10k_scores_and_distributions/koniq10k_scores_and_distributions.csv",
)
META = ("meta_info_KonIQ10kDataset.csv", "meta_info/meta_info_KonIQ10kDataset.csv")
IMAGES = ("1024x768", "512x384", "images", "imgs")


def read_koniq(folder: Path) -> ScoreDatabase:
    """All photos, with their votes where they are published. Raises InputInvalid."""
    table = PUBLICATION.optional(folder, *SETS) or PUBLICATION.file(folder, *SCORES, *META)
    header = header_of(table)
    name, score = ("image_name", "MOS") if "image_name" in header else ("img_name", "mos")
    votes = VOTES if set(VOTES) <= set(header) else {}
    rows = read_table(table, (name, *votes, score))
    # Beside a mean of 0..100, which is then called zscore, that of the votes is 1..5.
    is_five = {"MOS_zscore", "mos_zscore"} & set(header)
    scale = (1.0, 5.0) if is_five else HUNDRED
    scores = np.array([number(table, line, row[score], scale) for line, row in rows])
    names = [row[name] for _, row in rows]
    split = _split(folder, table, names)
    return ScoreDatabase(
        PUBLICATION.photos([folder / images for images in IMAGES], names),
        scores,
        FIVE if is_five else HUNDRED,
        shares(table, rows, votes) if votes else None,
        split.held_out(names),
        split.described(names),
    )


def _split(folder: Path, table: Path, names: list[str]) -> Split:
    for one in (table, PUBLICATION.optional(folder, *META)):
        if one is not None and has_split(one):
            return split_table(one)
    return drawn_split(names, round(len(names) * TEST_SHARE))
