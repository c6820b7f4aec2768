"""What the compared methods are given: photos measured once, and one person's few ratings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from photoaes.model.bank.manifest import Bank
from photoaes.model.paper.fit_settings import FitSettings
from photoaes.model.paper.merge import Merger
from photoaes.model.taste.basis import Basis
from photoaes.model.taste.posterior import Space, taste_space
from photoaes.model.taste.prior import Prior
from photoaes.offline.evaluation.linear_fit import LinearModel

Scores = NDArray[np.float64]


@dataclass(frozen=True)
class Material:
    """N photos as all methods see them: `pixels` [N, S, S, 3], `features` [N, 1 + D + d] by the
    basis, `gradients` J [N, n L] at its alpha_0, `experts` [n, N]."""

    bank: Bank
    merger: Merger
    basis: Basis
    pixels: NDArray[np.uint8]
    features: NDArray[np.float16]
    gradients: NDArray[np.float32]
    experts: Scores
    prior: Prior
    settings: FitSettings
    # Rows of the bank's tasks that may be used, all of them in order but in an ablation.
    chosen: tuple[int, ...]
    paths: tuple[Path, ...] = ()
    # The folder where what is measured of the photos is kept.
    cache: Path | None = None
    # An embedding [N, D'] to learn on instead of the bank's.
    seen_by: NDArray[np.float32] | None = None

    @property
    def tasks(self) -> tuple[str, ...]:
        """The names of the tasks that may be used."""
        return tuple(self.basis.tasks[row] for row in self.chosen)

    def limited(self, tasks: Sequence[str], settings: FitSettings) -> Material:
        """The same photos for methods that may use these tasks alone, with these settings."""
        if tuple(tasks) == self.tasks:
            return self if settings == self.settings else replace(self, settings=settings)
        rows = tuple(self.basis.tasks.index(task) for task in tasks)
        return replace(
            self,
            merger=self.merger.limited(tasks),
            experts=self.experts[[self.chosen.index(row) for row in rows]],
            settings=settings,
            chosen=rows,
        )

    @cached_property
    def experts_mean(self) -> Scores:
        """The experts' mean [N], the scores of K = 0."""
        return mean_of_experts(self.experts)

    @cached_property
    def space(self) -> Space:
        """The photos prepared for our method, which knows all tasks."""
        return taste_space(self.basis, self.features, self.prior)

    @cached_property
    def linear(self) -> LinearModel:
        """The photos in the linear model, expanded at equal parts of the chosen tasks."""
        rows, every = list(self.chosen), len(self.basis.tasks)
        origin = np.zeros((every, len(self.basis.layers)), dtype=np.float32)
        origin[rows] = 1 / len(rows)
        moved = (origin - self.basis.alpha_0).ravel()
        base = self.basis.scores(self.features) + self.gradients @ moved
        gradients = self.gradients.reshape(len(self.pixels), every, -1)
        return LinearModel(base, np.ascontiguousarray(gradients[:, rows]), self.experts)

    @cached_property
    def embeddings(self) -> Scores:
        """What the frozen encoders see: the levels' features in groups of equal strength, of a
        variance of one in all, [N, D']; where the bank has no levels, its embedding."""
        if self.seen_by is not None:
            return _of_one_strength([self.seen_by.astype(np.float64)])
        groups = [group for group in self.basis.groups if not group.is_coefficients]
        z = self.basis.directions(self.features).astype(np.float64)
        return _of_one_strength([z[:, self.basis.places[group.name]] for group in groups])


@dataclass(frozen=True)
class Case:
    """One draw without its query ratings: rows of photos, and the support's stars (1..5) [K]."""

    support: NDArray[np.intp]
    stars: Scores
    query: NDArray[np.intp]

    @property
    def can_teach(self) -> bool:
        """Whether the ratings differ, so that there is an order to learn."""
        return len(np.unique(self.stars)) > 1


@dataclass(frozen=True)
class Answer:
    """Scores of a case's query photos, and each chosen task's mean coefficient [n] if there is."""

    scores: Scores
    coefficients: Scores | None = None


def _of_one_strength(parts: Sequence[Scores]) -> Scores:
    """Parts [N, *] beside each other, centred, each of a variance of 1 / their number."""
    centred = [part - part.mean(axis=0) for part in parts]
    sizes = [np.sqrt(max(float((part**2).sum(axis=1).mean()), 1e-12)) for part in centred]
    each = [part / (size * np.sqrt(len(parts))) for part, size in zip(centred, sizes, strict=True)]
    return np.concatenate(each, axis=1)


def mean_of_experts(experts: Scores) -> Scores:
    """K = 0: the mean over experts of their z-scores over all photos; [n, N] to [N]."""
    mean: Scores = z_scores(experts).mean(axis=0)
    return mean


def z_scores(experts: Scores) -> Scores:
    """Each expert's scores with mean 0 and deviation 1 over the photos, [n, N]."""
    spread = experts.std(axis=1, keepdims=True)
    z: Scores = (experts - experts.mean(axis=1, keepdims=True)) / np.where(spread > 0, spread, 1)
    return z
