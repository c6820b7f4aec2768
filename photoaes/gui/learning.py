"""Learning a taste, as the window sees it: what can be done, what is under way, what came out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from photoaes.album.columns import UNRATED
from photoaes.album.export.receipt import Receipt
from photoaes.album.ordering import SortKey
from photoaes.album.similar import best_of_groups, groups
from photoaes.album.store.embeddings import save_embeddings
from photoaes.album.store.feature_cache import FeatureCache, photo_versions
from photoaes.album.store.profiles import (
    Profile,
    SupportPhoto,
    check_bank,
    profiles,
    remove_profile,
    save_profile,
)
from photoaes.album.store.rating_log import choices_for_fit, ratings_for_fit
from photoaes.album.store.scores import (
    load_scores,
    load_sharpness,
    photo_ids,
    save_scores,
)
from photoaes.album.suggestion import spread_over_time
from photoaes.errors import PhotoaesError
from photoaes.gui.session import Indices, Session
from photoaes.gui.worker import Worker
from photoaes.jobs.banks import bank_facts
from photoaes.jobs.events import Notice, Progress
from photoaes.jobs.learning import (
    Learned,
    Lesson,
    apply_profile,
    check_lesson,
    learn_again,
    learn_album,
)
from photoaes.jobs.personalizing import KIND, Measured, Personalization

COIN = 0.5
ENOUGH = 10  # ratings to start with
LIVE_MS = 150
SAVE_EVERY = 256


class Stage(Enum):
    """Where the person stands."""

    NO_ALBUM = "no album"
    FEW = "few"
    ONE_VALUE = "one value"
    READY = "ready"
    WORKING = "working"
    LEARNED = "learned"
    NOT_BETTER = "not better"


@dataclass(frozen=True)
class Settings:
    """Which bank and device; the pace of the last run, for telling how long it will take."""

    bank_folder: Path
    device: str = "auto"
    pace: float = 0.0


class Learning(QObject):
    """One taste at a time, for the album on show."""

    changed = Signal()
    failed = Signal(object)

    def __init__(
        self, session: Session, worker: Worker, cache: FeatureCache, settings: Settings
    ) -> None:
        super().__init__(session)
        self._session, self._worker, self._cache = session, worker, cache
        self.settings = settings
        self.result: Learned | None = None
        self.taste: Personalization | None = None
        self.progress: Progress | None = None
        self.device = ""
        self.profile = self.tr("My taste")
        self.is_working = False
        self._waiting: list[Measured] = []
        self._digest = ""
        self._live = QTimer(self)
        self._live.setSingleShot(True)
        self._live.setInterval(LIVE_MS)
        self._live.timeout.connect(self._learn_again)
        session.marks_changed.connect(self._marks_changed)
        session.album_changed.connect(self._album_changed)

    # -- where we stand -------------------------------------------------------------------------

    def star_counts(self) -> list[int]:
        """How many photos of this album have 1, 2, 3, 4 and 5 stars."""
        columns = self._session.columns
        if columns is None:
            return [0] * 5
        stars = columns.stars[columns.stars != UNRATED]
        counts: list[int] = np.bincount(stars, minlength=6)[1:6].tolist()
        return counts

    @property
    def rated(self) -> int:
        """How many photos of this album have stars."""
        return sum(self.star_counts())

    def stage(self) -> Stage:
        """What the panel shows."""
        if self._session.columns is None:
            return Stage.NO_ALBUM
        if self.is_working:
            return Stage.WORKING
        if self.taste is not None:
            agreement = self.taste.agreement
            # An order that a coin would match is no taste, however bad the general one is.
            better = agreement is not None and agreement.is_better
            knows = agreement is not None and agreement.pairs_personal > COIN
            return Stage.LEARNED if better and knows else Stage.NOT_BETTER
        if self.rated < ENOUGH:
            return Stage.FEW
        return Stage.READY if self._has_difference() else Stage.ONE_VALUE

    def can_start(self) -> bool:
        """Whether Personalize has something to learn from."""
        return not self.is_working and self._has_difference()

    def _has_difference(self) -> bool:
        return sum(count > 0 for count in self.star_counts()) > 1

    # -- learning -------------------------------------------------------------------------------

    def personalize(self) -> None:
        """Learn from the stars so far and rank the album."""
        paths = [photo.path for photo in self._session.photos]
        lesson = self._lesson()
        try:
            check_lesson(lesson)
        except PhotoaesError as problem:
            self.failed.emit(problem)
            return
        self.is_working, self.progress = True, None
        self._waiting = []
        job = learn_album(
            paths, lesson, self.settings.bank_folder, self.settings.device, self._known(paths)
        )
        self._worker.start(job, done=self._done, failed=self._failed, progress=self._events)
        self.changed.emit()

    def cancel(self) -> None:
        """Stop learning; what was measured stays, for the next time."""
        if self.is_working:
            self._worker.cancel()
            self._save_features()
            self.is_working, self.progress = False, None
            self.changed.emit()

    def _lesson(self) -> Lesson:
        paths = [photo.path for photo in self._session.photos]
        here = set(paths)
        pairs = [
            (better, worse)
            for better, worse in choices_for_fit(self._session.store)
            if better in here and worse in here
        ]
        return Lesson(ratings_for_fit(self._session.store, paths), tuple(pairs))

    def _events(self, events: list[Any]) -> None:
        latest: Personalization | None = None
        for event in events:
            if isinstance(event, Progress):
                self.progress = event
            elif isinstance(event, Measured):
                self._waiting.append(event)
            elif isinstance(event, Personalization):
                latest = event
            elif isinstance(event, Notice):
                self.device = event.text
        if len(self._waiting) >= SAVE_EVERY:
            self._save_features()
        if latest is not None:
            self._show_scores(latest, resort=False)
        self.changed.emit()

    def _done(self, learned: Learned) -> None:
        self._save_features()
        self.is_working, self.progress = False, None
        self.result, self.taste = learned, learned.taste
        self.device = learned.device
        self._digest = learned.album.bank.digest()
        if self.stage() is Stage.LEARNED:
            self._session.key, self._session.descending = SortKey.SCORE, True
        self._find_groups(learned)
        self._show_scores(learned.taste, resort=True)
        if self.stage() is Stage.LEARNED:
            self._session.go_to_first()
        self._keep(learned)
        for problem in learned.unreadable[:1]:
            text = self.tr("%n photos could not be read", "", len(learned.unreadable))
            self._session.told.emit(f"{text}: {problem}", False)
        self.changed.emit()

    def _failed(self, error: Exception) -> None:
        self._save_features()
        self.is_working, self.progress = False, None
        self.changed.emit()
        self.failed.emit(error)

    def _show_scores(self, taste: Personalization, *, resort: bool) -> None:
        if self._session.columns is None:
            return
        index = {path: number for number, path in enumerate(self._session.columns.paths)}
        places = [index.get(path, -1) for path in taste.paths]
        here = np.array([place >= 0 for place in places], dtype=bool)
        where = np.array(places, dtype=np.int64)[here]
        score = np.full(self._session.count, np.nan)
        generic = np.full(self._session.count, np.nan)
        score[where] = taste.scores[here]
        generic[where] = taste.generic[here]
        self._session.set_scores(score, generic, resort=resort)

    def suggestions(self, count: int) -> Indices:
        """Photos that would teach the most, as indices into the columns: the unlike ones first."""
        columns = self._session.columns
        if columns is None:
            return np.zeros(0, dtype=np.int64)
        return spread_over_time(columns, count)

    def set_bank(self, folder: Path) -> None:
        """Learn with another bank from now on; what was learned with the old one is let go."""
        self.cancel()
        self.settings = replace(self.settings, bank_folder=folder, pace=0.0)
        self.result = self.taste = None
        self.changed.emit()

    def use_profile(self, profile: Profile) -> None:
        """Rank this album by what was learned before. Raises BankInvalid for another bank's."""
        digest = bank_facts(self.settings.bank_folder).digest
        check_bank(profile, digest)
        self.profile, self._digest = profile.name, digest
        store = self._session.store
        ids = photo_ids(store, self._session.photos)
        scores = load_scores(store, digest, profile.name, ids)
        if not np.isnan(scores).all():
            self._session.key, self._session.descending = SortKey.SCORE, True
            generic = load_scores(store, digest, None, ids)
            self._session.set_scores(scores, generic, resort=True)
            self.changed.emit()
            return
        self.is_working = True
        paths = [photo.path for photo in self._session.photos]
        job = apply_profile(
            paths, profile.coefficients, self.settings.bank_folder, self.settings.device
        )
        self._worker.start(job, done=self._applied, failed=self._failed, progress=self._events)
        self.changed.emit()

    def _applied(self, scores: Mapping[Path, float]) -> None:
        self.is_working, self.progress = False, None
        by_path = {photo.path: photo for photo in self._session.photos}
        scored = ((by_path[path], score) for path, score in scores.items())
        save_scores(self._session.store, self._digest, self.profile, scored)
        columns = self._session.columns
        if columns is not None:
            values = np.array([scores.get(path, np.nan) for path in columns.paths])
            self._session.key, self._session.descending = SortKey.SCORE, True
            self._session.set_scores(values, columns.generic, resort=True)
        self.changed.emit()

    def _find_groups(self, learned: Learned) -> None:
        """Now that it is known what the photos look like, near-duplicates are groups too."""
        columns = self._session.columns
        if columns is None:
            return
        looks = dict(zip(learned.album.paths, learned.embeddings, strict=True))
        nothing = np.zeros(learned.embeddings.shape[1], dtype=np.float32)
        table = np.stack([looks.get(path, nothing) for path in columns.paths])
        group = groups(columns.taken, columns.camera.values, table)
        ids = photo_ids(self._session.store, self._session.photos)
        sharpness = load_sharpness(self._session.store, ids)
        score = dict(zip(learned.taste.paths, learned.taste.scores.tolist(), strict=True))
        scores = np.array([score.get(path, np.nan) for path in columns.paths])
        self._session.set_groups(group, best_of_groups(group, scores, sharpness))
        photos = [photo for photo in self._session.photos if photo.path in looks]
        seen = ((photo, looks[photo.path].astype(np.float16)) for photo in photos)
        save_embeddings(self._session.store, self._cache, self._digest, seen)

    # -- while rating ---------------------------------------------------------------------------

    def _marks_changed(self, _: Indices) -> None:
        if self.result is not None and not self.is_working:
            self._live.start()
        self.changed.emit()

    def _learn_again(self) -> None:
        """New stars change the scores at once; the order waits until it is asked for."""
        lesson = self._lesson()
        if self.result is None or self.is_working or len(set(lesson.ratings.values())) < 2:
            return
        job = learn_again(self.result.album, lesson)
        self._worker.start(job, done=self._learned_again, failed=self._failed, progress=_ignore)

    def _learned_again(self, taste: Personalization) -> None:
        self.taste = taste
        self._show_scores(taste, resort=False)
        self.changed.emit()

    def _album_changed(self) -> None:
        self.cancel()
        self.result = self.taste = None
        self._live.stop()
        self.changed.emit()

    def receipt(self) -> Receipt:
        """By what the photos on show are ranked, for an export."""
        if self.result is None or self.taste is None:
            return Receipt("", self._digest, 0)
        bank = self.result.album.bank.name
        name = self.profile if self.stage() is Stage.LEARNED else ""
        return Receipt(
            bank, self._digest, 0, name, self.taste.rated, coefficients=self.taste.coefficients
        )

    @property
    def album_size(self) -> int:
        """How many photos there are to measure."""
        return self._session.count

    # -- what is kept ---------------------------------------------------------------------------

    def _known(self, paths: list[Path]) -> dict[Path, Any]:
        """Features of photos that were measured before, with this bank."""
        self._digest = bank_facts(self.settings.bank_folder).digest
        versions = self._versions(paths)
        known = [path for path in paths if path in versions]
        found, rows = self._cache.load(self._digest, KIND, [versions[path] for path in known])
        present = [path for path, is_there in zip(known, found, strict=True) if is_there]
        return dict(zip(present, rows, strict=True))

    def _save_features(self) -> None:
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        versions = self._versions([one.path for one in waiting])
        rows = [(versions[one.path], one.features) for one in waiting if one.path in versions]
        try:
            self._cache.save(self._digest, KIND, rows)
        except PhotoaesError as problem:  # a full disk: they are measured again next time
            self._session.told.emit(str(problem), False)

    def _versions(self, paths: list[Path]) -> Mapping[Path, bytes]:
        index = {photo.path: photo for photo in self._session.photos}
        photos = [index[path] for path in paths if path in index]
        by_id = photo_versions(self._session.store)
        ids = photo_ids(self._session.store, photos).tolist()
        return {
            photo.path: by_id[number]
            for photo, number in zip(photos, ids, strict=True)
            if number in by_id
        }

    def _keep(self, learned: Learned) -> None:
        """The general scores, and the taste under its name with its own."""
        store, taste = self._session.store, learned.taste
        by_path = {photo.path: photo for photo in self._session.photos}
        general = zip(taste.paths, taste.generic.tolist(), strict=True)
        save_scores(store, self._digest, None, ((by_path[p], s) for p, s in general))
        if self.stage() is not Stage.LEARNED:
            return
        if self.profile in {one.name for one in profiles(store)}:
            remove_profile(store, self.profile)
        save_profile(store, self._as_profile(learned))
        own = zip(taste.paths, taste.scores.tolist(), strict=True)
        save_scores(store, self._digest, self.profile, ((by_path[p], s) for p, s in own))

    def _as_profile(self, learned: Learned) -> Profile:
        ratings = self._lesson().ratings
        versions = self._versions(list(ratings))
        agreement = learned.taste.agreement
        assert agreement is not None
        return Profile(
            self.profile,
            learned.album.bank.name,
            self._digest,
            0,
            learned.taste.coefficients,
            # The version's first 16 bytes are the content hash.
            tuple(
                SupportPhoto(versions[p][:16].hex(), s) for p, s in ratings.items() if p in versions
            ),
            {
                "pairs": agreement.pairs_personal,
                "pairs_generic": agreement.pairs_generic,
                "pairs_margin": agreement.pairs_margin,
            },
            datetime.now(UTC).isoformat(timespec="seconds"),
        )


def _ignore(_: object) -> None:
    """A job that takes an instant has no progress to show."""
