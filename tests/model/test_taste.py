"""Taste learned from stars and choices on made-up features, and how well its agreement is told."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from photoaes.errors import BankInvalid
from photoaes.model.metrics import pair_accuracy, srocc
from photoaes.model.taste.agreement import TOLD, _held_out_gaps, estimate_agreement
from photoaes.model.taste.posterior import (
    EXPECTED_SLOPE,
    Space,
    Taste,
    fit_taste,
    taste_space,
)
from photoaes.model.taste.prior import GeneralAgreement, plain_prior
from photoaes.model.taste.readout import read_readout, readout_of
from tests.model.bases import made_basis

BASIS = made_basis(5)
COUNT = 300


@pytest.fixture(scope="module")
def space() -> Space:
    rng = np.random.default_rng(0)
    features = rng.normal(size=(COUNT, BASIS.columns)).astype(np.float16)
    return taste_space(BASIS, features, plain_prior(BASIS, features))


def _stars(space: Space, seed: int = 1) -> NDArray[np.float64]:
    """A person drawn from the prior, who gives stars to every photo."""
    rng = np.random.default_rng(seed)
    truth = space.general + space.directions @ rng.normal(size=space.directions.shape[1])
    stars: NDArray[np.float64] = truth + space.noise * rng.normal(size=COUNT)
    return stars


def _fit(space: Space, count: int, seed: int = 1) -> Taste:
    return fit_taste(space, range(count), _stars(space, seed)[:count])


def test_nothing_learned_is_the_general_order_less_steep(space: Space) -> None:
    taste, mean = fit_taste(space, [], []), space.prior.mean
    expected = mean + EXPECTED_SLOPE * (space.general - mean)
    np.testing.assert_allclose(taste.scores, expected, atol=1e-4)
    assert taste.uncertainty.min() > 0.5


@pytest.mark.parametrize("blend", [0.0, 0.4, 1.0])
def test_the_readout_is_the_taste_in_any_other_album(space: Space, blend: float) -> None:
    taste = _fit(space, 40)
    wanted = space.general + blend * (taste.scores - space.general)
    rng = np.random.default_rng(0)
    features = rng.normal(size=(COUNT, BASIS.columns)).astype(np.float16)  # those of `space`
    readout = readout_of(space, taste, blend)
    np.testing.assert_allclose(readout.scores(BASIS, features), wanted, atol=1e-3)
    # Other photos beside them change nothing: no mean of the album is in it.
    few = readout.scores(BASIS, features[:7])
    np.testing.assert_allclose(few, wanted[:7], atol=1e-3)
    assert read_readout(readout.as_json(), BASIS).scores(BASIS, features) == pytest.approx(
        wanted, 1e-3
    )
    with pytest.raises(BankInvalid, match="another bank"):
        readout.scores(made_basis(6), features)


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
    stars, mean = _stars(space)[:50], space.prior.mean
    before = mean + EXPECTED_SLOPE * (space.general - mean)
    weights = np.linalg.solve(
        psi.T @ psi + space.noise**2 * np.eye(psi.shape[1]), psi.T @ (stars - before[:50])
    )
    expected = before + space.directions @ weights
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
    """People drawn from the prior, with the agreement that such people have in common."""
    likeness = GeneralAgreement(0.75, 30.0, 0.2)
    told, true = [], []
    for seed in range(40):
        taste, stars = _fit(space, 60, seed), _stars(space, seed)
        agreement = estimate_agreement(taste, space.general, likeness)
        assert agreement is not None
        told.append(agreement.pairs_personal)
        true.append(pair_accuracy(taste.scores[200:], stars[200:]))
    assert np.mean(told) == pytest.approx(np.mean(true), abs=0.03)


def test_whom_it_knows_is_told_more_than_a_stranger(space: Space) -> None:
    rng = np.random.default_rng(5)
    known = space.general[:60] + 0.1 * rng.normal(size=60)
    told = []
    for stars in (known, rng.permutation(known)):
        agreement = estimate_agreement(
            fit_taste(space, range(60), stars), space.general, space.likeness
        )
        assert agreement is not None
        told.append(agreement)
    assert told[0].pairs_personal > told[1].pairs_personal + 0.1
    assert told[0].srocc_personal > told[1].srocc_personal + 0.2
    assert told[0].pairs_margin == told[1].pairs_margin > 0


def test_the_order_leans_on_stars_as_far_as_chance_is_unlikely(space: Space) -> None:
    taste = _fit(space, 80)
    agreement = estimate_agreement(taste, space.general, space.likeness)
    assert agreement is not None
    assert agreement.is_told
    assert agreement.blend == TOLD
    wrong = replace(taste, mean=-5 * taste.mean)
    agreement = estimate_agreement(wrong, space.general, space.likeness)
    assert agreement is not None
    assert not agreement.is_told
    assert agreement.blend < 0.1


def test_stars_given_without_looking_are_seldom_taken_for_a_taste(space: Space) -> None:
    taken = []
    for seed in range(100):
        stars = np.random.default_rng(seed).integers(1, 6, 14).astype(float)
        taste = fit_taste(space, range(7 * (seed % 40), 7 * (seed % 40) + 14), stars)
        agreement = estimate_agreement(taste, space.general, space.likeness)
        taken.append(agreement is not None and agreement.is_told)
    assert sum(taken) <= 9  # five expected; ten would be two in a hundred


def test_who_follows_a_taste_is_told_from_who_does_not(space: Space) -> None:
    told = []
    for seed in range(40):
        agreement = estimate_agreement(_fit(space, 60, seed), space.general, space.likeness)
        assert agreement is not None
        told.append(agreement.is_told)
    assert np.mean(told) > 0.8


def test_too_few_ratings_give_no_agreement(space: Space) -> None:
    flat = fit_taste(space, range(9), [4.0] * 9)
    assert estimate_agreement(_fit(space, 3), space.general, space.likeness) is None
    assert estimate_agreement(flat, space.general, space.likeness) is None


def test_what_is_expected_of_a_person_is_as_far_off_as_it_says(space: Space) -> None:
    """Of people drawn from the prior two stars in three lie within one deviation, whatever the
    number of ratings; and the more there are, the smaller it is."""
    widths = []
    for count in (0, 5, 20, 100):
        inside, width = [], []
        for seed in range(40):
            taste, stars = _fit(space, count, seed), _stars(space, seed)
            deviation = np.hypot(taste.uncertainty, taste.noise)[200:]
            inside.append(np.abs(stars[200:] - taste.scores[200:]) < deviation)
            width.append(deviation.mean())
        assert np.mean(inside) == pytest.approx(0.683, abs=0.04)
        widths.append(np.mean(width))
    assert widths == sorted(widths, reverse=True)
    assert widths[0] > 1.2 * widths[-1]
