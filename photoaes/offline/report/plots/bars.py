"""A bar for each person, or one for each expert in a group of each person's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from photoaes.offline.report.plots.drawing import COLOURS, OWN, canvas
from photoaes.offline.report.words import decimal, plain

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawn

NAMED_UP_TO = 60
LETTER = 0.055  # inches of a small letter's width


@dataclass(frozen=True)
class Bars:
    """Values in the given order, between limits that are the same for all K; few are named."""

    bars: Sequence[tuple[str, float]]
    limits: tuple[float, float]
    y_name: str

    def drawn(self) -> Drawn:
        """With the mean as a dashed line, and its value beside the bars."""
        names = [plain(name) for name, _ in self.bars]
        values = [value for _, value in self.bars]
        is_named = len(names) <= NAMED_UP_TO
        figure, axes = canvas(2.4 + (LETTER * max(map(len, names)) if is_named else 0))
        colours = [COLOURS[0] if value >= 0 else OWN for value in values]
        axes.bar(range(len(values)), values, width=0.84, color=colours)
        mean = sum(values) / len(values)
        axes.axhline(mean, color="black", linewidth=0.9, linestyle=(0, (5, 4)))
        axes.axhline(0, color="black", linewidth=0.6)
        right = axes.get_yaxis_transform()
        text = f" mean {decimal(mean, sign=True)}"
        axes.text(1.0, mean, text, transform=right, va="center")
        if is_named:
            axes.set_xticks(range(len(names)), names, rotation=90, fontsize=6)
        else:
            axes.set_xticks([])
        margin = 0.05 * ((self.limits[1] - self.limits[0]) or 1)
        axes.set_ylim(min(0.0, self.limits[0] - margin), max(0.0, self.limits[1] + margin))
        axes.set_xlim(-0.7, len(names) - 0.3)
        axes.set_ylabel(self.y_name)
        axes.grid(visible=False, axis="x")
        return figure


@dataclass(frozen=True)
class GroupedBars:
    """For each group a bar for each of `names`; None where there is no value."""

    groups: Sequence[tuple[str, Sequence[float | None]]]
    names: Sequence[str]
    y_name: str

    def drawn(self) -> Drawn:
        """Groups under their names, the bars' names in a legend."""
        figure, axes = canvas(2.8)
        step = 0.84 / len(self.names)
        for index, name in enumerate(self.names):
            places, values = [], []
            for place, (_, found) in enumerate(self.groups):
                value = found[index]
                if value is not None:
                    places.append(place + (index - (len(self.names) - 1) / 2) * step)
                    values.append(value)
            colour = COLOURS[index % len(COLOURS)]
            axes.bar(places, values, width=step * 0.92, color=colour, label=plain(name))
        axes.axhline(0, color="black", linewidth=0.6)
        axes.set_xticks(range(len(self.groups)), [plain(name) for name, _ in self.groups])
        axes.set_ylabel(self.y_name)
        axes.grid(visible=False, axis="x")
        axes.legend(loc="center left", bbox_to_anchor=(1.0, 0.5), fontsize=7)
        return figure
