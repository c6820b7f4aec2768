"""Stage one, and a bank made by the command line from a plain CSV."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from photoaes.cli import main
from photoaes.model.bank.manifest import read_bank
from photoaes.model.metrics import srocc
from photoaes.offline.experts.finetune import Expert, FinetuneSettings, Phase, Photos, finetune
from photoaes.offline.experts.ladders import LADDERS, make_ladder
from photoaes.offline.experts.student import save_student
from tests.tiny import SPEC

CPU = torch.device("cpu")
QUICK = FinetuneSettings(Phase(60, 16, 3e-3, 3e-4), Phase(20, 8, 1e-3, 1e-4))


def _photos(seed: int, count: int = 48) -> Photos:
    """Grey squares whose score is their brightness."""
    rng = np.random.default_rng(seed)
    level = rng.integers(0, 256, count)
    pixels = np.repeat(level, 32 * 32 * 3).reshape(count, 32, 32, 3).astype(np.uint8)
    return Photos(pixels, 1 + 9 * level / 255)


def _theta_pre() -> dict[str, torch.Tensor]:
    torch.manual_seed(0)
    return {f"backbone.{name}": p.detach() for name, p in SPEC.build().named_parameters()}


def _expert(settings: FinetuneSettings) -> tuple[list[str], Expert]:
    steps = finetune(SPEC, _theta_pre(), _photos(0), _photos(1), settings, CPU)
    parts = []
    try:
        while True:
            parts.append(next(steps).part)
    except StopIteration as finished:
        expert: Expert = finished.value
        return parts, expert


def test_an_expert_learns_what_its_database_teaches() -> None:
    parts, expert = _expert(QUICK)
    assert parts == ["head"] * 60 + ["whole"] * 20
    assert expert.figures["srocc"] > 0.8
    base = _theta_pre()
    moved = [n for n, t in expert.tensors.items() if n in base and not torch.equal(t, base[n])]
    assert len(moved) == len(base)


def test_the_head_alone_leaves_the_backbone_where_it_was() -> None:
    _, expert = _expert(replace(QUICK, whole=Phase(0, 8, 1e-3, 1e-4)))
    for name, tensor in _theta_pre().items():
        assert torch.equal(expert.tensors[name], tensor)


def test_the_same_seed_makes_the_same_expert() -> None:
    _, first = _expert(QUICK)
    _, again = _expert(QUICK)
    assert all(torch.equal(first.tensors[name], again.tensors[name]) for name in first.tensors)


@pytest.mark.parametrize("name", sorted(LADDERS))
def test_a_ladder_scores_what_was_done_to_the_photo(name: str, tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    photos = []
    for number in range(6):
        small = Image.fromarray(rng.integers(0, 256, (9, 12, 3), dtype=np.uint8))
        photos.append(tmp_path / f"{number}.png")
        small.resize((120, 90), Image.Resampling.BICUBIC).save(photos[-1])
    assert list(make_ladder(name, photos, tmp_path / "ladder"))[-1] == (6, 6)
    with (tmp_path / "ladder" / "scores.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 12
    changes = []
    for row in rows:
        copy = np.asarray(Image.open(tmp_path / "ladder" / row["image"]), dtype=float)
        original = photos[int(row["image"].split("-")[0])]
        whole = LADDERS[name](Image.open(original), 0.0, rng).resize(copy.shape[1::-1])
        changes.append(np.abs(copy - np.asarray(whole, dtype=float)).mean())
        assert 1 <= float(row["score"]) <= 5
    assert srocc(changes, [float(row["score"]) for row in rows]) < -0.5


def test_a_bank_is_made_from_a_csv_and_ranks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save_student(tmp_path / "student", SPEC, SPEC.build().state_dict())
    images = tmp_path / "images"
    images.mkdir()
    table = tmp_path / "scores.csv"
    with table.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("image", "score"))
        for number in range(20):
            Image.new("RGB", (64, 48), (number * 12,) * 3).save(images / f"{number}.png")
            writer.writerow((f"{number}.png", number * 5))
    for task in ("bright", "brighter"):
        command = ["bank", "train", str(tmp_path / "bank"), "--task", task, "--scores", str(table)]
        command += ["--images", str(images), "--scale", "0", "100"]
        command += ["--student", str(tmp_path / "student"), "--head-steps", "20", "--steps", "3"]
        assert main(command) == 0
    assert "bright: srocc" in capsys.readouterr().out
    bank = read_bank(tmp_path / "bank")
    assert [(task.name, task.scale) for task in bank.tasks] == [
        ("bright", (0.0, 100.0)),
        ("brighter", (0.0, 100.0)),
    ]
    merger = bank.merger(CPU)
    experts = merger.expert_scores(np.zeros((3, 32, 32, 3), np.uint8))
    assert experts.shape == (2, 3)
    assert np.isfinite(experts).all()
    assert main(["rank", str(images), "--bank", str(tmp_path / "bank"), "--top", "3"]) == 0
