"""Binds the window's actions to what they do: methods of nine classes, by their names."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from photoaes.gui.kit.habits import Habits
from photoaes.gui.window.album_commands import AlbumCommands
from photoaes.gui.window.clock_commands import ClockCommands
from photoaes.gui.window.face_commands import FaceCommands
from photoaes.gui.window.keeping import Keeping
from photoaes.gui.window.looks import FindingLooks
from photoaes.gui.window.main_window import MainWindow
from photoaes.gui.window.mark_commands import MarkCommands
from photoaes.gui.window.moving_commands import MovingCommands
from photoaes.gui.window.outside_commands import OutsideCommands
from photoaes.gui.window.parts import Parts
from photoaes.gui.window.photo_commands import PhotoCommands
from photoaes.gui.window.taste_commands import TasteCommands
from photoaes.gui.window.view_commands import ViewCommands
from photoaes.settings import views_folder


class Commands(QObject):
    """Connects each action with the method of its name. Lives as long as the window."""

    def __init__(self, window: MainWindow, parts: Parts, habits: Habits) -> None:
        super().__init__(window)
        self._handlers = [
            kind(window, parts, habits)
            for kind in (
                ViewCommands,
                AlbumCommands,
                PhotoCommands,
                ClockCommands,
                FaceCommands,
                MarkCommands,
                MovingCommands,
                OutsideCommands,
                TasteCommands,
            )
        ]
        Keeping(window, parts, views_folder())
        FindingLooks(window, parts)
        window.commanded.connect(self.run)

    def run(self, name: str) -> None:
        """Do what the action of this name stands for."""
        self.handler(name)()

    def handler(self, name: str) -> Callable[[], None]:
        """Raises LookupError for a name that nobody handles, which is a bug."""
        for one in self._handlers:
            if hasattr(one, name):
                found: Callable[[], None] = getattr(one, name)
                return found
        raise LookupError(name)
