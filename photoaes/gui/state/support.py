"""The stars that a taste would learn from now: of the album on show, and of earlier ones."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Signal

from photoaes.album.columns import UNRATED
from photoaes.album.store.feature_cache import FeatureCache
from photoaes.errors import PhotoaesError
from photoaes.gui.kit.worker import Run, Worker
from photoaes.gui.state.session import Session
from photoaes.jobs.lesson import stars_of_earlier_albums

ENOUGH = 10  # ratings to start with


class SupportCounts(QObject):
    """How many photos a person gave 1, 2, 3, 4 and 5 stars. Those of earlier albums take the store
    a while, so the worker counts them when it has nothing else to do; until then there are none."""

    changed = Signal()
    failed = Signal(object)

    def __init__(self, session: Session, worker: Worker, cache: FeatureCache) -> None:
        super().__init__(session)
        self._session, self._worker, self._cache = session, worker, cache
        self._counting: Run | None = None
        self.earlier = [0] * 5

    @property
    def here(self) -> list[int]:
        """Counts of 1, 2, 3, 4 and 5 stars in the album on show."""
        columns = self._session.columns
        if columns is None:
            return [0] * 5
        stars = columns.own
        stars = stars[stars != UNRATED]
        counts: list[int] = np.bincount(stars, minlength=6)[1:6].tolist()
        return counts

    @property
    def count(self) -> int:
        """How many rated photos there are to learn from."""
        return sum(self.here) + sum(self.earlier)

    @property
    def is_enough(self) -> bool:
        """Whether so many are likely to tell a taste from the general one."""
        return self.count >= ENOUGH

    @property
    def has_difference(self) -> bool:
        """Whether they have at least two different values: nothing can be learned from one."""
        both = zip(self.here, self.earlier, strict=True)
        return sum(here + earlier > 0 for here, earlier in both) > 1

    def look_back(self, bank_folder: Path, profile: str) -> None:
        """Count what the profile of this name learned from in earlier albums."""
        if self._counting is not None:
            self._counting.cancel()
        self._counting, self.earlier = None, [0] * 5
        session = self._session
        if session.columns is not None:
            job = stars_of_earlier_albums(
                session.store, self._cache, session.photos, bank_folder, profile
            )
            self._counting = self._worker.add(job, done=self._counted, failed=self._failed)

    def _counted(self, stars: list[int]) -> None:
        self.earlier = stars
        self.changed.emit()

    def _failed(self, error: Exception) -> None:
        """What a person can act on, Personalize will say."""
        if not isinstance(error, PhotoaesError):
            self.failed.emit(error)
