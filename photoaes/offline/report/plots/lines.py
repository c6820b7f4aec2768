"""Means with their intervals over a few places, a line for each series."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from photoaes.offline.report.plots.drawing import COLOURS, DASHES, FAINT, OWN, canvas
from photoaes.offline.report.words import plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawn

LONGEST_NAME, LINE = 48, 0.19


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


@dataclass(frozen=True)
class Lines:
    """SROCC over `places`, which stand at even steps; every series has a point.

    `levels` are what others have printed, drawn dotted across.
    """

    series: Sequence[Series]
    places: Sequence[str]
    x_name: str
    levels: Sequence[tuple[str, float]] = ()

    def drawn(self) -> Drawn:
        """Series side by side at each place, that their intervals can be told apart."""
        names = len(self.series) + len(self.levels)
        figure, axes = canvas(max(3.2, LINE * names + 0.6))
        named = [_line(axes, one, i, len(self.series)) for i, one in enumerate(self.series)]
        for index, (name, value) in enumerate(self.levels):
            style = (0, (1, 1 + 2 * index))
            level = axes.axhline(value, color=FAINT, linewidth=1.4, linestyle=style)
            named.append((value, _short(name), level))
        axes.set_xticks(range(len(self.places)), [plain(place) for place in self.places])
        axes.set_xlim(-0.5, len(self.places) - 0.5)
        axes.set_xlabel(self.x_name)
        axes.set_ylabel("mean SROCC over people")
        axes.grid(visible=False, axis="x")
        # Beside the plot and in the order of the lines' last points, that none covers another.
        named.sort(key=lambda one: -one[0])
        axes.legend(
            [handle for *_, handle in named],
            [name for _, name, _ in named],
            loc="center left",
            bbox_to_anchor=(1.0, 0.5),
            fontsize=7,
        )
        return figure


def _line(axes: Axes, one: Series, index: int, count: int) -> tuple[float, str, Any]:
    """Draws a series; returns its last value, its name and what stands for it in the legend."""
    shift = (index - (count - 1) / 2) * min(0.08, 0.6 / count)
    drawn = axes.errorbar(
        [p.place + shift for p in one.points],
        [p.mean for p in one.points],
        yerr=[
            [max(0.0, p.mean - p.interval[0]) for p in one.points],
            [max(0.0, p.interval[1] - p.mean) for p in one.points],
        ],
        color=OWN if one.judged else COLOURS[index % len(COLOURS)],
        linestyle="-" if one.judged else DASHES[(index + index // 8) % len(DASHES)],
        linewidth=2.2 if one.judged else 1.2,
        elinewidth=0.9,
        marker="o",
        markersize=3.5,
    )
    return one.points[-1].mean, _short(one.name), drawn


def _short(name: str) -> str:
    """A name that leaves room for the plot; the whole one is in the table."""
    text = plain(name)
    return text if len(text) <= LONGEST_NAME else f"{text[: LONGEST_NAME - 1]}…"
