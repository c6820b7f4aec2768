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


@pytest.mark.parametrize("width", [190, 500])
def test_a_tastes_words_and_bars_do_not_lie_on_each_other(qapp: QApplication, width: int) -> None:
    """190 pixels are what the narrowest panel leaves. The name's ink ends before the number's."""
    plain, bars = LeaningBars(), LeaningBars()
    plain.show_weights({"n": 1.0})
    bars.show_weights({"what else your stars show": 1.0})
    for one in (plain, bars):
        one.resize(width, one.height())
        one.show()
    QApplication.processEvents()
    image = bars.grab().toImage()
    number = plain._numbers() - GAP
    text_row = range(2, bars._line - 2)
    gap = [width - number - 2 - x for x in range(3)]
    ground = image.pixelColor(width - number - GAP // 2, 0)
    has_bar_beside = bars._has_room()
    assert has_bar_beside == (width == 500)
    if not has_bar_beside:
        assert all(image.pixelColor(x, y) == ground for x in gap for y in text_row)
        below = bars._line + 3
        assert image.pixelColor(width // 2, below) == theme.current().color("accent")
