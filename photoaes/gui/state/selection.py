"""Which photos a person means: the selected ones, and the current one."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from photoaes.album.shown import Indices, Shown


class Selection(QObject):
    """Kept by photo, as indices into the album's columns: sorting, filtering and reading the album
    anew lose none of it. The current photo is the one that keys act on where nothing is selected,
    and that the loupe shows.

    `shown` is what the grid shows; the session keeps it so.
    """

    changed = Signal()
    current_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.shown = Shown.empty()
        self.current: int | None = None
        self.is_selected: NDArray[np.bool_] = np.zeros(0, dtype=bool)  # [N], of all photos

    def select(self, indices: Iterable[int]) -> None:
        """Select just these photos."""
        self.is_selected[:] = False
        self.is_selected[list(indices)] = True
        self.changed.emit()

    def photos(self) -> Indices:
        """The selected photos that are shown, in the grid's order [M]."""
        return self.shown.rows[self.rows()]

    def rows(self) -> Indices:
        """The selected photos' rows in the grid [M]."""
        if not len(self.shown.rows):
            return np.zeros(0, dtype=np.int64)
        return np.flatnonzero(self.is_selected[self.shown.rows])

    def row(self) -> int | None:
        """The current photo's row in the grid; None if it is not shown."""
        return self.shown.row_of(self.current)

    def make_current(self, index: int) -> None:
        """Go to this photo."""
        if index != self.current:
            self.current = index
            self.current_changed.emit()

    def go_to_first(self) -> None:
        """The first photo shown, as when the order has become another one."""
        if len(self.shown.rows):
            self.make_current(int(self.shown.rows[0]))

    def come_along(self, before: Shown, fellows: NDArray[np.bool_] | None) -> bool:
        """Others are shown than `before`. Where the current photo is none of them, whoever stands
        for it among its `fellows` [N] in a stack is the current one now, else the next one of
        before that is shown still: keys must not act on what nobody sees. Whether that is so."""
        rows, current = self.shown.rows, self.current
        if not len(rows) or (current is not None and self.row() is not None):
            return False
        stands_in = rows[:0] if fellows is None else rows[fellows[rows]]
        if not len(stands_in):
            row = before.row_of(current) or 0
            is_left = np.isin(before.rows, rows)
            after, ahead = np.flatnonzero(is_left[row:]) + row, np.flatnonzero(is_left[:row])[::-1]
            stands_in = before.rows[[*after[:1], *ahead[:1]]] if is_left.any() else rows
        self.current = int(stands_in[0])
        return True

    def go_to_nearest(self, indices: Indices, otherwise: int) -> None:
        """To the one of these that is shown nearest to the current photo, which may be that."""
        rows = np.flatnonzero(np.isin(self.shown.rows, indices))
        if not len(rows):
            self.make_current(otherwise)
            return
        nearest = rows[np.argmin(np.abs(rows - (self.row() or 0)))]
        self.make_current(int(self.shown.rows[nearest]))

    def step(self, by: int) -> bool:
        """Go to the next photo shown, or to the one before; False at an end."""
        row = self.row()
        target = 0 if row is None else row + by
        if not 0 <= target < len(self.shown.rows):
            return False
        self.make_current(int(self.shown.rows[target]))
        return True

    def follow(self, came_from: Indices) -> None:
        """The same photos in other columns; `came_from` [N] are their places in the old ones."""
        # Who is still at the first photo has not chosen it: dates may put another one there.
        is_chosen = self.current is not None and self.row() != 0
        here = np.flatnonzero(came_from == self.current) if is_chosen else came_from[:0]
        self.current = int(here[0]) if len(here) else None
        self.is_selected = np.append(self.is_selected, False)[came_from]  # the last is NOTHING's

    def clear(self) -> None:
        """Forget selection and current photo: there are no photos."""
        self.current, self.is_selected = None, self.is_selected[:0]
