"""Means with their intervals over a few places, a line for each series."""

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
    ticks,
    upright,
    words,
)
from photoaes.offline.report.words import decimal, interval, plain

DASHES = ("none", "6 3", "2 3", "8 3 2 3")
COLOURS = 8  # s0 to s7 in the page's style
BOTTOM, LETTER, LINE = 380.0, 6.8, 15.0
LONGEST_NAME = 48


@dataclass(frozen=True)
class Point:
    """A mean with the ends of its interval, at one of the places by index."""

    place: int
    mean: float
    interval: tuple[float, float]


@dataclass(frozen=True)
class Series:
    """A named line; the judged one is drawn stronger than the others."""

    name: str
    points: Sequence[Point]
    judged: bool = False


def lines_plot(series: Sequence[Series], places: Sequence[str], x_name: str, label: str) -> str:
    """SROCC over `places`, which stand at even steps; every series has a point."""
    right = WIDTH - 42 - LETTER * max(len(_short(one.name)) for one in series)
    ends = [end for one in series for point in one.points for end in point.interval]
    marks = ticks(min(ends), max(ends))
    # Names may need more height than the means that they stand beside.
    bottom = max(BOTTOM, LINE * len(series) + 30)
    y = linear(marks[0], marks[-1], bottom, 14)
    x = linear(-0.4, len(places) - 0.6, 56, right)
    parts = [
        across(marks, y, 56, right),
        upright("mean SROCC over people", 12, bottom / 2, text_anchor="middle"),
    ]
    for at, place in enumerate(places):
        parts.append(faint(place, x(at), bottom + 20, text_anchor="middle"))
    parts.append(faint(x_name, (56 + right) / 2, bottom + 42, text_anchor="middle"))
    step = min(6.0, 0.7 * (right - 56) / len(places) / len(series))
    parts += [
        # Side by side, that their intervals can be told apart.
        _line(one, index, x, y, (index - (len(series) - 1) / 2) * step)
        for index, one in enumerate(series)
    ]
    parts.append(_names(series, y, right))
    return picture(WIDTH, bottom + 52, label, *parts)


def _line(series: Series, index: int, x: Scale, y: Scale, shift: float) -> str:
    parts = []
    for point in series.points:
        at, (low, high) = x(point.place) + shift, point.interval
        note = said(f"{series.name}: {decimal(point.mean)} ({interval(point.interval)})")
        parts.append(element("line", x1=at, x2=at, y1=y(low), y2=y(high), stroke_width=1.2))
        parts.append(element("circle", note, cx=at, cy=y(point.mean), r=3.2, fill="currentColor"))
    corners = [(x(point.place) + shift, y(point.mean)) for point in series.points]
    line = _path(corners, stroke_dasharray=_dashes(series, index), stroke_width=_width(series))
    return element("g", line, *parts, class_=_colour(series, index), stroke="currentColor")


def _names(series: Sequence[Series], y: Scale, right: float) -> str:
    """Each series' name beside its last point, pushed apart where they would overlap."""
    ends = sorted((y(one.points[-1].mean), index) for index, one in enumerate(series))
    places = _apart([place for place, _ in ends])
    parts = []
    for place, (want, index) in zip(places, ends, strict=True):
        one = series[index]
        lead = _path(
            [(right - 4, want), (right + 8, place), (right + 30, place)],
            stroke_dasharray=_dashes(one, index),
            stroke_width=_width(one),
            stroke="currentColor",
        )
        weight = "bold" if one.judged else "normal"
        name = words(_short(one.name), right + 35, place + 4, class_="named", font_weight=weight)
        parts.append(element("g", lead, name, class_=_colour(one, index)))
    return "".join(parts)


def _path(corners: Sequence[tuple[float, float]], **attributes: object) -> str:
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)
    return element("polyline", points=points, fill="none", **attributes)


def _short(name: str) -> str:
    """A name that leaves room for the plot; the whole one is said beside each point."""
    text = plain(name)
    return text if len(text) <= LONGEST_NAME else f"{text[: LONGEST_NAME - 1]}…"


def _colour(series: Series, index: int) -> str:
    return "own" if series.judged else f"s{index % COLOURS}"


def _dashes(series: Series, index: int) -> str:
    return DASHES[0] if series.judged else DASHES[(index + index // COLOURS) % len(DASHES)]


def _width(series: Series) -> float:
    return 3.0 if series.judged else 1.6


def _apart(wanted: Sequence[float]) -> list[float]:
    """Ascending places near the wanted ones, a line apart or more.

    Those that would overlap become a block around their mean.
    """
    blocks: list[list[float]] = []
    for place in wanted:
        blocks.append([place])
        while len(blocks) > 1 and _block(blocks[-2])[-1] + LINE > _block(blocks[-1])[0]:
            last = blocks.pop()
            blocks[-1] += last
    return [place for block in blocks for place in _block(block)]


def _block(wanted: Sequence[float]) -> list[float]:
    middle = sum(wanted) / len(wanted)
    return [middle + (i - (len(wanted) - 1) / 2) * LINE for i in range(len(wanted))]
