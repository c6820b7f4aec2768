"""Goes on where the person left off: what was learned of this album, from what is kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from photoaes.album.store.feature_cache import FeatureCache
from photoaes.gui.kit.worker import Worker
from photoaes.gui.state.session import Session
from photoaes.jobs.learn_taste import LearnedAlbum, recall_taste

RECALL_MS = 1500


class Recalling(QObject):
    """`wanted` gives the bank and the profile's name, or None where another taste is there."""

    started = Signal()
    recalled = Signal(object)  # LearnedAlbum
    due_changed = Signal()
    failed = Signal(object)

    def __init__(
        self,
        session: Session,
        worker: Worker,
        cache: FeatureCache,
        wanted: Callable[[], tuple[Path, str] | None],
    ) -> None:
        super().__init__(session)
        self._session, self._worker, self._cache = session, worker, cache
        self._wanted = wanted
        self._is_running = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(RECALL_MS)
        self._timer.timeout.connect(self.start)

    @property
    def is_due(self) -> bool:
        """Whether there is a taste of this album, and it is not at hand yet."""
        columns = self._session.columns
        if columns is None or not (self._is_running or self._timer.isActive()):
            return False
        return bool((~np.isnan(columns.score) & (columns.score != columns.general)).any())

    def soon(self) -> None:
        """Once the window has settled: torch is imported for it."""
        self._timer.start()
        self.due_changed.emit()

    def stop(self) -> None:
        """Recall nothing more."""
        self._timer.stop()

    def start(self) -> None:
        """Recall the taste that the album was ranked by, if one is wanted."""
        session, wanted = self._session, self._wanted()
        if session.columns is None or wanted is None:
            return
        bank, name = wanted
        job = recall_taste(session.store, self._cache, session.photos, session.columns, bank, name)
        self.started.emit()
        self._is_running = True
        self._worker.add(job, done=self._done, failed=self._fail)

    def settle(self, outcome: LearnedAlbum) -> None:
        """Its scores, which know of stars that were given since the kept ones were made. Nobody is
        told to sort again what nobody has touched: the order settles, as it was when it was left,
        and what is at the top of the window stays there."""
        session, ranking = self._session, outcome.ranking
        is_untouched = not (session.is_stale or len(session.blind))
        if is_untouched:
            session.settling.emit()
        session.set_scores(ranking.score, ranking.general, outcome.standing, resort=is_untouched)

    def _done(self, outcome: LearnedAlbum | None) -> None:
        self._is_running = False
        if outcome is not None and self._wanted() is not None:
            self.recalled.emit(outcome)
        else:
            self.due_changed.emit()

    def _fail(self, error: Exception) -> None:
        self._is_running = False
        self.failed.emit(error)
