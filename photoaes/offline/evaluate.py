"""Runs the K-shot protocol: the generic score, adaptive initialisation, and the paper's fit.

A method never sees the query ratings: `_scores` gets the support set and the query photos'
pixels, and returns scores. They meet the query ratings once, after the last step.
"""

from __future__ import annotations

import csv
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from photoaes.errors import InputInvalid
from photoaes.model.fitting import FitSettings, Merger, Support, fit, initial_coefficients
from photoaes.model.metrics import srocc
from photoaes.offline.protocol import GENERIC, Draw, Result, draw

METHODS = (GENERIC, "initialisation", "paper")
COLUMNS = ("person", "shots", "trial", "method", "srocc")


@dataclass(frozen=True)
class Plan:
    """What to run: for every person, K and trial one draw."""

    people: tuple[str, ...]
    shots: tuple[int, ...]
    trials: int
    seed: int = 0


@dataclass(frozen=True)
class EvaluateProgress:
    """After draw `step` of `steps`."""

    step: int
    steps: int


def evaluate(
    merger: Merger,
    pixels: Mapping[str, NDArray[np.uint8]],
    ratings: Mapping[str, Mapping[str, float]],
    plan: Plan,
    settings: FitSettings,
    results: Path,
    seen: Sequence[str] = (),
) -> Generator[EvaluateProgress, None, list[Result]]:
    """Judge all methods on every draw; `pixels` holds each photo as [S, S, 3] bytes.

    Each draw's results are appended to the CSV `results` once it is done, and draws that stand
    there are not run again. Trials come outermost: what is done early covers all people.
    """
    names = sorted(pixels)
    generic = generic_scores(merger.expert_scores(np.stack([pixels[n] for n in names])))
    general = dict(zip(names, generic.tolist(), strict=True))
    done = read_results(results)
    finished = {(r.person, r.shots, r.trial) for r in done}
    draws = list(_draws(plan, ratings, pixels, seen))
    for step, planned in enumerate(draws, start=1):
        if (planned.person, planned.shots, planned.trial) not in finished:
            judged = _judge(merger, planned, pixels, ratings[planned.person], general, settings)
            _append(results, judged)
            done += judged
        yield EvaluateProgress(step, len(draws))
    return done


def generic_scores(experts: NDArray[np.float64]) -> NDArray[np.float64]:
    """K = 0: the mean over experts of their z-scores over all photos; [n, N] to [N]."""
    spread = experts.std(axis=1, keepdims=True)
    centred = experts - experts.mean(axis=1, keepdims=True)
    mean: NDArray[np.float64] = (centred / np.where(spread > 0, spread, 1)).mean(axis=0)
    return mean


def read_results(path: Path) -> list[Result]:
    """The results of an earlier run, none where there was none."""
    if not path.exists():
        return []
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    if rows and set(rows[0]) != set(COLUMNS):
        raise InputInvalid(f"{path.name} holds no results of an evaluation.", path)
    return [
        Result(r["person"], int(r["shots"]), int(r["trial"]), r["method"], float(r["srocc"]))
        for r in rows
    ]


def _draws(
    plan: Plan,
    ratings: Mapping[str, Mapping[str, float]],
    pixels: Mapping[str, NDArray[np.uint8]],
    seen: Sequence[str],
) -> Iterator[Draw]:
    for trial, shots, person in product(range(plan.trials), plan.shots, plan.people):
        images = [name for name in ratings[person] if name in pixels]
        planned = draw(person, images, shots, trial, seen=seen, seed=plan.seed)
        if planned is not None:
            yield planned


def _judge(
    merger: Merger,
    planned: Draw,
    pixels: Mapping[str, NDArray[np.uint8]],
    given: Mapping[str, float],
    general: Mapping[str, float],
    settings: FitSettings,
) -> list[Result]:
    try:
        support = Support(
            np.stack([pixels[name] for name in planned.support]),
            np.array([given[name] for name in planned.support]),
        )
    except InputInvalid:  # one value only: nothing to learn, so nothing to compare
        return []
    query = np.stack([pixels[name] for name in planned.query])
    scores = {GENERIC: np.array([general[name] for name in planned.query])}
    scores |= _scores(merger, support, query, settings)
    truth = [given[name] for name in planned.query]
    return [
        Result(planned.person, planned.shots, planned.trial, name, srocc(scores[name], truth))
        for name in METHODS
    ]


def _scores(
    merger: Merger, support: Support, query: NDArray[np.uint8], settings: FitSettings
) -> dict[str, NDArray[np.float64]]:
    start = initial_coefficients(merger, support, settings)
    steps = fit(merger, support, settings)
    try:
        while True:
            next(steps)
    except StopIteration as finished:
        learned = finished.value
    return {
        "initialisation": merger.scores_of(start, query),
        "paper": merger.scores_of(learned.to(merger.device), query),
    }


def _append(path: Path, results: Sequence[Result]) -> None:
    fresh = not path.exists()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        if fresh:
            table.writerow(COLUMNS)
        table.writerows(astuple(result) for result in results)
