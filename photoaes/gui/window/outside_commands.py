"""What the window does about marks in sidecars: tells changes, asks, writes again after undo."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox

from photoaes.album.store.marks_import import Conflict
from photoaes.album.store.sync import SyncSummary
from photoaes.gui.kit.habits import Habits
from photoaes.gui.kit.sentences import said
from photoaes.gui.views.dialogs.problem import problem_box
from photoaes.gui.views.dialogs.questions import QuestionsDialog
from photoaes.gui.window.main_window import MainWindow
from photoaes.gui.window.parts import Parts
from photoaes.jobs.mark import Marked
from photoaes.jobs.read_album import Found, OpenedAlbum
from photoaes.jobs.settle import OpenQuestions, find_questions, settle_questions
from photoaes.jobs.sidecars import Written
from photoaes.jobs.write_back import plan_again, write_back


class OutsideCommands(QObject):
    """Commands on what other programs say; a method bears its action's name in `actions.SPECS`."""

    def __init__(self, window: MainWindow, parts: Parts, habits: Habits) -> None:
        super().__init__(window)
        self._window, self._parts, self._session = window, parts, parts.session
        self._habits = habits
        self._summary = SyncSummary()
        parts.opening.opened.connect(self._opened)
        parts.opening.read.connect(self._tell)
        parts.session.marking.read_again.connect(self._offer)

    # -- what was found -------------------------------------------------------------------------

    def _opened(self, album: OpenedAlbum) -> None:
        self._summary = album.summary

    def _tell(self, found: Found) -> None:
        """Whatever is another now than the person left it, and what waits for their word."""
        texts = [*self._found(found), *self._changed(found), *self._open(found)]
        self._summary = SyncSummary()
        if texts:
            self._session.told.emit(" ".join(texts), False)

    def _found(self, found: Found) -> Iterator[str]:
        if n := found.stars:
            yield self.tr("%Ln stars found in the photos and their sidecars.", "", n)
        if n := found.flags:
            yield self.tr("%Ln flags found in sidecars.", "", n)
        if n := found.labels:
            yield self.tr("%Ln labels found in sidecars.", "", n)
        if n := self._summary.inherited:
            yield self.tr("%Ln copies took over the stars of photos that are gone.", "", n)

    def _changed(self, found: Found) -> Iterator[str]:
        if n := _photos(found.changed):
            yield self.tr("%Ln photos were marked anew in other programs.", "", n)
        if n := _photos(found.conflicts) - found.open:
            yield self.tr("%Ln photos keep your marks, which are newer than others.", "", n)

    def _open(self, found: Found) -> Iterator[str]:
        if n := found.open + self._summary.doubtful:
            yield self.tr("%Ln questions are open: see Album.", "", n)
        if n := len(found.noticed):
            yield self.tr("%Ln photos have marks that photoaes does not read.", "", n)
        if n := len(found.unread):
            yield self.tr("%Ln marks could not be understood.", "", n)

    # -- questions ------------------------------------------------------------------------------

    def settle(self) -> None:
        """Ask what only the person can tell."""
        if self._session.folder is not None:
            job = find_questions(self._session.store, self._session.folder)
            self._parts.worker.add(job, done=self._ask, failed=self._explain)

    def _ask(self, questions: OpenQuestions) -> None:
        if not len(questions):
            self._session.told.emit(self.tr("There is nothing to settle."), False)
            return
        dialog = QuestionsDialog(self._window, questions)
        dialog.accepted.connect(lambda: self._answered(dialog))
        dialog.open()

    def _answered(self, dialog: QuestionsDialog) -> None:
        job = settle_questions(self._session.store, self._session.paired, dialog.answers())
        self._parts.worker.add(job, done=self._settled, failed=self._explain)

    def _settled(self, count: int) -> None:
        if count and self._session.folder is not None:
            split = self._habits.now.split_pairs
            self._parts.opening.open(self._session.folder, split_pairs=split)
        self._session.told.emit(self.tr("%Ln questions settled.", "", count), False)

    # -- undo of what was written ---------------------------------------------------------------

    def _offer(self, marked: Marked) -> None:
        if not marked.again:
            return
        box = QMessageBox(self._window)
        box.setWindowTitle(self.tr("Sidecar files"))
        box.setIcon(QMessageBox.Icon.Question)
        count = len(marked.again)
        box.setText(self.tr("The sidecar files of %Ln photos still say otherwise.", "", count))
        box.setInformativeText(
            self.tr("They were written before. Shall they say what the photos have now?")
        )
        yes = box.addButton(self.tr("Write again"), QMessageBox.ButtonRole.AcceptRole)
        no = box.addButton(self.tr("Leave them"), QMessageBox.ButtonRole.RejectRole)
        box.setEscapeButton(no)
        yes.clicked.connect(lambda: self._write_again(marked.again))
        box.open()

    def _write_again(self, paths: tuple[Path, ...]) -> None:
        store = self._session.store
        plan = plan_again(store, self._session.paired, paths)
        job = write_back(store, plan, use_adobe_name=self._habits.now.adobe_names)
        self._parts.worker.add(job, done=self._written, failed=self._explain)

    def _written(self, outcome: Written) -> None:
        text = self.tr("%Ln sidecar files written.", "", outcome.count)
        if outcome.problems:
            text += " " + said(outcome.problems[0])
        self._session.told.emit(text, False)

    def _explain(self, error: Exception) -> None:
        problem_box(self._window, error).open()


def _photos(conflicts: Iterable[Conflict]) -> int:
    return len({one.path for one in conflicts})
