"""What the window does about rejected photos that shall leave the album."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from photoaes.album.export.moving import MovedFiles
from photoaes.gui.kit.habits import Habits
from photoaes.gui.kit.sentences import said
from photoaes.gui.views.dialogs.moving import MoveDialog
from photoaes.gui.views.dialogs.problem import problem_box
from photoaes.gui.window.main_window import MainWindow
from photoaes.gui.window.parts import Parts
from photoaes.jobs.events import Progress


class MovingCommands(QObject):
    """Commands that move files; a method bears the name of its action in `actions.SPECS`."""

    def __init__(self, window: MainWindow, parts: Parts, habits: Habits) -> None:
        super().__init__(window)
        self._window, self._parts, self._session = window, parts, parts.session
        self._habits = habits
        moving = parts.moving
        moving.progressed.connect(self._progressed)
        moving.moved.connect(self._moved)
        moving.back.connect(self._back)
        moving.failed.connect(self._explain)

    def move_rejected(self) -> None:
        """Ask where to, and for the word to touch originals."""
        session, moving = self._session, self._parts.moving
        if session.folder is None or moving.is_busy:
            return
        rejected = moving.rejected()
        if not rejected:
            session.told.emit(self.tr("No photo is rejected."), False)
            return
        if session.is_early or self._parts.opening.is_busy:
            session.told.emit(self.tr("The album is still being read: move in a moment."), False)
            return
        dialog = MoveDialog(self._window, session.folder, partial(moving.plan, rejected))

        def go() -> None:
            if dialog.plan is not None:
                moving.move(dialog.plan)

        dialog.accepted.connect(go)
        dialog.open()

    def move_back(self) -> None:
        """Move back what was moved last."""
        self._parts.moving.move_back()

    def _progressed(self, progress: Progress | None) -> None:
        self._window.status.progress(progress, self.tr("Moving photos"))

    def _moved(self, outcome: MovedFiles) -> None:
        self._look_again()
        text = self.tr("%Ln files moved.", "", len(outcome.done))
        self._session.told.emit(self._with_problems(text, outcome), bool(outcome.done))

    def _back(self, outcome: MovedFiles) -> None:
        if not outcome.done and not outcome.problems:
            self._session.told.emit(self.tr("Nothing of this album was moved."), False)
            return
        self._look_again()
        text = self.tr("%Ln files moved back.", "", len(outcome.done))
        self._session.told.emit(self._with_problems(text, outcome), False)

    def _with_problems(self, text: str, outcome: MovedFiles) -> str:
        if not outcome.problems:
            return text
        more = self.tr("%Ln could not be: {0}", "", len(outcome.problems))
        return f"{text} {more.format(said(outcome.problems[0]))}"

    def _look_again(self) -> None:
        album = self._parts.moving.album
        if album is not None:
            self._parts.opening.open(album, split_pairs=self._habits.now.split_pairs)

    def _explain(self, error: Exception) -> None:
        problem_box(self._window, error).open()
