"""The right panel, wider and narrower: what it shows is whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from photoaes.gui.kit import theme
from photoaes.gui.kit.theme import GAP
from photoaes.gui.views.taste.charts import LeaningBars
from tests.gui.conftest import Person
from tests.gui.test_taste_recalled import FIFTEEN


def test_photos_that_moved_most_are_whole_after_the_panels_edge_was_moved(
    person: Person, album: Path
) -> None:
    person.window.resize(1280, 1000)
    person.open(album)
    person.rate(FIFTEEN)
    person.window.taste.start.click()
    person.wait(lambda: not person.learning.is_working)
    movers, splitter = person.window.taste._movers, person.window.splitter
    assert movers._places()
    edges = set()
    for width in (260, 420, 300):
        splitter.setSizes([0, 1280 - width, width])
        QApplication.processEvents()
        edges.add(movers._edge())
        assert all(movers.rect().contains(area) for _, area in movers._places())
    assert len(edges) == 3, "they grow with the panel"


@pytest.mark.parametrize("width", [180, 500])
def test_a_tastes_words_are_whole_and_its_bars_beside_no_number(
    qapp: QApplication, width: int
) -> None:
    """180 pixels are what the narrowest panel leaves beside its scroll bar."""
    bars = LeaningBars()
    bars.show_weights({"what else your stars show": 1.0})
    bars.resize(width, bars.height())
    bars.show()
    QApplication.processEvents()
    assert bars._has_room() == (width == 500)
    advance = bars.fontMetrics().horizontalAdvance("what else your stars show")
    image, accent = bars.grab().toImage(), theme.current().color("accent")
    bar = [x for x in range(width) if image.pixelColor(x, bars._step() - bars._line // 2) == accent]
    assert advance <= (bar[0] if bars._has_room() else width)
    assert len(bar) >= 32
    assert bar[-1] < width - bars._numbers() + GAP // 2
