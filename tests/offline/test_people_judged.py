"""All people whom the paper judges are judged; whoever is not is named, with the reason."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from photoaes.cli import main
from photoaes.cli.evaluation_options import MIN_QUERY
from photoaes.offline.evaluation import protocol
from photoaes.offline.evaluation.evaluate import EvaluationPlan
from photoaes.offline.evaluation.missing_people import UNDEFINED, UNRATED, missing_people
from photoaes.offline.evaluation.protocol import Result, why_no_draw
from photoaes.offline.report.people_section import people_judged
from tests.offline.judged import cells
from tests.offline.published_people import PEOPLE
from tests.tiny import tiny_bank


def _evaluate(folder: Path, name: str, *more: str) -> Path:
    """Judge the people of a miniature in folder/name; the folder of the report."""
    if not (folder / "bank").exists():
        tiny_bank(folder / "bank")
    command = ["evaluate", "--database", name, str(folder / name), "--bank", str(folder / "bank")]
    command += ["--trials", "1", "--methods", "K=0", "linear:steps=1", "--device", "cpu"]
    command += ["--results", str(folder / "r.csv"), "--report", str(folder / "report"), *more]
    assert main(command) == 0
    return folder / "report"


@pytest.mark.parametrize("name", list(PEOPLE))
def test_all_people_whom_the_paper_judges_are_judged(tmp_path: Path, name: str) -> None:
    make, people = PEOPLE[name]
    make(tmp_path / name)
    report = _evaluate(tmp_path, name, "--shots", "10", "100", "--missing-at-most", "0")
    text = (report / "report.md").read_text(encoding="utf-8")
    assert cells(text, "People judged") == [[k, str(people), "0"] for k in ("10", "100")]
    with (report / "report-people.csv").open(newline="") as file:
        assert sum(int(row["judged"]) for row in csv.DictReader(file)) == 2 * people


def test_with_more_asked_for_those_who_are_missing_are_named(tmp_path: Path) -> None:
    PEOPLE["flickr-aes"][0](tmp_path / "flickr-aes")
    report = _evaluate(tmp_path, "flickr-aes", "--shots", "10", "100", "--min-query", "15")
    text = (report / "report.md").read_text(encoding="utf-8")
    assert cells(text, "People judged")[:2] == [["10", "37", "0"], ["100", "31", "6"]]
    assert "105 photos; 100 + 15 are needed" in text
    missing = json.loads((tmp_path / "r.json").read_text())["people_missing"]
    assert len(missing) == 6
    again = ["evaluate", "--summary", "--results", str(tmp_path / "r.csv")]
    assert main([*again, "--methods", "linear:steps=1", "--report", str(report)]) == 0
    assert "100 + 15 are needed" in (report / "report.md").read_text(encoding="utf-8")


def test_a_test_person_without_ratings_is_missing_too() -> None:
    plan = EvaluationPlan(("ann",), (1, 10), 1, ("K=0",))
    ratings = {"ann": {str(n): 3.0 for n in range(8)}}
    found = missing_people(plan, ("ann", "bob"), ratings)
    assert [(one.person, one.shots, one.why) for one in found] == [
        ("bob", 1, UNRATED),
        ("ann", 10, "8 photos; 10 + 5 are needed"),
        ("bob", 10, UNRATED),
    ]


def test_photos_that_the_bank_knows_count_for_learning_alone() -> None:
    assert why_no_draw(5, 10, 10, 5) is None
    assert "4 photos that the bank does not know" in (why_no_draw(4, 100, 10, 5) or "")


def test_people_without_an_srocc_are_missing_in_the_report() -> None:
    results = [Result("a", 10, 0, "K=0", 0.5, 0.5), Result("b", 10, 0, "K=0", float("nan"), 0.5)]
    section = people_judged(results, ())
    tables = [block.rows for block in section.blocks if hasattr(block, "rows")]
    assert tables[0] == [["10", "1", "1"]]
    assert tables[1] == [["10", "b", UNDEFINED]]


def test_the_command_says_the_protocols_own_minimum() -> None:
    assert MIN_QUERY == protocol.MIN_QUERY


def test_results_of_another_minimum_are_not_gone_on_with(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    PEOPLE["flickr-aes"][0](tmp_path / "flickr-aes")
    _evaluate(tmp_path, "flickr-aes", "--shots", "10", "--people", "2")
    command = ["evaluate", "--database", "flickr-aes", str(tmp_path / "flickr-aes"), "--bank"]
    command += [str(tmp_path / "bank"), "--results", str(tmp_path / "r.csv"), "--min-query", "7"]
    assert main(command) == 1
    assert "another min_query" in capsys.readouterr().err
