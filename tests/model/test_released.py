"""The authors' checkpoints, written here in their layout, become a bank or are refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from torch import Tensor

from photoaes.errors import BankInvalid, InputInvalid
from photoaes.model.bank.import_released import EXPERTS, import_released, released_spec
from photoaes.model.bank.manifest import Bank, read_bank
from photoaes.model.paper.task_vector import merge
from tests.tiny import SPEC, random_vector


def _bank(folder: Path) -> Bank:
    return Bank(folder, "Released", SPEC, (), "a test", "MIT")


def _theta_pre() -> dict[str, Tensor]:
    torch.manual_seed(0)
    return {
        f"backbone.{name}": p.detach().half().float() for name, p in SPEC.build().named_parameters()
    }


def _state(theta_pre: dict[str, Tensor], bank: Bank) -> dict[str, Tensor]:
    """The layout of the authors' state dict, with the text tower's tensors."""
    vector = random_vector(bank.layer_shapes())
    tuned = {name: tensor + theta_pre.get(name, 0) for name, tensor in vector.items()}
    state = {
        name.replace("backbone.", "backbone.visual.").replace(
            "head.", "score_predictor.projection."
        ): t
        for name, t in tuned.items()
    }
    for name in ("positional_embedding", "text_projection", "logit_scale", "ln_final.weight",
                 "token_embedding.weight", "transformer.resblocks.0.ln_1.weight"):  # fmt: skip
        state[f"backbone.{name}"] = torch.zeros(2)
    return state


def _files(folder: Path, bank: Bank, **changes: Tensor | None) -> list[Path]:
    theta_pre = _theta_pre()
    files = []
    for name in EXPERTS:
        state: dict[str, Tensor | None] = {**_state(theta_pre, bank)}
        if name == "tad":
            state |= changes
        kept = {key: tensor for key, tensor in state.items() if tensor is not None}
        files.append(folder / f"clip_B_3fc_{name}.pth")
        torch.save({"model": kept}, files[-1])
    return files


def _import(bank: Bank, files: list[Path]) -> list[str]:
    return list(import_released(bank, files, _theta_pre(), carry=True))


def test_six_checkpoints_become_a_bank(tmp_path: Path) -> None:
    bank = _bank(tmp_path / "bank")
    files = _files(tmp_path, bank)
    assert released_spec(files).model == "ViT-B-16"
    assert released_spec(files).pretrained == "datacomp_xl_s13b_b90k"
    # A shell lists them by name; the bank has them as the paper's Figure 5 adds them.
    assert _import(bank, sorted(files)) == list(EXPERTS)
    made = read_bank(tmp_path / "bank")
    assert "must not be bundled" in next(t.licence for t in made.tasks if t.name == "para")
    vectors = made.task_vectors()
    only_ava = torch.eye(6)[0][:, None].expand(-1, len(vectors.names))
    merged = merge(made.theta_pre(), vectors, only_ava)
    state = torch.load(files[0], weights_only=True)["model"]
    # The bank is in half precision.
    torch.testing.assert_close(
        merged["head.3.bias"], state["score_predictor.projection.3.bias"], atol=2e-3, rtol=2e-3
    )
    torch.testing.assert_close(
        merged["backbone.proj"], state["backbone.visual.proj"], atol=2e-3, rtol=2e-3
    )


def test_sets_that_are_wrong_or_partial_are_refused_by_name(tmp_path: Path) -> None:
    files = [tmp_path / f"clip_B_3fc_{name}.pth" for name in EXPERTS]
    with pytest.raises(InputInvalid, match="lacks para"):
        released_spec([file for file in files if "para" not in file.name])
    assert released_spec(files[:3] + files[4:], without=["para"]).model == "ViT-B-16"
    with pytest.raises(InputInvalid, match="mixes B and L"):
        released_spec([*files, tmp_path / "clip_L_3fc_ava.pth"])
    with pytest.raises(InputInvalid, match=r"clip_B_3fc_aadb\.pth is none of the authors' files"):
        released_spec([tmp_path / "clip_B_3fc_aadb.pth"])


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"backbone.visual.proj": None}, r"backbone\.proj is missing from clip_B_3fc_tad\.pth"),
        ({"backbone.visual.proj": torch.zeros(3)}, r"backbone\.proj of clip_B_3fc_tad\.pth has"),
        ({"backbone.visual.more": torch.zeros(3)}, r"tad\.pth holds a layer .* backbone\.more"),
        ({"optimizer.step": torch.zeros(3)}, r"tad\.pth holds a tensor .* optimizer\.step"),
    ],
)
def test_a_checkpoint_that_does_not_fit_is_refused_and_nothing_is_left(
    tmp_path: Path, change: dict[str, Tensor | None], sentence: str
) -> None:
    bank = _bank(tmp_path / "bank")
    with pytest.raises(BankInvalid, match=sentence):
        _import(bank, _files(tmp_path, bank, **change))
    assert not bank.folder.exists()


@pytest.mark.parametrize("content", [b"", b"not a checkpoint", b"PK\x03\x04"])
def test_a_file_that_is_no_checkpoint_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "clip_B_3fc_ava.pth"
    file.write_bytes(content)
    with pytest.raises(
        BankInvalid, match=r"ava\.pth cannot be read as a checkpoint: it [a-z ;,.]*$"
    ):
        _import(_bank(tmp_path / "bank"), [file])


def test_a_checkpoint_cannot_run_code(tmp_path: Path) -> None:
    class Trap:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return exec, (f"open({str(tmp_path / 'ran')!r}, 'w')",)

    file = tmp_path / "clip_B_3fc_ava.pth"
    torch.save({"model": Trap()}, file)
    with pytest.raises(BankInvalid, match="more than tensors, or is damaged; nothing of it was"):
        _import(_bank(tmp_path / "bank"), [file])
    assert not (tmp_path / "ran").exists()
