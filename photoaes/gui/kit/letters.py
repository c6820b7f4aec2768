"""Widths in letters: what is as wide as so many pixels cuts the text of those who read it large."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def at_least(widget: QWidget, pixels: int, letters: int) -> int:
    """So many pixels, or room for so many letters of the widget's font where that is more."""
    return max(pixels, letters * widget.fontMetrics().averageCharWidth())
