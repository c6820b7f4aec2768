"""What was on show before something else was, to be shown again after it."""

from __future__ import annotations

from photoaes.album.filtering import Condition
from photoaes.album.ordering import SortKey
from photoaes.album.shown import Grouping
from photoaes.gui.state.session import Session


class PutAside:
    """Order, filters, selection and the current photo, as they are when this is made."""

    def __init__(self, session: Session) -> None:
        self._session, selection = session, session.selection
        self.order: tuple[SortKey, bool, Grouping] = (
            session.key,
            session.descending,
            session.grouping,
        )
        self.conditions: tuple[Condition, ...] = session.conditions
        self._selected, self._current = selection.photos().tolist(), selection.current

    def put_back_order(self) -> None:
        """Of another album, or this one read anew: photos have other places there."""
        self._session.key, self._session.descending, self._session.grouping = self.order

    def put_back(self) -> None:
        """Show it again, if the photos still have their places."""
        selection = self._session.selection
        selection.select(self._selected)
        if self._current is not None:
            selection.make_current(self._current)
        self.put_back_order()
        self._session.filter(self.conditions)
