"""A square matrix of values from -1 to 1."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from photoaes.offline.report.plots.svg import element, picture, said, words
from photoaes.offline.report.words import MINUS, plain

CELL, LETTER = 46.0, 7.0
LIGHT_TEXT_ABOVE = 0.7


def matrix_plot(names: Sequence[str], values: NDArray[np.float64], label: str) -> str:
    """Each cell painted and with its number: -1 blue, 0 the page's colour, 1 red."""
    side = LETTER * max(len(plain(name)) for name in names) + 14
    parts = []
    for i, name in enumerate(names):
        middle = side + (i + 0.5) * CELL
        turn = f"rotate(-90 {middle:.1f} {side - 8:.1f})"
        parts.append(words(name, side - 10, middle + 4, text_anchor="end"))
        parts.append(words(name, middle + 4, side - 8, transform=turn))
        for j, value in enumerate(values[i]):
            note = said(f"{name}, {names[j]}: {value:.3f}")
            parts.append(_cell(side + j * CELL, side + i * CELL, float(value), note))
    size = side + len(names) * CELL + 2
    return picture(size, size, label, *parts)


def _cell(x: float, y: float, value: float, note: str) -> str:
    # Opacity instead of a mixed colour: it fits a light page and a dark one.
    strength = min(abs(value), 1.0)
    kind = "warm" if value > 0 else "cold"
    box = element(
        "rect", note, x=x, y=y, width=CELL - 1, height=CELL - 1, class_=kind, fill_opacity=strength
    )
    text = f"{value:.2f}".replace("-0.00", "0.00").replace("-", MINUS)
    ink = "on-strong" if strength > LIGHT_TEXT_ABOVE else "on-page"
    middle = x + (CELL - 1) / 2
    return box + words(text, middle, y + CELL / 2 + 4, text_anchor="middle", class_=ink)
