"""What a report consists of, before it is Markdown or HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True)
class Table:
    """A table of plain text. The first `texts` columns begin at the left, the others end right.

    `judged` are the rows (by index) of the judged method. With `grouped`, a line stands above each
    row whose first cell differs from the one before; with `wraps`, long words are broken.
    """

    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    texts: int = 1
    judged: frozenset[int] = field(default_factory=frozenset)
    grouped: bool = False
    wraps: bool = False


@dataclass(frozen=True)
class Figure:
    """A finished SVG, and what can be seen in it; a `folded` one is opened by its caption."""

    svg: str
    caption: str
    folded: bool = False


@dataclass(frozen=True)
class Data:
    """The numbers of a section's tables and figures, for a CSV file beside the report."""

    file: str
    header: Sequence[str]
    rows: Sequence[Sequence[object]]


Block: TypeAlias = str | Table | Figure | Data


@dataclass(frozen=True)
class Section:
    """A titled part; a `str` in it is a paragraph of plain text."""

    title: str
    blocks: Sequence[Block]
