"""Rejected photos on their way out of the album, and back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Signal

from photoaes.album.columns import REJECTED
from photoaes.album.export.moving import MovedFiles, last_note
from photoaes.gui.kit.worker import Worker
from photoaes.gui.state.session import Session
from photoaes.jobs.events import Progress
from photoaes.jobs.move_away import Job, MovePlan, move_away, move_back, plan_move_away


class Moving(QObject):
    """`notes` is the folder of what was moved, by which it can be taken back, also after a restart.

    A move is cancelled by nothing: half of it would be no help to anybody.
    """

    progressed = Signal(object)  # Progress, or None when it has ended
    moved = Signal(object)  # MovedFiles
    back = Signal(object)  # MovedFiles
    failed = Signal(object)

    def __init__(self, session: Session, worker: Worker, notes: Path) -> None:
        super().__init__(session)
        self._session, self._worker, self._notes = session, worker, notes
        self._step: int | None = None  # the newest mark when something was moved last
        self.album: Path | None = None  # that the last move was about
        self.is_busy = False

    def rejected(self) -> list[Path]:
        """The photos of the album that a person has rejected."""
        columns = self._session.columns
        if columns is None:
            return []
        return [columns.paths[one] for one in np.flatnonzero(columns.flag == REJECTED).tolist()]

    def plan(self, paths: Sequence[Path], target: Path) -> MovePlan:
        """Raises InputInvalid for a folder that cannot take them."""
        return plan_move_away(self._session.paired, paths, target)

    def move(self, plan: MovePlan) -> None:
        """Move the files as planned."""
        self.album = self._session.folder
        if self.album is not None:
            job = move_away(self._session.store, self.album, plan, self._notes)
            self._run(job, self._moved)

    def move_back(self, album: Path | None = None) -> None:
        """Take back what was moved last of this album, or of the one on show."""
        self.album = album or self._session.folder or self.album
        if self.album is not None:
            self._run(move_back(self._session.store, self.album, self._notes), self._back)

    def has_moved(self, album: Path) -> bool:
        """Whether something of the album can be taken back."""
        return last_note(self._notes, album) is not None

    def is_last(self) -> bool:
        """Whether a move is what was done last here, so that undo means it."""
        return self._step is not None and self._step == self._session.marking.last_step

    def _run(self, job: Job, done: Any) -> None:
        if self.is_busy:
            return
        self.is_busy = True
        self._worker.add(job, done=done, failed=self._failed, progress=self._events)

    def _events(self, events: list[Any]) -> None:
        for event in events[-1:]:
            if isinstance(event, Progress):
                self.progressed.emit(event)

    def _end(self) -> None:
        self.is_busy = False
        self.progressed.emit(None)

    def _moved(self, outcome: MovedFiles) -> None:
        self._end()
        self._step = self._session.marking.last_step if outcome.done else None
        self.moved.emit(outcome)

    def _back(self, outcome: MovedFiles) -> None:
        self._end()
        self._step = None
        self.back.emit(outcome)

    def _failed(self, error: Exception) -> None:
        self._end()
        self.failed.emit(error)
