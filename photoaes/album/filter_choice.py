"""What a person has chosen to see, as the window's controls put it: one choice for each aspect."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from photoaes.album import filtering
from photoaes.album.columns import NO_FLAG, PICKED, REJECTED, UNRATED, Codes, Columns
from photoaes.album.filtering import Condition, Not

FEW_MONTHS = 2  # up to here photos are told apart by days


@dataclass(frozen=True)
class FilterChoice:
    """Values within one aspect are alternatives; all aspects must hold. Empty means no limit.

    `least` is a number of stars with its `relation`; `stars` holds 1..5 and UNRATED; `dates`
    are texts such as "2025-06" and "2025-06-14", "" for photos without a date; `faces` are words of
    `filtering.FACES`; `score` is a range of the personal score; `suggested` and `similar` are
    photos by their places in the columns. An aspect named in `inverted` shows what it would hide.
    """

    relation: str = ">="
    least: int | None = None
    stars: frozenset[int] = frozenset()
    flags: frozenset[int] = frozenset()
    labels: frozenset[str] = frozenset()
    cameras: frozenset[str] = frozenset()
    dates: frozenset[str] = frozenset()
    upright: bool | None = None
    best_only: bool = False
    faces: frozenset[str] = frozenset()
    text: str = ""
    score: tuple[float, float] | None = None
    suggested: frozenset[int] = frozenset()
    similar: frozenset[int] = frozenset()
    inverted: frozenset[str] = frozenset()

    def toggled(self, aspect: str, value: Any) -> FilterChoice:
        """With the value put into that aspect's set, or taken out of it."""
        values: frozenset[Any] = getattr(self, aspect)
        changed: dict[str, Any] = {aspect: values ^ {value}}
        return replace(self, **changed)

    def inverted_in(self, aspect: str) -> FilterChoice:
        """The choice that shows what this aspect hid and hides what it showed."""
        return replace(self, inverted=self.inverted ^ {aspect})

    def without(self, aspect: str) -> FilterChoice:
        """The choice without what this aspect limits."""
        cleared = {aspect: getattr(FilterChoice(), aspect)}
        return replace(self, **cleared, inverted=self.inverted - {aspect})

    def active(self) -> list[str]:
        """The aspects that limit what is shown."""
        return [name for name in ASPECTS if getattr(self, name) != getattr(FilterChoice(), name)]

    def conditions(self) -> list[Condition]:
        """The same as conditions, all of which must hold."""
        made: list[Condition] = []
        for aspect in self.active():
            condition = self._condition(aspect)
            made.append(Not(condition) if aspect in self.inverted else condition)
        return made

    def _condition(self, aspect: str) -> Condition:
        return _MAKERS[aspect](self)


_MAKERS: dict[str, Callable[[FilterChoice], Condition]] = {
    "least": lambda choice: filtering.StarsRelation(choice.relation, choice.least or 0),
    "stars": lambda choice: filtering.StarsAmong(choice.stars),
    "flags": lambda choice: filtering.FlagAmong(choice.flags),
    "labels": lambda choice: filtering.Label(choice.labels),
    "cameras": lambda choice: filtering.Camera(choice.cameras),
    "dates": lambda choice: filtering.DateAmong(choice.dates),
    "upright": lambda choice: filtering.Upright(bool(choice.upright)),
    "best_only": lambda _: filtering.BestOfGroup(),
    "faces": lambda choice: filtering.FacesAmong(choice.faces),
    "text": lambda choice: filtering.NameContains(choice.text),
    "score": lambda choice: filtering.ScoreBetween(*(choice.score or ())),
    "suggested": lambda choice: filtering.Among(choice.suggested),
    "similar": lambda choice: filtering.Among(choice.similar),
}
ASPECTS = tuple(_MAKERS)


def facet_counts(columns: Columns) -> dict[str, Mapping[Any, int]]:
    """For each aspect that is a set: its values and how many photos of the album have each."""
    return {
        "stars": {value: _count(columns.stars, value) for value in (5, 4, 3, 2, 1)}
        | {UNRATED: _count(columns.own, UNRATED)},
        "flags": {value: _count(columns.flag, value) for value in (PICKED, NO_FLAG, REJECTED)},
        "labels": _words(columns.label),
        "cameras": _words(columns.camera),
        "dates": _dates(columns),
        "faces": _faces(columns),
    }


def _count(values: np.ndarray, value: int) -> int:
    return int(np.count_nonzero(values == value))


def _words(codes: Codes) -> dict[str, int]:
    numbers = np.bincount(codes.values + 1, minlength=len(codes.words) + 1)
    counts = dict(zip(codes.words, numbers[1:].tolist(), strict=True))
    return {word: count for word, count in counts.items() if count} | {"": int(numbers[0])}


def _faces(columns: Columns) -> dict[str, int]:
    """Nothing as long as nobody has looked."""
    counts = {word: int(mask(columns).sum()) for word, mask in filtering.FACES.items()}
    return {word: count for word, count in counts.items() if count}


def _dates(columns: Columns) -> dict[str, int]:
    """Months, the latest first; of an album of few months the days, as a trip or a wedding has."""
    known = columns.taken[~np.isnan(columns.taken)]
    periods, counts = _counted(filtering.days(known))
    months, month = np.unique(periods.astype("datetime64[M]"), return_inverse=True)
    if len(months) > FEW_MONTHS:
        periods, counts = months, np.bincount(month, counts).astype(np.int64)
    found = dict(zip(periods[::-1].astype(str).tolist(), counts[::-1].tolist(), strict=True))
    without = len(columns.taken) - len(known)
    return found | ({"": without} if without else {})


def _counted(
    days: NDArray[np.datetime64],
) -> tuple[NDArray[np.datetime64], NDArray[np.int64]]:
    """The different days, in order, and how many photos each has.

    Counted as whole numbers: sorting 100,000 dates would take 20 ms at every star.
    """
    if not len(days):
        return days, np.array([], dtype=np.int64)
    numbers = days.astype(np.int64)
    counts = np.bincount(numbers - numbers.min())
    places = np.flatnonzero(counts)
    return (places + numbers.min()).astype("datetime64[D]"), counts[places]


def first_day(date: str) -> datetime:
    """Of "2025-06" or "2025-06-14", for showing it in the user's language."""
    return datetime.fromisoformat(f"{date}-01"[:10]).replace(tzinfo=UTC)
