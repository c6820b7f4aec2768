"""Judging parts of an evaluation, in this process or in several at once.

A method never sees the query ratings: it gets `Case`s, which hold none, and returns scores. They
meet the query ratings once, after the last step.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import as_completed
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import torch

from photoaes.model.metrics import pair_accuracy, plcc, srocc
from photoaes.offline.evaluation.material import Answer, Case, Material
from photoaes.offline.evaluation.methods import prepared
from photoaes.offline.evaluation.protocol import Draw, Result
from photoaes.offline.evaluation.result_files import Coefficient, ExpertScore
from photoaes.processes import deaf, process_pool

EXPERTS = "each expert alone"
Ratings = Mapping[str, Mapping[str, float]]


class JudgedPart(NamedTuple):
    """A method's label, or `EXPERTS` for each expert alone, and the draws to be judged on."""

    method: str
    draws: Sequence[Draw]


class Judged(NamedTuple):
    """The results of a part, with coefficients and experts' scores."""

    results: list[Result]
    coefficients: list[Coefficient]
    experts: list[ExpertScore]


@dataclass
class Judge:
    """Photos, by their names in the material's order, and what people gave them on `scale`."""

    material: Material
    names: Sequence[str]
    ratings: Ratings
    scale: tuple[float, float] = (1.0, 5.0)
    part: str = ""
    _ready: dict[str, Callable[[Sequence[Case]], list[Answer]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.row = {name: index for index, name in enumerate(self.names)}

    def all(self, parts: Sequence[JudgedPart]) -> Iterator[Judged]:
        """Judge one part after the other."""
        return map(self.judged, parts)

    def judged(self, part: JudgedPart) -> Judged:
        """Let the method answer, then show its scores to the query ratings."""
        if part.method == EXPERTS:
            return Judged([], [], list(self._experts(part.draws)))
        if part.method not in self._ready:
            self._ready[part.method] = prepared(self.material, part.method)
        cases = [case_of(d, self.row, self.ratings[d.person], self.scale) for d in part.draws]
        answers = self._ready[part.method](cases)
        found = Judged([], [], [])
        for planned, case, answer in zip(part.draws, cases, answers, strict=True):
            truth = [self.ratings[planned.person][name] for name in planned.query]
            found.results.append(self._result(planned, part.method, answer, truth))
            found.coefficients.extend(self._coefficients(planned, part.method, case, answer, truth))
        return found

    def _experts(self, draws: Sequence[Draw]) -> Iterator[ExpertScore]:
        """Each expert alone on the query photos: nothing is learned."""
        for planned in draws:
            query = [self.row[name] for name in planned.query]
            truth = [self.ratings[planned.person][name] for name in planned.query]
            for task, scores in zip(self.material.tasks, self.material.experts, strict=True):
                key = planned.person, planned.shots, planned.trial
                yield ExpertScore(*key, task, srocc(scores[query], truth))

    def _result(self, planned: Draw, method: str, answer: Answer, truth: Sequence[float]) -> Result:
        scores = answer.scores
        right = srocc(scores, truth), pair_accuracy(scores, truth), plcc(scores, truth)
        return Result(planned.person, planned.shots, planned.trial, method, *right, self.part)

    def _coefficients(
        self, planned: Draw, method: str, case: Case, answer: Answer, truth: Sequence[float]
    ) -> Iterator[Coefficient]:
        if answer.coefficients is None:
            return
        tasks = self.material.tasks
        # A method that used some of the tasks alone is judged by its scores alone.
        if len(answer.coefficients) != len(tasks):
            return
        for task, value, expert in zip(
            tasks, answer.coefficients, self.material.experts, strict=True
        ):
            alone = srocc(expert[case.query], truth)
            key = planned.person, planned.shots, planned.trial, method
            yield Coefficient(*key, task, float(value), alone)


def case_of(
    planned: Draw, row: Mapping[str, int], given: Mapping[str, float], scale: tuple[float, float]
) -> Case:
    """A draw as methods get it; only the support's ratings are read."""
    low, high = scale
    stars = np.array([given[name] for name in planned.support], dtype=float)
    return Case(
        np.array([row[name] for name in planned.support], dtype=np.intp),
        1 + 4 * (stars - low) / (high - low),
        np.array([row[name] for name in planned.query], dtype=np.intp),
    )


@dataclass(frozen=True)
class JudgePool:
    """Several processes, each with a judge of its own that `make` builds there."""

    make: Callable[[], Judge]
    processes: int

    def all(self, parts: Sequence[JudgedPart]) -> Iterator[Judged]:
        """The parts as they get done, in any order. Closing the iterator ends the processes."""
        with process_pool(self.processes, _begin, self.make, self.processes) as pool:
            with deaf():
                futures = [pool.submit(_judged, part) for part in parts]
            for future in as_completed(futures):
                yield future.result()


_judge: list[Judge] = []


def _begin(make: Callable[[], Judge], processes: int) -> None:
    """In a new process: its share of the cores, and its judge."""
    torch.set_num_threads(max((os.cpu_count() or 1) // processes, 1))
    _judge.append(make())


def _judged(part: JudgedPart) -> Judged:
    return _judge[0].judged(part)
