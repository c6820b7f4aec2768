"""What the compared methods are given: photos measured once, and one person's few ratings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from photoaes.model.paper.fit_settings import FitSettings
from photoaes.model.paper.merge import Merger
from photoaes.model.taste.posterior import Space, taste_space
from photoaes.model.taste.prior import Prior
from photoaes.model.taste.tangent import Layout
from photoaes.offline.evaluation.linear_fit import LinearModel

Scores = NDArray[np.float64]


@dataclass(frozen=True)
class Material:
    """N photos as all methods see them: `pixels` [N, S, S, 3], `features`, `experts` [n, N]."""

    merger: Merger
    layout: Layout
    pixels: NDArray[np.uint8]
    features: NDArray[np.float16]
    experts: Scores
    prior: Prior
    settings: FitSettings
    # Rows of the bank's tasks that may be used, all of them in order but in an ablation.
    chosen: tuple[int, ...]

    @property
    def tasks(self) -> tuple[str, ...]:
        """The names of the tasks that may be used."""
        return tuple(self.layout.tasks[row] for row in self.chosen)

    def limited(self, tasks: Sequence[str], settings: FitSettings) -> Material:
        """The same photos for methods that may use these tasks alone, with these settings."""
        if tuple(tasks) == self.tasks:
            return self if settings == self.settings else replace(self, settings=settings)
        rows = tuple(self.layout.tasks.index(task) for task in tasks)
        return replace(
            self,
            merger=self.merger.limited(tasks),
            experts=self.experts[[self.chosen.index(row) for row in rows]],
            settings=settings,
            chosen=rows,
        )

    @cached_property
    def generic(self) -> Scores:
        """The K=0 scores [N]."""
        return generic_scores(self.experts)

    @cached_property
    def space(self) -> Space:
        """The photos prepared for our method, which knows all tasks."""
        return taste_space(self.layout, self.features, self.prior)

    @cached_property
    def linear(self) -> LinearModel:
        """The photos in the linear model, expanded at equal parts of the chosen tasks."""
        rows, every = list(self.chosen), len(self.layout.tasks)
        shape = (len(self.pixels), every, -1)
        gradients = self.layout.gradients(self.features).reshape(shape)
        # From 1/n of every task to 1/m of the m chosen ones, within the linear model.
        moved = np.full(every, -1 / every, dtype=np.float32)
        moved[rows] += 1 / len(rows)
        base = self.layout.generic(self.features) + gradients.sum(axis=2) @ moved
        return LinearModel(base, np.ascontiguousarray(gradients[:, rows]), self.experts)

    @cached_property
    def embeddings(self) -> Scores:
        """The frozen backbone's embeddings, standardised over the photos, [N, d] / sqrt(d)."""
        raw = self.layout.embeddings(self.features).astype(np.float64)
        spread = raw.std(axis=0)
        scale = np.where(spread > 0, spread, 1) * np.sqrt(raw.shape[1])
        scaled: Scores = (raw - raw.mean(axis=0)) / scale
        return scaled


@dataclass(frozen=True)
class Case:
    """One draw without its query ratings: rows of photos, and the support's stars (1..5) [K]."""

    support: NDArray[np.intp]
    stars: Scores
    query: NDArray[np.intp]

    @property
    def can_teach(self) -> bool:
        """Whether there is an order in it."""
        return len(np.unique(self.stars)) > 1


@dataclass(frozen=True)
class Answer:
    """Scores of a case's query photos, and each chosen task's mean coefficient [n] if there is."""

    scores: Scores
    coefficients: Scores | None = None


def generic_scores(experts: Scores) -> Scores:
    """K = 0: the mean over experts of their z-scores over all photos; [n, N] to [N]."""
    mean: Scores = z_scores(experts).mean(axis=0)
    return mean


def z_scores(experts: Scores) -> Scores:
    """Each expert's scores with mean 0 and deviation 1 over the photos, [n, N]."""
    spread = experts.std(axis=1, keepdims=True)
    z: Scores = (experts - experts.mean(axis=1, keepdims=True)) / np.where(spread > 0, spread, 1)
    return z
