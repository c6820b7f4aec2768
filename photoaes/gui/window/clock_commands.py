"""What the window does about cameras whose clocks were wrong."""

from __future__ import annotations

from PySide6.QtCore import QObject

from photoaes.album.store.clocks import cameras_of, set_clocks
from photoaes.gui.kit.habits import Habits
from photoaes.gui.views.dialogs.clocks import ClocksDialog
from photoaes.gui.window.main_window import MainWindow
from photoaes.gui.window.parts import Parts


class ClockCommands(QObject):
    """Methods bear the names of `actions.SPECS`."""

    def __init__(self, window: MainWindow, parts: Parts, habits: Habits) -> None:
        super().__init__(window)
        self._window, self._parts, self._session = window, parts, parts.session
        self._habits = habits

    def clocks(self) -> None:
        """Ask how wrong the clocks were."""
        if self._session.folder is None:
            return
        cameras = cameras_of(self._session.store, self._session.folder)
        if not cameras:
            self._session.told.emit(self.tr("No photo of this album names its camera."), False)
            return
        dialog = ClocksDialog(self._window, cameras)
        dialog.accepted.connect(lambda: self._put_right(dialog))
        dialog.open()

    def _put_right(self, dialog: ClocksDialog) -> None:
        folder = self._session.folder
        if folder is not None:
            set_clocks(self._session.store, folder, dialog.seconds())
            self._parts.opening.open(folder, split_pairs=self._habits.now.split_pairs)
