"""The report of an evaluation: its numbers are the protocol's, and its page needs nothing else."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from photoaes.errors import InputInvalid
from photoaes.offline.databases.catalogue import rater_databases
from photoaes.offline.evaluation.protocol import EXPERTS_ALIKE, compare, summarise
from photoaes.offline.evaluation.result_files import note_run
from photoaes.offline.report.document import Data, Figure, Section
from photoaes.offline.report.files import FILES, write_report
from photoaes.offline.report.markdown import markdown
from photoaes.offline.report.numbers import holm, numbers_of, person_gains
from photoaes.offline.report.published import DATABASES, Printed, published
from photoaes.offline.report.runs import bank_digests, run_facts
from photoaes.offline.report.sections import Evaluation, sections
from photoaes.offline.report.words import chance, decimal, interval
from tests.offline.judged import (
    FACTS,
    cells,
    page_of,
    some_experts,
    some_results,
    table_of,
    titles,
    whole_report,
)


@pytest.fixture
def whole(tmp_path: Path) -> list[Section]:
    return whole_report(tmp_path)


def test_the_numbers_in_markdown_are_those_of_the_protocol(whole: list[Section]) -> None:
    results = some_results((EXPERTS_ALIKE, "linear:tasks=1", "linear", "ours"))
    text = markdown("Report", whole)
    rows = sorted(summarise(results), key=lambda row: row.shots)
    expected = [
        [str(row.shots), row.method, str(row.people), str(row.draws), decimal(row.mean)]
        + [interval(row.interval), decimal(row.deviation), decimal(row.plcc), decimal(row.pairs)]
        for row in rows
    ]
    assert cells(text, "Each method in detail") == expected
    own = next(row for row in rows if (row.shots, row.method) == (100, "ours"))
    (line,) = (row for row in cells(text, "SROCC by method and K") if row[0] == "ours")
    assert line[2] == f"{own.mean:.3f} ({own.deviation:.3f})"


def test_the_judged_method_is_compared_with_each_other_one(whole: list[Section]) -> None:
    compared = compare(some_results((EXPERTS_ALIKE, "linear:tasks=1", "linear", "ours")), "ours")
    own = [c for c in compared if c.shots == 100]
    corrected = holm([c.p for c in own])
    rows = table_of(whole, "The judged method against the others").rows
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
    results = some_results()
    results[0] = replace(results[0], srocc=float("nan"))
    gains = person_gains(results, 10, "ours", EXPERTS_ALIKE)
    (expected,) = (c for c in compare(results, "ours") if (c.shots, c.other) == (10, EXPERTS_ALIKE))
    assert np.mean([gain for _, gain in gains]) == pytest.approx(expected.gain)
    assert [gain for _, gain in gains] == sorted((gain for _, gain in gains), reverse=True)
    text = markdown("Report", whole)
    assert text.count("Gain over K=0 of ours at K = ") == 2


def test_names_are_text_whatever_stands_in_them(tmp_path: Path) -> None:
    odd = 'a|<b>&"c"\udce9\x00*_`'
    results = [
        replace(r, method=odd if r.method == "linear" else r.method, person=f"<i>{r.person}")
        for r in some_results()
    ]
    found = sections(Evaluation((("Results", odd),), results, odd))
    root = page_of(odd, found)
    shown = 'a|<b>&"c"\ufffd\ufffd*_`'
    assert shown in ["".join(cell.itertext()) for cell in root.iter("td")]
    assert not [one for one in root.iter() if one.tag in ("b", "i")]
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
    rows = table_of(
        sections(Evaluation(FACTS, some_results(), "ours", database=database)), "Published figures"
    ).rows
    assert len(rows) == lines + 3
    own = next(r for r in summarise(some_results()) if (r.shots, r.method) == (10, "ours"))
    assert list(rows[-1][:3]) == ["here", "ours", f"{own.mean:.3f} ({own.deviation:.3f})"]


def test_every_database_with_published_figures_is_one_that_can_be_read() -> None:
    assert set(DATABASES) <= set(rater_databases())
    assert published(None) == published("ava") == []


def test_what_is_not_there_has_no_section(whole: list[Section]) -> None:
    assert len(whole) == 17
    bare = sections(Evaluation(FACTS, some_results((EXPERTS_ALIKE,), trials=1), EXPERTS_ALIKE))
    assert titles(bare) == [
        "What was run", "People judged", "SROCC by method and K", "SROCC over K",
        "Each method in detail", "SROCC of each person",
    ]  # fmt: skip
    assert "(" not in table_of(bare, "SROCC by method and K").rows[0][1]  # one trial has no SD
    elsewhere = sections(Evaluation(FACTS, some_results(("linear", "ours")), "stack"))
    assert titles(elsewhere) == titles(bare)
    page_of("Report", elsewhere)


def test_methods_without_shared_draws_are_warned_of_and_not_compared() -> None:
    results = [
        *some_results((EXPERTS_ALIKE, "ours")),
        *some_results(("paper",), people=2, shots=(10,)),
    ]
    apart = [replace(r, part="other") if r.method == "paper" else r for r in results]
    found = sections(Evaluation(FACTS, apart, "ours"))
    assert "At K = 10 not all methods were judged on the same" in markdown("", found)
    rows = table_of(found, "The judged method against the others").rows
    assert list(rows[1]) == ["10", "paper", "0", "–", "–", "–", "–", "–"]


def test_undefined_results_are_counted_and_in_nothing() -> None:
    results = some_results()
    results[3] = replace(results[3], srocc=float("nan"))
    numbers = numbers_of(results, "ours")
    assert numbers.undefined == 1
    assert "1 results have no SROCC" in markdown("", sections(Evaluation(FACTS, results, "ours")))
    nothing = [replace(r, srocc=float("nan")) for r in results]
    with pytest.raises(InputInvalid, match="nothing to report"):
        sections(Evaluation(FACTS, nothing, "ours"))


def test_a_report_replaces_an_older_one_and_nothing_else(
    tmp_path: Path, whole: list[Section]
) -> None:
    (tmp_path / "notes.csv").write_text("mine")
    write_report(tmp_path, whole)
    assert {path.name for path in tmp_path.iterdir() if path.is_file()} == {*FILES, "notes.csv"}
    with (tmp_path / "report-gains.csv").open(newline="") as file:
        gains = [(int(r["shots"]), r["person"], float(r["gain_over_k0"]))
                 for r in csv.DictReader(file)]  # fmt: skip
    results = some_results((EXPERTS_ALIKE, "linear:tasks=1", "linear", "ours"))
    expected = [
        (k, *one) for k in (10, 100) for one in person_gains(results, k, "ours", EXPERTS_ALIKE)
    ]
    assert gains == expected
    write_report(tmp_path, sections(Evaluation(FACTS, some_results(), "ours")))
    left = {path.name for path in tmp_path.iterdir() if path.is_file()}
    assert "report-cosines.csv" not in left
    assert {"report.md", "report.html", "report-srocc.csv", "notes.csv"} <= left


def test_numbers_are_printed_alike_everywhere() -> None:
    assert decimal(-0.00049, sign=True) == "0.000"
    assert decimal(-0.25, sign=True) == "\u22120.250"
    assert decimal(0.25, sign=True) == "+0.250"
    assert decimal(None) == decimal(float("nan")) == "–"
    assert (chance(1e-30), chance(0.0312)) == ("< 1e-10", "0.031")


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


def test_gains_over_the_experts_are_over_the_mean_of_their_sroccs(whole: list[Section]) -> None:
    experts, results = (
        some_experts(),
        some_results((EXPERTS_ALIKE, "linear:tasks=1", "linear", "ours")),
    )
    section = next(one for one in whole if one.title == "Gain over the experts' mean SROCC")
    (data,) = (block for block in section.blocks if isinstance(block, Data))
    own = [r.srocc for r in results if (r.person, r.shots, r.method) == ("p2", 100, "ours")]
    alone = [e.srocc for e in experts if (e.person, e.shots) == ("p2", 100)]
    row = next(row for row in data.rows if row[:2] == (100, "p2"))
    assert row[2] == pytest.approx(np.mean(own) - np.mean(alone))
    figures = [block for block in section.blocks if isinstance(block, Figure)]
    assert len(figures) == 2


def test_every_persons_sroccs_are_in_the_file(whole: list[Section]) -> None:
    section = next(one for one in whole if one.title == "SROCC of each person")
    (data,) = (block for block in section.blocks if isinstance(block, Data))
    methods = {row[2] for row in data.rows}
    assert methods == {EXPERTS_ALIKE, "linear:tasks=1", "linear", "ours", "experts' mean"}
    assert len(data.rows) == 5 * 2 * 6


def test_experts_stand_under_their_tables_with_the_rivals(whole: list[Section]) -> None:
    rows = table_of(whole, "Experts on their own databases").rows
    ava = [list(row) for row in rows if row[0] == "T8"]
    assert ava[0] == ["T8", "ava", "NIMA", "0.636", "0.612"]
    assert ava[2] == ["T8", "ava", "PA-IAA", "–", "0.666"]
    assert ava[-1] == ["T8", "ava", "here: ava", "0.750", "0.500"]
    assert {row[0] for row in rows} == {"T8", "T9", "T10", "T11", "T12"}
    assert list(table_of(whole, "Speed").rows[-1]) == ["here: ViT-B-16", "CPU", "3.25"]
