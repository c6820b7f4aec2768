"""`photoaes reproduce` on miniatures of all databases: the whole paper, from their folders."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

from photoaes.cli import main
from photoaes.offline.experts.student import save_student
from photoaes.offline.report.paper_report import PAPER_FILES
from tests.offline.published_databases import MAKERS
from tests.offline.published_people import PEOPLE
from tests.offline.test_splits import ava_list, koniq_sets
from tests.tiny import SPEC

Make = Callable[[Path], None]
LAYOUTS: dict[str, Make] = {
    "ava": ava_list,
    "tad66k": MAKERS["tad66k"],
    "para": MAKERS["para"],
    "koniq": koniq_sets,
    "spaq": MAKERS["spaq"],
    **{name: make for name, (make, _) in PEOPLE.items()},
}
TITLES = [f"Table {n}" for n in range(2, 13)] + [f"Figure {n}" for n in (2, *range(4, 14))]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All databases in their layouts, with photos, and a tiny tower."""
    root = tmp_path_factory.mktemp("paper")
    for name, make in LAYOUTS.items():
        make(root / "data" / name)
        for number, path in enumerate(sorted((root / "data" / name).rglob("*.jpg"))):
            Image.new("RGB", (40, 36), (number * 50 % 256, 90, 30)).save(path)
    save_student(root / "student", SPEC, SPEC.build().state_dict())
    return root


@pytest.fixture(scope="module")
def command(data: Path) -> list[str]:
    options = ["--student", str(data / "student"), "--quick", "--device", "cpu"]
    return ["reproduce", str(data / "out"), "--data", str(data / "data"), *options]


@pytest.fixture(scope="module")
def report(command: list[str], data: Path) -> Path:
    assert main(command) == 0
    return data / "out/report"


def test_every_table_and_figure_stands_in_the_report(report: Path) -> None:
    text = (report / "report.md").read_text(encoding="utf-8")
    titles = [line[3:].partition(":")[0] for line in text.splitlines() if line.startswith("## ")]
    assert [title for title in titles if title.split()[0] in ("Table", "Figure")] == TITLES
    assert "Not run" not in text
    page = ElementTree.parse(report / "report.html")
    drawn = [one.attrib["alt"] for one in page.iter("img")]
    assert {name[:9] for name in drawn} == {f"figure-{n:02}" for n in (2, *range(4, 14))}
    for name in drawn:
        for kind in ("pdf", "svg", "png"):
            assert (report / f"figures/{name}.{kind}").stat().st_size > 1000


def test_every_number_is_in_a_row_of_a_table(report: Path) -> None:
    for name in PAPER_FILES:
        with (report / name).open(newline="") as file:
            assert list(csv.DictReader(file)), name
    with (report / "table-04.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    ours = [row for row in rows if row["source"] == "here"]
    assert {row["shots"] for row in ours} == {"10", "100"}
    text = (report / "report.md").read_text(encoding="utf-8")
    assert all(f"{float(row['srocc']):.3f}".replace("-", "\u2212") in text for row in ours)
    assert rows[0] == {
        "source": "paper", "method": "PAM, attributes", "shots": "10", "srocc": "0.511",
        "sd": "0.004",
    }  # fmt: skip


def test_it_goes_on_where_it_was(
    report: Path, command: list[str], data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    results = data / "out/real-cur.csv"
    before = results.read_bytes()
    lines = before.splitlines(keepends=True)
    results.write_bytes(b"".join(lines[:-8]))
    assert main(command) == 0
    said = capsys.readouterr().out
    assert "bank train" not in said
    assert sorted(results.read_bytes().splitlines()) == sorted(before.splitlines())


def test_what_has_no_folder_is_named_in_its_place(
    report: Path, data: Path, command: list[str]
) -> None:
    bank = ["--bank", str(data / "out/bank"), "--quick", "--device", "cpu"]
    folder = f"aadb={data / 'data/aadb'}"
    assert main(["reproduce", str(data / "other"), "--data", folder, *bank]) == 0
    text = (data / "other/report/report.md").read_text(encoding="utf-8")
    assert "Not run here: paper, released" in text.split("## Table 2")[1].split("## ")[0]
    assert "Not run" in text.split("## Figure 5")[1].split("## ")[0]
    assert "Not run" not in text.split("## Table 3")[1].split("## ")[0]


def test_a_dry_run_says_hours_and_writes_nothing(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folders = [f"{name}={data / 'data' / name}" for name in ("koniq", "spaq")]
    options = ["--student", str(data / "student"), "--device", "cpu", "--dry-run"]
    assert main(["reproduce", str(tmp_path / "out"), "--data", *folders, *options]) == 0
    said = capsys.readouterr().out
    assert said.count("5000 steps of the whole model: ") == 2
    assert said.count("In all about ") == 2
    assert "The evaluations are told once there is a bank." in said
    assert not (tmp_path / "out").exists()


def test_what_is_no_folder_of_a_database_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["reproduce", str(tmp_path), "--data", "avva=x"]) == 1
    assert "There is no 'avva' in the paper" in capsys.readouterr().err
    assert main(["reproduce", str(tmp_path), "--data", str(tmp_path)]) == 1
    assert "no folder named as a database" in capsys.readouterr().err
