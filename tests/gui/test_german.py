"""The window in German: numbers, dates and sentences are German ones."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt

from photoaes.gui.kit.numerals import decimal, short, signed, whole
from tests.gui.conftest import Person


@pytest.mark.usefixtures("german")
def test_numbers() -> None:
    assert (decimal(6.8), decimal(-0.256, 2), decimal(1234.2, 0)) == ("6,8", "-0,26", "1.234")
    assert (signed(0.4, 2), signed(-0.4)) == ("+0,40", "-0,4")
    assert (short(2.8), short(50.0), whole(1284)) == ("2,8", "50", "1.284")


def test_numbers_in_the_window(german: None, person: Person, album: Path) -> None:
    person.open(album)
    session = person.session
    photo = int(session.shown.rows[0])
    scores = np.linspace(1.14, 5, 16)
    session.set_scores(scores, scores, resort=False)
    model = person.window.grid.model()
    row = session.shown.row_of(photo)
    assert row is not None
    index = model.index(row, 0)
    score = session.score(photo)
    assert score is not None
    expected = f"{score:.1f}".replace(".", ",")
    spoken = model.data(index, Qt.ItemDataRole.AccessibleTextRole)
    assert f"Wert {expected}" in spoken
    assert f"Wert {expected} Sterne" in model.data(index, Qt.ItemDataRole.ToolTipRole)
