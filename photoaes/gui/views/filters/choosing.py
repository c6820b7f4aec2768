"""The filter that is on, shared by the bar, the facets and the histogram."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal

from photoaes.album.filter_choice import FilterChoice
from photoaes.gui.state.session import Session


class Filters(QObject):
    """One choice for the album on show; each change is applied at once."""

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.choice = FilterChoice()
        session.album_changed.connect(self._album_changed)
        self._folder = session.folder

    def set(self, choice: FilterChoice) -> None:
        """Show what this choice lets through."""
        if choice != self.choice:
            self.choice = choice
            self._session.filter(choice.conditions())
            self.changed.emit()

    def restore(self, choice: FilterChoice) -> None:
        """This choice for an album that is about to be shown."""
        self.choice = choice
        self._session.conditions = tuple(choice.conditions())
        self.changed.emit()

    def toggle(self, aspect: str, value: Any) -> None:
        """Put a value into an aspect, or take it out."""
        self.set(self.choice.toggled(aspect, value))

    def clear(self) -> None:
        """Show all photos."""
        self.set(FilterChoice())

    def _album_changed(self) -> None:
        """Another album starts with nothing hidden; the same one, read anew, keeps its filter."""
        if self._session.folder != self._folder:
            self._folder = self._session.folder
            self.choice = FilterChoice()
            self.changed.emit()
