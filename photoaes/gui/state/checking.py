"""A blind check under way: which photos, how far, and what came out."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, Signal

from photoaes.album.blind_check import BlindCheck, CheckVerdict, begin_check, judge
from photoaes.album.columns import UNRATED
from photoaes.gui.state.marking import Indices
from photoaes.gui.state.session import Session


class Checking(QObject):
    """The ten photos are all that is shown, in an order that tells nothing and without scores.

    Their stars are ordinary ones: kept, learned from, and undone like others.
    """

    changed = Signal()
    ended = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._check: BlindCheck | None = None
        self.verdict: CheckVerdict | None = None
        session.marks_changed.connect(self._marked)
        session.shown_changed.connect(self._leave)
        session.album_changed.connect(self._forget)

    @property
    def is_under_way(self) -> bool:
        """Whether photos are being rated blindly."""
        return self._check is not None

    @property
    def count(self) -> int:
        """How many photos there are to rate."""
        return 0 if self._check is None else len(self._check.photos)

    @property
    def rated(self) -> int:
        """How many of them are rated."""
        return int((self._stars() != UNRATED).sum())

    def start(self) -> bool:
        """Show the first photo; false if there are too few unrated ones with a score."""
        session = self._session
        check = None if session.columns is None else begin_check(
            session.columns, np.random.default_rng()
        )  # fmt: skip
        if check is None:
            return False
        self._check, self.verdict = check, None
        session.show_blindly(check.photos)
        session.selection.make_current(int(check.photos[0]))
        self.changed.emit()
        return True

    def finish(self) -> None:
        """Count what was rated so far, and show the album again."""
        if self._check is not None:
            found = judge(self._check, self._stars())
            self.verdict = found if found.rated > 1 else None  # else it was left at once
            self._check = None
            self._session.refresh()
            self.changed.emit()
            self.ended.emit()

    def _stars(self) -> np.ndarray:
        columns = self._session.columns
        if self._check is None or columns is None:
            return np.zeros(0, dtype=np.int32)
        return columns.own[self._check.photos]

    def _marked(self, _: Indices) -> None:
        """On to the next photo that has no stars yet."""
        if self._check is None:
            return
        left = self._check.photos[self._stars() == UNRATED]
        if not len(left):
            self.finish()
            return
        if self._session.selection.current not in left:
            self._session.selection.make_current(int(left[0]))
        self.changed.emit()

    def _leave(self) -> None:
        """Another order or filter was asked for in the middle of it."""
        if self._check is not None and not len(self._session.blind):
            self.finish()

    def _forget(self) -> None:
        self._check = self.verdict = None
        self.changed.emit()
