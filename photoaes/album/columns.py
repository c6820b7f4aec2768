"""An album as plain arrays, one entry a photo: what sorting and filtering work on.

100,000 photos are ordered and filtered in a few milliseconds because nothing here is an object:
names, cameras and labels are turned into numbers once, when the album is opened.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from photoaes.album.folding import natural_key
from photoaes.album.marks import LEAST_GOOD
from photoaes.album.photo import Paths, Photo

DAY = 86_400.0  # in seconds, as `Columns.taken`
UNRATED = -1
# How `Columns.flag` says it.
NO_FLAG, PICKED, REJECTED = 0, 1, -1
NOTHING = -1  # no camera, no label, no group

Floats = NDArray[np.float64]
Numbers = NDArray[np.int32]


@dataclass(frozen=True)
class Codes:
    """Words as numbers: `values` [N] index `words`, NOTHING where there is none.

    Words are sorted, so that the numbers sort like the words.
    """

    values: Numbers
    words: tuple[str, ...]

    def number(self, word: str) -> int:
        """Of a word; NOTHING for one that no photo has."""
        return self.words.index(word) if word in self.words else NOTHING


@dataclass(frozen=True)
class Columns:
    """N photos, all arrays [N]. A missing number is nan, missing stars are UNRATED.

    `score` is the personal one and `general` the general one, `taken` seconds since 1970 on the
    wall clock of the place, `flag` 1 picked, -1 rejected, 0 neither. `by_machine` marks stars that
    were made of a score, see `own`. `name` is each photo's place in natural order, `folded` its
    file name for searching. `group` numbers bursts, `best` marks each group's best and every photo
    outside a group. `upright` is true for portrait photos. `faces` is how many each shows,
    NOTHING where nobody has looked; `closed_eyes` is how many of these have closed eyes, and
    `soft_faces` how many are out of focus.
    """

    paths: Sequence[Path]
    folded: tuple[str, ...]
    name: Numbers
    size: NDArray[np.int64]
    taken: Floats
    score: Floats
    general: Floats
    stars: Numbers
    by_machine: NDArray[np.bool_]
    flag: Numbers
    label: Codes
    camera: Codes
    group: Numbers
    best: NDArray[np.bool_]
    upright: NDArray[np.bool_]
    faces: Numbers
    closed_eyes: Numbers
    soft_faces: Numbers

    def __len__(self) -> int:
        return len(self.paths)

    def is_placed_by_hand(self, index: int) -> bool:
        """Whether a person's own stars or a rejection place it, and not its score."""
        is_rated = self.stars[index] != UNRATED and not self.by_machine[index]
        return bool(is_rated or self.flag[index] == REJECTED)

    @property
    def own(self) -> Numbers:
        """The stars that a person gave, UNRATED elsewhere: a machine's show, and teach nothing."""
        return np.where(self.by_machine, np.int32(UNRATED), self.stars)

    @property
    def teaching(self) -> Numbers:
        """Those of them that a taste is learned from, UNRATED elsewhere: a reject is no good
        example (`store.lessons`)."""
        is_denied = (self.flag == REJECTED) & (self.stars >= LEAST_GOOD)
        return np.where(is_denied, np.int32(UNRATED), self.own)


def bare_columns(photos: Sequence[Photo]) -> Columns:
    """Of photos of which only the names are known yet."""
    count = len(photos)
    nothing, zeros = np.full(count, np.nan), np.zeros(count, dtype=np.int32)
    no_words = Codes(np.full(count, NOTHING, dtype=np.int32), ())
    return Columns(
        paths=Paths(photos),
        folded=tuple(photo.at.rpartition(os.sep)[2].casefold() for photo in photos),
        name=name_order([photo.at for photo in photos]),
        size=np.array([photo.size for photo in photos], dtype=np.int64),
        taken=nothing,
        score=nothing,
        general=nothing,
        stars=np.full(count, UNRATED, dtype=np.int32),
        by_machine=np.zeros(count, dtype=bool),
        flag=zeros,
        label=no_words,
        camera=no_words,
        group=np.full(count, NOTHING, dtype=np.int32),
        best=np.ones(count, dtype=bool),
        upright=np.zeros(count, dtype=bool),
        faces=np.full(count, NOTHING, dtype=np.int32),
        closed_eyes=zeros,
        soft_faces=zeros,
    )


def codes(words: Sequence[str | None]) -> Codes:
    """Each word as its place among the sorted words."""
    known = tuple(sorted({word for word in words if word}))
    number = {word: index for index, word in enumerate(known)}
    values = [number[word] if word else NOTHING for word in words]
    return Codes(np.array(values, dtype=np.int32), known)


def replaced(now: Codes, at: NDArray[np.int64], new: Codes) -> Codes:
    """With the words of `new` [M] at the places `at` [M]."""
    known = tuple(sorted({*now.words, *new.words}))
    place = {word: index for index, word in enumerate(known)}

    def renumbered(one: Codes) -> Numbers:
        # The last one is for NOTHING, which is -1.
        table = np.array([*(place[word] for word in one.words), NOTHING], dtype=np.int32)
        return np.asarray(table[one.values], dtype=np.int32)

    values = renumbered(now)
    values[at] = renumbered(new)
    return Codes(values, known)


class _FolderKeys(dict[str, str]):
    """Each folder's natural key, found once for all photos in it."""

    def key(self, path: str) -> str:
        """Of a whole path: no number goes on beyond a separator."""
        folder, separator, name = path.rpartition(os.sep)
        return self[folder] + separator + natural_key(name)

    def __missing__(self, folder: str) -> str:
        self[folder] = natural_key(folder)
        return self[folder]


def name_order(paths: Sequence[str]) -> Numbers:
    """Each path's place in natural order, [N]."""
    folders = _FolderKeys()
    keys = [folders.key(path) for path in paths]
    places = np.empty(len(paths), dtype=np.int32)
    places[sorted(range(len(keys)), key=keys.__getitem__)] = np.arange(len(keys), dtype=np.int32)
    return places
