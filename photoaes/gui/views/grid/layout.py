"""Where each photo lies in the grid: arithmetic on numbers, no item ever visited.

Qt's own list view lays out 100,000 items in half a second, again for every change of size. Here a
cell's place follows from its row, its section's first row and the number of columns.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

HEADER = 34  # height of a section's heading, in pixels


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels."""

    x: int
    y: int
    width: int
    height: int


class GridLayout:
    """`count` cells at least as wide as `cell` in a width.

    `starts` are the first rows of sections with headings.
    Without `starts` the grid is one section without a heading.
    """

    def __init__(
        self, count: int, width: int, cell: tuple[int, int], starts: NDArray[np.int64] | None = None
    ) -> None:
        self.count = count
        self.columns = max(1, width // cell[0])
        # Cells share the whole width, so none of it lies idle; a narrow window cuts none off.
        self.cell_width, self.cell_height = max(1, width // self.columns), cell[1]
        self._left = (width - self.columns * self.cell_width) // 2
        self.header = 0 if starts is None else HEADER
        self.starts = np.zeros(1, dtype=np.int64) if starts is None else starts
        sizes = np.diff(np.append(self.starts, count))
        lines = -(-sizes // self.columns)
        heights = self.header + lines * self.cell_height
        self._tops = np.concatenate([[0], np.cumsum(heights)])

    @property
    def height(self) -> int:
        """The height of the whole grid in pixels."""
        return int(self._tops[-1]) if self.count else 0

    def cell(self, row: int) -> Box:
        """The box of the row's cell."""
        section = self.section_of(row)
        line, column = divmod(row - int(self.starts[section]), self.columns)
        y = int(self._tops[section]) + self.header + line * self.cell_height
        return Box(self._x(column), y, self.cell_width, self.cell_height)

    def heading(self, section: int, width: int) -> Box:
        """The box of a section's heading."""
        return Box(0, int(self._tops[section]), width, self.header)

    def section_of(self, row: int) -> int:
        """The section that a row belongs to."""
        return int(np.searchsorted(self.starts, row, side="right")) - 1

    def row_at(self, x: int, y: int) -> int | None:
        """The row whose cell holds the point, None between cells."""
        if not 0 <= y < self.height:
            return None
        section = self._section_at(y)
        line, _ = divmod(y - int(self._tops[section]) - self.header, self.cell_height)
        column = (x - self._left) // self.cell_width
        if line < 0 or not 0 <= column < self.columns:
            return None
        row = int(self.starts[section]) + line * self.columns + column
        return row if row < self._end(section) else None

    def rows_between(self, top: int, bottom: int) -> range:
        """The rows of all cells that show between two heights."""
        if not self.count or bottom <= 0 or top >= self.height:
            return range(0)
        return range(self._row_from(max(top, 0)), self._row_until(min(bottom, self.height - 1)))

    def sections_between(self, top: int, bottom: int) -> range:
        """The sections of which a part lies between two heights."""
        if not self.count or not self.header:
            return range(0)
        last = min(max(bottom, 0), self.height - 1)
        return range(self._section_at(min(max(top, 0), last)), self._section_at(last) + 1)

    def moved(self, row: int, lines: int) -> int:
        """The row so many lines below (above, if negative), in the same column if it can be."""
        box = self.cell(row)
        section = self.section_of(row)
        column = (row - int(self.starts[section])) % self.columns
        y = box.y + lines * self.cell_height
        if lines > 0 and y >= int(self._tops[section + 1]):
            y += self.header
        elif lines < 0 and y < int(self._tops[section]) + self.header:
            y -= self.header
        y = min(max(y, self.header), self.height - 1)
        target = self._section_at(y)
        line = max(0, (y - int(self._tops[target]) - self.header) // self.cell_height)
        row = int(self.starts[target]) + line * self.columns + column
        return min(row, self._end(target) - 1)

    def _x(self, column: int) -> int:
        return self._left + column * self.cell_width

    def _section_at(self, y: int) -> int:
        return min(int(np.searchsorted(self._tops, y, side="right")) - 1, len(self.starts) - 1)

    def _end(self, section: int) -> int:
        return int(self.starts[section + 1]) if section + 1 < len(self.starts) else self.count

    def _row_from(self, y: int) -> int:
        """The first row whose line reaches below the height."""
        section = self._section_at(y)
        line = max(0, (y - int(self._tops[section]) - self.header) // self.cell_height)
        return min(int(self.starts[section]) + line * self.columns, self._end(section))

    def _row_until(self, y: int) -> int:
        """One past the last row whose line begins above the height."""
        section = self._section_at(y)
        inside = y - int(self._tops[section]) - self.header
        if inside < 0:
            return int(self.starts[section])
        row = int(self.starts[section]) + (inside // self.cell_height + 1) * self.columns
        return min(row, self._end(section))
