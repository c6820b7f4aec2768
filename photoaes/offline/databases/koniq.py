"""KonIQ-10k (Hosu et al. 2020): technical quality, 10,073 photos, votes of 1..5.

    koniq10k_scores_and_distributions.csv    image_name,c1..c5,c_total,MOS,SD,MOS_zscore
    1024x768/

The table has no split; the 2,015 test photos that papers report on are drawn by seed.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from photoaes.offline.databases.published import FIVE, Publication, drawn, shares
from photoaes.offline.databases.scores import ScoreDatabase
from photoaes.offline.databases.tables import number, read_table

PUBLICATION = Publication(
    "koniq", "KonIQ-10k", "https://database.mmsp-kn.de/koniq-10k-database.html"
)
VOTES = {f"c{level}": 2 * level for level in range(1, 6)}
TEST_SHARE = 2_015 / 10_073


def read_koniq(folder: Path) -> ScoreDatabase:
    """All photos, with their votes. Raises InputInvalid."""
    table = PUBLICATION.file(folder, "koniq10k_scores_and_distributions.csv")
    rows = read_table(table, ("image_name", *VOTES, "MOS"))
    scores = np.array([number(table, line, row["MOS"], (1, 5)) for line, row in rows])
    paths = PUBLICATION.photos([folder / "1024x768"], (row["image_name"] for _, row in rows))
    held_out = drawn(len(rows), round(len(rows) * TEST_SHARE))
    return ScoreDatabase(paths, scores, FIVE, shares(table, rows, VOTES), held_out)
