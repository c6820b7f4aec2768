"""The photos that people rated, as they can be read: the others are left out of the ratings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from photoaes.model.paper.backbone import Preprocessing
from photoaes.offline.databases import RaterTable
from photoaes.offline.databases.gaps import NONE, Gap, Limit, check_gaps
from photoaes.offline.experts.decoding import Decoded, Pixels, absent, decode, decode_into


@dataclass(frozen=True)
class PhotoSet:
    """Photos by `asked` names and `paths`; decoded once, in memory or in the folder `cache`.

    What is decoded does not travel to other processes: they map the file in the cache.
    """

    asked: tuple[str, ...]
    paths: tuple[Path, ...]
    preprocessing: Preprocessing
    cache: Path | None = None
    limit: Limit = NONE

    @cached_property
    def decoded(self) -> Decoded:
        """Raises InputInvalid if more than `limit` cannot be read."""
        if self.cache is None:
            return decode(self.paths, self.preprocessing, self.limit)
        return decode_into(self.cache, self.paths, self.preprocessing, self.limit)

    @property
    def names(self) -> list[str]:
        """The names of the photos that could be read."""
        return [name for name, kept in zip(self.asked, self.decoded.kept, strict=True) if kept]

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The photos that are left out, and why."""
        return self.decoded.gaps

    def pixels_of(self, names: Sequence[str]) -> Pixels:
        """Bytes [N, S, S, 3] of some of the names."""
        if list(names) == list(self.asked):
            return self.decoded.pixels
        row = {name: index for index, name in enumerate(self.asked)}
        return self.decoded.pixels[[row[name] for name in names]]

    def paths_of(self, names: Sequence[str]) -> list[Path]:
        """The files of some of the names."""
        path = dict(zip(self.asked, self.paths, strict=True))
        return [path[name] for name in names]

    def __getstate__(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def photo_set(
    table: RaterTable,
    people: Iterable[str],
    preprocessing: Preprocessing,
    cache: Path | None,
    limit: Limit,
) -> PhotoSet:
    """All photos that these people rated, each in the first of the table's folders that has it.

    Raises InputInvalid at once if more than `limit` are not there.
    """
    names = sorted({name for person in people for name in table.ratings.get(person, ())})
    paths = tuple(_path(table.folders, name) for name in names)
    check_gaps(absent(paths), len(paths), limit)
    return PhotoSet(tuple(names), paths, preprocessing, cache, limit)


def with_photos(table: RaterTable, names: Iterable[str]) -> RaterTable:
    """The table with the ratings of these photos alone."""
    known = set(names)
    ratings = {
        person: {name: score for name, score in given.items() if name in known}
        for person, given in table.ratings.items()
    }
    return replace(table, ratings=ratings)


def _path(folders: Sequence[Path], name: str) -> Path:
    return next((f / name for f in folders if (f / name).is_file()), folders[0] / name)
