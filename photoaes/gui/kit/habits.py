"""What the window remembers of its user, saved as soon as it changes."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from photoaes.gui.kit.saver import Saver
from photoaes.preferences import Preferences, save_preferences


class Habits:
    """`now` is what holds; whoever changes something says so here."""

    def __init__(self, preferences: Preferences, folder: Path, saver: Saver) -> None:
        self.now = preferences
        self._folder, self._saver = folder, saver

    def change(self, **changes: object) -> None:
        """Change these preferences and save them."""
        self.now = replace(self.now, **changes)  # type: ignore[arg-type]
        self._save()

    def opened(self, album: Path) -> None:
        """Remember the album as the last one that was open."""
        self.now = self.now.opened(album)
        self._save()

    def _save(self) -> None:
        self._saver.save(partial(save_preferences, self._folder, self.now))
