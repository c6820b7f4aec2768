"""Fitted coefficients beside how well each expert alone did (the paper's Figure 6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from photoaes.model.metrics import plcc, srocc
from photoaes.offline.evaluation.records import read_records
from photoaes.offline.evaluation.result_files import Coefficient, coefficients_file


@dataclass(frozen=True)
class Relation:
    """Draws of one task: zero-shot SROCC and coefficient of each, and how the two correlate
    (-1..1; nan where one of them never changes)."""

    task: str
    points: Sequence[tuple[float, float]]
    plcc: float
    srocc: float


@dataclass(frozen=True)
class Relations:
    """Of one method and K: a relation for each task, in the order of their first draw."""

    method: str
    shots: int
    tasks: Sequence[Relation]

    @property
    def every(self) -> Relation:
        """The relation over all tasks' draws together."""
        return relation("all tasks", [point for one in self.tasks for point in one.points])


def read_coefficients(results: Path) -> list[Coefficient]:
    """Those beside a file of results, none where there are none. Raises InputInvalid."""
    path = coefficients_file(results)
    return read_records(path, Coefficient) if path.exists() else []


def relations(draws: Sequence[Coefficient]) -> list[Relations]:
    """By method and K; undefined draws are left out, and whoever has no others."""
    groups: dict[tuple[str, int], dict[str, list[tuple[float, float]]]] = {}
    for draw in draws:
        if np.isfinite(draw.zero_shot) and np.isfinite(draw.coefficient):
            tasks = groups.setdefault((draw.method, draw.shots), {})
            tasks.setdefault(draw.task, []).append((draw.zero_shot, draw.coefficient))
    return [
        Relations(method, shots, [relation(task, points) for task, points in tasks.items()])
        for (method, shots), tasks in sorted(groups.items())
    ]


def relation(task: str, points: Sequence[tuple[float, float]]) -> Relation:
    """How these points correlate; there is at least one."""
    x, y = zip(*points, strict=True)
    return Relation(task, points, plcc(x, y), srocc(x, y))
