"""The bar above the photos: menu, album, order and filters, views, size, panels."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from photoaes.gui.kit.icons import icon
from photoaes.gui.kit.theme import GAP
from photoaes.gui.views.filters.bar import FilterBar
from photoaes.gui.views.grid.view import EDGES, GridView
from photoaes.gui.window.menus import Menus

VIEWS = ("grid", "loupe", "compare")


class TopBar(QWidget):
    """One line where there is room; order and filters below the rest where there is not."""

    def __init__(
        self, actions: Mapping[str, QAction], menus: Menus, filters: FilterBar, grid: GridView
    ) -> None:
        super().__init__()
        self._actions, self._filters = actions, filters
        self._title = QLabel()
        self._title.setProperty("role", "title")
        self._views = {name: self._tool(name, name) for name in VIEWS}
        self.edge = QSlider(Qt.Orientation.Horizontal)
        self.edge.setRange(*EDGES)
        self.edge.setFixedWidth(90)
        self.edge.setAccessibleName(self.tr("Size of the photos"))
        self.edge.setToolTip(self.tr("Size of the photos (Ctrl and wheel)"))
        self.edge.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.edge.valueChanged.connect(grid.set_edge)
        grid.edge_changed.connect(self.edge.setValue)
        self._lay_out(menus)
        filters.installEventFilter(self)

    def _lay_out(self, menus: Menus) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP, GAP // 2, GAP, GAP // 2)
        column.setSpacing(GAP // 2)
        row, self._above, self._below = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(menus.button())
        row.addWidget(self._tool("open_folder", "open"))
        row.addWidget(self._title)
        row.addStretch(1)
        row.addLayout(self._above)
        row.addStretch(1)
        for button in self._views.values():
            button.setCheckable(True)
            row.addWidget(button)
        row.addWidget(self.edge)
        for name in ("left_panel", "right_panel"):
            row.addWidget(self._tool(name, "-".join(reversed(name.split("_")))))
        self._row = row
        column.addLayout(row)
        column.addLayout(self._below)
        self._above.addWidget(self._filters)

    def _tool(self, name: str, picture: str) -> QToolButton:
        action = self._actions[name]
        button = QToolButton()
        button.setIcon(icon(picture))
        button.setProperty("flat", True)
        button.setAccessibleName(action.text())
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        text = action.text().rstrip("\u2026")
        button.setToolTip(f"{text} ({keys})" if keys else text)
        button.clicked.connect(action.trigger)
        return button

    def show_view(self, name: str, has_album: bool) -> None:
        """Which of the views is on show; none of them where the name is another."""
        for view, button in self._views.items():
            button.setChecked(view == name)
            button.setEnabled(has_album)

    def show_title(self, folder: str, tip: str) -> None:
        """Show the album's name."""
        self._title.setText(folder)
        self._title.setToolTip(tip)

    # -- one line or two ------------------------------------------------------------------------

    def minimumSizeHint(self) -> QSize:
        """Of two lines: whether it is one, the width says and not the other way round."""
        height = super().minimumSizeHint().height()
        return QSize(max(self._beside(), self._filters.minimumSizeHint().width()) + 2 * GAP, height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the bar anew in its new width."""
        super().resizeEvent(event)
        self._arrange()

    def eventFilter(self, _: object, event: QEvent) -> bool:
        """Arrange the bar anew when chips have come or gone."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show):
            self._arrange()
        return False

    def _beside(self) -> int:
        """What the first line needs without order and filters."""
        items = (self._row.itemAt(place) for place in range(self._row.count()))
        widgets = [item.widget() for item in items if item is not None]
        return sum(one.minimumSizeHint().width() + GAP for one in widgets if one is not None)

    def _arrange(self) -> None:
        needed = self._beside() + self._filters.minimumSizeHint().width() + 4 * GAP
        there = self._above if needed <= self.width() else self._below
        if there.indexOf(self._filters) < 0:
            (self._below if there is self._above else self._above).removeWidget(self._filters)
            there.addWidget(self._filters)
