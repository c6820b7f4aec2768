"""Task vectors: by name, exactly merged, and the coefficients' gradient."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from photoaes.errors import BankInvalid
from photoaes.model.paper.task_vector import (
    ApartLayer,
    DenseLayer,
    GatheredGradient,
    LowRankLayer,
    TaskVectors,
    low_rank,
    merge,
    task_vector,
)

SHAPES = {"backbone.proj": (4, 6), "backbone.conv": (3, 2, 2, 2), "head.bias": (5,)}


def _random(seed: int) -> dict[str, Tensor]:
    generator = torch.Generator().manual_seed(seed)
    return {name: torch.randn(shape, generator=generator) for name, shape in SHAPES.items()}


def _theta_pre() -> dict[str, Tensor]:
    return {name: tensor for name, tensor in _random(9).items() if name.startswith("backbone.")}


def _dense(vectors: list[dict[str, Tensor]]) -> TaskVectors:
    layers = {name: DenseLayer(torch.stack([v[name] for v in vectors])) for name in SHAPES}
    return TaskVectors(("a", "b", "c"), layers)


def _low_rank(vectors: list[dict[str, Tensor]], rank: int) -> TaskVectors:
    layers = dict(_dense(vectors).layers)
    for name in ("backbone.proj", "backbone.conv"):
        factors = [low_rank(vector[name], rank) for vector in vectors]
        left, right = (torch.stack(side) for side in zip(*factors, strict=True))
        layers[name] = LowRankLayer(left, right, torch.Size(SHAPES[name]))
    return TaskVectors(("a", "b", "c"), layers)


def test_merge_is_the_sum_of_equation_2() -> None:
    vectors, theta_pre = [_random(seed) for seed in range(3)], _theta_pre()
    alpha = torch.randn(3, 3)
    merged = merge(theta_pre, _dense(vectors), alpha)
    for column, name in enumerate(SHAPES):
        expected = theta_pre.get(name, torch.zeros(SHAPES[name])).clone()
        for row, vector in enumerate(vectors):
            expected += alpha[row, column] * vector[name]
        torch.testing.assert_close(merged[name], expected)


def test_an_expert_alone_gives_its_fine_tuned_model_back() -> None:
    tuned, theta_pre = _random(1), _theta_pre()
    vectors = TaskVectors(
        ("a",), {n: DenseLayer(t[None]) for n, t in task_vector(theta_pre, tuned).items()}
    )
    merged = merge(theta_pre, vectors, torch.ones(1, 3))
    for name in SHAPES:
        torch.testing.assert_close(merged[name], tuned[name])


def test_full_rank_factors_merge_like_the_matrices() -> None:
    vectors, theta_pre = [_random(seed) for seed in range(3)], _theta_pre()
    alpha = torch.randn(3, 3)
    dense = merge(theta_pre, _dense(vectors), alpha)
    factored = merge(theta_pre, _low_rank(vectors, rank=6), alpha)
    for name in SHAPES:
        torch.testing.assert_close(factored[name], dense[name], atol=1e-5, rtol=1e-5)


def test_a_truncated_layer_is_the_best_of_its_rank() -> None:
    matrix = torch.randn(8, 10)
    left, right = low_rank(matrix, 3)
    lost = torch.linalg.svdvals(matrix)[3:].square().sum().sqrt()
    torch.testing.assert_close(torch.linalg.norm(matrix - left @ right), lost)


@pytest.mark.parametrize("rank", [None, 2])
def test_the_gradient_is_that_of_autograd_through_the_sum(rank: int | None) -> None:
    vectors, theta_pre = [_random(seed) for seed in range(3)], _theta_pre()
    stack = _dense(vectors) if rank is None else _low_rank(vectors, rank)
    rows = torch.eye(3)
    expanded = [merge({}, stack, stack.uniform(row)) for row in rows]
    alpha = torch.randn(3, 3, requires_grad=True)

    def loss(tensors: dict[str, Tensor]) -> Tensor:
        return torch.stack([tensor.sin().square().sum() for tensor in tensors.values()]).prod()

    naive = {
        name: theta_pre.get(name, torch.zeros(SHAPES[name]))
        + sum(alpha[row, column] * expanded[row][name] for row in range(3))
        for column, name in enumerate(SHAPES)
    }
    (expected,) = torch.autograd.grad(loss(naive), alpha)

    merged = {n: t.requires_grad_() for n, t in merge(theta_pre, stack, alpha.detach()).items()}
    gathered = GatheredGradient(merged, stack)
    torch.autograd.backward(loss(merged))
    torch.testing.assert_close(gathered.columns(), expected, atol=1e-4, rtol=1e-4)
    assert all(tensor.grad is None for tensor in merged.values())
    torch.autograd.backward(loss(merged))  # what comes later is added up
    torch.testing.assert_close(gathered.columns(), 2 * expected, atol=2e-4, rtol=1e-4)


def test_layers_that_lie_apart_are_as_those_in_one_piece() -> None:
    vectors = [{name: t.half() for name, t in _random(seed).items()} for seed in range(3)]
    whole = _dense(vectors)
    apart = {name: ApartLayer(tuple(v[name] for v in vectors)) for name in SHAPES}
    alpha, few = torch.randn(3), torch.tensor([2, 0])
    for name, layer in apart.items():
        one, each = whole.layers[name], torch.randn(4, *SHAPES[name])
        assert layer.shape == one.shape
        torch.testing.assert_close(layer.combined(alpha), one.combined(alpha))
        torch.testing.assert_close(layer.inner(each[0]), one.inner(each[0]))
        torch.testing.assert_close(layer.inner_each(each), one.inner_each(each))
        some, same = layer.limited(few), one.limited(few)
        torch.testing.assert_close(some.combined(alpha[:2]), same.combined(alpha[:2]))
    inputs, outputs = torch.randn(4, 7, 6), torch.randn(4, 7, 4)
    proj = apart["backbone.proj"].inner_tokens(inputs, outputs)
    expected = DenseLayer(torch.stack(apart["backbone.proj"].parts)).inner_tokens(inputs, outputs)
    torch.testing.assert_close(proj, expected)


def test_half_precision_vectors_are_merged_in_single_precision() -> None:
    vectors = [_random(seed) for seed in range(3)]
    stack = _dense([{n: t.half() for n, t in vector.items()} for vector in vectors])
    merged = merge(_theta_pre(), stack, torch.full((3, 3), 1 / 3))
    assert all(tensor.dtype == torch.float32 for tensor in merged.values())


def test_order_of_names_does_not_matter() -> None:
    tuned, theta_pre = _random(1), _theta_pre()
    backwards = dict(reversed(tuned.items()))
    for name, tensor in task_vector(theta_pre, backwards).items():
        torch.testing.assert_close(tensor, task_vector(theta_pre, tuned)[name])


def test_a_missing_layer_is_named() -> None:
    tuned = _random(1)
    del tuned["backbone.conv"]
    with pytest.raises(BankInvalid, match=r"layer backbone\.conv is missing"):
        task_vector(_theta_pre(), tuned)


def test_a_wrong_shape_is_named() -> None:
    tuned = _random(1) | {"backbone.proj": torch.zeros(6, 4)}
    with pytest.raises(BankInvalid, match=r"backbone\.proj .*\(6, 4\), not \(4, 6\)"):
        task_vector(_theta_pre(), tuned)
