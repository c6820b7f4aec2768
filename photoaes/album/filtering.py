"""Which photos the grid shows: conditions on an album's columns, all of which must hold."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from photoaes.album.columns import UNRATED, Codes, Columns

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class StarsRelation:
    """Photos with at least, exactly or at most so many stars; unrated ones never match."""

    relation: str  # ">=", "=" or "<="
    stars: int

    def mask(self, columns: Columns) -> Mask:
        """Which photos match, [N]."""
        rated = _mask(columns.stars != UNRATED)
        match self.relation:
            case ">=":
                return _mask(rated & (columns.stars >= self.stars))
            case "<=":
                return _mask(rated & (columns.stars <= self.stars))
            case "=":
                return _mask(columns.stars == self.stars)
        raise ValueError(f"no relation {self.relation!r}")


@dataclass(frozen=True)
class StarsAmong:
    """Photos with one of these numbers of stars, whoever gave them; UNRATED is as `Unrated`."""

    values: frozenset[int]

    def mask(self, columns: Columns) -> Mask:
        """Which photos match, [N]."""
        found = np.isin(columns.stars, sorted(self.values))
        return _mask(found | (columns.own == UNRATED) if UNRATED in self.values else found)


@dataclass(frozen=True)
class Unrated:
    """Photos that no person has rated, a machine's stars or not: those that are left to rate."""

    def mask(self, columns: Columns) -> Mask:
        """Which photos match, [N]."""
        return _mask(columns.own == UNRATED)


@dataclass(frozen=True)
class ScoreBetween:
    """Photos with a personal score from `low` to `high`, both included."""

    low: float = -np.inf
    high: float = np.inf

    def mask(self, columns: Columns) -> Mask:
        """Which photos match, [N]; those without a score never do."""
        return _mask((columns.score >= self.low) & (columns.score <= self.high))


@dataclass(frozen=True)
class FlagAmong:
    """Photos with one of these flags: 1 picked, -1 rejected, 0 neither."""

    flags: frozenset[int]

    def mask(self, columns: Columns) -> Mask:
        """Which photos match, [N]."""
        return _mask(np.isin(columns.flag, sorted(self.flags)))


@dataclass(frozen=True)
class Label:
    """Photos with one of the colour labels; the empty word stands for none."""

    labels: frozenset[str]

    def mask(self, columns: Columns) -> Mask:
        """Which photos match, [N]."""
        return _among(columns.label, self.labels)


@dataclass(frozen=True)
class Camera:
    """Photos of one of the cameras; the empty word stands for an unknown one."""

    cameras: frozenset[str]

    def mask(self, columns: Columns) -> Mask:
        """Which photos match, [N]."""
        return _among(columns.camera, self.cameras)


@dataclass(frozen=True)
class DateAmong:
    """Photos taken in one of these months or on one of these days, such as "2025-06" and
    "2025-06-14", by the camera's clock; "" stands for no date."""

    dates: frozenset[str]

    def mask(self, columns: Columns) -> Mask:
        """Which photos match, [N]."""
        taken = days(columns.taken)
        found = np.isnat(taken) if "" in self.dates else np.zeros(len(taken), dtype=np.bool_)
        for unit, length in (("M", 7), ("D", 10)):
            wanted = [np.datetime64(date) for date in self.dates if len(date) == length]
            if wanted:
                found |= np.isin(taken.astype(f"datetime64[{unit}]"), wanted)
        return _mask(found)


@dataclass(frozen=True)
class Upright:
    """Portrait photos, or with False landscape and square ones."""

    upright: bool = True

    def mask(self, columns: Columns) -> Mask:
        """Which photos match, [N]."""
        return _mask(columns.upright == self.upright)


@dataclass(frozen=True)
class BestOfGroup:
    """One photo of each burst, and all that are in none."""

    def mask(self, columns: Columns) -> Mask:
        """Which photos match, [N]."""
        return columns.best


@dataclass(frozen=True)
class FacesAmong:
    """Photos on which somebody has looked for faces and found one of these: words of FACES."""

    found: frozenset[str]

    def mask(self, columns: Columns) -> Mask:
        """Which photos match, [N]."""
        masks = [FACES[one](columns) for one in FACES if one in self.found]
        return np.logical_or.reduce(masks) if masks else np.zeros(len(columns), dtype=bool)


FACES: dict[str, Callable[[Columns], Mask]] = {
    "some": lambda columns: _mask(columns.faces > 0),
    "closed eyes": lambda columns: _mask(columns.closed_eyes > 0),
    "soft": lambda columns: _mask(columns.soft_faces > 0),
    "none": lambda columns: _mask(columns.faces == 0),
}


@dataclass(frozen=True)
class NameContains:
    """Photos whose file name contains the text, whatever its case."""

    text: str

    def mask(self, columns: Columns) -> Mask:
        """Which photos match, [N]."""
        text = self.text.casefold()
        return np.array([text in folded for folded in columns.folded], dtype=bool)


@dataclass(frozen=True)
class Among:
    """These photos and no others, by their places in the columns."""

    indices: frozenset[int]

    def mask(self, columns: Columns) -> Mask:
        """Which photos match, [N]."""
        mask = np.zeros(len(columns), dtype=bool)
        mask[list(self.indices)] = True
        return mask


@dataclass(frozen=True)
class Not:
    """The photos that another condition leaves out."""

    condition: Condition

    def mask(self, columns: Columns) -> Mask:
        """Which photos match, [N]."""
        return ~self.condition.mask(columns)


Condition = (
    StarsRelation
    | StarsAmong
    | Unrated
    | ScoreBetween
    | FlagAmong
    | Label
    | Camera
    | DateAmong
    | Upright
    | BestOfGroup
    | FacesAmong
    | NameContains
    | Among
    | Not
)


def shown(columns: Columns, conditions: Collection[Condition]) -> Mask:
    """The photos [N] for which every condition holds."""
    mask = np.ones(len(columns), dtype=bool)
    for condition in conditions:
        mask &= condition.mask(columns)
    return mask


def days(taken: NDArray[np.float64]) -> NDArray[np.datetime64]:
    """The day on which each photo was taken, [N]; NaT without a date."""
    known = np.where(np.isnan(taken), 0, taken).astype(np.int64)
    found = known.astype("datetime64[s]").astype("datetime64[D]")
    return np.where(np.isnan(taken), np.datetime64("NaT", "D"), found)


def _mask(condition: NDArray[np.bool_]) -> Mask:
    """The same, typed: numpy's comparisons are not."""
    return condition


def _among(codes: Codes, words: Collection[str]) -> Mask:
    # The empty word is no word, so its number is NOTHING, which photos without a word have.
    numbers = [codes.number(word) for word in words if not word or word in codes.words]
    return np.isin(codes.values, numbers)
