"""The report's figures of task vectors, coefficients and agreement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from photoaes.errors import InputInvalid
from photoaes.offline.evaluation.calibration import bins
from photoaes.offline.evaluation.protocol import EXPERTS_ALIKE, summarise
from photoaes.offline.evaluation.records import read_records
from photoaes.offline.evaluation.result_files import (
    Coefficient,
    append_coefficients,
    coefficients_file,
)
from photoaes.offline.report.coefficients import read_coefficients, relations
from photoaes.offline.report.document import Figure, Section
from photoaes.offline.report.plots.lines import Lines
from photoaes.offline.report.plots.panels import Density, Panels
from photoaes.offline.report.sections import Evaluation, sections
from photoaes.offline.report.similarity import bank_facts
from photoaes.offline.report.task_counts import curves, without_count
from photoaes.offline.report.words import decimal
from tests.offline.judged import (
    FACTS,
    some_coefficients,
    some_results,
    some_told,
    table_of,
    whole_report,
)
from tests.tiny import TASKS, tiny_bank


@pytest.fixture
def whole(tmp_path: Path) -> list[Section]:
    return whole_report(tmp_path)


@pytest.mark.parametrize(
    ("label", "base", "count"),
    [
        ("linear", "linear", None),
        ("linear:tasks=3", "linear", 3),
        ("linear:loss=mse,tasks=12,steps=9", "linear:loss=mse,steps=9", 12),
        ("linear:tasks=beauty+level", "linear:tasks=beauty+level", None),
        ("paper:loss=mse", "paper:loss=mse", None),
    ],
)
def test_only_a_number_of_tasks_is_read_from_a_label(
    label: str, base: str, count: int | None
) -> None:
    assert without_count(label) == (base, count)


def test_labels_that_differ_in_the_number_of_tasks_are_a_curve() -> None:
    rows = summarise(some_results(("linear", "linear:tasks=1", "linear:tasks=10", "stack:tasks=2")))
    known, unknown = curves(rows, 12), curves(rows, None)
    assert [(c.method, c.shots) for c in known] == [("linear", 10), ("linear", 100)]
    assert [n for n, _ in known[0].points] == [1, 10, 12]
    assert [n for n, _ in unknown[0].points] == [1, 10, None]
    assert known[0].points[-1][1].method == "linear"


def _series(found: Sequence[Section], title: str) -> list[str]:
    (section,) = (one for one in found if one.title == title)
    (figure,) = (block for block in section.blocks if isinstance(block, Figure))
    assert isinstance(figure.plot, Lines)
    return [one.name for one in figure.plot.series]


def test_methods_of_a_curve_are_not_drawn_over_k(whole: list[Section]) -> None:
    assert set(_series(whole, "SROCC over K")) == {"linear", "ours", EXPERTS_ALIKE}
    assert _series(whole, "Number of task vectors") == ["linear, K = 10", "linear, K = 100"]


@pytest.mark.parametrize("judged", ["linear:tasks=2", "ours"])
def test_counted_methods_are_drawn_over_k_where_there_are_no_others(judged: str) -> None:
    counted = some_results(("linear:tasks=1", "linear:tasks=2"))
    assert "linear:tasks=2" in _series(sections(Evaluation(FACTS, counted, judged)), "SROCC over K")


def test_coefficients_are_set_beside_what_each_expert_does_alone(tmp_path: Path) -> None:
    results = tmp_path / "r.csv"
    assert coefficients_file(results) == tmp_path / "r.coefficients.csv"
    assert read_coefficients(results) == []
    draws = [*some_coefficients(), replace(some_coefficients()[0], zero_shot=float("nan"))]
    append_coefficients(results, draws)
    read = read_coefficients(results)
    assert read[:-1] == draws[:-1]
    (found,) = relations(read)
    one, other = found.tasks
    assert (found.method, found.shots, len(found.every.points)) == ("linear", 10, 16)
    assert (one.task, len(one.points)) == (TASKS[0], 8)
    assert one.plcc == pytest.approx(1)
    assert other.srocc == pytest.approx(-1)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("person,shots\np,1\n", "no column 'trial'"),
        ("person,shots,trial,method,task,coefficient,zero_shot\np,ten,0,m,t,0,0\n", "line 2"),
        ("person,shots,trial,method,task,coefficient,zero_shot\np,1\n", "line 2"),
    ],
)
def test_a_damaged_table_is_refused_with_a_sentence(
    tmp_path: Path, text: str, message: str
) -> None:
    (tmp_path / "table.csv").write_text(text)
    with pytest.raises(InputInvalid, match=message):
        read_records(tmp_path / "table.csv", Coefficient)
    with pytest.raises(InputInvalid, match="cannot be read"):
        read_records(tmp_path / "none.csv", Coefficient)


@pytest.mark.parametrize("rank", [None, 2])
def test_cosines_are_of_the_backbones_layers_together(tmp_path: Path, rank: int | None) -> None:
    bank = tiny_bank(tmp_path, rank=rank)
    facts = bank_facts(bank)
    layers = bank.task_vectors().layers
    names = [name for name in layers if name.startswith("backbone.")]
    flat = [
        torch.cat([layers[name].combined(one).flatten() for name in names]) for one in torch.eye(2)
    ]
    expected = torch.nn.functional.cosine_similarity(flat[0], flat[1], dim=0).item()
    np.testing.assert_allclose(facts.cosines, [[1, expected], [expected, 1]], atol=1e-5)
    assert facts.tasks == TASKS
    assert facts.coefficients == 2 * len(names)
    assert facts.coefficients_with_head == 2 * len(layers)


def test_coefficients_are_drawn_together_and_task_by_task() -> None:
    draws = [*some_coefficients(), *(replace(draw, shots=50) for draw in some_coefficients())]
    found = sections(Evaluation(FACTS, some_results(), "ours", coefficients=draws))
    table = table_of(found, "Coefficients and zero-shot SROCC")
    assert [list(row) for row in table.rows[:2]] == [
        [TASKS[0], "+1.000", "+1.000"], [TASKS[1], "\u22121.000", "\u22121.000"]
    ]  # fmt: skip
    (section,) = (one for one in found if one.title == "Coefficients and zero-shot SROCC")
    plots = [block.plot for block in section.blocks if isinstance(block, Figure)]
    assert [type(plot) for plot in plots] == [Density, Panels] * 2
    assert isinstance(plots[0], Density)
    assert len(plots[0].points) == len(some_coefficients())


def test_the_agreement_told_is_binned_as_on_the_command_line(whole: list[Section]) -> None:
    rows = table_of(whole, "Agreement that people are told").rows
    assert [row[2:4] for row in rows] == [
        [decimal(b.told), decimal(b.true)] for b in bins(some_told())
    ]
