"""The report of an evaluation: its numbers are the protocol's, and its page needs nothing else."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import astuple, fields, replace
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
import torch
from PIL import Image

from photoaes.cli import main
from photoaes.errors import InputInvalid
from photoaes.offline.calibration import Told, bins
from photoaes.offline.databases.catalogue import rater_databases
from photoaes.offline.protocol import GENERIC, Result, compare, summarise
from photoaes.offline.report.coefficients import (
    coefficients_file,
    read_coefficients,
    relations,
)
from photoaes.offline.report.document import Section, Table
from photoaes.offline.report.files import FILES, write_report
from photoaes.offline.report.markdown import markdown
from photoaes.offline.report.numbers import holm, numbers_of, person_gains
from photoaes.offline.report.page import page
from photoaes.offline.report.plots.svg import ticks
from photoaes.offline.report.published import DATABASES, Printed, published
from photoaes.offline.report.records import read_records
from photoaes.offline.report.runs import bank_digests, run_facts
from photoaes.offline.report.sections import Evaluation, sections
from photoaes.offline.report.similarity import bank_facts
from photoaes.offline.report.task_counts import curves, without_count
from photoaes.offline.report.words import chance, decimal, interval
from photoaes.offline.result_files import COLUMNS, Coefficient, append_coefficients, note_run
from tests.tiny import TASKS, tiny_bank

FACTS = (("Results", "results.csv"),)


def _results(
    methods: Sequence[str] = (GENERIC, "linear", "ours"),
    people: int = 6,
    shots: Sequence[int] = (10, 100),
    trials: int = 3,
) -> list[Result]:
    rng = np.random.default_rng(0)
    found = []
    for k, trial, place in np.ndindex(len(shots), trials, len(methods)):
        for person in range(people):
            srocc = float(0.2 + 0.1 * place + rng.normal(0, 0.1))
            given = f"p{person}", shots[k], trial, methods[place]
            found.append(Result(*given, srocc, 0.5 + srocc / 3, srocc + 0.01, "results"))
    return found


def _tasks() -> list[Coefficient]:
    rng = np.random.default_rng(0)
    return [
        Coefficient(f"p{person}", 10, 0, "linear", task, value, value * sign)
        for task, sign in zip(TASKS, (1, -1), strict=True)
        for person, value in enumerate(rng.normal(0, 0.3, 8).tolist())
    ]


def _told() -> list[Told]:
    rng = np.random.default_rng(0)
    return [
        Told(f"p{i}", k, 0, 0.6 + 0.01 * i, 0.1, float(rng.uniform(0.5, 0.8)), 0.6, 0.6, 0.5)
        for k in (5, 10)
        for i in range(10)
    ]


@pytest.fixture
def whole(tmp_path: Path) -> list[Section]:
    """A report with everything that one can have."""
    methods = (GENERIC, "linear:tasks=1", "linear", "ours")
    return sections(
        Evaluation(
            FACTS,
            _results(methods),
            "ours",
            database="real-cur",
            bank=bank_facts(tiny_bank(tmp_path / "bank")),
            coefficients=_tasks(),
            told=_told(),
        )
    )


def _titles(found: Sequence[Section]) -> list[str]:
    return [section.title for section in found]


def _table(found: Sequence[Section], title: str) -> Table:
    (section,) = (one for one in found if one.title == title)
    return next(block for block in section.blocks if isinstance(block, Table))


def _cells(text: str, title: str) -> list[list[str]]:
    """The rows of the first table under a heading of a Markdown text."""
    lines = text.split(f"## {title}\n")[1].split("\n## ")[0].splitlines()
    rows = [line for line in lines if line.startswith("|")][2:]
    return [[cell.strip("* ") for cell in row.strip("|").split(" | ")] for row in rows]


def test_the_numbers_in_markdown_are_those_of_the_protocol(whole: list[Section]) -> None:
    results = _results((GENERIC, "linear:tasks=1", "linear", "ours"))
    text = markdown("Report", whole)
    rows = sorted(summarise(results), key=lambda row: row.shots)
    expected = [
        [str(row.shots), row.method, str(row.people), str(row.draws), decimal(row.mean)]
        + [interval(row.interval), decimal(row.deviation), decimal(row.plcc), decimal(row.pairs)]
        for row in rows
    ]
    assert _cells(text, "Each method in detail") == expected
    own = next(row for row in rows if (row.shots, row.method) == (100, "ours"))
    (line,) = (row for row in _cells(text, "SROCC by method and K") if row[0] == "ours")
    assert line[2] == f"{own.mean:.3f} ({own.deviation:.3f})"


def test_the_judged_method_is_compared_with_each_other_one(whole: list[Section]) -> None:
    compared = compare(_results((GENERIC, "linear:tasks=1", "linear", "ours")), "ours")
    own = [c for c in compared if c.shots == 100]
    corrected = holm([c.p for c in own])
    rows = _table(whole, "The judged method against the others").rows
    assert [list(row) for row in rows if row[0] == "100"] == [
        ["100", c.other, str(c.people), decimal(c.gain, sign=True), interval(c.interval, True)]
        + [f"{c.worse:.0%}", chance(c.p), chance(p)]
        for c, p in zip(own, corrected, strict=True)
    ]


def test_holm_is_right_where_it_is_known() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.6, 0.7]) == [1.0, 1.0]
    some = holm([0.02, float("nan"), 0.03])
    assert some[0] == pytest.approx(0.04)
    assert np.isnan(some[1])
    assert some[2] == pytest.approx(0.04)


def test_each_persons_gain_is_over_k_0_best_first_and_their_mean_is_the_comparisons(
    whole: list[Section],
) -> None:
    results = _results()
    results[0] = replace(results[0], srocc=float("nan"))
    gains = person_gains(results, 10, "ours", GENERIC)
    (expected,) = (c for c in compare(results, "ours") if (c.shots, c.other) == (10, GENERIC))
    assert np.mean([gain for _, gain in gains]) == pytest.approx(expected.gain)
    assert [gain for _, gain in gains] == sorted((gain for _, gain in gains), reverse=True)
    text = markdown("Report", whole)
    assert text.count("Gain over K=0 of ours at K = ") == 2


def test_the_page_is_whole_in_itself_and_any_parser_can_read_it(whole: list[Section]) -> None:
    text = page("Report", whole)
    root = ElementTree.fromstring(text)
    assert not [one for one in root.iter() if one.tag in ("script", "link", "img", "iframe")]
    links = [one.attrib["href"] for one in root.iter() if "href" in one.attrib]
    ids = {f"#{one.attrib['id']}" for one in root.iter("section")}
    assert set(links) == ids
    assert not any("src" in one.attrib for one in root.iter())
    for word in ("http", "xmlns", "url(", "@import"):
        assert word not in text
    assert "prefers-color-scheme: dark" in text
    # SROCC over K, a gain for each of two K, task counts, coefficients, cosines and agreement.
    assert len(list(root.iter("svg"))) == 7
    assert "nan" not in "".join(ElementTree.tostring(svg, "unicode") for svg in root.iter("svg"))


def test_names_are_text_whatever_stands_in_them(tmp_path: Path) -> None:
    odd = 'a|<b>&"c"\udce9\x00*_`'
    results = [
        replace(r, method=odd if r.method == "linear" else r.method, person=f"<i>{r.person}")
        for r in _results()
    ]
    found = sections(Evaluation((("Results", odd),), results, odd))
    root = ElementTree.fromstring(page(odd, found))
    shown = 'a|<b>&"c"\ufffd\ufffd*_`'
    assert shown in [cell.text for cell in root.iter("td")]
    text = markdown(odd, found)
    assert "<" not in text.replace("\\<", "")
    rows = [line for line in text.splitlines() if line.startswith("|")]
    for row, widths in zip(rows[:3], (3, 3, 3), strict=True):
        assert row.replace("\\|", "").count("|") == widths
    write_report(tmp_path, found)
    assert "\ufffd" in (tmp_path / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("database", "lines", "method", "table", "values"),
    [
        ("flickr-aes", 15, "MTCL", "T4", (Printed(0.667, 0.005), Printed(0.737, 0.014))),
        ("real-cur", 14, "TAPP-PIAA", "T2", (None, Printed(0.58, None))),
        ("aadb", 8, "The paper, L/14", "T3", (Printed(0.556, 0.004), Printed(0.654, 0.007))),
    ],
)
def test_published_figures_stand_beside_ours(
    database: str, lines: int, method: str, table: str, values: tuple[Printed | None, ...]
) -> None:
    found = published(database)
    assert len(found) == lines
    (line,) = (one for one in found if one.method == method)
    assert (line.table, line.values) == (table, values)
    rows = _table(
        sections(Evaluation(FACTS, _results(), "ours", database=database)), "Published figures"
    ).rows
    assert len(rows) == lines + 3
    own = next(r for r in summarise(_results()) if (r.shots, r.method) == (10, "ours"))
    assert list(rows[-1][:3]) == ["here", "ours", f"{own.mean:.3f} ({own.deviation:.3f})"]


def test_every_database_with_published_figures_is_one_that_can_be_read() -> None:
    assert set(DATABASES) <= set(rater_databases())
    assert published(None) == published("ava") == []


def test_what_is_not_there_has_no_section(whole: list[Section]) -> None:
    assert len(whole) == 11
    bare = sections(Evaluation(FACTS, _results((GENERIC,), trials=1), GENERIC))
    assert _titles(bare) == [
        "What was run", "SROCC by method and K", "SROCC over K", "Each method in detail"
    ]  # fmt: skip
    assert "(" not in _table(bare, "SROCC by method and K").rows[0][1]  # one trial has no SD
    elsewhere = sections(Evaluation(FACTS, _results(("linear", "ours")), "stack"))
    assert _titles(elsewhere) == _titles(bare)
    ElementTree.fromstring(page("Report", elsewhere))


def test_methods_without_shared_draws_are_warned_of_and_not_compared() -> None:
    results = [*_results((GENERIC, "ours")), *_results(("paper",), people=2, shots=(10,))]
    apart = [replace(r, part="other") if r.method == "paper" else r for r in results]
    found = sections(Evaluation(FACTS, apart, "ours"))
    assert "At K = 10 not all methods were judged on the same" in markdown("", found)
    rows = _table(found, "The judged method against the others").rows
    assert list(rows[1]) == ["10", "paper", "0", "–", "–", "–", "–", "–"]


def test_undefined_results_are_counted_and_in_nothing() -> None:
    results = _results()
    results[3] = replace(results[3], srocc=float("nan"))
    numbers = numbers_of(results, "ours")
    assert numbers.undefined == 1
    assert "1 results have no SROCC" in markdown("", sections(Evaluation(FACTS, results, "ours")))
    nothing = [replace(r, srocc=float("nan")) for r in results]
    with pytest.raises(InputInvalid, match="nothing to report"):
        sections(Evaluation(FACTS, nothing, "ours"))


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
    rows = summarise(_results(("linear", "linear:tasks=1", "linear:tasks=10", "stack:tasks=2")))
    known, unknown = curves(rows, 12), curves(rows, None)
    assert [(c.method, c.shots) for c in known] == [("linear", 10), ("linear", 100)]
    assert [n for n, _ in known[0].points] == [1, 10, 12]
    assert [n for n, _ in unknown[0].points] == [1, 10, None]
    assert known[0].points[-1][1].method == "linear"


def test_methods_of_a_curve_are_not_drawn_over_k(whole: list[Section]) -> None:
    root = ElementTree.fromstring(page("Report", whole))
    names = {
        section.findtext("h2"): {text.text for text in section.iter("text")}
        for section in root.iter("section")
    }
    assert {"linear", "ours", GENERIC} <= names["SROCC over K"]
    assert "linear:tasks=1" not in names["SROCC over K"]
    assert "linear, K = 10" in names["Number of task vectors"]


def test_coefficients_are_set_beside_what_each_expert_does_alone(tmp_path: Path) -> None:
    results = tmp_path / "r.csv"
    assert coefficients_file(results) == tmp_path / "r.coefficients.csv"
    assert read_coefficients(results) == []
    draws = [*_tasks(), replace(_tasks()[0], zero_shot=float("nan"))]
    append_coefficients(results, draws)
    read = read_coefficients(results)
    assert read[:-1] == draws[:-1]
    one, other = relations(read)
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


def test_the_agreement_told_is_binned_as_on_the_command_line(whole: list[Section]) -> None:
    rows = _table(whole, "Agreement that people are told").rows
    assert [row[2:4] for row in rows] == [[decimal(b.told), decimal(b.true)] for b in bins(_told())]


def test_a_report_replaces_an_older_one_and_nothing_else(
    tmp_path: Path, whole: list[Section]
) -> None:
    (tmp_path / "notes.csv").write_text("mine")
    write_report(tmp_path, whole)
    assert {path.name for path in tmp_path.iterdir() if path.is_file()} == {*FILES, "notes.csv"}
    with (tmp_path / "report-gains.csv").open(newline="") as file:
        gains = [(int(r["shots"]), r["person"], float(r["gain_over_k0"]))
                 for r in csv.DictReader(file)]  # fmt: skip
    results = _results((GENERIC, "linear:tasks=1", "linear", "ours"))
    expected = [(k, *one) for k in (10, 100) for one in person_gains(results, k, "ours", GENERIC)]
    assert gains == expected
    write_report(tmp_path, sections(Evaluation(FACTS, _results(), "ours")))
    left = {path.name for path in tmp_path.iterdir() if path.is_file()}
    assert "report-cosines.csv" not in left
    assert {"report.md", "report.html", "report-srocc.csv", "notes.csv"} <= left


def test_numbers_are_printed_alike_everywhere() -> None:
    assert decimal(-0.00049, sign=True) == "0.000"
    assert decimal(-0.25, sign=True) == "\u22120.250"
    assert decimal(0.25, sign=True) == "+0.250"
    assert decimal(None) == decimal(float("nan")) == "–"
    assert (chance(1e-30), chance(0.0312)) == ("< 1e-10", "0.031")
    assert ticks(0.31, 0.47) == pytest.approx([0.3, 0.35, 0.4, 0.45, 0.5])
    assert ticks(0.2, 0.2)[0] == 0.2


def _written(path: Path, results: Sequence[Result]) -> Path:
    with path.open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        table.writerows(astuple(result)[:-1] for result in results)
    return path


def _summary(tmp_path: Path, *more: str) -> int:
    results = _written(tmp_path / "results.csv", _results())
    return main(["evaluate", "--summary", "--results", str(results), *more])


def test_a_summary_writes_a_report_that_says_only_what_the_files_prove(tmp_path: Path) -> None:
    assert _summary(tmp_path, "--report", str(tmp_path / "report")) == 0
    text = (tmp_path / "report" / "report.md").read_text(encoding="utf-8")
    facts = dict(_cells(text, "What was run"))
    assert facts["People"] == "6"
    assert facts["K"] == "10, 100"
    assert facts["Trials"] == "3"
    assert facts["Results"].startswith("results.csv (sha256 ")
    assert "Temperature" not in text
    assert "Bank" not in text
    ElementTree.parse(tmp_path / "report" / "report.html")


def test_a_run_writes_what_it_was_told_to_do(tmp_path: Path) -> None:
    tiny_bank(tmp_path / "bank")
    rng = np.random.default_rng(0)
    names = [f"{number}.png" for number in range(21)]
    for name in names:
        Image.fromarray(rng.integers(0, 256, (40, 40, 3), dtype=np.uint8)).save(tmp_path / name)
    rows = [f"{p},{name},{rng.integers(1, 8)}" for p in ("ann", "bob") for name in names]
    (tmp_path / "ratings.csv").write_text("\n".join(["rater,image,score", *rows]))
    command = ["evaluate", "--images", str(tmp_path), "--ratings", str(tmp_path / "ratings.csv")]
    command += ["--scale", "1", "7", "--shots", "5", "--trials", "1", "--device", "cpu"]
    command += ["--bank", str(tmp_path / "bank"), "--results", str(tmp_path / "results.csv")]
    command += ["--temperature", "0.5", "--methods", "K=0", "ours", "--report", str(tmp_path)]
    assert main(command) == 0
    text = (tmp_path / "report.md").read_text(encoding="utf-8")
    facts = dict(_cells(text, "What was run"))
    assert facts["Ratings, as given"] == "ratings.csv"
    assert facts["Scale of the ratings"] == "1 to 7"
    assert facts["Temperature"] == "0.5"
    assert facts["Bank"].startswith("Tiny bank, digest ")
    assert "CPU" in facts["Device"]
    assert "torch" in facts["Run with"]
    assert "Gain over K=0 of ours at K = 5: 2 people" in text
    assert "Cosine similarity of the task vectors of Tiny bank" in text
    summary = ["evaluate", "--summary", "--results", str(tmp_path / "results.csv")]
    assert main([*summary, "--methods", "ours", "--report", str(tmp_path / "again")]) == 0
    again = (tmp_path / "again" / "report.md").read_text(encoding="utf-8")
    known = dict(_cells(again, "What was run"))
    assert {name: known[name] for name in ("Bank", "Seed", "Temperature")} == {
        name: facts[name] for name in ("Bank", "Seed", "Temperature")
    }
    assert "Ratings, as given" not in known
    tiny_bank(tmp_path / "other", tasks=("light",))
    assert main([*summary, "--report", str(tmp_path), "--bank", str(tmp_path / "other")]) == 1


def test_what_a_run_was_is_read_beside_its_results(tmp_path: Path) -> None:
    first, second, bare = (tmp_path / f"{name}.csv" for name in ("r0", "r1", "old"))
    run = {"bank": "A", "bank_digest": "a1", "seed": 0, "scale": [1.0, 7.0], "torch": "2.9"}
    note_run(first, run)
    note_run(second, run | {"bank_digest": "b2"})
    facts = dict(run_facts([first, second]))
    assert facts["Bank"] == "A, digest a1; A, digest b2"
    assert facts["Seed"] == "0"
    assert facts["Run with"] == "torch 2.9"
    assert "Device" not in facts
    assert bank_digests([first, second, bare]) == {"a1", "b2"}
    assert "Not on file for old.csv" in dict(run_facts([first, bare]))
    bare.with_suffix(".json").write_text("[]")
    with pytest.raises(InputInvalid, match="describes no evaluation"):
        run_facts([bare])


def test_a_summary_takes_a_bank_a_database_and_what_was_told(tmp_path: Path) -> None:
    tiny_bank(tmp_path / "bank")
    with (tmp_path / "told.csv").open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(field.name for field in fields(Told))
        table.writerows(map(astuple, _told()))
    more = ["--bank", str(tmp_path / "bank"), "--database", "aadb", str(tmp_path)]
    more += ["--told", str(tmp_path / "told.csv"), "--report", str(tmp_path / "report")]
    assert _summary(tmp_path, *more) == 0
    text = (tmp_path / "report" / "report.md").read_text(encoding="utf-8")
    for title in ("Published figures", "Task vectors beside", "Agreement that people"):
        assert f"\n## {title}" in text


def test_a_report_that_cannot_be_made_is_refused_before_anything_is_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = ["--report", str(tmp_path)]
    for more, message in (
        (["--told", str(tmp_path / "told.csv")], "give --report DIR"),
        ([*report, "--agreement", str(tmp_path / "a.csv")], "judges no methods"),
        ([*report, "--told", str(tmp_path / "none.csv")], "There is no file"),
        ([*report, "--results", str(tmp_path / "report-srocc.csv")], "would overwrite"),
    ):
        assert _summary(tmp_path, *more) == 1
        assert message in capsys.readouterr().err
