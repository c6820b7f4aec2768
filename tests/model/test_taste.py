"""Taste learned from stars and choices on made-up features, and how well its agreement is told."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from photoaes.model.agreement import _held_out_gaps, estimate_agreement
from photoaes.model.metrics import srocc
from photoaes.model.tangent import Layout
from photoaes.model.taste import Prior, Space, Taste, fit_taste, taste_space

LAYOUT = Layout(("one", "two"), ("a", "b", "c"), 5)
COUNT = 300


@pytest.fixture(scope="module")
def space() -> Space:
    rng = np.random.default_rng(0)
    features = rng.normal(size=(COUNT, LAYOUT.columns)).astype(np.float16)
    return taste_space(LAYOUT, features, Prior())


def _stars(space: Space, seed: int = 1) -> NDArray[np.float64]:
    """A person drawn from the prior, who gives stars to every photo."""
    rng = np.random.default_rng(seed)
    truth = space.general + space.directions @ rng.normal(size=space.directions.shape[1])
    stars: NDArray[np.float64] = truth + space.noise * rng.normal(size=COUNT)
    return stars


def _fit(space: Space, count: int, seed: int = 1) -> Taste:
    return fit_taste(space, range(count), _stars(space, seed)[:count])


def test_nothing_learned_is_the_general_score(space: Space) -> None:
    taste = fit_taste(space, [], [])
    np.testing.assert_array_equal(taste.scores, space.general)
    np.testing.assert_allclose(taste.coefficients, 1 / 2)
    assert taste.uncertainty.min() > 0.5


def test_more_stars_teach_more_and_leave_less_uncertain(space: Space) -> None:
    people = [(_stars(space, seed), seed) for seed in range(10)]
    agreement = [
        np.mean([srocc(_fit(space, k, seed).scores[200:], truth[200:]) for truth, seed in people])
        for k in (0, 10, 50, 200)
    ]
    assert agreement == sorted(agreement)
    assert agreement[-1] > agreement[0] + 0.1
    assert _fit(space, 200).uncertainty.mean() < _fit(space, 20).uncertainty.mean()


def test_the_posterior_is_that_of_ridge_regression(space: Space) -> None:
    taste, psi = _fit(space, 50), space.directions[:50].astype(float)
    stars = _stars(space)[:50]
    weights = np.linalg.solve(
        psi.T @ psi + space.noise**2 * np.eye(psi.shape[1]), psi.T @ (stars - space.general[:50])
    )
    expected = space.general + space.directions @ weights
    np.testing.assert_allclose(taste.scores, expected, atol=1e-4)


def test_choices_alone_teach_an_order(space: Space) -> None:
    gains = []
    for seed in range(10):
        truth, rng = _stars(space, seed), np.random.default_rng(seed)
        pairs = [(a, b) for a, b in rng.integers(0, 200, (200, 2)) if truth[a] > truth[b]]
        taste = fit_taste(space, [], [], pairs)
        gains.append(srocc(taste.scores[200:], truth[200:]))
        gains[-1] -= srocc(space.general[200:], truth[200:])
    assert np.mean(gains) > 0.05


def test_stars_and_choices_join(space: Space) -> None:
    plain = fit_taste(space, [0, 1], [3.0, 3.0])
    chosen = fit_taste(space, [0, 1], [3.0, 3.0], [(0, 1)])
    assert chosen.scores[0] - chosen.scores[1] > plain.scores[0] - plain.scores[1]


def test_a_pair_held_out_is_judged_as_by_a_fit_without_it(space: Space) -> None:
    stars = _stars(space)[:20]
    gaps = _held_out_gaps(_fit(space, 20), np.ones(20, dtype=bool))
    for i, j in ((0, 1), (3, 17), (12, 5)):
        kept = [k for k in range(20) if k not in (i, j)]
        without = fit_taste(space, kept, stars[kept])
        assert gaps[i, j] == pytest.approx(without.scores[i] - without.scores[j], abs=1e-4)


def test_agreement_is_told_about_right_on_the_whole(space: Space) -> None:
    told, true = [], []
    for seed in range(40):
        taste = _fit(space, 60, seed)
        agreement = estimate_agreement(taste, space.general)
        assert agreement is not None
        told.append(agreement.pairs_personal)
        gaps = _stars(space, seed)[200:]
        order = np.sign(gaps[:, None] - gaps) * np.sign(
            taste.scores[200:, None] - taste.scores[200:]
        )
        true.append((order[np.triu_indices(100, 1)] > 0).mean())
    assert np.mean(told) == pytest.approx(np.mean(true), abs=0.02)
    assert np.corrcoef(told, true)[0, 1] > 0.4


def test_too_few_ratings_give_no_agreement(space: Space) -> None:
    assert estimate_agreement(_fit(space, 3), space.general) is None
    assert estimate_agreement(fit_taste(space, range(9), [4.0] * 9), space.general) is None
