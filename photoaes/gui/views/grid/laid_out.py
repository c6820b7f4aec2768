"""An item view whose layout is arithmetic, so that 100,000 rows open at once."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
)
from PySide6.QtGui import QKeyEvent, QRegion
from PySide6.QtWidgets import QAbstractItemView, QWidget

from photoaes.gui.kit.theme import GAP
from photoaes.gui.views.grid.held_key import HeldKey
from photoaes.gui.views.grid.layout import Box, GridLayout

Index = QModelIndex | QPersistentModelIndex
CursorAction = QAbstractItemView.CursorAction
ScrollHint = QAbstractItemView.ScrollHint

WINDOW_KEYS = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Backspace}


class LaidOutView(QAbstractItemView):
    """What Qt asks of a view about places: which cell is where, what to scroll by, where a key or
    a rubber band leads to. It knows rows and their layout, not what they show.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.places = GridLayout(0, 1, (1, 1))
        self.has_come: Callable[[int], bool] = lambda row: True  # a row's picture, for held keys
        self._held_key = HeldKey(lambda: all(map(self.has_come, self.rows_in_sight())))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)

    def index(self, row: int) -> QModelIndex:
        """The model's index of a row."""
        return self.model().index(row, 0)

    # -- places ---------------------------------------------------------------------------------

    def visualRect(self, index: Index) -> QRect:
        """Where a cell is in the viewport (QAbstractItemView)."""
        if not index.isValid() or index.row() >= self.places.count:
            return QRect()
        return self.in_viewport(self.places.cell(index.row()))

    def in_viewport(self, box: Box) -> QRect:
        """A box of the layout in the viewport, as it is scrolled now."""
        return QRect(box.x, box.y - self.verticalOffset(), box.width, box.height)

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The row under a point of the viewport."""
        row = self.places.row_at(point.x(), point.y() + self.verticalOffset())
        return QModelIndex() if row is None else self.index(row)

    def isIndexHidden(self, index: Index) -> bool:
        """False: what is hidden is not in the model (QAbstractItemView)."""
        return False

    # -- scrolling ------------------------------------------------------------------------------

    def updateGeometries(self) -> None:
        """Give the scroll bar its range (QAbstractItemView)."""
        bar = self.verticalScrollBar()
        page = self.viewport().height()
        bar.setRange(0, max(0, self.places.height + GAP - page))
        bar.setPageStep(page)
        bar.setSingleStep(max(20, self.places.cell_height // 3))

    def horizontalOffset(self) -> int:
        """0: it never scrolls sideways (QAbstractItemView)."""
        return 0

    def verticalOffset(self) -> int:
        """By how many pixels it is scrolled down (QAbstractItemView)."""
        return self.verticalScrollBar().value()

    def scrollTo(self, index: Index, hint: ScrollHint = ScrollHint.EnsureVisible) -> None:
        """Bring a cell into sight, with as little movement as the hint allows."""
        area = self.visualRect(index)
        if not area.isValid():
            return
        bar, height = self.verticalScrollBar(), self.viewport().height()
        if hint is ScrollHint.PositionAtTop or area.top() < 0:
            bar.setValue(bar.value() + area.top() - self.places.header)
        elif hint is ScrollHint.PositionAtCenter:
            bar.setValue(bar.value() + area.center().y() - height // 2)
        elif area.bottom() > height:
            bar.setValue(bar.value() + area.bottom() - height + GAP)

    def first_in_sight(self) -> tuple[int, int] | None:
        """The first row in sight, and how many pixels of its cell are scrolled away."""
        top = self.verticalOffset()
        rows = self.places.rows_between(top, top + self.viewport().height())
        return (rows[0], top - self.places.cell(rows[0]).y) if rows else None

    def rows_in_sight(self) -> list[int]:
        """The rows of which at least a part is in the viewport."""
        top = self.verticalOffset()
        return list(self.places.rows_between(top, top + self.viewport().height()))

    def rows_to_show(self) -> list[int]:
        """What shows, then the screen below, then the one above."""
        top, page = self.verticalOffset(), self.viewport().height()
        return [
            *self.rows_in_sight(),
            *self.places.rows_between(top + page, top + 2 * page),
            *self.places.rows_between(top - page, top),
        ]

    def put_first(self, row: int, offset: int) -> None:
        """Scroll so that `first_in_sight` is this, as far as that can be."""
        if row < self.places.count:
            self.verticalScrollBar().setValue(self.places.cell(row).y + offset)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Move what is painted; only the uncovered stripe is painted anew."""
        self.scrollDirtyRegion(dx, dy)
        self.viewport().scroll(dx, dy)

    # -- selecting ------------------------------------------------------------------------------

    def setSelection(self, area: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select what a rubber band, or two corners of a range, span."""
        area = area.normalized()
        top = area.top() + self.verticalOffset()
        rows = [
            row
            for row in self.places.rows_between(top, top + area.height())
            if area.intersects(self.in_viewport(self.places.cell(row)))
        ]
        if self.state() != QAbstractItemView.State.DragSelectingState and rows:
            # Between two cells the range runs in reading order, as with Shift in a text.
            rows = list(range(rows[0], rows[-1] + 1))
        self.selectionModel().select(self.spans(np.array(rows, dtype=np.int64)), command)

    def spans(self, rows: NDArray[np.int64]) -> QItemSelection:
        """Sorted rows as a selection of as few spans as possible."""
        selection = QItemSelection()
        if len(rows):
            cuts = np.flatnonzero(np.diff(rows) > 1) + 1
            for part in np.split(rows, cuts):
                selection.select(self.index(int(part[0])), self.index(int(part[-1])))
        return selection

    def selected_rows(self) -> list[int]:
        """The selected rows, in the order in which they were selected."""
        rows: list[int] = []
        for span in self.selectionModel().selection().toList():
            rows.extend(range(span.top(), span.bottom() + 1))
        return rows

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """What to repaint when a selection changes: all, which is one screen of cells."""
        return QRegion(self.viewport().rect())

    # -- moving ---------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Only movement is the view's own; letters, digits and the rest are the window's."""
        is_typed = bool(event.text()) and event.text().isprintable()
        selects = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in WINDOW_KEYS or (is_typed and not selects):
            event.ignore()
        elif self._held_key.may_move(event):
            super().keyPressEvent(event)

    def moveCursor(self, action: CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Where arrows, Home, End and the page keys lead (QAbstractItemView)."""
        count = self.places.count
        if not count:
            return QModelIndex()
        row = max(self.currentIndex().row(), 0)
        page = max(1, self.viewport().height() // self.places.cell_height)
        match action:
            case CursorAction.MoveLeft | CursorAction.MovePrevious:
                row -= 1
            case CursorAction.MoveRight | CursorAction.MoveNext:
                row += 1
            case CursorAction.MoveUp:
                row = self.places.moved(row, -1)
            case CursorAction.MoveDown:
                row = self.places.moved(row, 1)
            case CursorAction.MovePageUp:
                row = self.places.moved(row, -page)
            case CursorAction.MovePageDown:
                row = self.places.moved(row, page)
            case CursorAction.MoveHome:
                row = 0
            case CursorAction.MoveEnd:
                row = count - 1
        return self.index(min(max(row, 0), count - 1))
