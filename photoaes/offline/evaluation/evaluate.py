"""Runs the K-shot protocol for any of the methods."""

from __future__ import annotations

from collections.abc import Collection, Generator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from photoaes.offline.evaluation.judging import EXPERTS, Judge, JudgedPart, JudgePool
from photoaes.offline.evaluation.methods import method_of
from photoaes.offline.evaluation.protocol import MIN_QUERY, Draw, Result, draw
from photoaes.offline.evaluation.result_files import (
    append_coefficients,
    append_experts,
    append_results,
    read_experts,
    read_results,
)

DRAWS_AT_ONCE = 256


@dataclass(frozen=True)
class EvaluationPlan:
    """What to run: for every person, K and trial one draw, judged by all methods.

    Methods are labels (`methods`). `scale` is the range of the ratings; methods get them
    as stars, 1..5. Nobody is judged on fewer than `min_query` photos.
    """

    people: tuple[str, ...]
    shots: tuple[int, ...]
    trials: int
    methods: tuple[str, ...]
    scale: tuple[float, float] = (1.0, 5.0)
    seed: int = 0
    min_query: int = MIN_QUERY


@dataclass(frozen=True)
class EvaluateProgress:
    """After `step` of `steps` parts, one of which is a method on some draws."""

    step: int
    steps: int


def evaluate(
    judge: Judge | JudgePool,
    names: Collection[str],
    ratings: Mapping[str, Mapping[str, float]],
    plan: EvaluationPlan,
    results: Path,
    seen: Collection[str] = (),
) -> Generator[EvaluateProgress, None, list[Result]]:
    """Judge the methods on every draw of the photos `names`; `seen` are never judged on.

    Results are appended to the CSV `results` part by part, and what stands there is not run
    again. Trials come outermost: what is done early covers all people.
    """
    done = read_results(results)
    finished = {(r.person, r.shots, r.trial, r.method) for r in done}
    finished |= {(e.person, e.shots, e.trial, EXPERTS) for e in read_experts(results)}
    parts = []
    for method, draws in _parts(plan, ratings, names, seen):
        left = [d for d in draws if (d.person, d.shots, d.trial, method) not in finished]
        if left:
            parts.append(JudgedPart(method, left))
    for step, judged in enumerate(judge.all(parts), start=1):
        append_experts(results, judged.experts)
        append_coefficients(results, judged.coefficients)
        append_results(results, judged.results)
        done += judged.results
        yield EvaluateProgress(step, len(parts))
    return done


def draws_of(
    plan: EvaluationPlan,
    ratings: Mapping[str, Mapping[str, float]],
    names: Collection[str],
    seen: Collection[str],
    shots: int,
    trial: int,
) -> list[Draw]:
    """The draws of one K and trial, of all people who rated enough of the photos `names`."""
    draws = []
    for person in plan.people:
        images = [name for name in ratings[person] if name in names]
        planned = draw(
            person, images, shots, trial, seen=seen, seed=plan.seed, min_query=plan.min_query
        )
        if planned is not None:
            draws.append(planned)
    return draws


def _parts(
    plan: EvaluationPlan,
    ratings: Mapping[str, Mapping[str, float]],
    names: Collection[str],
    seen: Collection[str],
) -> list[tuple[str, Sequence[Draw]]]:
    """Draws of one K and trial, some at a time, with each method in turn."""
    known = set(names)
    parts: list[tuple[str, Sequence[Draw]]] = []
    for trial, shots in product(range(plan.trials), plan.shots):
        draws = draws_of(plan, ratings, known, seen, shots, trial)
        for method in (*plan.methods, EXPERTS):
            # The exact methods take a minute a draw: what is done is not to be lost.
            exact = method != EXPERTS and method_of(method)[0].exact
            size = 1 if exact else DRAWS_AT_ONCE
            parts += [(method, draws[i : i + size]) for i in range(0, len(draws), size)]
    return parts
