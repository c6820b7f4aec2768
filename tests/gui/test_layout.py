"""The grid's arithmetic: every cell is where a walk over all cells would put it."""

from __future__ import annotations

import numpy as np
import pytest

from photoaes.gui.views.grid.layout import HEADER, GridLayout

STARTS = np.array([0, 3, 4, 11], dtype=np.int64)


@pytest.mark.parametrize("starts", [None, STARTS])
@pytest.mark.parametrize("width", [50, 330, 1000])
def test_cells_tile_the_grid_without_overlap(starts: np.ndarray | None, width: int) -> None:
    layout = GridLayout(17, width, (100, 80), starts)
    boxes = [layout.cell(row) for row in range(17)]
    for row, box in enumerate(boxes):
        middle = (box.x + box.width // 2, box.y + box.height // 2)
        assert layout.row_at(*middle) == row
        assert box.x >= 0
        assert box.x + box.width <= max(width, box.width)
    tops = [(box.y, box.x) for box in boxes]
    assert tops == sorted(tops)
    assert len(set(tops)) == 17
    assert boxes[-1].y + boxes[-1].height == layout.height


def test_headings_stand_above_the_first_cell_of_each_section() -> None:
    layout = GridLayout(17, 330, (100, 80), STARTS)
    for section, start in enumerate(STARTS.tolist()):
        assert layout.heading(section, 330).y + HEADER == layout.cell(start).y
        assert layout.section_of(start) == section


@pytest.mark.parametrize("starts", [None, STARTS])
def test_rows_between_are_those_that_show(starts: np.ndarray | None) -> None:
    layout = GridLayout(17, 330, (100, 80), starts)
    for top in range(-50, layout.height + 50, 37):
        shown = [
            row
            for row in range(17)
            if layout.cell(row).y < top + 120 and layout.cell(row).y + 80 > top
        ]
        found = layout.rows_between(top, top + 120)
        assert set(shown) <= set(found)
        assert len(found) <= len(shown) + 2 * layout.columns


def test_up_and_down_stay_in_the_column() -> None:
    layout = GridLayout(17, 330, (100, 80), STARTS)
    assert layout.columns == 3
    assert layout.moved(1, 1) == 3  # the next section has one photo only
    assert layout.moved(3, 1) == 4
    assert layout.moved(5, 1) == 8
    assert layout.moved(8, -1) == 5
    assert layout.moved(0, -1) == 0
    assert layout.moved(16, 1) == 16


def test_an_empty_grid_has_nothing() -> None:
    layout = GridLayout(0, 330, (100, 80))
    assert layout.height == 0
    assert layout.row_at(10, 10) is None
    assert list(layout.rows_between(0, 500)) == []


def test_a_hundred_thousand_photos_cost_nothing() -> None:
    layout = GridLayout(100_000, 1200, (200, 180))
    assert len(layout.rows_between(5_000_000, 5_000_800)) <= 36
