"""Every control can be reached, and says what it is; cells are read out whole."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QLineEdit, QWidget

from photoaes.gui.kit.theme import DARK, LIGHT, Theme
from tests.gui.conftest import Person


def _focusable(window: QWidget) -> list[QWidget]:
    inside = (QLineEdit,)  # of spin boxes, which have the name
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.window() is window  # not the lists that combo boxes unfold
        and not (isinstance(widget, inside) and isinstance(widget.parent(), QAbstractSpinBox))
    ]


def _name(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    spoken = interface.text(QAccessible.Text.Name) if interface is not None else ""
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or spoken or text


def test_every_control_has_a_name(person: Person, album: Path) -> None:
    person.open(album)
    person.rate("5432154321")
    nameless = [
        f"{type(widget).__name__} in {type(widget.parent()).__name__}"
        for widget in _focusable(person.window)
        if not _name(widget)
    ]
    assert nameless == []


def test_a_cell_says_all_that_it_shows(person: Person, album: Path) -> None:
    person.open(album)
    photo = int(person.session.shown.rows[3])
    person.session.set_stars(np.array([photo]), 4)
    person.session.set_flag(np.array([photo]), 1)
    person.session.set_label(np.array([photo]), "Red")
    scores = np.linspace(1, 5, 16)
    person.session.set_scores(scores, scores, resort=False)
    model = person.window.grid.model()
    row = person.session.shown.row_of(photo)
    assert row is not None
    spoken = model.data(model.index(row, 0), Qt.ItemDataRole.AccessibleTextRole)
    columns = person.session.columns
    assert columns is not None
    for part in (columns.paths[photo].name, "4 stars", "score ", "rank ", "of 16", "picked", "Red"):
        assert part in spoken


def test_tab_leads_through_the_whole_window_and_back(person: Person, album: Path) -> None:
    person.open(album)
    first = person.window.grid
    seen: list[QWidget] = [first]
    widget = first.nextInFocusChain()
    while widget is not None and widget is not first and len(seen) < 500:
        seen.append(widget)
        widget = widget.nextInFocusChain()
    for wanted in (person.window.taste.start, person.window.bar.search, person.window.edge):
        assert wanted in seen


def _contrast(one: str, other: str) -> float:
    """WCAG 2.1, relative luminance."""

    def luminance(name: str) -> float:
        colour = QColor(name)
        channels = (colour.redF(), colour.greenF(), colour.blueF())
        linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
def test_contrast(theme: Theme) -> None:
    for ground in (theme.ground, theme.panel, theme.raised):
        assert _contrast(theme.text, ground) >= 4.5
        assert _contrast(theme.dim, ground) >= 4.5
    for mark in (theme.star, theme.score, theme.accent):
        assert _contrast(mark, theme.ground) >= 3
    assert _contrast(theme.score, theme.ground) >= 4.5  # it is a number too
    assert _contrast(theme.warning, theme.ground) >= 4.5
    assert _contrast(theme.on_accent, theme.accent) >= 4.5
    for grey in (theme.ground, theme.panel, theme.raised, theme.line):
        colour = QColor(grey)
        assert colour.red() == colour.green() == colour.blue()
