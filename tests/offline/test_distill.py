"""Distillation on generated pictures: it learns, and a broken run ends like an unbroken one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import save_file

from photoaes.errors import InputInvalid
from photoaes.offline.experts import distill as module
from photoaes.offline.experts.distill import DistillProgress, DistillSettings, distill
from photoaes.offline.experts.photo_pack import PackedPhotos, write_packs
from photoaes.offline.experts.student import load_start, load_student, save_student
from photoaes.offline.experts.towers import TEACHER, load_teacher, student_spec
from tests.tiny import tiny_bank

SPEC = student_spec(size=64, patch=32, blocks=2)
CPU = torch.device("cpu")


@pytest.fixture(scope="module")
def teacher(tmp_path_factory: pytest.TempPathFactory) -> Path:
    torch.manual_seed(0)
    path = tmp_path_factory.mktemp("teacher") / "teacher.safetensors"
    save_file({name: p.detach() for name, p in TEACHER.build().named_parameters()}, path)
    return path


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> PackedPhotos:
    folder = tmp_path_factory.mktemp("photos")
    rng = np.random.default_rng(0)
    paths = []
    for number in range(10):
        pixels = rng.integers(0, 256, (6, 9, 3), dtype=np.uint8)
        path = folder / f"{number}.png"
        Image.fromarray(pixels).resize((135, 90), Image.Resampling.BICUBIC).save(path)
        paths.append(path)
    list(write_packs(paths, folder / "packs"))
    return PackedPhotos(folder / "packs")


def _run(
    photos: PackedPhotos, teacher: Path, checkpoint: Path, steps: int, stop: int | None = None
) -> list[DistillProgress]:
    settings = DistillSettings(steps, batch=4, warmup=2, joined_from=0.5)
    run = distill(photos, teacher, SPEC, settings, checkpoint, CPU)
    events = []
    for event in run:
        events.append(event)
        if event.step == stop:
            run.close()
    return events


def test_the_loss_falls_in_both_parts(photos: PackedPhotos, teacher: Path, tmp_path: Path) -> None:
    events = _run(photos, teacher, tmp_path / "c.pt", steps=24)
    local = [event.loss for event in events if not event.joined]
    joined = [event.loss for event in events if event.joined]
    assert len(local) == len(joined) == 12
    assert np.mean(local[-3:]) < 0.9 * np.mean(local[:3])
    assert np.mean(joined[-3:]) < np.mean(joined[:3])


def test_a_killed_run_goes_on_as_if_nothing_had_been(
    photos: PackedPhotos, teacher: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "CHECKPOINT_SECONDS", 0.0)
    whole = _run(photos, teacher, tmp_path / "whole.pt", steps=6)
    first = _run(photos, teacher, tmp_path / "broken.pt", steps=6, stop=3)
    second = _run(photos, teacher, tmp_path / "broken.pt", steps=6)
    assert [e.step for e in first + second] == [1, 2, 3, 4, 5, 6]
    assert [e.loss for e in first + second] == pytest.approx([e.loss for e in whole], rel=1e-4)


def test_a_checkpoint_of_other_settings_is_refused(
    photos: PackedPhotos, teacher: Path, tmp_path: Path
) -> None:
    _run(photos, teacher, tmp_path / "c.pt", steps=1)
    with pytest.raises(InputInvalid, match="a run with another steps"):
        _run(photos, teacher, tmp_path / "c.pt", steps=2)


def test_a_run_starts_from_an_earlier_student_of_another_photo_size(
    photos: PackedPhotos, teacher: Path, tmp_path: Path
) -> None:
    earlier = student_spec(size=32, patch=32, blocks=2).build().state_dict()
    settings = DistillSettings(1, batch=4, lr=0.0, weight_decay=0.0)
    run = distill(photos, teacher, SPEC, settings, tmp_path / "c.pt", CPU, earlier)
    list(run)
    state = torch.load(tmp_path / "c.pt", weights_only=True)["model"]
    torch.testing.assert_close(state["proj"], earlier["proj"])
    assert state["positional_embedding"].shape != earlier["positional_embedding"].shape
    narrow = {**earlier, "proj": torch.zeros(3, 3)}
    with pytest.raises(InputInvalid, match="of another kind"):
        list(distill(photos, teacher, SPEC, settings, tmp_path / "d.pt", CPU, narrow))


def test_the_teacher_sees_smaller_photos_with_its_positions_resized(teacher: Path) -> None:
    tower = load_teacher(teacher, 64)
    assert tower.positional_embedding.shape == (1 + 4 * 4, 192)
    with torch.inference_mode():
        assert tower(torch.zeros(1, 3, 64, 64)).shape == (1, 192)
    assert not any(p.requires_grad for p in tower.parameters())


def test_a_student_comes_back_from_its_folder(tmp_path: Path) -> None:
    tower = SPEC.build()
    save_student(tmp_path, SPEC, tower.state_dict())
    spec, tensors = load_student(tmp_path)
    assert spec == SPEC
    torch.testing.assert_close(tensors["backbone.proj"], tower.state_dict()["proj"])
    with pytest.raises(InputInvalid, match="holds no distilled backbone"):
        load_student(tmp_path / "elsewhere")


def test_a_bank_lends_its_backbone_as_a_student(tmp_path: Path) -> None:
    bank = tiny_bank(tmp_path / "bank")
    spec, tensors = load_student(bank.folder)
    assert spec == bank.backbone
    assert tensors.keys() == bank.theta_pre().keys()
    assert load_start(bank.folder).keys() == spec.build().state_dict().keys()


def test_packs_keep_every_photo_in_order(
    photos: PackedPhotos, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("photoaes.offline.experts.photo_pack.PACK_BYTES", 100)
    paths = []
    for number in range(5):
        paths.append(tmp_path / f"{number}.png")
        Image.new("RGB", (8, 8), (number * 40, 0, 0)).save(paths[-1])
    packs = list(write_packs(paths, tmp_path / "packs"))
    assert len(packs) > 1
    packed = PackedPhotos(tmp_path / "packs")
    assert [packed.open(i).getpixel((0, 0)) for i in range(5)] == [(n * 40, 0, 0) for n in range(5)]
    with pytest.raises(InputInvalid, match="holds no packed photos"):
        PackedPhotos(tmp_path)
