"""`photoaes evaluate --report`."""

from __future__ import annotations

import csv
from dataclasses import astuple, fields
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from photoaes.cli import main
from photoaes.offline.evaluation.calibration import Told
from photoaes.offline.evaluation.result_files import append_results
from tests.offline.judged import cells, some_results, some_told
from tests.tiny import tiny_bank


def _summary(tmp_path: Path, *more: str) -> int:
    results = tmp_path / "results.csv"
    results.unlink(missing_ok=True)
    append_results(results, some_results())
    return main(["evaluate", "--summary", "--results", str(results), *more])


def test_a_summary_writes_a_report_that_says_only_what_the_files_prove(tmp_path: Path) -> None:
    assert _summary(tmp_path, "--report", str(tmp_path / "report")) == 0
    text = (tmp_path / "report" / "report.md").read_text(encoding="utf-8")
    facts = dict(cells(text, "What was run"))
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
    facts = dict(cells(text, "What was run"))
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
    known = dict(cells(again, "What was run"))
    assert {name: known[name] for name in ("Bank", "Seed", "Temperature")} == {
        name: facts[name] for name in ("Bank", "Seed", "Temperature")
    }
    assert "Ratings, as given" not in known
    tiny_bank(tmp_path / "other", tasks=("light",))
    assert main([*summary, "--report", str(tmp_path), "--bank", str(tmp_path / "other")]) == 1


def test_a_summary_takes_a_bank_a_database_and_what_was_told(tmp_path: Path) -> None:
    tiny_bank(tmp_path / "bank")
    with (tmp_path / "told.csv").open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(field.name for field in fields(Told))
        table.writerows(map(astuple, some_told()))
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
