"""Methods that differ only in how many task vectors they may use (the paper's Figure 5)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from photoaes.offline.evaluation.protocol import TableRow

_COUNT = re.compile(r"tasks=(\d+)")


@dataclass(frozen=True)
class Curve:
    """One method and K: its row for each number of task vectors, ascending.

    None as a number means all tasks of a bank that is not known; it comes last.
    """

    method: str
    shots: int
    points: Sequence[tuple[int | None, TableRow]]


def without_count(label: str) -> tuple[str, int | None]:
    """A method's label without its option `tasks=N`, and N; None where it has no such number.

    `linear:tasks=3,loss=mse` is `linear:loss=mse` and 3. All else in a label is opaque.
    """
    name, _, options = label.partition(":")
    kept, count = [], None
    for option in options.split(",") if options else []:
        match = _COUNT.fullmatch(option)
        if match and count is None:
            count = int(match[1])
        else:
            kept.append(option)
    if count is None:
        return label, None
    rest = ",".join(kept)
    return f"{name}:{rest}" if rest else name, count


def curves(rows: Sequence[TableRow], tasks: int | None) -> list[Curve]:
    """All that have at least two points, by K and method; `tasks` is how many the bank has."""
    groups: dict[tuple[int, str], dict[int | None, TableRow]] = {}
    for row in sorted(rows, key=lambda row: row.shots):
        base, count = without_count(row.method)
        groups.setdefault((row.shots, base), {})[tasks if count is None else count] = row
    return [
        Curve(base, shots, sorted(points.items(), key=_order))
        for (shots, base), points in groups.items()
        if len(points) > 1
    ]


def _order(point: tuple[int | None, TableRow]) -> float:
    return float("inf") if point[0] is None else point[0]
