"""Stage two: initialisation, loss, and a fit on a real tiny model."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import Tensor

from photoaes.errors import InputInvalid
from photoaes.model.metrics import pair_accuracy
from photoaes.model.paper import fit as fitting
from photoaes.model.paper.fit import Support, bradley_terry, fit, initial_coefficients
from photoaes.model.paper.fit_settings import FitSettings, expert_weights
from photoaes.model.paper.merge import Merger
from tests.tiny import tiny_bank

SHORT = FitSettings(steps=25)


@pytest.fixture(scope="module")
def merger(tmp_path_factory: pytest.TempPathFactory) -> Merger:
    bank = tiny_bank(tmp_path_factory.mktemp("bank"), tasks=("one", "two", "three"))
    return bank.merger(torch.device("cpu"))


def _photos(count: int, seed: int = 0) -> NDArray[np.uint8]:
    """Squares of random colours under noise: something that a tiny tower can tell apart."""
    rng = np.random.default_rng(seed)
    colour = rng.integers(0, 256, (count, 1, 1, 3))
    return np.clip(colour + rng.normal(0, 20, (count, 32, 32, 3)), 0, 255).astype(np.uint8)


def _finish(merger: Merger, support: Support, settings: FitSettings) -> Tensor:
    steps = fit(merger, support, settings)
    try:
        while True:
            next(steps)
    except StopIteration as finished:
        alpha: Tensor = finished.value
        return alpha


def test_bradley_terry_is_equation_3() -> None:
    scores = torch.tensor([1.0, 3.0, 2.0])
    loss = bradley_terry(scores, torch.tensor([1, 1]), torch.tensor([0, 2]))
    first = -math.log(math.exp(3) / (math.exp(3) + math.exp(1)))
    second = -math.log(math.exp(3) / (math.exp(3) + math.exp(2)))
    assert float(loss) == pytest.approx((first + second) / 2)


def test_weights_of_the_experts_are_those_of_the_method_notes() -> None:
    agreement = [0.55, 0.60, 0.45, 0.50, 0.30, 0.20]
    warm = expert_weights(agreement, FitSettings(temperature=1.0))
    cold = expert_weights(agreement, FitSettings(temperature=0.1))
    assert [round(float(w), 2) for w in warm] == [0.19, 0.20, 0.17, 0.18, 0.14, 0.13]
    assert [round(float(w), 2) for w in cold] == [0.27, 0.44, 0.10, 0.16, 0.02, 0.01]
    assert float(cold.sum()) == pytest.approx(1)


def test_an_undefined_agreement_is_no_agreement() -> None:
    weights = expert_weights([float("nan")] * 3, FitSettings())
    torch.testing.assert_close(weights, torch.full((3,), 1 / 3))


def test_best_fit_takes_one_expert_whole() -> None:
    weights = expert_weights([0.1, 0.6, 0.3], FitSettings(initialisation="best"))
    assert weights.tolist() == [0, 1, 0]


def test_initialisation_is_the_same_in_all_layers(merger: Merger) -> None:
    support = Support(_photos(8), np.arange(8.0))
    alpha = initial_coefficients(merger, support, SHORT)
    assert alpha.shape == (3, len(merger.vectors.names))
    assert float(alpha.std(dim=1).max()) < 1e-6
    torch.testing.assert_close(alpha.sum(dim=0), torch.ones(alpha.shape[1]))


def test_the_fit_learns_an_order_that_the_experts_do_not_have(merger: Merger) -> None:
    pixels = _photos(16)
    ratings = pixels[..., 0].mean(axis=(1, 2)).astype(float)  # this person likes red
    support = Support(pixels, ratings)
    before = merger.scores_of(initial_coefficients(merger, support, SHORT), pixels)
    alpha = _finish(merger, support, replace(SHORT, steps=120))
    after = merger.scores_of(alpha, pixels)
    assert pair_accuracy(after, ratings) > pair_accuracy(before, ratings) + 0.1
    unseen = _photos(40, seed=1)
    redness = unseen[..., 0].mean(axis=(1, 2))
    assert pair_accuracy(merger.scores_of(alpha, unseen), redness) > 0.6


def test_a_step_has_the_gradient_of_plain_autograd_through_the_sum(merger: Merger) -> None:
    pixels, ratings = _photos(6), torch.tensor([1.0, 2.0, 2.0, 3.0, 5.0, 4.0])
    inputs = merger.inputs(pixels)
    alpha = torch.rand(3, len(merger.vectors.names), requires_grad=True)
    _, found = fitting._step(merger, alpha, inputs, ratings, SHORT)

    experts = [merger.merged(merger.vectors.uniform(row)) for row in torch.eye(3)]
    base = merger.merged(torch.zeros_like(alpha))
    free = alpha.detach().requires_grad_()
    summed = {
        name: base[name] + sum(free[i, l] * (experts[i][name] - base[name]) for i in range(3))
        for l, name in enumerate(merger.vectors.names)  # noqa: E741  (the paper's l)
    }
    better, worse = torch.nonzero(ratings[:, None] > ratings[None, :], as_tuple=True)
    loss = bradley_terry(merger.scores(summed, inputs), better, worse)
    (expected,) = torch.autograd.grad(loss, free)
    torch.testing.assert_close(found, expected, atol=1e-5, rtol=1e-3)


@pytest.mark.parametrize("settings", [SHORT, replace(SHORT, pairs="halves"),
                                      replace(SHORT, loss="mse")])  # fmt: skip
def test_a_step_in_parts_has_the_loss_and_gradient_of_the_whole(
    merger: Merger, settings: FitSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    ratings = torch.tensor([1.0, 2.0, 2.0, 3.0, 5.0, 4.0])
    inputs, alpha = merger.inputs(_photos(6)), torch.rand(3, len(merger.vectors.names))
    loss, gradient = fitting._step(merger, alpha, inputs, ratings, settings)
    for at_once in (4, 1):
        monkeypatch.setattr(fitting, "_at_once", lambda _, count=at_once: count)
        found = fitting._step(merger, alpha, inputs, ratings, settings)
        assert found[0] == pytest.approx(loss, rel=1e-5)
        torch.testing.assert_close(found[1], gradient, atol=1e-6, rtol=1e-3)
    equal = torch.ones(6)
    if settings.loss == "rank":
        assert fitting._step(merger, alpha, inputs, equal, settings)[1].abs().sum() == 0


def test_noise_is_the_same_in_both_looks_of_a_step_in_parts(
    merger: Merger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The gradient is that of the loss told: a small step along it changes the loss as it says."""
    ratings, settings = torch.tensor([1.0, 2.0, 3.0, 5.0]), replace(SHORT, noise=True)
    inputs, alpha = merger.inputs(_photos(4)), torch.rand(3, len(merger.vectors.names))
    monkeypatch.setattr(fitting, "_at_once", lambda _: 1)

    def step(at: Tensor) -> tuple[float, Tensor]:
        with fitting._noise(settings, 3):
            return fitting._step(merger, at, inputs, ratings, settings)

    loss, gradient = step(alpha)
    small = 1e-2 / float(gradient.norm())
    up, down = step(alpha + small * gradient)[0], step(alpha - small * gradient)[0]
    assert (up - down) / (2 * small) == pytest.approx(float(gradient.square().sum()), rel=0.1)
    assert down < loss < up


