"""Stage one as a long run: killed and gone on with, and shared by two processes."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from torch import Tensor

from photoaes.cli import main
from photoaes.errors import InputInvalid
from photoaes.model.bank.manifest import read_bank
from photoaes.model.paper.task_vector import DenseLayer
from photoaes.offline.experts.checkpoint import Checkpoints
from photoaes.offline.experts.losses import loss_of_each
from photoaes.offline.experts.student import save_student
from tests.offline.published_databases import put
from tests.patience import PATIENCE_S
from tests.tiny import SPEC

STEPS = ("--head-steps", "30", "--steps", "12", "--head-lr", "1e-3", "--lr", "1e-4")
LAUNCH = ("-m", "torch.distributed.run", "--standalone", "--nproc-per-node=2", "--module")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A KonIQ-10k of grey photos whose votes follow their brightness, and a tiny tower."""
    root = tmp_path_factory.mktemp("data")
    lines = ["image_name,c1,c2,c3,c4,c5,c_total,MOS,SD,MOS_zscore"]
    (root / "koniq/1024x768").mkdir(parents=True)
    for number in range(40):
        high = number / 39
        lines.append(f"{number}.jpg,0,{1 - high},0,{high},0,1,{2 + 2 * high},0,0")
        grey = Image.new("RGB", (48, 40), (number * 6,) * 3)
        grey.save(root / "koniq/1024x768" / f"{number}.jpg")
    put(root / "koniq/koniq10k_scores_and_distributions.csv", "\n".join(lines) + "\n")
    torch.manual_seed(0)
    save_student(root / "student", SPEC, SPEC.build().state_dict())
    return root


def _command(data: Path, bank: Path) -> list[str]:
    student = ("--student", str(data / "student"), "--device", "cpu", "--checkpoint-every", "0")
    return [
        "bank",
        "train",
        str(bank),
        "--database",
        "koniq",
        str(data / "koniq"),
        *student,
        *STEPS,
    ]


def _vector(bank: Path) -> dict[str, Tensor]:
    layers = read_bank(bank).task_vectors().layers
    return {name: x.values.float() for name, x in layers.items() if isinstance(x, DenseLayer)}


def _log(bank: Path) -> list[list[str]]:
    path = bank.with_name(f"{bank.name}.work") / "koniq" / "log.csv"
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


@pytest.fixture(scope="module")
def whole(data: Path) -> Path:
    """What one undisturbed process makes."""
    assert main(_command(data, data / "whole")) == 0
    return data / "whole"


def test_the_figures_of_the_test_split_stand_in_log_and_manifest(whole: Path) -> None:
    figures = read_bank(whole).tasks[0].figures
    assert set(figures) == {"srocc", "plcc"}
    log = _log(whole)
    assert len(log) == 30 + 12 + 2
    assert [line[0] for line in log[-2:]] == ["test", "test"]
    assert not list(whole.with_name("whole.work").rglob("*.pt"))


_KILLED = """
import os, signal, sys
from photoaes.__main__ import main
from photoaes.offline.experts import checkpoint
save, left = checkpoint.save_checkpoint, int(sys.argv[1])
def saved(*state):
    global left
    save(*state)
    left -= 1
    left or os.kill(os.getpid(), signal.SIGKILL)
checkpoint.save_checkpoint = saved
main(sys.argv[2:])
"""


@pytest.mark.parametrize("killed_after", [8, 34])
def test_a_killed_run_goes_on_bit_for_bit(data: Path, whole: Path, killed_after: int) -> None:
    bank = data / f"killed-{killed_after}"
    command = _command(data, bank)
    run = subprocess.run(
        [sys.executable, "-c", _KILLED, str(killed_after), *command],
        capture_output=True, check=False, timeout=PATIENCE_S,
    )  # fmt: skip
    assert run.returncode == -signal.SIGKILL, run.stderr
    assert main(command) == 0
    again, before = _vector(bank), _vector(whole)
    assert all(torch.equal(again[name], before[name]) for name in before)


def test_two_processes_make_what_one_makes(data: Path, whole: Path) -> None:
    bank = data / "shared"
    environment = os.environ | {"OMP_NUM_THREADS": "1"}
    command = [sys.executable, *LAUNCH, "photoaes", *_command(data, bank)]
    subprocess.run(command, check=True, env=environment, capture_output=True, timeout=PATIENCE_S)
    losses = [np.array([float(line[2]) for line in _log(b)]) for b in (whole, bank)]
    np.testing.assert_allclose(losses[0], losses[1], atol=2e-3)
    one, two = _vector(whole), _vector(bank)
    apart = sum(float((one[name] - two[name]).square().sum()) for name in one)
    assert apart < 1e-3 * sum(float(tensor.square().sum()) for tensor in one.values())


def test_a_checkpoint_of_another_run_is_refused(tmp_path: Path) -> None:
    model = torch.nn.Linear(2, 2)
    optimizer = torch.optim.AdamW(model.parameters())
    ours = Checkpoints(tmp_path, {"seed": 0}, 0)
    ours.offer("head", model, optimizer, 3, last=False)
    assert ours.resume("head", model, optimizer) == 3
    with pytest.raises(InputInvalid, match="a run with another seed"):
        Checkpoints(tmp_path, {"seed": 1}).resume("head", model, optimizer)


def test_only_the_runs_own_checkpoints_are_removed(tmp_path: Path) -> None:
    model = torch.nn.Linear(2, 2)
    optimizer = torch.optim.AdamW(model.parameters())
    (tmp_path / "mine.pt").write_bytes(b"of somebody else")
    ours = Checkpoints(tmp_path, {"seed": 0})
    assert ours.resume("head", model, optimizer) == 0
    ours.offer("head", model, optimizer, 3, last=True)
    ours.remove()
    assert [path.name for path in tmp_path.iterdir()] == ["mine.pt"]


def test_the_loss_of_votes_is_the_distance_of_their_sums() -> None:
    sure, far = torch.eye(10)[[0]], torch.eye(10)[[9]]
    assert loss_of_each(sure, torch.ones(1), sure) == pytest.approx(0, abs=1e-5)
    # Nine of ten cumulative sums differ by one.
    assert loss_of_each(sure, torch.ones(1), far) == pytest.approx(0.9**0.5)
    assert loss_of_each(sure, torch.tensor([3.0]), None) == pytest.approx(4)


def test_a_database_for_testing_only_is_not_trained_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(tmp_path / "cur/ann/3/a.jpg")
    assert main(["bank", "train", str(tmp_path / "b"), "--database", "real-cur",
                 str(tmp_path / "cur")]) != 0  # fmt: skip
    assert "for testing only" in capsys.readouterr().err
    assert not (tmp_path / "b").exists()
