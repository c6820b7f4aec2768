"""Small scatter plots side by side on the same scales, and a 2-D histogram of many points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from photoaes.offline.report.plots.drawing import COLOURS, FAINT, OWN, WIDTH, canvas
from photoaes.offline.report.words import plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawn

Points = Sequence[tuple[float, float]]
COLUMNS = 4
BINS = 24


@dataclass(frozen=True)
class Panel:
    """A dot for each of `points`, and a line with larger dots through `means`."""

    title: str
    note: str
    points: Points
    means: Points = ()


@dataclass(frozen=True)
class Panels:
    """All points, with the line x = y where a `diagonal` is wanted; each axis has its own scale."""

    panels: Sequence[Panel]
    x_name: str
    y_name: str
    diagonal: bool = False

    def drawn(self) -> Drawn:
        """The panels in rows of four."""
        from matplotlib.figure import Figure as Drawn

        columns = min(COLUMNS, len(self.panels))
        rows = (len(self.panels) - 1) // columns + 1
        figure = Drawn(figsize=(0.4 + (WIDTH - 0.4) * columns / COLUMNS, 2.1 * rows + 0.3))
        grid = figure.subplots(rows, columns, sharex=True, sharey=True, squeeze=False)
        for place, axes in enumerate(grid.flat):
            if place >= len(self.panels):
                axes.set_visible(False)
                continue
            self._panel(axes, self.panels[place])
            # What stands above an empty place has its scale all the same.
            axes.tick_params(labelbottom=place + columns >= len(self.panels))
        figure.supxlabel(self.x_name, fontsize=8)
        figure.supylabel(self.y_name, fontsize=8)
        return figure

    def _panel(self, axes: Axes, panel: Panel) -> None:
        x, y = zip(*panel.points, strict=True)
        dots = axes.scatter(x, y, s=10, color=COLOURS[0], alpha=0.5, linewidths=0)
        dots.set_rasterized(len(x) > 500)  # thousands of circles make slow pages
        if panel.means:
            axes.plot(*zip(*panel.means, strict=True), color=OWN, marker="o", markersize=4)
        if self.diagonal:
            middle = (min(*x, *y), max(*x, *y))  # where there are dots: the axes stay as they are
            axes.plot(middle, middle, color=FAINT, linewidth=0.9, linestyle=(0, (5, 4)))
        axes.set_title(f"{plain(panel.title)}\n{plain(panel.note)}", fontsize=7.5)


@dataclass(frozen=True)
class Density:
    """A plot of how many points lie where."""

    points: Points
    x_name: str
    y_name: str

    def drawn(self) -> Drawn:
        """A 2-D histogram; what has no point is white."""
        from matplotlib.ticker import MaxNLocator

        figure, axes = canvas(3.4)
        x, y = zip(*self.points, strict=True)
        *_, image = axes.hist2d(x, y, bins=BINS, cmap="viridis_r", cmin=1)
        figure.colorbar(image, label="draws", ticks=MaxNLocator(integer=True))
        axes.grid(visible=False)
        axes.set_xlabel(self.x_name)
        axes.set_ylabel(self.y_name)
        return figure