def test_only_the_coefficients_move(merger: Merger) -> None:
    alpha = torch.full((3, len(merger.vectors.names)), 0.4)
    before = merger.merged(alpha)
    _finish(merger, Support(_photos(6), np.arange(6.0)), SHORT)
    for name, tensor in merger.merged(alpha).items():
        assert torch.equal(tensor, before[name])


def test_the_same_seed_gives_the_same_coefficients(merger: Merger) -> None:
    support = Support(_photos(40), np.arange(40.0) % 5)
    settings = replace(SHORT, steps=4)
    first, again = _finish(merger, support, settings), _finish(merger, support, settings)
    other = _finish(merger, support, replace(settings, seed=1))
    assert torch.equal(first, again)
    assert not torch.equal(first, other)


def test_progress_tells_each_step_and_closing_ends_the_fit(merger: Merger) -> None:
    steps = fit(merger, Support(_photos(4), np.arange(4.0)), SHORT)
    assert [next(steps).step for _ in range(3)] == [1, 2, 3]
    steps.close()
    with pytest.raises(StopIteration):
        next(steps)


def test_equal_ratings_teach_nothing_and_are_refused() -> None:
    with pytest.raises(InputInvalid, match="All 6 rated photos have the same rating"):
        Support(_photos(6), np.full(6, 4.0))


def test_ties_are_left_out_of_all_pairs_but_counted_in_halves() -> None:
    ratings = torch.tensor([1.0, 1.0, 1.0, 2.0])
    better, worse = fitting._pairs(ratings, SHORT)
    assert sorted(zip(better.tolist(), worse.tolist(), strict=True)) == [(3, 0), (3, 1), (3, 2)]
    halves = replace(SHORT, pairs="halves")
    better, worse = fitting._pairs(ratings, halves)
    assert (better.tolist(), worse.tolist()) == ([3], [1])  # 0 against 2 is a tie
    scores = torch.zeros(4)
    loss = fitting._loss(scores, better, worse, ratings, halves)
    assert float(loss) == pytest.approx(math.log(2) / 2)


def test_small_support_sets_are_one_batch_and_large_ones_shuffled_parts() -> None:
    small = fitting.batches(10, SHORT)
    assert sorted(next(small).tolist()) == list(range(10))
    large = fitting.batches(70, SHORT)
    first, second, third = next(large), next(large), next(large)
    assert len(first) == len(second) == len(third) == 32
    assert not set(first.tolist()) & set(second.tolist())


def test_what_is_left_of_an_epoch_is_dropped_or_a_batch_as_in_the_authors_loader() -> None:
    kept = fitting.batches(70, replace(SHORT, last_batch="kept"))
    sizes = [len(next(kept)) for _ in range(6)]
    assert sizes == [32, 32, 6, 32, 32, 6]
    one = fitting.batches(33, replace(SHORT, last_batch="kept"))  # a photo alone has no order
    assert [len(next(one)) for _ in range(2)] == [32, 32]
