"""What a run will take is said before it, and nothing is written for that."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from photoaes.cli import main
from photoaes.offline.experts.student import save_student
from photoaes.offline.report.published_experts import SPEEDS
from tests.offline.judged import cells
from tests.tiny import SPEC, tiny_bank


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(20):
        Image.new("RGB", (40, 40), (number * 10, 0, 0)).save(folder / f"{number}.png")
    return folder


def _files(folder: Path) -> set[Path]:
    return set(folder.rglob("*"))


def test_stage_one_says_its_hours_and_disk(
    tmp_path: Path, photos: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save_student(tmp_path / "student", SPEC, SPEC.build().state_dict())
    rows = [f"{number}.png,{number % 5 + 1}" for number in range(20)]
    (tmp_path / "scores.csv").write_text("\n".join(["image,score", *rows]))
    before = _files(tmp_path)
    command = ["bank", "train", str(tmp_path / "bank"), "--task", "t", "--images", str(photos)]
    command += ["--scores", str(tmp_path / "scores.csv"), "--scale", "1", "5", "--student"]
    assert main([*command, str(tmp_path / "student"), "--device", "cpu", "--dry-run"]) == 0
    assert _files(tmp_path) == before
    said = capsys.readouterr().out
    assert "60000 steps of the head: " in said
    assert "5000 steps of the whole model: " in said
    assert f"Decoded photos: {20 * 32 * 32 * 3 / 1e3:.0f} kB of disk" in said
    assert said.splitlines()[-1].startswith("In all about ")


def test_an_evaluation_says_its_hours_and_disk(
    tmp_path: Path, photos: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tiny_bank(tmp_path / "bank")
    rows = [f"{who},{n}.png,{n % 5 + 1}" for who in "ab" for n in range(20)]
    (tmp_path / "ratings.csv").write_text("\n".join(["rater,image,score", *rows]))
    command = ["evaluate", "--images", str(photos), "--ratings", str(tmp_path / "ratings.csv")]
    command += ["--bank", str(tmp_path / "bank"), "--shots", "10", "--trials", "3", "--device"]
    command += ["cpu", "--methods", "K=0", "paper:steps=4", "--results", str(tmp_path / "r.csv")]
    before = _files(tmp_path)
    assert main([*command, "--cache", str(tmp_path / "cache"), "--dry-run"]) == 0
    assert _files(tmp_path) == before
    said = capsys.readouterr().out
    assert "paper:steps=4, 3 trials: " in said
    assert "Decoded photos, in the cache: " in said
    report = tmp_path / "report"
    assert main([*command, "--speed", "--report", str(report)]) == 0
    speeds = cells((report / "report.md").read_text(encoding="utf-8"), "Speed")
    assert len(speeds) == len(SPEEDS) + 1
    assert float(speeds[-1][2]) > 0
