"""`photoaes reproduce` on miniatures of all databases: the whole paper, from their folders."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
import torch
from PIL import Image

from photoaes.cli import main
from photoaes.errors import InputInvalid
from photoaes.model.bank.import_released import EXPERTS, import_released
from photoaes.model.bank.manifest import Bank
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


@pytest.fixture
def checkpoints(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The authors' six files for a tiny tower, which brings the weights that open_clip has not."""
    torch.manual_seed(0)
    tower = {name: p.detach() for name, p in SPEC.build().named_parameters()}
    shapes = Bank(tmp_path, "", SPEC, (), "", "").layer_shapes()
    files = []
    for name in EXPERTS:
        state = {f"backbone.visual.{n}": t + 0.05 * torch.randn_like(t) for n, t in tower.items()}
        for layer in shapes.keys() - {f"backbone.{n}" for n in tower}:
            key = layer.replace("head.", "score_predictor.projection.")
            state[key] = torch.randn(shapes[layer].shape) * 0.3
        state["backbone.positional_embedding"] = torch.zeros(2)
        files.append(tmp_path / f"clip_B_3fc_{name}.pth")
        torch.save({"model": state}, files[-1])
    home = tmp_path / "home"
    monkeypatch.setenv("PHOTOAES_HOME", str(home))
    here = "photoaes.model.bank"
    # Alone what would be fetched from the network, and its model's name.
    monkeypatch.setattr(f"{here}.import_released.BackboneSpec", lambda *_: SPEC)
    monkeypatch.setattr(f"{here}.pretrained.pretrained_weights", lambda _: tower)
    return files


def test_the_authors_checkpoints_instead_of_training(
    data: Path, tmp_path: Path, checkpoints: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    folders = [f"{name}={data / 'data' / name}" for name in ("real-cur",)]
    out, files = tmp_path / "out", ["--checkpoints", *map(str, reversed(checkpoints))]
    command = ["reproduce", str(out), "--data", *folders, *files, "--quick", "--device", "cpu"]
    assert main([*command, "--dry-run"]) == 0
    assert not (tmp_path / "home/data/banks").exists()
    assert "$ photoaes bank import paper-B" in capsys.readouterr().out
    assert main(command) == 0
    said = capsys.readouterr().out
    assert said.count("bank import") == 1
    assert "bank train" not in said
    text = (out / "report/report.md").read_text(encoding="utf-8")
    assert "ava.pth by the authors" in text.split("## Table 8")[1].split("## ")[0]
    five = text.split("## Figure 5")[1].split("## ")[0]
    assert "ava, aes, tad, para, koniq, spaq" in five
    assert "Not run" not in text.split("## Figure 6")[1].split("## ")[0]
    assert main(command) == 0  # which goes on, and imports nothing anew
    assert "bank import" not in capsys.readouterr().out
    few = [*command[: command.index("--checkpoints") + 1], *map(str, checkpoints[:4])]
    assert main([*few, "--quick", "--device", "cpu", "--dry-run"]) == 0
    assert main([*few, "--quick", "--device", "cpu"]) == 1
    assert "The set lacks koniq, spaq" in capsys.readouterr().err


def test_an_import_that_fails_leaves_no_bank_of_fewer_experts(
    tmp_path: Path, checkpoints: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(*arguments: object, **options: object) -> Iterator[str]:
        steps = import_released(*arguments, **options)  # type: ignore[arg-type]
        yield next(steps)
        raise InputInvalid("the disk is full")

    monkeypatch.setattr("photoaes.model.bank.import_released.import_released", cut)
    assert main(["bank", "import", "paper-B", *map(str, checkpoints)]) == 1
    assert not list((tmp_path / "home/data/banks").iterdir())
    monkeypatch.undo()
