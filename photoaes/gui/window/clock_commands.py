"""What the window does about cameras whose clocks were wrong."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from photoaes.gui.kit.habits import Habits
from photoaes.gui.views.dialogs.clocks import ClocksDialog
from photoaes.gui.views.dialogs.problem import problem_box
from photoaes.gui.window.main_window import MainWindow
from photoaes.gui.window.parts import Parts
from photoaes.jobs.clocks import find_clocks, put_right


class ClockCommands(QObject):
    """Commands on cameras' clocks; a method bears the name of its action in `actions.SPECS`."""

    def __init__(self, window: MainWindow, parts: Parts, habits: Habits) -> None:
        super().__init__(window)
        self._window, self._parts, self._session = window, parts, parts.session
        self._habits = habits

    def clocks(self) -> None:
        """Ask by how much each camera's clock was wrong."""
        if self._session.folder is None:
            return
        job = find_clocks(self._session.store, self._session.folder)
        self._parts.worker.add(job, done=self._ask, failed=self._explain)

    def _ask(self, cameras: dict[str, tuple[int, int]]) -> None:
        if not cameras:
            self._session.told.emit(self.tr("No photo of this album names its camera."), False)
            return
        dialog = ClocksDialog(self._window, cameras)
        dialog.accepted.connect(lambda: self._put_right(dialog))
        dialog.open()

    def _put_right(self, dialog: ClocksDialog) -> None:
        folder = self._session.folder
        if folder is not None:
            job = put_right(self._session.store, folder, dialog.seconds())
            self._parts.worker.add(job, done=lambda _: self._again(folder), failed=self._explain)

    def _again(self, folder: Path) -> None:
        self._parts.opening.open(folder, split_pairs=self._habits.now.split_pairs)

    def _explain(self, error: Exception) -> None:
        problem_box(self._window, error).open()
