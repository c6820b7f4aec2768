"""The grid: the photos that are shown, painted, selected and rated where they lie."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,  # fmt: skip
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from photoaes.gui.kit.theme import current
from photoaes.gui.state.session import Session
from photoaes.gui.views.dragging import drag_photos
from photoaes.gui.views.grid.anchor import Anchor
from photoaes.gui.views.grid.cell import MARGIN, CellDelegate, cell_height
from photoaes.gui.views.grid.fade import ScoreFade
from photoaes.gui.views.grid.headings import Headings
from photoaes.gui.views.grid.holding import Holding
from photoaes.gui.views.grid.laid_out import Index, LaidOutView
from photoaes.gui.views.grid.layout import GridLayout
from photoaes.gui.views.grid.model import GridModel
from photoaes.gui.views.thumbnails import Thumbnails
from photoaes.images.thumbnail_cache import size_for

EDGES = (96, 384)  # the size slider's range, in pixels
EDGE_STEP = 24
SelectionFlag = QItemSelectionModel.SelectionFlag


class GridView(LaidOutView):
    """Photos in rows and columns, with headings where the session groups them."""

    edge_changed = Signal(int)
    opened = Signal()  # the current photo is wanted large
    moved = Signal()  # other photos are in sight
    menu_wanted = Signal(QPoint, bool)  # where on the screen, and whether for photos

    def __init__(
        self, session: Session, thumbnails: Thumbnails, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._thumbnails = session, thumbnails
        self._model = GridModel(session, self)
        fade = ScoreFade(session, self)
        self._cells = CellDelegate(session, self._model, thumbnails, fade)
        self._cells.index_in = self._index_in
        self.has_come = self._cells.has_come
        self._anchor = Anchor(self, session)
        self._is_restoring = False
        self.was_at_top = True  # before the last change of order or filters
        self._holding = Holding(lambda: drag_photos(self, session, thumbnails))
        self._headings = Headings(self)
        self.setModel(self._model)
        self.setItemDelegate(self._cells)
        self.setFrameShape(LaidOutView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setDragEnabled(False)
        self.setAccessibleName(self.tr("Photos"))
        self.doubleClicked.connect(lambda _: self.opened.emit())
        session.shown_changed.connect(self._restore)
        session.selection.current_changed.connect(self._follow_current)
        for signal in (session.scores_changed, session.away_changed, fade.moved):
            signal.connect(self.viewport().update)
        thumbnails.arrived.connect(lambda _: self.viewport().update())

    @property
    def edge(self) -> int:
        """The longer side of the photos on show, in pixels."""
        return self._cells.edge

    @property
    def thumbnail_size(self) -> int:
        """The size of thumbnails that suits the cells, in device pixels."""
        return size_for((self.places.cell_width - 2 * MARGIN) * self.devicePixelRatioF())

    def set_edge(self, edge: int) -> None:
        """Make photos larger or smaller; the current one stays in sight."""
        edge = min(max(edge, EDGES[0]), EDGES[1])
        if edge != self._cells.edge:
            self._cells.edge = edge
            self._relayout(keep=self.currentIndex())
            self.edge_changed.emit(edge)

    def enlarge(self, steps: int) -> None:
        """Larger photos, smaller where `steps` is negative."""
        self.set_edge(self.edge + steps * EDGE_STEP)

    def show_names(self, with_names: bool) -> None:
        """Show file names below the photos, or not."""
        self._cells.with_names = with_names
        self._relayout(keep=self.currentIndex())

    def _relayout(self, keep: QModelIndex | None = None) -> None:
        shown, width = self._session.shown, self.viewport().width()
        least = self._cells.edge + 2 * MARGIN
        line = self.fontMetrics().height()
        height = cell_height(width // max(1, width // least), self._cells.with_names, line)
        self.places = GridLayout(len(shown.rows), width, (least, height), shown.starts)
        self.updateGeometries()
        if keep is not None and keep.isValid():
            self.scrollTo(keep)
        self._want_thumbnails()
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or fewer columns; what was on top stays there."""
        first = self.first_in_sight()
        super().resizeEvent(event)
        self._relayout()
        if first is not None and self.verticalScrollBar().value() > 0:
            self.put_first(*first)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Ask for the thumbnails that come into sight."""
        super().scrollContentsBy(dx, dy)
        self._anchor.note()
        self._want_thumbnails()

    def place(self) -> tuple[int, int] | None:
        """The first photo in sight, and how many pixels of its cell are scrolled away."""
        found = self.first_in_sight()
        return None if found is None else (self._model.index_at(found[0]), found[1])

    def go_to(self, index: int, offset: int) -> None:
        """Scroll so that `place` is this again, as far as the photo is shown."""
        row = self._session.shown.row_of(index)
        if row is not None:
            self.put_first(row, offset)
            self._anchor.keep(index, offset)

    # -- selection, kept by photo ---------------------------------------------------------------

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell the session which photos are selected now."""
        super().selectionChanged(selected, deselected)
        if not self._is_restoring:
            photos = self._session.shown.rows[self.selected_rows()]
            self._session.selection.select(photos.tolist())

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell the session which photo is the current one."""
        super().currentChanged(current, previous)
        if current.isValid() and not self._is_restoring:
            self._session.selection.make_current(self._model.index_at(current.row()))

    def _restore(self) -> None:
        """The same photos selected, the current one in sight; see `anchor` for a new reading."""
        self._is_restoring = True
        chosen = self._session.selection
        current = chosen.row()
        self.was_at_top = self.verticalOffset() == 0
        was_in_sight = self._is_in_sight(self.currentIndex().row())
        self._relayout()
        self.selectionModel().select(self.spans(chosen.rows()), SelectionFlag.ClearAndSelect)
        if current is not None:
            self.selectionModel().setCurrentIndex(self.index(current), SelectionFlag.NoUpdate)
            if was_in_sight and not self._is_in_sight(current):
                self.scrollTo(self.index(current))
        self._anchor.put_back()
        self._is_restoring = False
        self._want_thumbnails()
        self.viewport().update()

    def _is_in_sight(self, row: int) -> bool:
        """Whether some of a cell is: what hides a part of it, as the guide may, moves nothing."""
        index = self.index(row)
        return index.isValid() and self.viewport().rect().intersects(self.visualRect(index))

    def _follow_current(self) -> None:
        """Loupe and undo move the current photo too."""
        row = self._session.selection.row()
        if row is None or row == self.currentIndex().row():
            return
        self.selectionModel().setCurrentIndex(self.index(row), SelectionFlag.ClearAndSelect)
        self.scrollTo(self.index(row))

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
        for row in self.places.rows_between(top, bottom):
            index = self.index(row)
            option.rect = self.visualRect(index)
            state = QStyle.StateFlag.State_Enabled
            if chosen.isSelected(index):
                state |= QStyle.StateFlag.State_Selected
            if row == current_row and self.hasFocus():
                state |= QStyle.StateFlag.State_HasFocus
            option.state = state
            self._cells.paint(painter, option, index)
        for section in self.places.sections_between(top, bottom):
            box = self.places.heading(section, self.viewport().width())
            place = QRect(box.x, box.y - self.verticalOffset(), box.width, box.height)
            self._headings.paint(painter, self._session, section, place)
        painter.end()

    def _want_thumbnails(self) -> None:
        if self._session.columns is None or not self.isVisible():
            return
        paths = self._session.columns.paths
        size = self.thumbnail_size
        self._thumbnails.want(
            [paths[self._model.index_at(row)] for row in self.rows_to_show()], size
        )
        self.moved.emit()

    # -- mouse ----------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show the outlines of stars under the mouse; a photo that is held is dragged."""
        point = event.position().toPoint()
        if self._holding.move(event):
            return
        self._cells.hovered_row = self.indexAt(point).row()
        self._cells.hovered_stars = self._star_at(point)
        self.viewport().update()
        super().mouseMoveEvent(event)

    def _star_at(self, point: QPoint) -> int:
        item = self.indexAt(point)
        return self._cells.star_at(self.visualRect(item), point) if item.isValid() else 0

    def _index_in(self, cell: QRect) -> int | None:
        item = self.indexAt(cell.center())
        return self._model.index_at(item.row()) if item.isValid() else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on a star rates; the same star again clears."""
        point = event.position().toPoint()
        item = self.indexAt(point)
        stars = self._star_at(point)
        if not stars or event.button() is not Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            # Beside the photo, in its cell, a rubber band begins.
            on_photo = item.isValid() and self._cells.is_on_photo(self.visualRect(item), point)
            self._holding.press(event, on_photo)
            return
        index = self._model.index_at(item.row())
        columns = self._session.columns
        assert columns is not None
        same = int(columns.own[index]) == stars
        self._session.set_stars(np.array([index]), 0 if same else stars)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a press that dragged nothing."""
        self._holding.release()
        super().mouseReleaseEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done: with the selected photos, or where there are none."""
        index, at = self.indexAt(event.pos()), event.globalPos()
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
            at = self.viewport().mapToGlobal(self.visualRect(index).center())
        if index.isValid() and not self.selectionModel().isSelected(index):
            self.selectionModel().setCurrentIndex(index, SelectionFlag.ClearAndSelect)
        self.menu_wanted.emit(at, index.isValid())

    def leaveEvent(self, event: object) -> None:
        """Light no photo: the mouse has left the grid."""
        self._cells.hovered_row = -1
        self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl, enlarge or shrink the photos."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.enlarge(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def showEvent(self, event: object) -> None:
        """Thumbnails are wanted once there is something to see."""
        super().showEvent(event)  # type: ignore[arg-type]
        self._relayout()
        self._want_thumbnails()
