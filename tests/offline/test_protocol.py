"""The K-shot protocol and its table; and that no query rating can reach a fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from photoaes.model.paper.fit_settings import FitSettings
from photoaes.offline.evaluation.calibration import Told, bins, calibration
from photoaes.offline.evaluation.evaluate import EvaluateProgress, EvaluationPlan, evaluate
from photoaes.offline.evaluation.gathering import gather
from photoaes.offline.evaluation.judging import Judge
from photoaes.offline.evaluation.material import Answer, Case, Material, mean_of_experts
from photoaes.offline.evaluation.methods import METHODS, prepared
from photoaes.offline.evaluation.protocol import (
    EXPERTS_ALIKE,
    MIN_QUERY,
    Draw,
    Result,
    compare,
    draw,
    summarise,
)
from photoaes.offline.evaluation.result_files import read_results
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
    assert draw("p", IMAGES[:14], 10, 0) is None
    assert draw("p", IMAGES, 86, 0) is None
    assert draw("p", IMAGES, 80, 0, min_query=15) is None


def _result(person: str, trial: int, method: str, srocc: float) -> Result:
    return Result(person, 10, trial, method, srocc, (srocc + 1) / 2)


def test_the_table_averages_draws_then_people() -> None:
    results = [
        _result("a", 0, EXPERTS_ALIKE, 0.2),
        _result("a", 1, EXPERTS_ALIKE, 0.4),
        _result("b", 0, EXPERTS_ALIKE, 0.5),
        _result("a", 0, "paper", 0.1),
        _result("a", 1, "paper", 0.7),
        _result("b", 0, "paper", 0.6),
        _result("b", 1, "paper", float("nan")),
    ]
    experts_mean, _ = summarise(results)
    assert (experts_mean.people, experts_mean.draws) == (2, 3)
    assert experts_mean.mean == pytest.approx((0.3 + 0.5) / 2)
    assert experts_mean.pairs == pytest.approx((0.65 + 0.75) / 2)
    (row,) = compare(results, "paper")
    assert (row.other, row.people) == (EXPERTS_ALIKE, 2)
    assert row.gain == pytest.approx((0.1 + 0.1) / 2)
    assert row.interval[0] <= row.gain <= row.interval[1]
    assert row.worse == 0


def test_draws_of_two_banks_count_apart() -> None:
    results = [
        replace(_result("a", 0, EXPERTS_ALIKE, v), part=p) for v, p in ((0.2, "x"), (0.6, "y"))
    ]
    (row,) = summarise(results)
    assert (row.people, row.draws) == (1, 2)
    assert row.mean == pytest.approx(0.4)


def test_intervals_cover_the_truth_about_as_often_as_they_say() -> None:
    rng = np.random.default_rng(0)
    inside = 0
    for seed in range(60):
        values = rng.normal(0.4, 0.1, 40)
        results = [_result(str(i), 0, EXPERTS_ALIKE, float(v)) for i, v in enumerate(values)]
        (row,) = summarise(results, seed)
        inside += row.interval[0] <= 0.4 <= row.interval[1]
    assert 50 <= inside <= 60


def test_the_general_score_weighs_experts_alike_whatever_their_spread() -> None:
    experts = np.array([[1.0, 2.0, 3.0], [300.0, 200.0, 100.0], [4.0, 4.0, 4.0]])
    np.testing.assert_allclose(mean_of_experts(experts), 0, atol=1e-12)


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


EXACT = tuple(name for name, method in METHODS.items() if method.exact)


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Material:
    folder = tmp_path_factory.mktemp("photos")
    rng = np.random.default_rng(0)
    for name in IMAGES[:30]:
        pixels = rng.integers(0, 256, (32, 32, 3), dtype=np.uint8)
        Image.fromarray(pixels).save(folder / f"{name}.png")
    paths = [folder / f"{name}.png" for name in IMAGES[:30]]
    bank = tiny_bank(folder / "bank")
    kept = gather(bank, paths, FitSettings(steps=2), torch.device("cpu"), folder / "cache")
    again = gather(bank, paths, FitSettings(steps=2), torch.device("cpu"), folder / "cache")
    np.testing.assert_array_equal(kept.features, again.features)
    return again


def _plan(people: tuple[str, ...], methods: tuple[str, ...] = tuple(METHODS)) -> EvaluationPlan:
    return EvaluationPlan(people, (10,), 1, methods)


def _evaluated(
    material: Material,
    results: Path,
    plan: EvaluationPlan,
    ratings: Mapping[str, Mapping[str, float]],
) -> list[Result]:
    judge = Judge(material, IMAGES[:30], ratings, part=results.stem)
    run = evaluate(judge, IMAGES[:30], ratings, plan, results)
    try:
        while True:
            assert isinstance(next(run), EvaluateProgress)
    except StopIteration as finished:
        judged: list[Result] = finished.value
        return judged


def _person(seed: int) -> dict[str, float]:
    rng = np.random.default_rng(seed)
    return {name: float(rng.integers(1, 6)) for name in IMAGES[:30]}


@pytest.mark.parametrize("method", METHODS)
def test_no_query_rating_is_read_before_the_scores_are_final(
    tmp_path: Path, material: Material, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    ratings = _Ratings(_person(0))
    original = METHODS[method]
    read_by_then: list[str] = []

    def watched(given: Material, cases: Sequence[Case]) -> list[Answer]:
        answers = original.run(given, cases)
        read_by_then.extend(ratings.read)
        return answers

    monkeypatch.setitem(METHODS, method, replace(original, run=watched))
    _evaluated(material, tmp_path / "r.csv", _plan(("p",), (method,)), {"p": ratings})
    planned = draw("p", IMAGES[:30], 10, 0)
    assert planned is not None
    assert set(read_by_then) == set(planned.support)
    assert set(ratings.read) == set(planned.support) | set(planned.query)


def test_other_query_ratings_leave_every_score_alone(tmp_path: Path, material: Material) -> None:
    planned = draw("p", IMAGES[:30], 10, 0)
    assert planned is not None
    first = _person(0)
    flipped = {n: 6 - s if n in planned.query else s for n, s in first.items()}
    found = []
    for name, given in (("one", first), ("two", flipped)):
        results = _evaluated(material, tmp_path / f"{name}.csv", _plan(("p",)), {"p": given})
        found.append([result.srocc for result in results])
    assert found[1] == pytest.approx([-value for value in found[0]])


def test_a_broken_run_goes_on_where_it_was(tmp_path: Path, material: Material) -> None:
    people, file = {"p": _person(0), "q": _person(1)}, tmp_path / "results.csv"
    first = _evaluated(material, file, _plan(("p",), EXACT), people)
    both = _evaluated(material, file, _plan(("p", "q"), EXACT), people)
    assert both[: len(first)] == first
    assert len(both) == 2 * len(EXACT)
    assert read_results(file) == both


@pytest.mark.parametrize("shots", [0, 1])
def test_where_there_is_no_order_to_learn_all_give_a_general_score(
    tmp_path: Path, material: Material, shots: int
) -> None:
    plan = replace(_plan(("p",)), shots=(shots,))
    results = _evaluated(material, tmp_path / "results.csv", plan, {"p": _person(0)})
    found = {result.method: result.srocc for result in results}
    assert list(found) == list(METHODS)
    for method in (*EXACT, "linear", "best"):
        assert found[method] == pytest.approx(found[EXPERTS_ALIKE])
    assert found["ours-linear"] == pytest.approx(found["general"])
    assert found["ours"] == pytest.approx(found["general-exact"])


def test_the_linear_fit_is_the_exact_one_as_far_as_the_model_is_linear(material: Material) -> None:
    rng = np.random.default_rng(0)
    rows = rng.permutation(30)
    case = Case(rows[:12], rng.integers(1, 6, 12).astype(float), rows[12:])
    longer = replace(material, settings=FitSettings(steps=10, initialisation="uniform"))
    exact, linear = (prepared(longer, name)([case])[0].scores for name in ("paper", "linear"))
    assert np.corrcoef(exact, linear)[0, 1] > 0.98


def test_the_agreement_told_is_set_beside_what_came_true(material: Material) -> None:
    people = {str(i): _person(i) for i in range(6)}
    draws = calibration(material, IMAGES[:30], people, _plan(tuple(people)))
    assert [told.person for told in draws] == list(people)
    assert all(isinstance(told, Told) and 0 < told.told < 1 for told in draws)
    table = bins(draws, parts=2)
    assert [row.draws for row in table] == [3, 3]
    assert table[0].told <= table[1].told
