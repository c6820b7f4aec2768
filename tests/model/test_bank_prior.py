"""A bank's prior: its hash stands in the manifest, so that another one is noticed."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from photoaes.errors import BankInvalid
from photoaes.model.bank.manifest import Bank, read_bank
from photoaes.model.bank.schema import MANIFEST
from photoaes.model.bank.writing import add_task
from photoaes.model.compression import compress
from photoaes.model.taste.basis import read_basis
from photoaes.model.taste.prior import FILE, Prior, plain_prior, read_prior, save_prior
from tests.tiny import random_vector, tiny_bank


def _prior(bank: Bank, seed: int = 0) -> Prior:
    basis = read_basis(bank)
    features = np.random.default_rng(seed).normal(size=(9, basis.columns))
    return plain_prior(basis, features.astype(np.float16))


def _read(bank: Bank) -> Prior | None:
    return read_prior(bank, read_basis(bank))


@pytest.fixture
def bank(tmp_path: Path) -> Bank:
    """With a prior."""
    bank = tiny_bank(tmp_path / "bank")
    return save_prior(bank, _prior(bank))


def _forget_hash(bank: Bank) -> None:
    """The manifest as it was before hashes of priors were noted."""
    path = bank.folder / MANIFEST
    manifest = json.loads(path.read_text())
    del manifest["prior_sha256"]
    path.write_text(json.dumps(manifest))


def test_the_hash_is_noted_and_the_digest_is_of_the_tensors_alone(bank: Bank) -> None:
    assert read_bank(bank.folder) == bank
    assert len(bank.prior_sha256) == 64
    other = save_prior(bank, _prior(bank, seed=1))
    assert other.prior_sha256 != bank.prior_sha256
    assert other.digest() == bank.digest()
    assert _read(other) is not None


def test_a_swapped_a_damaged_and_a_missing_prior_are_noticed(bank: Bank, tmp_path: Path) -> None:
    file, ours = bank.folder / FILE, (bank.folder / FILE).read_bytes()
    another = tiny_bank(tmp_path / "another")
    save_prior(another, _prior(another, seed=1))
    file.write_bytes((another.folder / FILE).read_bytes())
    with pytest.raises(BankInvalid, match=r"prior\.safetensors is damaged"):
        _read(bank)
    file.write_bytes(ours[:-1] + bytes([ours[-1] ^ 1]))
    with pytest.raises(BankInvalid, match=r"prior\.safetensors is damaged"):
        _read(bank)
    file.unlink()
    with pytest.raises(BankInvalid, match=r"lacks prior\.safetensors"):
        _read(bank)
    file.write_bytes(ours)
    assert _read(bank) is not None


def test_an_older_manifest_and_a_bank_without_a_prior_still_read(bank: Bank) -> None:
    _forget_hash(bank)
    older = read_bank(bank.folder)
    assert older.prior_sha256 == ""
    assert _read(older) is not None
    (bank.folder / FILE).unlink()
    assert _read(older) is None


def test_a_further_task_leaves_the_hash_and_the_prior_does_not_fit_it(bank: Bank) -> None:
    task = replace(bank.tasks[0], name="third")
    grown = add_task(bank, task, random_vector(bank.layer_shapes()))
    assert read_bank(bank.folder).prior_sha256 == grown.prior_sha256 == bank.prior_sha256
    with pytest.raises(BankInvalid, match="does not fit the bank"):
        _read(grown)


@pytest.mark.parametrize("is_older", [False, True])
def test_a_compressed_bank_brings_the_prior_and_its_hash(
    bank: Bank, tmp_path: Path, is_older: bool
) -> None:
    if is_older:
        _forget_hash(bank)
    list(compress(bank.folder, tmp_path / "small", bits=8, rank=None))
    small = read_bank(tmp_path / "small")
    assert small.prior_sha256 == bank.prior_sha256
    assert (small.folder / FILE).read_bytes() == (bank.folder / FILE).read_bytes()


def test_a_bank_with_a_damaged_prior_is_not_compressed(bank: Bank, tmp_path: Path) -> None:
    (bank.folder / FILE).write_bytes(b"nothing")
    with pytest.raises(BankInvalid, match="is damaged"):
        list(compress(bank.folder, tmp_path / "small", bits=8, rank=None))
    assert not (tmp_path / "small").exists()
