"""What a report consists of, before it is Markdown or HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from photoaes.offline.report.plots.drawing import Plot


@dataclass(frozen=True)
class Table:
    """A table of plain text. The first `texts` columns begin at the left, the others end right.

    `judged` are the rows (by index) of the judged method.
    """

    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    texts: int = 1
    judged: frozenset[int] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Figure:
    """What is drawn as `name`.pdf, .svg and .png, and what can be seen in it."""

    name: str
    plot: Plot
    caption: str


@dataclass(frozen=True)
class Data:
    """The numbers of a section's tables and figures, for a CSV file beside the report.

    Tidy: a row is one observation and a column one variable, so that pandas and R read it as it is.
    """

    file: str
    header: Sequence[str]
    rows: Sequence[Sequence[object]]


Block: TypeAlias = str | Table | Figure | Data


@dataclass(frozen=True)
class Section:
    """A titled part; a `str` in it is a paragraph of plain text."""

    title: str
    blocks: Sequence[Block]
