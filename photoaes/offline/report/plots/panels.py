"""Small scatter plots side by side on the same scales."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from photoaes.offline.report.plots.svg import (
    WIDTH,
    Scale,
    across,
    element,
    faint,
    linear,
    picture,
    said,
    shown,
    ticks,
    upright,
    words,
)
from photoaes.offline.report.words import decimal

Points = Sequence[tuple[float, float]]
COLUMNS = 4
LEFT, TOP, GAP, SIDE = 56.0, 40.0, 24.0, 178.0
ROW = SIDE + 88
LAYERS = 6


@dataclass(frozen=True)
class Panel:
    """A dot for each of `points`, and a line with larger dots through `means`."""

    title: str
    note: str
    points: Points
    means: Points = ()


def panels_plot(
    panels: Sequence[Panel], x_name: str, y_name: str, label: str, diagonal: bool = False
) -> str:
    """All points, with the line x = y where a `diagonal` is wanted; each axis has its own scale."""
    x_values, y_values = (
        [point[axis] for panel in panels for point in (*panel.points, *panel.means)]
        for axis in (0, 1)
    )
    x_marks, y_marks = (ticks(min(v), max(v), about=5) for v in (x_values, y_values))
    rows = (len(panels) - 1) // COLUMNS + 1
    parts = [
        element(
            "g",
            _panel(panel, x_marks, y_marks, x_name, index % COLUMNS == 0, diagonal),
            transform=f"translate({LEFT + index % COLUMNS * (SIDE + GAP)} "
            f"{TOP + index // COLUMNS * ROW})",
        )
        for index, panel in enumerate(panels)
    ]
    parts += [
        upright(y_name, 12, TOP + row * ROW + SIDE / 2, text_anchor="middle") for row in range(rows)
    ]
    return picture(WIDTH, rows * ROW, label, *parts)


def _panel(
    panel: Panel,
    x_marks: Sequence[float],
    y_marks: Sequence[float],
    x_name: str,
    first: bool,
    diagonal: bool,
) -> str:
    x = linear(x_marks[0], x_marks[-1], 0, SIDE)
    y = linear(y_marks[0], y_marks[-1], SIDE, 0)
    # Only the first of a row has the values of y beside it.
    parts = [across(y_marks, y, 0, SIDE) if first else _lines(y_marks, y)]
    parts += [_below(value, x) for value in x_marks]
    parts.append(words(panel.title, 0, -22, font_weight="bold"))
    parts.append(faint(panel.note, 0, -8))
    parts.append(faint(x_name, SIDE / 2, SIDE + 34, text_anchor="middle"))
    if diagonal:
        parts.append(_diagonal(x, y, x_marks, y_marks))
    parts.append(_dots(panel.points, x, y))
    parts.append(_means(panel.means, x, y))
    return "".join(parts)


def _lines(marks: Sequence[float], y: Scale) -> str:
    return "".join(
        element("line", x1=0, x2=SIDE, y1=y(value), y2=y(value), class_="grid" if value else "axis")
        for value in marks
    )


def _below(value: float, x: Scale) -> str:
    kind = "grid" if value else "axis"
    line = element("line", x1=x(value), x2=x(value), y1=0, y2=SIDE, class_=kind)
    return line + faint(shown(value), x(value), SIDE + 16, text_anchor="middle", font_size=11)


def _diagonal(x: Scale, y: Scale, x_marks: Sequence[float], y_marks: Sequence[float]) -> str:
    low, high = max(x_marks[0], y_marks[0]), min(x_marks[-1], y_marks[-1])
    if low >= high:  # it lies outside
        return ""
    return element("line", x1=x(low), y1=y(low), x2=x(high), y2=y(high), class_="mean")


def _dots(points: Points, x: Scale, y: Scale) -> str:
    """Lines of no length with round ends: a tenth of the size of a circle each.

    One path paints its overlaps once, so a few take turns: where many points lie, it is darker.
    """
    paths = []
    for layer in range(min(LAYERS, len(points))):
        d = "".join(f"M{x(a):.1f} {y(b):.1f}h0" for a, b in points[layer::LAYERS])
        paths.append(element("path", d=d))
    return element("g", *paths, class_="dots") if paths else ""


def _means(means: Points, x: Scale, y: Scale) -> str:
    if not means:
        return ""
    corners = " ".join(f"{x(a):.1f},{y(b):.1f}" for a, b in means)
    line = element("polyline", points=corners, fill="none", stroke="currentColor", stroke_width=2.0)
    dots = [
        element(
            "circle",
            said(f"{decimal(a)}, {decimal(b)}"),
            cx=x(a),
            cy=y(b),
            r=4.0,
            fill="currentColor",
        )
        for a, b in means
    ]
    return element("g", line, *dots, class_="own")
