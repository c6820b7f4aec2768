"""A layout that goes on in the next line where a line is full, as words do."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget, QWidgetItem

from photoaes.gui.kit.theme import GAP


class Flow(QLayout):
    """Widgets in lines; the one that `stretches` takes what is left of its line."""

    def __init__(self, *widgets: QWidget, stretches: QWidget | None = None) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._stretches = stretches
        self.setSpacing(GAP)
        for widget in widgets:
            self.addWidget(widget)

    def addItem(self, item: QLayoutItem) -> None:
        """Put an item at the end (QLayout)."""
        self._items.append(item)

    def insert(self, place: int, widget: QWidget) -> None:
        """Put a widget before the one that stands at `place`."""
        self.addChildWidget(widget)
        self._items.insert(place, QWidgetItem(widget))
        self.invalidate()

    def count(self) -> int:
        """How many items the layout has (QLayout)."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The item at this place, or None (QLayout)."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take the item at this place out of the layout (QLayout)."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        """True: in a narrower window there are more lines (QLayout)."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all lines in this width (QLayout)."""
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        """The size of all items in one line (QLayout)."""
        sizes = [item.sizeHint() for item in self._shown()]
        width = sum(size.width() + self.spacing() for size in sizes)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        """The size of the widest item (QLayout)."""
        sizes = [item.minimumSize() for item in self._shown()]
        widest = max((size.width() for size in sizes), default=0)
        return QSize(widest, max((size.height() for size in sizes), default=0))

    def setGeometry(self, area: QRect) -> None:
        """Lay the items out in lines within the area (QLayout)."""
        super().setGeometry(area)
        self._arrange(area, move=True)

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = [[]]
        used = 0
        for item in self._shown():
            wanted = item.sizeHint().width()
            if lines[-1] and used + wanted > width:
                lines.append([])
                used = 0
            lines[-1].append(item)
            used += wanted + self.spacing()
        return lines

    def _arrange(self, area: QRect, *, move: bool) -> int:
        y = area.top()
        for line in self._lines(area.width()):
            height = max((item.sizeHint().height() for item in line), default=0)
            used = sum(item.sizeHint().width() for item in line)
            left = max(area.width() - used - self.spacing() * (len(line) - 1), 0)
            x = area.left()
            for item in line:
                size = item.sizeHint()
                if item.widget() is not None and item.widget() is self._stretches:
                    size.setWidth(size.width() + left)
                size.setWidth(min(size.width(), area.width()))
                if move:
                    at = QPoint(x, y + (height - size.height()) // 2)
                    item.setGeometry(QRect(at, size))
                x += size.width() + self.spacing()
            y += height + self.spacing()
        return max(y - self.spacing() - area.top(), 0)

    def expandingDirections(self) -> Qt.Orientation:
        """None: the layout takes no more room than it needs (QLayout)."""
        return Qt.Orientation(0)
