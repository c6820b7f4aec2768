"""What all figures share: matplotlib, its style, and the files of a figure.

matplotlib is an extra, so it is imported here alone, within functions; pyplot, which keeps figures
of its own, is not used.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawn

KINDS = ("pdf", "svg", "png")
WIDTH = 7.2  # inches: across both columns of a page
# Told apart by those who see few colours (Okabe and Ito), strong enough on white.
OWN, COLOURS = "#c2410c", ("#0072b2", "#007d5f", "#7b5ea7", "#8a6d00", "#555555", "#b3548f",
                           "#1c86bd", "#8a8a8a")  # fmt: skip
DASHES = ("-", (0, (5, 2)), (0, (1.5, 1.5)), (0, (6, 2, 1.5, 2)))
FAINT, GRID = "#5f5f5f", "#e4e4e4"
_STYLE: dict[Any, Any] = {
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],  # comes with matplotlib: the same everywhere
    "font.size": 8,
    "axes.titlesize": 9,
    "axes.titlelocation": "left",
    "axes.edgecolor": FAINT,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": GRID,
    "grid.linewidth": 0.8,
    "legend.frameon": False,
    "figure.constrained_layout.use": True,
    "pdf.fonttype": 42,  # as text, which journals want
    "savefig.dpi": 200,
    "svg.hashsalt": "photoaes",  # the same numbers, the same file
    "text.parse_math": False,  # a name with two $ is a name
}


class Plot(Protocol):
    """Something that can be drawn, within `styled`."""

    def drawn(self) -> Drawn:
        """A new figure of matplotlib's with the plot."""


def can_draw() -> bool:
    """Whether matplotlib is installed."""
    return find_spec("matplotlib") is not None


@contextmanager
def styled() -> Iterator[None]:
    """Figures that are made inside look like ours."""
    import matplotlib

    with matplotlib.rc_context(_STYLE), warnings.catch_warnings():
        # A name in a script that the font lacks is drawn as boxes; the table has it.
        warnings.filterwarnings("ignore", message="Glyph .* missing from", category=UserWarning)
        yield


def pictures(plot: Plot) -> dict[str, bytes]:
    """The figure as a file of each of `KINDS`."""
    found = {}
    with styled():
        figure = plot.drawn()
        for kind in KINDS:
            file = io.BytesIO()
            # Without the time of day: an unchanged figure is an unchanged file.
            undated = {"pdf": {"CreationDate": None}, "svg": {"Date": None}, "png": {}}[kind]
            figure.savefig(file, format=kind, metadata=undated)
            found[kind] = file.getvalue()
    return found


def canvas(height: float) -> tuple[Drawn, Axes]:
    """A figure of one plot, `height` inches high."""
    from matplotlib.figure import Figure as Drawn

    figure = Drawn(figsize=(WIDTH, height))
    return figure, figure.add_subplot()
