"""A square matrix of values from -1 to 1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from photoaes.offline.report.plots.drawing import WIDTH
from photoaes.offline.report.words import MINUS, plain

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawn

LIGHT_TEXT_ABOVE = 0.7
NUMBERS_UP_TO = 16  # tasks: of more, the numbers would not fit into their cells


@dataclass(frozen=True)
class Matrix:
    """Each cell painted, and with its number: -1 blue, 0 white, 1 red."""

    names: Sequence[str]
    values: NDArray[np.float64]

    def drawn(self) -> Drawn:
        """The first row on top, as a matrix is written."""
        from matplotlib.figure import Figure as Drawn

        count = len(self.names)
        side = min(WIDTH, 1.8 + 0.42 * count)
        figure = Drawn(figsize=(side, side * 0.92))
        axes = figure.add_subplot()
        image = axes.imshow(self.values, cmap="RdBu_r", vmin=-1, vmax=1)
        figure.colorbar(image, shrink=0.7)
        names = [plain(name) for name in self.names]
        axes.set_xticks(range(count), names, rotation=90)
        axes.set_yticks(range(count), names)
        axes.tick_params(length=0)
        axes.grid(visible=False)
        axes.spines[:].set_visible(False)
        if count <= NUMBERS_UP_TO:
            for (row, column), value in np.ndenumerate(self.values):
                text = f"{value:.2f}".replace("-0.00", "0.00").replace("-", MINUS)
                ink = "white" if abs(value) > LIGHT_TEXT_ABOVE else "black"
                axes.text(column, row, text, ha="center", va="center", color=ink, fontsize=7)
        return figure
