"""General scores in the background, in the order of what is on show, from where one looks.

A few photos at a time go to the worker, about a second's work, so that whatever a person asks for
waits no longer than that. What is scored stays so: it goes on where it ended the last time.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal

from photoaes.album.pairs import Paired
from photoaes.album.store.feature_cache import FeatureCache
from photoaes.errors import PhotoaesError
from photoaes.gui.kit.worker import Run, Worker
from photoaes.gui.state.learning import Learning
from photoaes.gui.state.marking import Indices
from photoaes.gui.state.session import Session
from photoaes.jobs.events import Progress
from photoaes.jobs.survey import STAGE, Opened, Survey, Surveyed, wanted_next

START_MS, TURN_MS = 2500, 20  # after an album was read: torch is imported for it
REST_S = 2.0  # after a mark
CHUNK_S, FEW, MANY = 1.0, 4, 256  # those that are known take next to no time


@dataclass
class _Round:
    """An album that is surveyed by a bank: which photos were tried, how many lacked a score."""

    paired: Paired
    bank_folder: Path
    tried: NDArray[np.bool_]
    total: int


class Surveying(QObject):
    """`is_wanted` says whether the person wants it, `is_needed` whether others need the worker;
    `opened` as in `Survey`."""

    progressed = Signal(object)  # Progress, or None when there is nothing to do
    failed = Signal(object)

    def __init__(
        self,
        session: Session,
        worker: Worker,
        cache: FeatureCache,
        learning: Learning,
        is_needed: Callable[[], bool],
        opened: Opened | None = None,
    ) -> None:
        super().__init__(session)
        self._opened = opened
        self._session, self._worker, self._cache = session, worker, cache
        self._learning, self._is_needed = learning, is_needed
        self.is_wanted = False
        self.first_row = 0  # in sight
        self._survey: Survey | None = None
        self._round: _Round | None = None
        self._run: Run | None = None
        self._chunk, self._begun, self._rests_until = FEW, 0.0, 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._turn)
        session.marks_changed.connect(self._rest)
        session.album_changed.connect(self._album_changed)
        learning.changed.connect(self._learning_changed)

    @property
    def is_on(self) -> bool:
        """Whether photos are looked at now, one after the other."""
        return self._survey is not None

    def start_soon(self) -> None:
        """Begin once the window has settled."""
        self._timer.start(START_MS)

    def want(self, is_wanted: bool) -> None:
        """Score in the background, or not, as the person says."""
        self.is_wanted = is_wanted
        if is_wanted:
            self._timer.start(TURN_MS)
        else:
            self._let_go()

    def give_way(self) -> None:
        """An album is opened: that does not wait until these photos are looked at."""
        self._let_go()

    def stop(self) -> None:
        """Break off, for the end of the program."""
        self._timer.stop()
        self._break_off()

    def _rest(self, _: object) -> None:
        self._rests_until = time.monotonic() + REST_S

    def _album_changed(self) -> None:
        self._let_go()
        self._round = None

    def _learning_changed(self) -> None:
        """A taste looks at all photos itself."""
        if self._learning.is_working:
            self._let_go()
        elif self.is_wanted and self._run is None and not self._timer.isActive():
            self.start_soon()  # the taste was given up, or not learned

    def _break_off(self) -> None:
        if self._run is not None:
            self._run.cancel()  # what was measured is kept
            self._run = None

    def _let_go(self) -> None:
        """Break off, and free the memory that the bank takes."""
        self._break_off()
        self._timer.stop()
        self._survey = None
        self.progressed.emit(None)

    def _turn(self) -> None:
        session = self._session
        if not self.is_wanted or session.columns is None or self._run is not None:
            return
        if session.is_early or session.is_away or self._learning.has_taste:
            return self._let_go()
        if self._is_needed() or time.monotonic() < self._rests_until:
            self._timer.start(250)
            return None
        wanted, settings = self._wanted(), self._learning.settings
        is_another = self._round is not None and self._round.bank_folder != settings.bank_folder
        if not wanted or is_another:  # scores of two banks do not compare
            return self._let_go()
        if self._survey is None:
            self._survey = Survey(settings.bank_folder, settings.device, self._opened)
        self._begun = time.monotonic()
        paired, columns = session.paired, session.columns
        self._run = self._worker.add(
            self._survey.look(
                session.store, self._cache, session.photos, columns, wanted, self._chunk
            ),
            done=lambda found: self._done(found, paired),
            failed=self._fail,
        )
        return None

    def _wanted(self) -> list[int]:
        columns = self._session.columns
        assert columns is not None
        if self._round is None or self._round.paired is not self._session.paired:
            lacking = int(np.isnan(columns.general).sum())
            self._round = _Round(
                self._session.paired,
                self._learning.settings.bank_folder,
                np.zeros(len(columns), dtype=bool),
                lacking,
            )
        rows: Indices = self._session.shown.rows
        first = min(self.first_row, max(len(rows) - 1, 0))
        return wanted_next(columns, rows, first, self._round.tried, MANY)

    def _done(self, found: Surveyed, paired: Paired) -> None:
        self._run = None
        session, columns = self._session, self._session.columns
        took = max(time.monotonic() - self._begun, 1e-3)
        if found.opened:
            self._chunk = int(np.clip(found.opened * CHUNK_S / took, FEW, MANY))
        if columns is None or session.paired is not paired or self._round is None:
            return
        if self._learning.has_taste:  # recalled meanwhile
            return
        at = session.place_of
        self._round.tried[[at[one] for one in map(str, found.unreadable) if one in at]] = True
        is_general = np.array_equal(columns.score, columns.general, equal_nan=True)
        score = found.general if is_general else columns.score
        session.set_scores(score, found.general, found.standing, resort=False)
        left = int((np.isnan(found.general) & ~self._round.tried).sum())
        total = max(self._round.total, left)
        if found.opened:  # what is known already would look like a pace that goes on
            self.progressed.emit(Progress(STAGE, total - left, total))
        self._timer.start(TURN_MS)

    def _fail(self, error: Exception) -> None:
        """What a person can act on, Personalize will say."""
        self._run = None
        self.is_wanted = False
        self._let_go()
        if not isinstance(error, PhotoaesError):
            self.failed.emit(error)
