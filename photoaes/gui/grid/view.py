"""The grid: an item view whose layout is arithmetic, so that 100,000 photos open at once."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem, QWidget

from photoaes.gui.grid.cell import MARGIN, CellDelegate, cell_height
from photoaes.gui.grid.fade import ScoreFade
from photoaes.gui.grid.headings import Headings
from photoaes.gui.grid.layout import GridLayout
from photoaes.gui.grid.model import GridModel
from photoaes.gui.session import Session
from photoaes.gui.theme import GAP, current
from photoaes.gui.thumbnails import Thumbnails
from photoaes.images.thumbnail_cache import size_for

Index = QModelIndex | QPersistentModelIndex
EDGES = (96, 384)  # the size slider's range, in pixels
CursorAction = QAbstractItemView.CursorAction
WINDOW_KEYS = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Backspace}


class GridView(QAbstractItemView):
    """Photos in rows and columns, with headings where the session groups them."""

    edge_changed = Signal(int)
    opened = Signal()  # the current photo is wanted large

    def __init__(
        self, session: Session, thumbnails: Thumbnails, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._thumbnails = session, thumbnails
        self._model = GridModel(session, self)
        fade = ScoreFade(session, self)
        self._cells = CellDelegate(session, self._model, thumbnails, fade)
        self._layout = GridLayout(0, 1, (1, 1))
        self._is_restoring = False
        self._headings = Headings(self)
        self.setModel(self._model)
        self.setItemDelegate(self._cells)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFrameShape(QAbstractItemView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setDragEnabled(False)
        self.setAccessibleName(self.tr("Photos"))
        self.doubleClicked.connect(lambda _: self.opened.emit())
        session.shown_changed.connect(self._restore)
        session.selection.current_changed.connect(self._follow_current)
        session.scores_changed.connect(self.viewport().update)
        fade.moved.connect(self.viewport().update)
        thumbnails.arrived.connect(lambda _: self.viewport().update())

    # -- size and names -------------------------------------------------------------------------

    @property
    def edge(self) -> int:
        """The longer side of the photos, in pixels."""
        return self._cells.edge

    def set_edge(self, edge: int) -> None:
        """Make photos larger or smaller; the current one stays in sight."""
        edge = min(max(edge, EDGES[0]), EDGES[1])
        if edge != self._cells.edge:
            self._cells.edge = edge
            self._relayout(keep=self.currentIndex())
            self.edge_changed.emit(edge)

    def show_names(self, with_names: bool) -> None:
        """File names below the photos."""
        self._cells.with_names = with_names
        self._relayout(keep=self.currentIndex())

    # -- layout ---------------------------------------------------------------------------------

    def _relayout(self, keep: QModelIndex | None = None) -> None:
        shown, width = self._session.shown, self.viewport().width()
        least = self._cells.edge + 2 * MARGIN
        line = self.fontMetrics().height()
        height = cell_height(width // max(1, width // least), self._cells.with_names, line)
        self._layout = GridLayout(len(shown.rows), width, (least, height), shown.starts)
        self.updateGeometries()
        if keep is not None and keep.isValid():
            self.scrollTo(keep)
        self._want_thumbnails()
        self.viewport().update()

    def updateGeometries(self) -> None:
        """The scroll bar's range."""
        bar = self.verticalScrollBar()
        page = self.viewport().height()
        bar.setRange(0, max(0, self._layout.height + GAP - page))
        bar.setPageStep(page)
        bar.setSingleStep(max(20, self._layout.cell_height // 3))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or fewer columns; what was on top stays there."""
        first = self.indexAt(QPoint(self.viewport().width() // 3, self._layout.cell_height // 2))
        super().resizeEvent(event)
        self._relayout()
        if first.isValid() and self.verticalScrollBar().value() > 0:
            self.scrollTo(first, QAbstractItemView.ScrollHint.PositionAtTop)

    def visualRect(self, index: Index) -> QRect:
        """A cell's place in the viewport."""
        if not index.isValid() or index.row() >= self._layout.count:
            return QRect()
        box = self._layout.cell(index.row())
        return QRect(box.x, box.y - self.verticalOffset(), box.width, box.height)

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The photo under a point of the viewport."""
        row = self._layout.row_at(point.x(), point.y() + self.verticalOffset())
        return QModelIndex() if row is None else self._model.index(row)

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a photo into sight, with as little movement as the hint allows."""
        area = self.visualRect(index)
        if not area.isValid():
            return
        bar, height = self.verticalScrollBar(), self.viewport().height()
        if hint is QAbstractItemView.ScrollHint.PositionAtTop or area.top() < 0:
            bar.setValue(bar.value() + area.top() - self._layout.header)
        elif hint is QAbstractItemView.ScrollHint.PositionAtCenter:
            bar.setValue(bar.value() + area.center().y() - height // 2)
        elif area.bottom() > height:
            bar.setValue(bar.value() + area.bottom() - height + GAP)

    def horizontalOffset(self) -> int:
        """The grid never scrolls sideways."""
        return 0

    def verticalOffset(self) -> int:
        """How far the grid is scrolled down."""
        return self.verticalScrollBar().value()

    def isIndexHidden(self, index: Index) -> bool:
        """Hidden photos are not in the model at all."""
        return False

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Move what is painted; only the uncovered stripe is painted anew."""
        self.scrollDirtyRegion(dx, dy)
        self.viewport().scroll(dx, dy)
        self._want_thumbnails()

    # -- selection, kept by photo ---------------------------------------------------------------

    def setSelection(self, area: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select what a rubber band, or two corners of a range, span."""
        area = area.normalized().translated(0, self.verticalOffset())
        rows = [
            row
            for row in self._layout.rows_between(area.top(), area.bottom() + 1)
            if area.intersects(self._cell_rect(row))
        ]
        if self.state() != QAbstractItemView.State.DragSelectingState and rows:
            # Between two photos the range runs in reading order, as with Shift in a text.
            rows = list(range(rows[0], rows[-1] + 1))
        self.selectionModel().select(self._ranges(np.array(rows, dtype=np.int64)), command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """What to repaint when a selection changes: all, which is one screen of cells."""
        return QRegion(self.viewport().rect())

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell the session which photos are selected now."""
        super().selectionChanged(selected, deselected)
        if not self._is_restoring:
            rows: list[int] = []
            for span in self.selectionModel().selection().toList():
                rows.extend(range(span.top(), span.bottom() + 1))
            self._session.selection.select(self._session.shown.rows[rows].tolist())

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell the session which photo is the current one."""
        super().currentChanged(current, previous)
        if current.isValid() and not self._is_restoring:
            self._session.selection.make_current(self._model.photo(current.row()))

    def _cell_rect(self, row: int) -> QRect:
        box = self._layout.cell(row)
        return QRect(box.x, box.y, box.width, box.height)

    def _ranges(self, rows: np.ndarray) -> QItemSelection:
        """Sorted rows as few spans."""
        selection = QItemSelection()
        if len(rows):
            cuts = np.flatnonzero(np.diff(rows) > 1) + 1
            for part in np.split(rows, cuts):
                first, last = self._model.index(int(part[0])), self._model.index(int(part[-1]))
                selection.select(first, last)
        return selection

    def _restore(self) -> None:
        """After a sort or a filter: the same photos selected, the current one in sight."""
        self._is_restoring = True
        chosen = self._session.selection
        current = chosen.row()
        was_in_sight = self.viewport().rect().intersects(self.visualRect(self.currentIndex()))
        self._relayout()
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(self._ranges(chosen.rows()), flags.ClearAndSelect)
        if current is not None:
            self.selectionModel().setCurrentIndex(self._model.index(current), flags.NoUpdate)
            if was_in_sight:
                self.scrollTo(self._model.index(current))
        self._is_restoring = False
        self._want_thumbnails()
        self.viewport().update()

    def _follow_current(self) -> None:
        """Loupe and undo move the current photo too."""
        row = self._session.selection.row()
        if row is None or row == self.currentIndex().row():
            return
        index = self._model.index(row)
        self.selectionModel().setCurrentIndex(
            index, QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        self.scrollTo(index)

    # -- painting -------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """The cells that show, and the headings above them."""
        painter = QPainter(self.viewport())
        theme = current()
        self._cells.dress()
        painter.fillRect(event.rect(), theme.color("ground"))
        top = event.rect().top() + self.verticalOffset()
        bottom = event.rect().bottom() + self.verticalOffset() + 1
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        chosen, current_row = self.selectionModel(), self.currentIndex().row()
        for row in self._layout.rows_between(top, bottom):
            index = self._model.index(row)
            option.rect = self.visualRect(index)
            state = QStyle.StateFlag.State_Enabled
            if chosen.isSelected(index):
                state |= QStyle.StateFlag.State_Selected
            if row == current_row and self.hasFocus():
                state |= QStyle.StateFlag.State_HasFocus
            option.state = state
            self._cells.paint(painter, option, index)
        for section in self._layout.sections_between(top, bottom):
            self._paint_heading(painter, section)
        painter.end()

    def _paint_heading(self, painter: QPainter, section: int) -> None:
        box = self._layout.heading(section, self.viewport().width())
        area = QRect(box.x + 2 * GAP, box.y - self.verticalOffset(), box.width, box.height)
        painter.setPen(current().color("text"))
        painter.drawText(
            area, Qt.AlignmentFlag.AlignVCenter, self._headings.text(self._session, section)
        )

    def _want_thumbnails(self) -> None:
        """What shows, then the screen below, then the one above."""
        if self._session.columns is None or not self.isVisible():
            return
        top, page = self.verticalOffset(), self.viewport().height()
        rows = [
            *self._layout.rows_between(top, top + page),
            *self._layout.rows_between(top + page, top + 2 * page),
            *self._layout.rows_between(top - page, top),
        ]
        paths = self._session.columns.paths
        width = self._layout.cell_width - 2 * MARGIN
        size = size_for(width * self.devicePixelRatioF())
        self._thumbnails.want([paths[self._model.photo(row)] for row in rows], size)

    # -- mouse and keys -------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show the outlines of stars under the mouse."""
        point = event.position().toPoint()
        index = self.indexAt(point)
        cell = self.visualRect(index)
        self._cells.hovered_row = index.row()
        self._cells.hovered_stars = self._cells.star_at(cell, point) if index.isValid() else 0
        self.viewport().update()
        super().mouseMoveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on a star rates; the same star again clears."""
        point = event.position().toPoint()
        index = self.indexAt(point)
        stars = self._cells.star_at(self.visualRect(index), point) if index.isValid() else 0
        if not stars or event.button() is not Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        photo = self._model.photo(index.row())
        columns = self._session.columns
        assert columns is not None
        same = int(columns.stars[photo]) == stars
        self._session.set_stars(np.array([photo]), 0 if same else stars)

    def leaveEvent(self, event: object) -> None:
        """No photo is under the mouse any more."""
        self._cells.hovered_row = -1
        self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl the photos grow and shrink."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_edge(self._cells.edge + (24 if event.angleDelta().y() > 0 else -24))
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Only movement is the view's own; letters, digits and the rest are the window's."""
        is_typed = bool(event.text()) and event.text().isprintable()
        selects = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in WINDOW_KEYS or (is_typed and not selects):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def moveCursor(self, action: CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Arrows, Home, End and pages."""
        count = self._layout.count
        if not count:
            return QModelIndex()
        row = max(self.currentIndex().row(), 0)
        page = max(1, self.viewport().height() // self._layout.cell_height)
        match action:
            case CursorAction.MoveLeft | CursorAction.MovePrevious:
                row -= 1
            case CursorAction.MoveRight | CursorAction.MoveNext:
                row += 1
            case CursorAction.MoveUp:
                row = self._layout.moved(row, -1)
            case CursorAction.MoveDown:
                row = self._layout.moved(row, 1)
            case CursorAction.MovePageUp:
                row = self._layout.moved(row, -page)
            case CursorAction.MovePageDown:
                row = self._layout.moved(row, page)
            case CursorAction.MoveHome:
                row = 0
            case CursorAction.MoveEnd:
                row = count - 1
        return self._model.index(min(max(row, 0), count - 1))

    def showEvent(self, event: object) -> None:
        """Thumbnails are wanted once there is something to see."""
        super().showEvent(event)  # type: ignore[arg-type]
        self._relayout()
        self._want_thumbnails()
