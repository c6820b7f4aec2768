"""The compared methods: their options, ablations, and baselines, on a real tiny bank."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from photoaes.errors import InputInvalid
from photoaes.model.bank.manifest import read_bank
from photoaes.model.metrics import srocc
from photoaes.model.paper.fit_settings import FitSettings
from photoaes.model.taste.prior import plain_prior
from photoaes.offline.evaluation import baselines
from photoaes.offline.evaluation.evaluate import EvaluationPlan, evaluate
from photoaes.offline.evaluation.gathering import gather
from photoaes.offline.evaluation.group_ablation import without_row
from photoaes.offline.evaluation.judging import Judge, JudgePool
from photoaes.offline.evaluation.material import Case, Material
from photoaes.offline.evaluation.method_spec import MethodSpec, read_spec
from photoaes.offline.evaluation.methods import METHODS, check_methods, method_of, prepared
from photoaes.offline.evaluation.protocol import Result
from photoaes.offline.evaluation.result_files import note_run, read_results
from photoaes.running import finished
from tests.tiny import tiny_bank

TASKS = ("one", "two", "three")
NAMES = [f"{n}.png" for n in range(36)]
TAKES = {name: method.takes for name, method in METHODS.items()}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("photos")
    rng = np.random.default_rng(0)
    for name in NAMES:
        noise = rng.integers(0, 60, (32, 32, 3)) + rng.integers(0, 196, (1, 1, 3))
        Image.fromarray(noise.astype(np.uint8)).save(folder / name)
    tiny_bank(folder / "bank", tasks=TASKS)
    return folder


def _gathered(folder: Path) -> Material:
    paths = [folder / name for name in NAMES]
    settings, device = FitSettings(steps=8), torch.device("cpu")
    return gather(read_bank(folder / "bank"), paths, settings, device, folder / "cache")


@pytest.fixture(scope="module")
def material(folder: Path) -> Material:
    return _gathered(folder)


@pytest.fixture
def case() -> Case:
    rng = np.random.default_rng(1)
    rows = rng.permutation(len(NAMES))
    return Case(rows[:14], rng.integers(1, 6, 14).astype(float), rows[14:])


def test_a_label_says_the_method_its_settings_and_its_tasks() -> None:
    spec = read_spec("paper:loss=mse,steps=1000,tasks=one+three", TAKES)
    assert spec == MethodSpec("paper", {"loss": "mse", "steps": 1000}, ("one", "three"))
    assert spec.chosen(TASKS) == ("one", "three")
    assert spec.changed(FitSettings(seed=4)) == FitSettings(loss="mse", steps=1000, seed=4)
    assert read_spec("stack:tasks=2", TAKES).chosen(TASKS) == ("one", "two")


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("nothing", "There is no method 'nothing'; known are K=0"),
        ("paper:loss=huber", "loss wants one of rank, mse, not 'huber'"),
        ("paper:steps=-3", "steps wants a number above 0, not '-3'"),
        ("best:steps=3", "best knows no 'steps'; options are tasks"),
        ("ours:steps=3", "ours knows no 'steps'; it takes no options"),
        ("ridge:steps=3", "ridge knows no 'steps'; options are tower"),
        ("stack:steps=3", "stack knows no 'steps'; options are tasks"),
        ("paper:tasks=0", "tasks wants a number or names"),
        ("paper:tasks=one+one", "tasks wants a number or names"),
        ("paper:tasks=four", "The bank has no four; its tasks are one, two, three"),
        ("paper:tasks=9", "The bank has no 9 tasks"),
    ],
)
def test_a_label_that_says_nothing_is_refused_in_words(label: str, said: str) -> None:
    with pytest.raises(InputInvalid, match=said):
        check_methods([label], TASKS)


def test_groups_of_features_alone_are_an_ablation(material: Material, case: Case) -> None:
    def scores(label: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        found: np.ndarray[tuple[int], np.dtype[np.float64]] = prepared(material, label)([case])[
            0
        ].scores
        return found

    whole, general = scores("ours-ungated"), scores("general")
    row, moved = scores("ours-ungated:groups=row"), scores("ours-ungated:groups=coefficients")
    assert not np.allclose(row, whole)
    assert not np.allclose(moved, row)
    assert not np.allclose(moved, general)
    np.testing.assert_allclose(scores("ours-ungated:groups=row+coefficients"), whole, rtol=1e-5)
    with pytest.raises(InputInvalid, match="no features 'blocks'; it has tasks, embedding"):
        prepared(material, "ours-linear:groups=blocks")


def test_a_merged_model_without_a_row_knows_what_coefficients_know(
    material: Material, case: Case
) -> None:
    """Photos that the experts and their gradients cannot tell apart score alike, where the general
    score, whose spread it takes, has no row either."""
    material = replace(material, prior=plain_prior(material.basis, material.features))
    features = material.features.copy()
    place = material.basis.places["embedding"]
    features[:, 1 + place.start : 1 + place.stop] = 0
    blind = replace(material, features=features)
    (seeing,) = prepared(material, "ours-merged")([case])
    (unseeing,) = prepared(blind, "ours-merged")([case])
    agreement = srocc(seeing.scores, unseeing.scores)
    assert agreement > 0.98
    (row,) = prepared(blind, "ours-ungated:groups=row")([case])
    assert srocc(row.scores, seeing.scores) < 0.98


def test_a_merged_model_of_some_tasks_begins_where_they_merge(material: Material) -> None:
    one = without_row(material.limited(["two"], material.settings))
    assert srocc(one.space.general, material.experts[1]) > 0.9999
    pair = without_row(material.limited(["one", "three"], material.settings))
    merged = material.merger.scores_of(torch.from_numpy(pair.basis.alpha_0), material.pixels)
    assert srocc(pair.space.general, merged) > 0.9999
    # The task that is left out moves nobody: its coefficients are no columns.
    layers = len(material.basis.layers)
    [group] = pair.basis.groups
    assert group.columns is not None
    assert set((group.columns // layers).tolist()) == {0, 2}
    # As far as all tasks may.
    every = without_row(material)
    far = [np.square(m.space.directions[:, 2:]).sum(axis=1).mean() for m in (pair, every)]
    assert far[0] == pytest.approx(far[1], rel=0.1)


def test_every_method_answers_for_all_query_photos(material: Material, case: Case) -> None:
    for name in METHODS:
        (answer,) = prepared(material, name)([case])
        assert answer.scores.shape == case.query.shape
        assert np.isfinite(answer.scores).all()


@pytest.mark.parametrize("name", ["paper", "linear"])
@pytest.mark.parametrize(
    "option",
    ["loss=mse", "pairs=halves", "coefficients=task", "initialisation=uniform", "temperature=1",
     "steps=2", "lr=0.1", "batch=4", "weight_decay=3", "tasks=2"],
)  # fmt: skip
def test_every_option_changes_the_scores(
    material: Material, case: Case, name: str, option: str
) -> None:
    (plain,) = prepared(material, name)([case])
    (changed,) = prepared(material, f"{name}:{option}")([case])
    assert not np.allclose(plain.scores, changed.scores, rtol=0, atol=1e-9)


@pytest.mark.parametrize(
    "options", ["steps=10", "coefficients=task", "loss=mse", "pairs=halves,batch=64", "tasks=2"]
)
def test_the_linear_ablations_are_the_exact_ones_as_far_as_the_model_is_linear(
    material: Material, case: Case, options: str
) -> None:
    start = f"initialisation=uniform,{options}"
    exact, linear = (prepared(material, f"{n}:{start}")([case])[0] for n in ("paper", "linear"))
    assert np.corrcoef(exact.scores, linear.scores)[0, 1] > 0.95


def test_one_coefficient_a_task_is_the_same_in_all_layers(material: Material, case: Case) -> None:
    from photoaes.model.paper.fit import Support, fit

    settings = replace(material.settings, coefficients="task")
    run = fit(material.merger, Support(material.pixels[case.support], case.stars), settings)
    alpha = finished(run)
    assert alpha.shape == (3, len(material.merger.vectors.names))
    assert float(alpha.std(dim=1).max()) < 1e-6
    (answer,) = prepared(material, "paper:coefficients=task")([case])
    assert answer.coefficients == pytest.approx(alpha[:, 0].numpy())


def test_the_best_expert_is_the_best_one_alone(material: Material, case: Case) -> None:
    (answer,) = prepared(material, "best")([case])
    agreement = [srocc(scores[case.support], case.stars) for scores in material.experts]
    np.testing.assert_array_equal(
        answer.scores, material.experts[int(np.argmax(agreement)), case.query]
    )
    (start,) = prepared(material, "initialisation:initialisation=best")([case])
    np.testing.assert_allclose(start.scores, answer.scores, atol=1e-4)


def test_fine_tuning_moves_the_best_expert(material: Material, case: Case) -> None:
    (still,) = prepared(material, "finetune:steps=1,lr=1e-12")([case])
    (best,) = prepared(material, "best")([case])
    np.testing.assert_allclose(still.scores, best.scores, atol=1e-4)
    (moved,) = prepared(material, "finetune:steps=20,lr=1e-3")([case])
    assert np.abs(moved.scores - best.scores).max() > 1e-2


def test_tasks_left_out_have_no_say(material: Material, case: Case) -> None:
    (alone,) = prepared(material, "K=0:tasks=two")([case])
    expert = material.experts[1]
    np.testing.assert_allclose(alone.scores, ((expert - expert.mean()) / expert.std())[case.query])
    (one,) = prepared(material, "initialisation:tasks=two")([case])
    np.testing.assert_allclose(one.scores, expert[case.query], atol=1e-4)


def test_baselines_find_a_line_and_fall_back_on_their_mean(case: Case) -> None:
    rng = np.random.default_rng(2)
    x = rng.normal(size=(200, 6)) / np.sqrt(6)
    truth = 3 + 1.5 * x[:, 0] * np.sqrt(6)
    case = Case(np.arange(60), truth[:60], np.arange(60, 200))
    flat = np.zeros(200)
    for method in (baselines.ridge, baselines.gaussian_process, baselines.logistic):
        assert srocc(method(x, flat, case), truth[60:]) > 0.9
        nothing = Case(case.support[:0], case.stars[:0], case.query)
        np.testing.assert_array_equal(method(x, truth, nothing), truth[60:])


def _plan() -> EvaluationPlan:
    methods = ("K=0", "paper", "linear", "paper:tasks=1")
    return EvaluationPlan(("p", "q"), (10,), 1, methods, seed=3)


def _ratings() -> dict[str, dict[str, float]]:
    rng = np.random.default_rng(5)
    return {person: {n: float(rng.integers(1, 6)) for n in NAMES} for person in ("p", "q")}


def _judge(folder: Path) -> Judge:
    return Judge(_gathered(folder), NAMES, _ratings())


def _results(judge: Judge | JudgePool, file: Path) -> list[Result]:
    run = evaluate(judge, NAMES, _ratings(), _plan(), file)
    return sorted(finished(run), key=repr)


def test_several_processes_give_what_one_gives(folder: Path, tmp_path: Path) -> None:
    one = _results(_judge(folder), tmp_path / "one.csv")
    two = _results(JudgePool(partial(_judge, folder), 2), tmp_path / "two.csv")
    assert [replace(r, srocc=0, pairs=0, plcc=0) for r in one] == [
        replace(r, srocc=0, pairs=0, plcc=0) for r in two
    ]
    assert [r.srocc for r in two] == pytest.approx([r.srocc for r in one], abs=1e-6)
    assert len(read_results(tmp_path / "two.csv")) == 8
    assert (tmp_path / "two.coefficients.csv").read_text().count("\n") == 1 + 2 * 2 * 3


def test_a_run_goes_on_only_as_it_began(tmp_path: Path) -> None:
    file = tmp_path / "r.csv"
    run = {"bank_digest": "a", "seed": 1, "methods": ["K=0"]}
    note_run(file, run)
    note_run(file, {**run, "seed": 2})  # nothing has been judged yet
    file.write_text("")
    note_run(file, {**run, "seed": 2, "methods": ["paper"]})
    with pytest.raises(InputInvalid, match="begun with another bank_digest, seed"):
        note_run(file, {"bank_digest": "b", "seed": 3})
    with pytest.raises(InputInvalid, match="begun with another bank_prior:"):
        note_run(file, {**run, "seed": 2, "bank_prior": "p"})


@pytest.mark.parametrize("line", ["p,10,0,K=0,0.5", "p,ten,0,K=0,0.5,0.5,0.5"])
def test_a_line_that_is_no_result_is_told_by_its_number(tmp_path: Path, line: str) -> None:
    file = tmp_path / "r.csv"
    file.write_text(f"person,shots,trial,method,srocc,pairs,plcc\n{line}\n")
    with pytest.raises(InputInvalid, match=r"r\.csv, line 2, is no result"):
        read_results(file)


def test_each_exact_method_is_known_as_such() -> None:
    exact = {name for name, method in METHODS.items() if method.exact}
    assert exact == {"initialisation", "paper", "released", "finetune"}
    assert method_of("paper:loss=mse")[0].exact
