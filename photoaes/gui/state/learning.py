"""Learning a taste, as the window sees it: what can be done, what is under way, what came out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from photoaes.album.export.receipt import Receipt
from photoaes.album.ordering import SortKey
from photoaes.album.standing import Standing
from photoaes.album.store.feature_cache import FeatureCache
from photoaes.album.store.profiles import Profile, check_bank
from photoaes.gui.kit.sentences import said
from photoaes.gui.kit.worker import Worker
from photoaes.gui.state.in_use import InUse
from photoaes.gui.state.live_order import LiveOrder
from photoaes.gui.state.marking import Indices
from photoaes.gui.state.recalling import Recalling
from photoaes.gui.state.session import Session
from photoaes.gui.state.stage import Settings, Stage
from photoaes.gui.state.support import SupportCounts
from photoaes.jobs.apply_profile import Applied, apply_taste
from photoaes.jobs.banks import bank_facts
from photoaes.jobs.events import Notice, Progress
from photoaes.jobs.learn import Learned
from photoaes.jobs.learn_paper import LearnedByPaper, learn_by_paper
from photoaes.jobs.learn_taste import (
    LearnedAlbum,
    Ranking,
    learn_taste,
)
from photoaes.jobs.personalize import Personalization
from photoaes.jobs.suggest import telling_photos

PAPER = "paper"


class Learning(QObject):
    """Learns, keeps and applies the one taste that the album on show is ranked by."""

    changed = Signal()
    failed = Signal(object)
    ordered = Signal()  # the album is in the order of a taste now

    def __init__(
        self, session: Session, worker: Worker, cache: FeatureCache, settings: Settings
    ) -> None:
        super().__init__(session)
        self._session, self._worker, self._cache = session, worker, cache
        self.settings = settings
        self.support = SupportCounts(session, worker, cache)
        self.support.changed.connect(self.changed)
        self.support.failed.connect(self.failed)
        self._in_use = InUse()
        self.progress: Progress | None = None
        self.device = ""
        self.profile = self.tr("My taste")
        self.is_working = False
        self._live = LiveOrder(session, worker)
        self._live.ranked.connect(self._learned_again)
        self._live.failed.connect(self._failed)
        self.recalling = Recalling(session, worker, cache, self._recallable)
        self.recalling.started.connect(self._live.note)
        self.recalling.recalled.connect(self._recalled)
        self.recalling.failed.connect(self._failed)
        self.recalling.due_changed.connect(self.changed)
        session.marks_changed.connect(self._marks_changed)
        session.album_changed.connect(self._album_changed)

    # -- where we stand -------------------------------------------------------------------------

    @property
    def unmeasured(self) -> int:
        """How many photos there are to measure: those that have a score were looked at."""
        columns = self._session.columns
        return 0 if columns is None else int(np.isnan(columns.general).sum())

    def stage(self) -> Stage:
        """Where the person stands, which the panel shows."""
        if self._session.columns is None:
            return Stage.NO_ALBUM
        if self.is_working:
            return Stage.WORKING
        if self.taste is not None:
            return Stage.LEARNED if self.taste.is_known else Stage.NOT_BETTER
        if not self.support.is_enough:
            return Stage.FEW
        return Stage.READY if self.support.has_difference else Stage.ONE_VALUE

    @property
    def result(self) -> Learned | None:
        """What was learned of the album, with what was measured for it."""
        return self._in_use.learned

    @property
    def taste(self) -> Personalization | None:
        """The taste that was learned last, or None."""
        return self._in_use.taste

    @property
    def has_taste(self) -> bool:
        """Whether the scores on show are of what was learned, now or before."""
        return self._in_use.is_personal

    def can_start(self) -> bool:
        """Whether Personalize has something to learn from."""
        return not self.is_working and self.support.has_difference

    def look_back(self) -> None:
        """See what earlier albums teach, as far as it is not known by what was learned."""
        self.support.look_back(self.settings.bank_folder, self.profile)

    def why(self, path: Path) -> dict[str, float]:
        """By how many stars each part of the taste moves this photo from the general score."""
        return self._in_use.why(path)

    def receipt(self) -> Receipt:
        """By what the photos on show are ranked, for an export."""
        return self._in_use.receipt(self.profile)

    # -- learning -------------------------------------------------------------------------------

    def personalize(self) -> None:
        """Learn from the stars so far and rank the album."""
        session = self._session
        if session.columns is None:
            return
        if self.settings.method == PAPER:
            self._personalize_by_the_paper()
            return
        job = learn_taste(
            session.store,
            self._cache,
            session.photos,
            session.columns,
            self.settings.bank_folder,
            self.settings.device,
            self.profile,
        )
        self._in_use = replace(self._in_use, profile=None)
        self._live.note()
        self._begin()
        self._worker.start(job, done=self._done, failed=self._failed, progress=self._events)

    def _personalize_by_the_paper(self) -> None:
        session = self._session
        job = learn_by_paper(
            session.store,
            self._cache,
            session.photos,
            self.settings.bank_folder,
            self.settings.device,
            self.tr("{0} (paper)").format(self.profile),
        )
        self._begin()
        self._worker.start(job, done=self._by_paper, failed=self._failed, progress=self._events)

    def _by_paper(self, learned: LearnedByPaper) -> None:
        """Ranked by the merged model, as by a profile that was learned before."""
        scores = {one.path: one.score for one in learned.result.ranked}
        self._in_use = InUse(learned.result.bank_digest, profile=learned.profile)
        paths = [photo.path for photo in self._session.photos]
        self._applied(Applied(np.array([scores.get(path, np.nan) for path in paths])))

    def _recallable(self) -> tuple[Path, str] | None:
        is_free = self.result is None and not self.is_working
        return (self.settings.bank_folder, self.profile) if is_free else None

    def _recalled(self, outcome: LearnedAlbum) -> None:
        self._in_use = InUse.of(outcome)
        self.recalling.settle(outcome)
        self.changed.emit()

    def cancel(self) -> None:
        """Stop learning; what was measured stays, for the next time."""
        if self.is_working:
            self._worker.cancel()
            self._end()

    def _let_go(self) -> None:
        self._in_use = InUse(self._in_use.digest)

    def stop(self) -> None:
        """The program ends: nothing is learned any more."""
        self._live.stop()
        self.recalling.stop()

    def _begin(self) -> None:
        self.is_working, self.progress = True, None
        self.changed.emit()

    def _end(self) -> None:
        self.is_working, self.progress = False, None
        self.changed.emit()

    def _events(self, events: list[Any]) -> None:
        latest: Ranking | None = None
        for event in events:
            if isinstance(event, Progress):
                self.progress = event
            elif isinstance(event, Ranking):
                latest = event
            elif isinstance(event, Notice):
                self.device = event.text
        if latest is not None:
            self._session.set_scores(latest.score, latest.general, latest.standing, resort=False)
        self.changed.emit()

    def _done(self, outcome: LearnedAlbum) -> None:
        learned = outcome.learned
        self._in_use = InUse.of(outcome)
        self.device, self.profile = learned.device, outcome.profile
        self._session.set_groups(outcome.group, outcome.best)
        ranking, placed = outcome.ranking, outcome.standing
        self._show(ranking.score, ranking.general, placed)
        for problem in learned.unreadable[:1]:
            text = self.tr("%Ln photos could not be read", "", len(learned.unreadable))
            self._session.told.emit(f"{text}: {said(problem)}", False)
        self._end()
        self._live.follow(learned.album)  # stars that were given meanwhile

    def _failed(self, error: Exception) -> None:
        self._end()
        self.failed.emit(error)

    def _show(
        self,
        score: NDArray[np.float64],
        general: NDArray[np.float64],
        placed: Standing | None = None,
    ) -> None:
        """The best first."""
        self._session.key, self._session.descending = SortKey.SCORE, True
        self._session.set_scores(score, general, placed, resort=True)
        self.ordered.emit()

    # -- what else can be done ------------------------------------------------------------------

    def suggestions(self, count: int) -> Indices:
        """Photos that would teach the most, as indices into the columns: the unlike ones first."""
        columns = self._session.columns
        if columns is None:
            return np.zeros(0, dtype=np.int64)
        return telling_photos(
            columns, self._session.place_of, self.result.album if self.result else None, count
        )

    def set_bank(self, folder: Path) -> None:
        """Learn with another bank from now on; what was learned with the old one is let go."""
        self.cancel()
        self.settings = replace(self.settings, bank_folder=folder, pace=0.0)
        self._let_go()
        self.look_back()
        self.changed.emit()

    def use_profile(self, profile: Profile) -> None:
        """Rank this album by what was learned before. Raises BankInvalid for another bank's."""
        digest = bank_facts(self.settings.bank_folder).digest
        check_bank(profile, digest)
        self.cancel()
        self.profile = profile.name
        self._in_use = replace(self._in_use, digest=digest, profile=profile)
        store, photos = self._session.store, self._session.photos
        self._begin()
        bank, device = self.settings.bank_folder, self.settings.device
        job = apply_taste(store, self._cache, photos, profile, bank, device)
        self._worker.start(job, done=self._applied, failed=self._failed, progress=self._events)

    def _applied(self, applied: Applied) -> None:
        columns = self._session.columns
        if columns is not None:
            self._show(applied.scores, columns.general)
        self.look_back()
        self._end()

    # -- while rating ---------------------------------------------------------------------------

    def _marks_changed(self, _: Indices) -> None:
        if self.result is not None and not self.is_working:
            self._live.follow(self.result.album)
        self.changed.emit()

    def _learned_again(self, ranking: Ranking) -> None:
        if self.result is not None and not self.is_working:
            self._in_use = replace(self._in_use, taste=ranking.taste)
            self._session.set_scores(ranking.score, ranking.general, ranking.standing, resort=False)
            self.changed.emit()

    def _album_changed(self) -> None:
        self.cancel()
        self._let_go()
        self._live.stop()
        self.look_back()
        self.changed.emit()
