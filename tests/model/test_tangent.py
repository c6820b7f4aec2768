"""The linear model against plain autograd, photo by photo, and against the exact merged model."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import Tensor

from photoaes.model.bank.manifest import Bank
from photoaes.model.paper.layers import EMBEDDING
from photoaes.model.paper.merge import Merger
from photoaes.model.paper.task_vector import GatheredGradient
from photoaes.model.taste.basis import read_basis
from photoaes.model.taste.tangent import Tangent, tangent_of
from tests.tiny import tiny_bank

CPU = torch.device("cpu")


def _pixels(count: int) -> NDArray[np.uint8]:
    return np.random.default_rng(0).integers(0, 256, (count, 32, 32, 3), dtype=np.uint8)


def _tangent(bank: Bank) -> Tangent:
    return tangent_of(bank, CPU)


def _merger(bank: Bank) -> Merger:
    return bank.merger(CPU)


def _middle(merger: Merger) -> Tensor:
    count = len(merger.vectors.tasks)
    return merger.vectors.uniform(torch.full((count,), 1 / count))


@pytest.mark.parametrize("rank", [None, 2])
def test_the_gradient_of_each_photo_is_that_of_plain_autograd(
    tmp_path: Path, rank: int | None
) -> None:
    bank = tiny_bank(tmp_path, tasks=("one", "two", "three"), rank=rank)
    merger, tangent = _merger(bank), _tangent(bank)
    pixels = _pixels(4)
    measured = tangent.measured(pixels)
    scores, found = measured.scores, measured.gradients
    for index in range(len(pixels)):
        tensors = {n: t.requires_grad_() for n, t in merger.merged(_middle(merger)).items()}
        gathered = GatheredGradient(tensors, merger.vectors)
        (score,) = merger.scores(tensors, merger.inputs(pixels[index : index + 1]))
        torch.autograd.backward(score)
        expected = gathered.columns()
        torch.testing.assert_close(found[index], expected, atol=1e-6, rtol=1e-4)
        torch.testing.assert_close(scores[index], score.detach(), atol=1e-5, rtol=1e-5)


def test_features_hold_score_coefficients_and_embedding_in_half_precision(tmp_path: Path) -> None:
    bank = tiny_bank(tmp_path)
    tangent = _tangent(bank)
    pixels = _pixels(3)
    found, rows, basis = tangent.measured(pixels), tangent.features(pixels), read_basis(bank)
    assert rows.dtype == np.float16
    assert rows.shape == (3, basis.columns)
    np.testing.assert_allclose(basis.scores(rows), found.scores, atol=2e-3)
    z, places = basis.directions(rows), basis.places
    np.testing.assert_allclose(z[:, places["tasks"]], found.gradients.sum(dim=2), rtol=2e-3)
    embeddings = found.levels[EMBEDDING]
    np.testing.assert_allclose(z[:, places[EMBEDDING]], embeddings, rtol=1e-3, atol=1e-3)
    np.testing.assert_allclose(basis.embeddings(rows), embeddings, rtol=1e-3, atol=1e-3)


def test_a_step_moves_the_exact_scores_as_the_linear_model_says(tmp_path: Path) -> None:
    bank = tiny_bank(tmp_path)
    tangent, merger = _tangent(bank), _merger(bank)
    pixels = _pixels(6)
    gradients = tangent.measured(pixels).gradients
    middle = _middle(merger)
    step = 0.01 * torch.randn(middle.shape, generator=torch.Generator().manual_seed(0))
    forth, back = (merger.scores_of(middle + s, pixels) for s in (step, -step))
    # Half the way forth and back: curvature, which the linear model lacks, cancels.
    moved = (gradients * step).sum(dim=(1, 2))
    np.testing.assert_allclose(moved, (forth - back) / 2, rtol=0.02, atol=2e-5)


def test_a_photo_has_the_same_features_alone_and_among_others(tmp_path: Path) -> None:
    tangent = _tangent(tiny_bank(tmp_path))
    pixels = _pixels(5)
    alone = np.concatenate([tangent.features(pixels[i : i + 1]) for i in range(5)])
    np.testing.assert_allclose(tangent.features(pixels), alone, rtol=2e-3, atol=2e-3)
