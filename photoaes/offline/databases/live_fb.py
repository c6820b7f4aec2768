"""LIVE-FB, also FLIVE and PaQ-2-PiQ (Ying et al. 2020): technical quality, 39,810 photos, 0..100.

    labels_image.csv                 name,mos; a name has its folder: voc_emotic_ava/AVA__149.jpg
    meta_info_FLIVEDataset.csv       img_name/patch_name,mos,split (of pyiqa): the official split
    database/<name>, or <name>

The official test photos are those with a side above 640 pixels. Without the second table a fifth is
drawn by seed, and the bank says so.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from photoaes.offline.databases.published import Publication
from photoaes.offline.databases.scores import ScoreDatabase
from photoaes.offline.databases.splits import drawn_split, has_split, split_table
from photoaes.offline.databases.tables import number, read_table

PUBLICATION = Publication("live-fb", "LIVE-FB", "https://github.com/niu-haoran/FLIVE_Database")
HUNDRED = (0.0, 100.0)
META = ("meta_info_FLIVEDataset.csv", "meta_info/meta_info_FLIVEDataset.csv")


def read_live_fb(folder: Path) -> ScoreDatabase:
    """All whole photos, without their patches. Raises InputInvalid."""
    table = PUBLICATION.file(folder, "labels_image.csv")
    rows = read_table(table, ("name", "mos"))
    names = [row["name"] for _, row in rows]
    scores = np.array([number(table, line, row["mos"], HUNDRED) for line, row in rows])
    meta = PUBLICATION.optional(folder, *META)
    is_official = meta is not None and has_split(meta)
    split = split_table(meta) if meta and is_official else drawn_split(names, round(len(rows) / 5))
    folders = [folder / "database", folder / "FLIVE", folder]
    return ScoreDatabase(
        PUBLICATION.photos(folders, names),
        scores,
        HUNDRED,
        held_out=split.held_out(names),
        split=split.described(names),
    )
