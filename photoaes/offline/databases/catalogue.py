"""The published databases by their short names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from photoaes.errors import InputInvalid
from photoaes.offline.databases import (
    aadb,
    ava,
    flickr_aes,
    koniq,
    lapis,
    para,
    real_cur,
    spaq,
    tad66k,
)
from photoaes.offline.databases.published import Publication
from photoaes.offline.databases.scores import RaterTable, ScoreDatabase


@dataclass(frozen=True)
class Published:
    """A database's readers of its folder; `raters` where single people's ratings are published."""

    publication: Publication
    scores: Callable[[Path], ScoreDatabase]
    raters: Callable[[Path], RaterTable] | None = None


DATABASES = {
    entry.publication.name: entry
    for entry in (
        Published(ava.PUBLICATION, ava.read_ava),
        Published(tad66k.PUBLICATION, tad66k.read_tad66k),
        Published(
            flickr_aes.PUBLICATION,
            flickr_aes.read_flickr_aes,
            flickr_aes.read_flickr_aes_raters,
        ),
        Published(para.PUBLICATION, para.read_para, para.read_para_raters),
        Published(koniq.PUBLICATION, koniq.read_koniq),
        Published(spaq.PUBLICATION, spaq.read_spaq),
        Published(aadb.PUBLICATION, aadb.read_aadb, aadb.read_aadb_raters),
        Published(real_cur.PUBLICATION, real_cur.read_real_cur, real_cur.read_real_cur_raters),
        Published(lapis.PUBLICATION, lapis.read_lapis, lapis.read_lapis_raters),
    )
}


def rater_databases() -> list[str]:
    """The names of those with single people's ratings."""
    return [name for name, entry in DATABASES.items() if entry.raters is not None]


def published(name: str) -> Published:
    """The database of this name. Raises InputInvalid naming those that there are."""
    if name not in DATABASES:
        raise InputInvalid(f"There is no database {name!r}; known are: {', '.join(DATABASES)}.")
    return DATABASES[name]
