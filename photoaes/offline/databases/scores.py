"""What a reader gives: mean scores of photos (GIAA), and what single people gave (PIAA)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class ScoreDatabase:
    """N photos and their mean opinion scores [N] on `scale` (lowest and highest possible).

    `levels` [N, 10], where the votes were published, are each photo's shares of the head's ten
    levels. `held_out` [N] are the photos of the published test split, if there is one, and `split`
    says where it is written.
    """

    paths: tuple[Path, ...]
    scores: NDArray[np.float64]
    scale: tuple[float, float]
    levels: NDArray[np.float64] | None = None
    held_out: NDArray[np.bool_] | None = None
    split: str = ""

    def targets(self) -> NDArray[np.float64]:
        """The scores mapped linearly to the head's 1..10, [N]."""
        low, high = self.scale
        return 1 + 9 * (self.scores - low) / (high - low)


@dataclass(frozen=True)
class RaterTable:
    """What many people gave: for each person the photos' names and ratings, in the file's order.

    `scale` is the lowest and highest rating possible, `folders` are where the photos lie, `tested`
    whom the published protocol judges (None: all who rated enough), `origin` says where the ratings
    and that list are from; a plain CSV tells none of it.
    """

    ratings: dict[str, dict[str, float]]
    scale: tuple[float, float] = (1.0, 5.0)
    folders: tuple[Path, ...] = ()
    tested: tuple[str, ...] | None = None
    origin: str = ""

    def expected(self) -> list[str]:
        """Whom to judge, whether they rated enough or not, sorted by name."""
        return sorted(self.ratings if self.tested is None else set(self.tested))

    def people(self, at_least: int) -> list[str]:
        """Those who rated at least so many photos, sorted by name."""
        able = [name for name, given in self.ratings.items() if len(given) >= at_least]
        return sorted(able if self.tested is None else set(able) & set(self.tested))
