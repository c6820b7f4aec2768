"""Runs the K-shot protocol for any of the methods.

A method never sees the query ratings: it gets `Case`s, which hold none, and returns scores. They
meet the query ratings once, after the last step.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Generator, Mapping, Sequence
from dataclasses import astuple, dataclass
from itertools import product
from pathlib import Path

import numpy as np

from photoaes.errors import InputInvalid
from photoaes.model.metrics import pair_accuracy, plcc, srocc
from photoaes.offline.methods import EXACT, METHODS, Case, Material
from photoaes.offline.protocol import Draw, Result, draw

COLUMNS = ("person", "shots", "trial", "method", "srocc", "pairs", "plcc")
DRAWS_AT_ONCE = 256


@dataclass(frozen=True)
class Plan:
    """What to run: for every person, K and trial one draw, judged by all methods.

    `scale` is the range of the ratings; methods get them as stars, 1..5.
    """

    people: tuple[str, ...]
    shots: tuple[int, ...]
    trials: int
    methods: tuple[str, ...]
    scale: tuple[float, float] = (1.0, 5.0)
    seed: int = 0


@dataclass(frozen=True)
class EvaluateProgress:
    """After `step` of `steps` parts, one of which is a method on some draws."""

    step: int
    steps: int


def evaluate(
    material: Material,
    names: Sequence[str],
    ratings: Mapping[str, Mapping[str, float]],
    plan: Plan,
    results: Path,
    seen: Collection[str] = (),
) -> Generator[EvaluateProgress, None, list[Result]]:
    """Judge the methods on every draw; `names` are the material's photos.

    Results are appended to the CSV `results` part by part, and what stands there is not run
    again. Trials come outermost: what is done early covers all people.
    """
    row = {name: index for index, name in enumerate(names)}
    done = read_results(results)
    finished = {(r.person, r.shots, r.trial, r.method) for r in done}
    parts = _parts(plan, ratings, row, seen)
    for step, (method, draws) in enumerate(parts, start=1):
        left = [d for d in draws if (d.person, d.shots, d.trial, method) not in finished]
        if left:
            judged = _judge(material, method, left, row, ratings, plan.scale, results.stem)
            _append(results, judged)
            done += judged
        yield EvaluateProgress(step, len(parts))
    return done


def read_results(path: Path) -> list[Result]:
    """The results of an earlier run, none where there was none."""
    if not path.exists():
        return []
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    if rows and not set(COLUMNS[:-1]) <= set(rows[0]):
        raise InputInvalid(f"{path.name} holds no results of an evaluation.", path)
    return [
        Result(
            r["person"],
            int(r["shots"]),
            int(r["trial"]),
            r["method"],
            float(r["srocc"]),
            float(r["pairs"]),
            float(r.get("plcc") or "nan"),  # not measured by the first version
            path.stem,
        )
        for r in rows
    ]


def draws_of(
    plan: Plan,
    ratings: Mapping[str, Mapping[str, float]],
    row: Mapping[str, int],
    seen: Collection[str],
    shots: int,
    trial: int,
) -> list[Draw]:
    """The draws of one K and trial, of all people who rated enough of the photos in `row`."""
    draws = []
    for person in plan.people:
        images = [name for name in ratings[person] if name in row]
        planned = draw(person, images, shots, trial, seen=seen, seed=plan.seed)
        if planned is not None:
            draws.append(planned)
    return draws


def _parts(
    plan: Plan,
    ratings: Mapping[str, Mapping[str, float]],
    row: Mapping[str, int],
    seen: Collection[str],
) -> list[tuple[str, list[Draw]]]:
    """Draws of one K and trial, some at a time, with each method in turn."""
    parts = []
    for trial, shots in product(range(plan.trials), plan.shots):
        draws = draws_of(plan, ratings, row, seen, shots, trial)
        for method in plan.methods:
            # The exact methods take a minute a draw: what is done is not to be lost.
            size = 1 if method in EXACT else DRAWS_AT_ONCE
            parts += [(method, draws[i : i + size]) for i in range(0, len(draws), size)]
    return parts


def _judge(
    material: Material,
    method: str,
    draws: Sequence[Draw],
    row: Mapping[str, int],
    ratings: Mapping[str, Mapping[str, float]],
    scale: tuple[float, float],
    part: str,
) -> list[Result]:
    cases = [case_of(planned, row, ratings[planned.person], scale) for planned in draws]
    judged = []
    for planned, scores in zip(draws, METHODS[method](material, cases), strict=True):
        truth = [ratings[planned.person][name] for name in planned.query]
        right = srocc(scores, truth), pair_accuracy(scores, truth), plcc(scores, truth)
        judged.append(Result(planned.person, planned.shots, planned.trial, method, *right, part))
    return judged


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


def _append(path: Path, results: Sequence[Result]) -> None:
    fresh = not path.exists()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        if fresh:
            table.writerow(COLUMNS)
        table.writerows(astuple(result)[:-1] for result in results)
