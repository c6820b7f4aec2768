"""The prior of a bank without ratings, on a real tiny bank whose experts are far from linear."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from photoaes.model.metrics import srocc
from photoaes.model.paper.fit_settings import FitSettings
from photoaes.model.taste.experts_prior import CONSTANT, STRENGTHS, _ridge, experts_prior
from photoaes.model.taste.prior import plain_prior
from photoaes.offline.evaluation.gathering import features_of, gather
from photoaes.offline.evaluation.material import Case, Material, mean_of_experts
from photoaes.offline.evaluation.methods import prepared
from tests.tiny import tiny_bank

PHOTOS, TAUGHT = 160, 100


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Material:
    """Photos without files: pixels are all that is looked at."""
    rng = np.random.default_rng(0)
    coarse = rng.integers(0, 256, (PHOTOS, 8, 8, 3)).repeat(4, axis=1).repeat(4, axis=2)
    strength, light = rng.uniform(0.2, 1, (PHOTOS, 1, 1, 1)), rng.uniform(0, 90, (PHOTOS, 1, 1, 3))
    pixels = np.clip(coarse * strength + light, 0, 255).astype(np.uint8)
    folder = tmp_path_factory.mktemp("bank")
    bank = tiny_bank(folder / "bank", tasks=("one", "two", "three"))
    paths = [Path(f"{n}.png") for n in range(PHOTOS)]
    return gather(bank, paths, FitSettings(), torch.device("cpu"), pixels=pixels)


def test_it_is_what_the_experts_say_where_the_linear_model_is_not(material: Material) -> None:
    features = material.features
    plain = plain_prior(material.basis, features).general_scores(material.basis, features)
    found = material.prior.general_scores(material.basis, features)
    assert srocc(plain, material.experts_mean) < 0.6
    assert srocc(found, material.experts_mean) > 0.85
    assert found.std() == pytest.approx(0.5, abs=0.1)


def test_it_holds_for_photos_that_it_was_not_learned_from(material: Material) -> None:
    taught, others = slice(0, TAUGHT), slice(TAUGHT, PHOTOS)
    basis, features = material.basis, material.features
    prior = experts_prior(basis, features[taught], mean_of_experts(material.experts[:, taught]))
    expected = mean_of_experts(material.experts)[others]
    plain = plain_prior(basis, features[taught])
    found = srocc(prior.general_scores(basis, features[others]), expected)
    assert found > 0.75
    assert srocc(plain.general_scores(basis, features[others]), expected) < found - 0.1


@pytest.mark.parametrize("shots", [5, 25])
def test_who_thinks_as_the_experts_do_loses_little_by_learning(
    material: Material, shots: int
) -> None:
    """The plain prior is far below K=0 for them, at every K."""
    rng, cases = np.random.default_rng(shots), []
    taste = material.experts_mean / material.experts_mean.std()
    truth = []
    for _ in range(40):
        stars = np.clip(np.round(3 + 0.8 * taste + 0.8 * rng.normal(size=PHOTOS)), 1, 5)
        order = rng.permutation(PHOTOS)
        cases.append(Case(order[:shots], stars[order[:shots]], order[shots:]))
        truth.append(stars[order[shots:]])

    def mean(own: Material, method: str) -> float:
        answers = prepared(own, method)(cases)
        each = [srocc(a.scores, t) for a, t in zip(answers, truth, strict=True)]
        return float(np.mean(each))

    plain = replace(material, prior=plain_prior(material.basis, material.features))
    alone, ours = mean(material, "K=0"), mean(material, "ours-linear")
    assert ours > alone - 0.12
    assert mean(plain, "ours-linear") < alone - 0.15


def test_where_nothing_can_be_learned_it_is_the_plain_prior(material: Material) -> None:
    basis, features = material.basis, material.features
    for rows, experts in ((5, material.experts[:, :5]), (30, np.full((3, 30), 4.0))):
        found, plain = (
            experts_prior(basis, features[:rows], mean_of_experts(experts)),
            plain_prior(basis, features[:rows]),
        )
        assert found.slope == plain.slope
        np.testing.assert_array_equal(found.general, plain.general)


def test_photos_all_alike_give_numbers(material: Material) -> None:
    same = np.repeat(material.pixels[:1], 10, axis=0)
    features, _ = features_of(material.bank, same, torch.device("cpu"))
    experts = material.merger.expert_scores(same)
    prior = experts_prior(material.basis, features, mean_of_experts(experts))
    assert np.isfinite(prior.general_scores(material.basis, features)).all()


def test_an_origin_that_was_learned_knows_more(material: Material) -> None:
    alpha_0 = material.basis.alpha_0.copy()
    alpha_0[0] *= 1.5
    learned = replace(material.basis, alpha_0=alpha_0)
    found = experts_prior(learned, material.features, material.experts_mean)
    assert found.slope == plain_prior(learned, material.features).slope


@pytest.mark.parametrize("shape", [(40, 12), (12, 40)])
def test_the_weights_are_those_of_the_inverse(shape: tuple[int, int]) -> None:
    """As the book writes them, with fewer or more photos than features."""
    rng = np.random.default_rng(5)
    x = rng.normal(size=shape)
    x -= x.mean(axis=0)
    target = x[:, 0] + rng.normal(size=len(x))
    target -= target.mean()
    inverses = [np.linalg.inv(x @ x.T + CONSTANT + s * np.eye(len(x))) for s in STRENGTHS]
    errors = [np.square(one @ target / np.diag(one)).mean() for one in inverses]
    best = inverses[int(np.argmin(errors))]
    np.testing.assert_allclose(_ridge(x, target), x.T @ best @ target, rtol=1e-6, atol=1e-9)
