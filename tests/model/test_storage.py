"""Layers in fewer bits: what comes back is near what went in, and odd files are named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from photoaes.errors import BankInvalid, InputInvalid
from photoaes.model.bank.manifest import read_bank
from photoaes.model.bank.storage import Bits, layers_of, quantised, restored, stored
from photoaes.model.bank.writing import add_task
from photoaes.model.compression import compress
from photoaes.model.paper.task_vector import ApartLayer, DenseLayer, TaskVectors
from tests.tiny import random_vector, tiny_bank


@pytest.mark.parametrize(("bits", "error"), [(8, 0.005), (4, 0.09)])
@pytest.mark.parametrize("shape", [(64, 64), (7, 13), (3, 4, 5, 6)])
def test_quantised_comes_back_near(bits: Bits, error: float, shape: tuple[int, ...]) -> None:
    torch.manual_seed(0)
    tensor = torch.randn(shape)
    codes, scales = quantised(tensor, bits)
    assert codes.dtype == (torch.int8 if bits == 8 else torch.uint8)
    back = restored(codes, scales, tensor.shape).float()
    assert back.shape == tensor.shape
    assert (back - tensor).norm() / tensor.norm() < error * 1.5


def test_very_small_numbers_are_kept() -> None:
    """A task vector's numbers are about 1e-5: the factor of int8 would be nothing in fp16."""
    torch.manual_seed(0)
    tensor = torch.randn(64, 64) * 1e-6
    back = restored(*quantised(tensor, 8), tensor.shape)
    assert (back - tensor).norm() / tensor.norm() < 0.01


def test_zeros_stay_zeros() -> None:
    codes, scales = quantised(torch.zeros(65, 64), 4)
    assert not restored(codes, scales, torch.Size((65, 64))).any()


def test_codes_that_do_not_fit_are_named() -> None:
    shapes = {"w": torch.zeros(80, 64)}
    tensors = dict(stored({"w": torch.randn(80, 64)}, None, 8))
    assert layers_of(tensors, shapes, "a.safetensors")["w"].shape == (80, 64)
    del tensors["w/scales"]
    with pytest.raises(BankInvalid, match="quantised layer w in a.safetensors"):
        layers_of(tensors, shapes, "a.safetensors")


def _coefficients(vectors: TaskVectors) -> torch.Tensor:
    return vectors.uniform(torch.full((len(vectors.tasks),), 0.5))


@pytest.mark.parametrize(("bits", "close"), [(None, 0.002), (8, 0.02), (4, 0.25)])
def test_a_compressed_bank_is_smaller_and_near(
    tmp_path: Path, bits: Bits | None, close: float
) -> None:
    bank = tiny_bank(tmp_path / "bank")
    (bank.folder / "MODEL_CARD.md").write_text("about it")
    list(compress(bank.folder, tmp_path / "small", bits=bits, rank=None))
    small = read_bank(tmp_path / "small")
    assert (small.folder / "MODEL_CARD.md").read_text() == "about it"
    size = sum(file.stat().st_size for file in small.folder.iterdir())
    assert size < 0.8 * sum(file.stat().st_size for file in bank.folder.iterdir())
    before, after = bank.task_vectors(), small.task_vectors()
    for column, (name, layer) in enumerate(before.layers.items()):
        was = layer.combined(_coefficients(before)[:, column])
        now = after.layers[name].combined(_coefficients(after)[:, column])
        assert (now - was).norm() <= close * was.norm() + 1e-6, name
    with pytest.raises(InputInvalid, match="exists"):
        list(compress(bank.folder, tmp_path / "small", bits=bits, rank=None))


def test_int4_lies_in_half_the_bytes(tmp_path: Path) -> None:
    bank = tiny_bank(tmp_path / "bank")
    list(compress(bank.folder, tmp_path / "small", bits=4, rank=None))
    tensors = load_file(tmp_path / "small" / "light.safetensors")
    packed = [t for name, t in tensors.items() if name.endswith("/int4")]
    assert packed
    assert all(t.dtype == torch.uint8 and t.shape[1] == 32 for t in packed)


def test_factors_stay_factors_where_no_rank_is_given(tmp_path: Path) -> None:
    bank = tiny_bank(tmp_path / "bank", dtype=torch.float16, rank=3)
    list(compress(bank.folder, tmp_path / "small", bits=None, rank=None))
    before, after = (read_bank(f).task_vectors().layers for f in (bank.folder, tmp_path / "small"))
    for name, layer in before.items():
        assert type(after[name]) is type(layer)
        for alpha in torch.eye(2):
            torch.testing.assert_close(
                after[name].combined(alpha), layer.combined(alpha), atol=2e-3, rtol=1e-2
            )


def test_large_layers_of_a_bank_in_half_precision_stay_mapped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what is made of them is what is made of those in one piece."""
    bank = tiny_bank(tmp_path / "bank", dtype=torch.float16)
    whole = bank.task_vectors()
    monkeypatch.setattr("photoaes.model.bank.storage.LARGE", 200)
    apart = bank.task_vectors()
    kinds = {name: type(layer) for name, layer in apart.layers.items()}
    assert kinds["backbone.proj"] is ApartLayer
    assert kinds["backbone.ln_pre.bias"] is DenseLayer
    alpha = torch.tensor([0.3, 0.7])
    for name, layer in apart.layers.items():
        torch.testing.assert_close(layer.combined(alpha), whole.layers[name].combined(alpha))


def test_a_bank_may_have_tasks_of_each_kind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("photoaes.model.bank.storage.LARGE", 200)
    bank = tiny_bank(tmp_path / "bank", dtype=torch.float16)
    names = bank.layer_shapes()
    kinds: list[tuple[str, Bits | None, int | None]] = [
        ("low", None, 2), ("few", 8, None), ("plain", None, None),
    ]  # fmt: skip
    for name, bits, rank in kinds:
        task = replace(bank.tasks[0], name=name)
        bank = add_task(bank, task, random_vector(names), bits=bits, rank=rank)
    layer = bank.task_vectors().layers["backbone.transformer.resblocks.0.attn.in_proj_weight"]
    parts = [one.layers for one in (bank.task_vectors().limited([t.name]) for t in bank.tasks)]
    alpha = torch.arange(5.0)
    name = "backbone.transformer.resblocks.0.attn.in_proj_weight"
    expected = sum(alpha[i] * part[name].combined(torch.ones(1)) for i, part in enumerate(parts))
    torch.testing.assert_close(layer.combined(alpha), expected)
