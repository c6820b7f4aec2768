"""The authors' files, written here in their exact layout, become a bank; others are refused."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from torch import Tensor

from photoaes.errors import BankInvalid
from photoaes.model.author_checkpoints import import_checkpoint, spec_of
from photoaes.model.bank import Bank, create_bank
from photoaes.model.score_model import ScoreModel
from tests.tiny import SPEC


def _checkpoint(path: Path, seed: int) -> dict[str, Tensor]:
    """As `torch.save({"model": ...})` of the authors' model: with a text tower and CLIP's scale."""
    torch.manual_seed(seed)
    model = ScoreModel(SPEC.build(), SPEC.embed_dim)
    state = {
        name.replace("backbone.", "backbone.visual.").replace(
            "head.", "score_predictor.projection."
        ): tensor.detach()
        for name, tensor in model.named_parameters()
    }
    state["backbone.token_embedding.weight"] = torch.zeros(3, 4)
    state["backbone.logit_scale"] = torch.tensor(1.0)
    torch.save({"model": state}, path)
    return dict(model.named_parameters())


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    torch.manual_seed(0)
    theta_pre = {f"backbone.{n}": p.detach() for n, p in SPEC.build().named_parameters()}
    return create_bank(Bank(tmp_path / "bank", "Theirs", SPEC, (), "a test", "MIT"), theta_pre)


def test_their_experts_score_as_they_did(bank: Bank, tmp_path: Path) -> None:
    theta_pre = bank.theta_pre()
    experts = {}
    for seed, task in enumerate(("ava", "koniq"), start=1):
        path = tmp_path / f"clip_B_3fc_{task}.pth"
        experts[task] = _checkpoint(path, seed)
        bank = import_checkpoint(bank, theta_pre, path)
    assert [task.name for task in bank.tasks] == ["ava", "koniq"]
    vectors = bank.task_vectors()
    for row, tensors in enumerate(experts.values()):
        for name in vectors.names:
            alpha = torch.zeros(2)
            alpha[row] = 1.0
            base = theta_pre.get(name, torch.zeros(()))
            merged = base + vectors.layers[name].combined(alpha)
            torch.testing.assert_close(merged, tensors[name].detach(), atol=2e-3, rtol=2e-3)


def test_what_is_not_theirs_is_refused_by_name(bank: Bank, tmp_path: Path) -> None:
    with pytest.raises(BankInvalid, match="best_model.pth is not named"):
        spec_of([tmp_path / "best_model.pth"])
    with pytest.raises(BankInvalid, match="different backbones"):
        spec_of([tmp_path / "clip_B_3fc_ava.pth", tmp_path / "clip_L_3fc_ava.pth"])
    assert spec_of([tmp_path / "clip_L_3fc_ava.pth"]).model == "ViT-L-14"
    broken = tmp_path / "clip_B_3fc_tad.pth"
    broken.write_bytes(b"not a checkpoint")
    with pytest.raises(BankInvalid, match="clip_B_3fc_tad.pth is no checkpoint"):
        import_checkpoint(bank, bank.theta_pre(), broken)


@pytest.mark.parametrize("name", ["backbone.visual.proj", "score_predictor.projection.3.bias"])
def test_a_missing_tensor_is_named(bank: Bank, tmp_path: Path, name: str) -> None:
    path = tmp_path / "clip_B_3fc_spaq.pth"
    _checkpoint(path, 1)
    state = torch.load(path, weights_only=True)
    del state["model"][name]
    torch.save(state, path)
    with pytest.raises(BankInvalid, match="missing from"):
        import_checkpoint(bank, bank.theta_pre(), path)


def test_a_foreign_tensor_is_named(bank: Bank, tmp_path: Path) -> None:
    path = tmp_path / "clip_B_3fc_spaq.pth"
    _checkpoint(path, 1)
    state = torch.load(path, weights_only=True)
    state["model"]["classifier.weight"] = torch.zeros(2)
    torch.save(state, path)
    with pytest.raises(BankInvalid, match="no expert has: classifier.weight"):
        import_checkpoint(bank, bank.theta_pre(), path)
