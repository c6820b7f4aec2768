"""The published databases by their short names."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from photoaes.errors import InputInvalid
from photoaes.offline.databases import (
    aadb,
    ava,
    eva,
    flickr_aes,
    kadid,
    koniq,
    lapis,
    live_fb,
    para,
    real_cur,
    spaq,
    tad66k,
)
from photoaes.offline.databases.published import Publication
from photoaes.offline.databases.scores import RaterTable, ScoreDatabase


@dataclass(frozen=True)
class PublishedDatabase:
    """A database's readers of its folder; `raters` where single people's ratings are published.

    `part` is what `scores` takes beside the folder: a subset, or an attribute instead of the score.
    """

    publication: Publication
    scores: Callable[..., ScoreDatabase]
    raters: Callable[[Path], RaterTable] | None = None
    part: str | None = None


DATABASES = {
    entry.publication.name: entry
    for entry in (
        PublishedDatabase(ava.PUBLICATION, ava.read_ava, part="tags"),
        PublishedDatabase(tad66k.PUBLICATION, tad66k.read_tad66k, part="theme"),
        PublishedDatabase(
            flickr_aes.PUBLICATION,
            flickr_aes.read_flickr_aes,
            flickr_aes.read_flickr_aes_raters,
        ),
        PublishedDatabase(para.PUBLICATION, para.read_para, para.read_para_raters, "attribute"),
        PublishedDatabase(koniq.PUBLICATION, koniq.read_koniq),
        PublishedDatabase(spaq.PUBLICATION, spaq.read_spaq, part="attribute"),
        PublishedDatabase(eva.PUBLICATION, eva.read_eva, eva.read_eva_raters, "attribute"),
        PublishedDatabase(kadid.PUBLICATION, kadid.read_kadid),
        PublishedDatabase(live_fb.PUBLICATION, live_fb.read_live_fb),
        PublishedDatabase(aadb.PUBLICATION, aadb.read_aadb, aadb.read_aadb_raters),
        PublishedDatabase(
            real_cur.PUBLICATION, real_cur.read_real_cur, real_cur.read_real_cur_raters
        ),
        PublishedDatabase(lapis.PUBLICATION, lapis.read_lapis, lapis.read_lapis_raters),
    )
}


def rater_databases() -> list[str]:
    """The names of those with single people's ratings."""
    return [name for name, entry in DATABASES.items() if entry.raters is not None]


def published(name: str) -> PublishedDatabase:
    """The database of this name. Raises InputInvalid naming those that there are."""
    if name not in DATABASES:
        raise InputInvalid(f"There is no database {name!r}; known are: {', '.join(DATABASES)}.")
    return DATABASES[name]


def scored_part(text: str, folder: Path) -> tuple[str, Publication, ScoreDatabase]:
    """What `ava`, `ava:tags=nature+sky`, `tad66k:theme=food` or `para:attribute=light` mean: a name
    for the expert, the publication, and the photos with their scores. Raises InputInvalid."""
    name, colon, option = text.partition(":")
    entry = published(name)
    if not colon:
        return name, entry.publication, entry.scores(folder)
    key, equals, value = option.partition("=")
    if entry.part is None or key != entry.part or not (equals and value):
        takes = f"takes {name}:{entry.part}=..." if entry.part else "has no parts"
        raise InputInvalid(f"{text!r} names no part of a database: {name} {takes}.")
    words = re.sub(r"[^0-9A-Za-z]+", "-", value).strip("-").lower()
    return f"{name}-{words}", entry.publication, entry.scores(folder, **{key: value})
