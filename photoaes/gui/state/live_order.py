"""New stars change the scores at once; the order waits until it is asked for."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal

from photoaes.gui.kit.worker import Run, Worker
from photoaes.gui.state.session import Session
from photoaes.jobs.learn_taste import Ranking, learn_again
from photoaes.jobs.personalize import MeasuredAlbum

LIVE_MS = 150


class LiveOrder(QObject):
    """Learns a measured album again a moment after the last star; `ranked` has the Ranking."""

    ranked = Signal(object)
    failed = Signal(object)

    def __init__(self, session: Session, worker: Worker) -> None:
        super().__init__(session)
        self._session, self._worker = session, worker
        self._album: MeasuredAlbum | None = None
        self._run: Run | None = None
        self._stars: NDArray[np.int32] | None = None  # that were learned from
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LIVE_MS)
        self._timer.timeout.connect(self._learn)

    def note(self) -> None:
        """Remember the stars that the taste now has learned from."""
        columns = self._session.columns
        self._stars = None if columns is None else columns.teaching

    def follow(self, album: MeasuredAlbum) -> None:
        """Marks of this album have changed. Picks, labels and a machine's stars teach nothing: they
        move no score."""
        columns, self._album = self._session.columns, album
        if columns is None:
            return
        if self._stars is not None and np.array_equal(columns.teaching, self._stars):
            return
        self.note()
        self._timer.start()

    def stop(self) -> None:
        """Break off what is being learned, and learn nothing more."""
        self._timer.stop()
        if self._run is not None:
            self._run.cancel()

    def _learn(self) -> None:
        session = self._session
        if self._album is None or session.columns is None:
            return
        job = learn_again(session.store, session.photos, session.columns, self._album)
        if self._run is not None:
            self._run.cancel()
        # After what others are at: a star breaks off no reading and no export.
        self._run = self._worker.add(job, done=self._done, failed=self.failed.emit)

    def _done(self, ranking: Ranking | None) -> None:
        if ranking is not None:
            self.ranked.emit(ranking)
