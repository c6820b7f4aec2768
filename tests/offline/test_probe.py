"""The probe: finds what is there, and nothing where there is nothing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import save_file

from photoaes.cli import main
from photoaes.offline.experts.probe import probe, theme_folds
from photoaes.offline.experts.student import save_student
from photoaes.offline.experts.towers import TEACHER
from tests.tiny import SPEC

THEMES = [f"theme {n // 4}" for n in range(200)]


def test_a_score_that_lies_in_the_features_is_found_on_unseen_themes() -> None:
    rng = np.random.default_rng(0)
    features = rng.normal(size=(200, 8)).astype(np.float32)
    scores = features[:, 0] - features[:, 3] + rng.normal(0, 0.3, 200)
    assert probe(features, scores, THEMES).ridge > 0.8


def test_a_score_that_only_the_theme_knows_is_not_found() -> None:
    rng = np.random.default_rng(0)
    centre = rng.normal(size=(50, 8)).repeat(4, axis=0)
    features = (centre + rng.normal(0, 0.1, (200, 8))).astype(np.float32)
    found = probe(features, rng.normal(size=50).repeat(4), THEMES)
    assert abs(found.ridge) < 0.4  # with themes in both parts it would be near 1
    assert found.same_theme > 0.9


def test_photos_of_one_theme_share_their_fold() -> None:
    folds = theme_folds(THEMES, 10)
    assert set(folds) == set(range(10))
    assert all(len(set(folds[n : n + 4])) == 1 for n in range(0, 200, 4))


def test_the_command_compares_student_and_teacher(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rng = np.random.default_rng(0)
    rows = ["image,mean,theme"]
    for number in range(24):
        pixels = rng.integers(0, 256, (40, 48, 3), dtype=np.uint8)
        Image.fromarray(pixels).save(tmp_path / f"{number}.png")
        rows.append(f"{number}.png,{rng.uniform(1, 7):.3f},theme {number // 2}")
    table = tmp_path / "scores.csv"
    table.write_text("\n".join(rows) + "\n")
    save_student(tmp_path / "student", SPEC, SPEC.build().state_dict())
    torch.manual_seed(0)
    teacher = tmp_path / "teacher.safetensors"
    save_file({name: p.detach() for name, p in TEACHER.build().named_parameters()}, teacher)
    command = ["bank", "probe", str(tmp_path / "student"), "--images", str(tmp_path)]
    command += ["--scores", str(table), "--column", "mean"]
    assert main([*command, "--teacher", str(teacher), "--teacher-sizes", "32"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in lines] == ["student 32 px", "teacher 32 px"]
    table.write_text("image,mean,theme\n0.png,good,a\n")
    assert main(command) == 1
    assert "scores.csv, line 2: 'good' is not a number" in capsys.readouterr().err
