"""What the window remembers of its user, saved as soon as it changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from photoaes.preferences import Preferences, save_preferences


class Habits:
    """`now` is what holds; whoever changes something says so here."""

    def __init__(self, preferences: Preferences, folder: Path) -> None:
        self.now = preferences
        self._folder = folder

    def change(self, **changes: object) -> None:
        """Remember these."""
        self.now = replace(self.now, **changes)  # type: ignore[arg-type]
        save_preferences(self._folder, self.now)

    def opened(self, album: Path) -> None:
        """Remember the album as the last one that was open."""
        self.now = self.now.opened(album)
        save_preferences(self._folder, self.now)
