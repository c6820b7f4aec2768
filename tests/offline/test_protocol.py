"""The K-shot protocol and its table; and that no query rating can reach a fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pytest
import torch

from photoaes.model.fitting import FitSettings, Merger
from photoaes.offline.evaluate import (
    METHODS,
    EvaluateProgress,
    Plan,
    evaluate,
    generic_scores,
    read_results,
)
from photoaes.offline.protocol import GENERIC, MIN_QUERY, Draw, Result, draw, summarise
from tests.tiny import tiny_bank

IMAGES = [f"{n:03}" for n in range(90)]


def _draw(shots: int = 10, trial: int = 0, **changes: object) -> Draw:
    planned = draw("p", IMAGES, shots, trial, **changes)  # type: ignore[arg-type]
    assert planned is not None
    return planned


def test_support_and_query_share_nothing_and_are_everything() -> None:
    planned = _draw()
    assert len(planned.support) == 10
    assert sorted(planned.support + planned.query) == IMAGES


def test_draws_depend_on_seed_person_shots_and_trial_alone() -> None:
    assert _draw() == _draw()
    assert _draw() == draw("p", list(reversed(IMAGES)), 10, 0)
    others = [_draw(trial=1), _draw(seed=1), draw("q", IMAGES, 10, 0)]
    assert all(other is not None and other.support != _draw().support for other in others)


def test_photos_that_the_bank_knows_are_never_judged_on() -> None:
    seen = IMAGES[::2]
    few, many = _draw(10, seen=seen), _draw(50, seen=seen)
    assert not set(few.query) & set(seen)
    assert not set(few.support) & set(seen)
    assert not set(many.query) & set(seen)
    assert len(many.query) == MIN_QUERY
    assert len(many.support) == 50


def test_too_few_photos_give_no_draw() -> None:
    assert draw("p", IMAGES[:24], 10, 0) is None
    assert draw("p", IMAGES, 80, 0) is None


def test_the_table_averages_draws_then_people() -> None:
    results = [
        Result("a", 10, 0, GENERIC, 0.2),
        Result("a", 10, 1, GENERIC, 0.4),
        Result("b", 10, 0, GENERIC, 0.5),
        Result("a", 10, 0, "paper", 0.1),
        Result("a", 10, 1, "paper", 0.5),
        Result("b", 10, 0, "paper", 0.6),
        Result("b", 10, 1, "paper", float("nan")),
    ]
    generic, paper = summarise(results)
    assert (generic.people, generic.draws) == (2, 3)
    assert generic.mean == pytest.approx((0.3 + 0.5) / 2)
    assert paper.gain == pytest.approx((0.0 + 0.1) / 2)
    assert paper.gain_interval[0] <= paper.gain <= paper.gain_interval[1]
    assert generic.gain == 0


def test_intervals_cover_the_truth_about_as_often_as_they_say() -> None:
    rng = np.random.default_rng(0)
    inside = 0
    for seed in range(60):
        values = rng.normal(0.4, 0.1, 40)
        results = [Result(str(i), 1, 0, GENERIC, float(v)) for i, v in enumerate(values)]
        (row,) = summarise(results, seed)
        inside += row.interval[0] <= 0.4 <= row.interval[1]
    assert 50 <= inside <= 60


def test_the_general_score_weighs_experts_alike_whatever_their_spread() -> None:
    experts = np.array([[1.0, 2.0, 3.0], [300.0, 200.0, 100.0], [4.0, 4.0, 4.0]])
    np.testing.assert_allclose(generic_scores(experts), 0, atol=1e-12)


class _Ratings(Mapping[str, float]):
    """A person's ratings that remember which of them were read."""

    def __init__(self, given: dict[str, float]) -> None:
        self._given = given
        self.read: list[str] = []

    def __getitem__(self, name: str) -> float:
        self.read.append(name)
        return self._given[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._given)

    def __len__(self) -> int:
        return len(self._given)


def _evaluated(
    tmp_path: Path, plan: Plan, ratings: Mapping[str, Mapping[str, float]]
) -> list[Result]:
    bank = tiny_bank(tmp_path / "bank")
    merger = Merger(
        bank.model(), bank.theta_pre(), bank.task_vectors(), bank.backbone.preprocessing,
        torch.device("cpu"),
    )  # fmt: skip
    rng = np.random.default_rng(0)
    pixels = {n: rng.integers(0, 256, (32, 32, 3), dtype=np.uint8) for n in IMAGES[:30]}
    run = evaluate(merger, pixels, ratings, plan, FitSettings(steps=2), tmp_path / "results.csv")
    try:
        while True:
            assert isinstance(next(run), EvaluateProgress)
    except StopIteration as finished:
        results: list[Result] = finished.value
        return results


def _person(seed: int) -> dict[str, float]:
    rng = np.random.default_rng(seed)
    return {name: float(rng.integers(1, 6)) for name in IMAGES[:30]}


def test_no_query_rating_is_read_before_the_scores_are_final(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ratings = _Ratings(_person(0))
    read_by_then: list[list[str]] = []
    original = Merger.scores_of

    def watched(self: Merger, *arguments: object) -> object:
        read_by_then.append(list(ratings.read))
        return original(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Merger, "scores_of", watched)
    _evaluated(tmp_path, Plan(("p",), (10,), 1), {"p": ratings})
    planned = draw("p", IMAGES[:30], 10, 0)
    assert planned is not None
    assert set(read_by_then[-1]) == set(planned.support)
    assert set(ratings.read) == set(planned.support) | set(planned.query)


def test_other_query_ratings_leave_every_score_and_coefficient_alone(tmp_path: Path) -> None:
    planned = draw("p", IMAGES[:30], 10, 0)
    assert planned is not None
    first = _person(0)
    flipped = {n: 6 - s if n in planned.query else s for n, s in first.items()}
    found = []
    for name, given in (("one", first), ("two", flipped)):
        results = _evaluated(tmp_path / name, Plan(("p",), (10,), 1), {"p": given})
        found.append([result.srocc for result in results])
    assert found[1] == pytest.approx([-value for value in found[0]])


def test_a_broken_run_goes_on_where_it_was(tmp_path: Path) -> None:
    people = {"p": _person(0), "q": _person(1)}
    first = _evaluated(tmp_path, Plan(("p",), (10,), 1), people)
    both = _evaluated(tmp_path, Plan(("p", "q"), (10,), 1), people)
    assert both[: len(first)] == first
    assert len(both) == 2 * len(METHODS)
    assert read_results(tmp_path / "results.csv") == both


def test_a_person_of_one_rating_value_is_left_out(tmp_path: Path) -> None:
    same = dict.fromkeys(IMAGES[:30], 3.0)
    assert _evaluated(tmp_path, Plan(("p",), (10,), 1), {"p": same}) == []
