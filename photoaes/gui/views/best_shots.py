"""The drawer below the grid: choose the best photos, look at them as they will be, export them.

While it is open the grid shows the chosen photos and nothing else.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from photoaes.album.best import best_shots, just_these, proposed
from photoaes.album.columns import REJECTED
from photoaes.album.export.exporting import ExportPlan, plan_export
from photoaes.album.filtering import Among, Condition, shown
from photoaes.album.ordering import SortKey
from photoaes.album.ranking import RankedPhoto
from photoaes.album.shown import STACKING, Grouping
from photoaes.errors import PhotoaesError
from photoaes.gui.kit.elsewhere import open_elsewhere
from photoaes.gui.kit.scrolled import Drawer
from photoaes.gui.kit.sentences import said
from photoaes.gui.kit.worker import Run, Worker
from photoaes.gui.state.learning import Learning
from photoaes.gui.state.put_aside import PutAside
from photoaes.gui.state.session import Session
from photoaes.gui.views.best_shots_controls import Controls, Kind, StarsBeside
from photoaes.gui.views.best_shots_wording import PlanWording
from photoaes.jobs.events import Progress
from photoaes.jobs.export import Pages, export_with_pages, files_to_export, left_behind
from photoaes.jobs.mark import with_marks


class BestShots(QFrame):
    """Opened by `start`, closed by `finish`; what was on show before comes back."""

    opening = Signal()  # what is on show will go
    opened = Signal()
    closed = Signal()
    returned = Signal()  # what was on show is there again
    chosen = Signal(int)  # of so many photos

    def __init__(
        self, session: Session, learning: Learning, worker: Worker, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._learning, self._worker = session, learning, worker
        self._chosen: list[RankedPhoto] = []
        self._rejected: NDArray[np.bool_] = np.zeros(0, dtype=bool)  # when they were chosen
        self._taken_out: set[int] = set()
        self._these: frozenset[int] = frozenset()  # picked by hand; none: the best are chosen
        self._plan: ExportPlan | None = None
        self._behind = 0  # files of the photos that are not in the plan
        self._before: PutAside | None = None
        self._limits: tuple[Condition, ...] = ()  # what is chosen meets these
        self._is_exporting = False
        self._run: Run | None = None
        self._exported: Path | None = None
        self.controls, self._wording = Controls(), PlanWording(self)
        self._proposed = self.controls.amount.value()
        self.controls.summary.linkActivated.connect(lambda _: self._show_bursts())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Drawer(self.controls))
        self._connect()
        self.hide()

    @property
    def order_before(self) -> tuple[SortKey, bool, Grouping] | None:
        """What comes back when the drawer is closed; None while it is."""
        return None if self._before is None else self._before.order

    # -- controls -------------------------------------------------------------------------------

    def _connect(self) -> None:
        for changed in (
            self.controls.amount.valueChanged,
            self.controls.unit.currentIndexChanged,
            self.controls.least.valueChanged,
            self.controls.one_per_burst.toggled,
        ):
            changed.connect(self._choose)
        for changed in (
            self.controls.folder.textChanged,
            self.controls.mode.currentIndexChanged,
            self.controls.names.textChanged,
            self.controls.files.currentIndexChanged,
            self.controls.sidecars.toggled,
        ):
            changed.connect(self._replan)
        self.controls.take_out.clicked.connect(self.take_out_selected)
        self.controls.put_back.clicked.connect(self._put_back)
        self.controls.export.clicked.connect(self._export)
        self.controls.show_folder.clicked.connect(self._open_folder)
        self.controls.close_button.clicked.connect(self.finish)
        self._session.scores_changed.connect(self._choose)
        self._session.marks_changed.connect(self._marks_changed)
        self._session.album_changed.connect(self._album_changed)

    def start(self, these: Collection[int] = (), *, are_rejected: bool = False) -> None:
        """Open the drawer, with the grid showing what is chosen: the best, or `these` (indices)."""
        if self._session.columns is None or (self._session.standing.stars is None and not these):
            return
        if self._these != frozenset(these):
            self._these, self._taken_out = frozenset(these), set()
        kind = Kind.BEST if not these else Kind.REJECTED if are_rejected else Kind.THESE
        self.controls.begin_with(kind, self._session.folder)
        if not self.isVisible():
            session = self._session
            self.opening.emit()
            self._before = PutAside(session)
            session.key, session.descending = SortKey.SCORE, True
            if session.grouping in STACKING:
                session.grouping = Grouping.NONE  # what is chosen is shown, all of it
            self.controls.files.setVisible(bool(session.paired.companions))
            self._propose()
        # Photos that were picked out by hand are meant, whatever was hidden before.
        self._limits = () if these or self._before is None else self._before.conditions
        self.show()
        self._choose()
        self._session.selection.go_to_first()
        self.controls.amount.setFocus()
        self.opened.emit()

    def _propose(self) -> None:
        """For each album, until the person has said how many."""
        stars = self._session.standing.stars
        if stars is not None and self.controls.amount.value() == self._proposed:
            self._proposed = proposed(int(np.count_nonzero(~np.isnan(stars))))
            self.controls.amount.setValue(self._proposed)

    def finish(self) -> None:
        """Close the drawer, cancelling an export that is under way."""
        if self._is_exporting:
            if self._run is not None:
                self._run.cancel()
            self._ended(self.tr("The export was stopped; what is in the folder is whole."))
            return
        self.hide()
        if self._before is not None:
            before, self._before = self._before, None
            before.put_back()
        self.closed.emit()
        self.returned.emit()

    def leave(self) -> None:
        """Close the drawer, unless it exports: something else is to be shown."""
        if self.isVisible() and not self._is_exporting:
            self.finish()

    def limit(self, conditions: Collection[Condition]) -> None:
        """Filters were set while the drawer is open: the best of those photos are chosen."""
        if self.isVisible() and self._before is not None:
            self._before.conditions = self._limits = tuple(conditions)
            self._choose()

    def take_out_selected(self) -> None:
        """The selected photos are not among the best; the next ones move up."""
        if self.isVisible():
            self._taken_out.update(self._session.selection.photos().tolist())
            self._choose()

    def _marks_changed(self, _: object) -> None:
        """A rejected photo leaves at once; stars change the order, which waits."""
        columns = self._session.columns
        if self.isHidden() or columns is None:
            return
        if not np.array_equal(columns.flag == REJECTED, self._rejected):
            self._choose()

    def _put_back(self) -> None:
        self._taken_out.clear()
        self._choose()

    def _album_changed(self) -> None:
        self._taken_out.clear()
        if self.isVisible():
            if self._before is not None:  # another album has an order of its own
                self._before.put_back_order()
            self._before = None
            self.hide()
            self.closed.emit()

    def _choose(self) -> None:
        session = self._session
        if self.isHidden() or session.columns is None:
            return
        stars, is_let = session.standing.stars, shown(session.columns, self._limits)
        self._rejected = session.columns.flag == REJECTED
        out = self._taken_out.union(np.flatnonzero(~is_let).tolist())
        if self._these:
            stars = np.full(session.count, np.nan) if stars is None else stars
            self._chosen = just_these(session.columns, stars, self._these - out)
        elif stars is not None:
            stars, wanted = np.where(is_let, stars, np.nan), self.controls.wanted()
            self._chosen = best_shots(session.columns, stars, wanted, self._taken_out)
        self.chosen.emit(int(is_let.sum()))
        place_of = session.place_of
        session.filter([Among(frozenset(place_of[str(photo.path)] for photo in self._chosen))])
        self.controls.put_back.setVisible(bool(self._taken_out))
        self._replan()

    # -- exporting ------------------------------------------------------------------------------

    def _replan(self) -> None:
        """Say what an export would do, without doing it."""
        if self.isHidden() or self._is_exporting:
            return
        self._plan = None
        self.controls.show_folder.hide()
        try:
            self._plan = self._planned()
        except PhotoaesError as problem:
            self.controls.summary.setText(said(problem))
        else:
            self.controls.summary.setText(self._words(self._plan))
        self.controls.export.setEnabled(self._plan is not None and bool(self._plan.files))

    def _planned(self) -> ExportPlan:
        which = files_to_export(
            self._session.paired,
            [photo.path for photo in self._chosen],
            self.controls.files.currentData(),
            sidecars=self.controls.sidecars.isChecked(),
        )
        self._behind = len(left_behind(which))
        target = Path(self.controls.folder.text()).expanduser()
        return plan_export(
            self._chosen,
            target,
            mode=self.controls.mode.currentData(),
            template=self.controls.names.text(),
            files=which,
        )

    def _words(self, plan: ExportPlan) -> str:
        columns = self._session.columns
        assert columns is not None
        is_thinned = self.controls.one_per_burst.isChecked()
        return self._wording.plan(columns, plan, self._chosen, self._behind, is_thinned)

    def _show_bursts(self) -> None:
        self._session.group(Grouping.BURST)
        self._session.filter([])

    def _export(self) -> None:
        if self._plan is None:
            return
        self._is_exporting = True
        self.controls.begin(len(self._plan.files))
        self.controls.close_button.setText(self.tr("Cancel"))
        title = self._session.folder.name if self._session.folder else ""
        pages = Pages(title, self.controls.sheet.isChecked(), self.controls.web_page.isChecked())
        receipt = self._learning.receipt()
        export = partial(export_with_pages, self._plan, receipt, self._chosen, pages)
        paths = [photo.path for photo in self._chosen]
        if self.controls.stars.currentData() is StarsBeside.NOT:
            job = export()
        else:
            names = self.controls.stars.currentData() is StarsBeside.ADOBE_NAMES
            job = with_marks(self._session.store, paths, partial(export, use_adobe_name=names))
        self._run = self._worker.add(
            job, done=self._done, failed=self._failed, progress=self._progress
        )

    def _progress(self, events: list[Any]) -> None:
        for event in events[-1:]:
            if isinstance(event, Progress):
                self.controls.bar.setRange(0, event.total or 0)
                self.controls.bar.setValue(event.done)

    def _done(self, _: object) -> None:
        assert self._plan is not None
        self._exported = self._plan.target
        text = self.tr("%Ln files exported to {0}.", "", len(self._plan.files))
        self._ended(text.format(self.controls.short(self._plan.target)))
        self.controls.offer_folder()

    def _failed(self, error: Exception) -> None:
        self._ended(said(error))

    def _ended(self, text: str) -> None:
        self._is_exporting = False
        self.controls.bar.hide()
        self.controls.summary.setText(text)
        self.controls.summary.show()
        self.controls.close_button.setText(self.tr("Close"))
        self.controls.export.setEnabled(True)

    def _open_folder(self) -> None:
        if self._exported is not None:
            open_elsewhere([self._exported], self.window())
