"""Keeps the place in an album that is read anew: by photo, since all rows are others then."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from photoaes.gui.state.session import Session


class Placed(Protocol):
    """A view that knows its first photo in sight, and how much of it is scrolled away."""

    def place(self) -> tuple[int, int] | None: ...

    def go_to(self, index: int, offset: int) -> None: ...

    def verticalOffset(self) -> int: ...


class Anchor:
    """Who is at the top stays at the top, whatever comes there."""

    def __init__(self, view: Placed, session: Session) -> None:
        self._view, self._session = view, session
        session.album_changed.connect(self._album_changed)
        session.settling.connect(self._hold)
        self._folder: Path | None = None
        self._at: tuple[Path, int] | None = None
        self._is_due = False

    def note(self) -> None:
        """Remember the photo that is in sight, after the person has scrolled."""
        session = self._session
        place = self._view.place() if self._view.verticalOffset() > 0 else None
        columns = session.columns
        if not self._is_due:
            self._at = (
                None if place is None or columns is None else (columns.paths[place[0]], place[1])
            )

    def keep(self, index: int, offset: int) -> None:
        """This is wanted at the top, also where there is no room for it before the order settles;
        until somebody scrolls."""
        if (columns := self._session.columns) is not None:
            self._at = columns.paths[index], offset

    def _hold(self) -> None:
        self._is_due = True

    def _album_changed(self) -> None:
        """Other columns: of the same album, or of another one."""
        session = self._session
        self._is_due = session.folder == self._folder
        self._folder = session.folder
        if not self._is_due:
            self._at = None

    def put_back(self) -> None:
        """Scroll back to the photo, after the first layout of new columns."""
        session = self._session
        if not self._is_due:
            return
        self._is_due = False
        if self._at is not None and session.columns is not None:
            path, offset = self._at
            found = session.place_of.get(str(path))
            if found is not None:
                self._view.go_to(found, offset)
