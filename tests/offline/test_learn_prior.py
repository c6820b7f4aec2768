"""A prior learned from made-up people comes near the truth that they were made from."""

from __future__ import annotations

from dataclasses import astuple, replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from photoaes.errors import BankInvalid, InputInvalid
from photoaes.model.paper.backbone import Preprocessing
from photoaes.model.taste.basis import Group, read_basis
from photoaes.model.taste.prior import FILE, Prior, Spread, plain_prior, read_prior, save_prior
from photoaes.offline.experts.learn_prior import LearnedPrior, Rater, Twins, learn_prior, raters_of
from photoaes.offline.experts.twins import twins_of
from tests.model.bases import made_basis
from tests.tiny import tiny_bank

BASIS = made_basis(20)
COUNT = 150
TRUE = Spread(mean=0.4, slope=0.0, noise=0.5)
RESIDUAL = 0.6


@pytest.fixture(scope="module")
def features() -> NDArray[np.float16]:
    return np.random.default_rng(0).normal(size=(COUNT, BASIS.columns)).astype(np.float16)


@pytest.fixture(scope="module")
def learned(features: NDArray[np.float16]) -> LearnedPrior:
    """From 100 people who share a direction, differ as TRUE says, and rated 60 photos each."""
    rng = np.random.default_rng(1)
    e = BASIS.directions(features)[:, BASIS.places["embedding"]] / np.sqrt(BASIS.embed_dim)
    shared = e @ rng.normal(size=BASIS.embed_dim)
    raters = []
    for _ in range(100):
        rows = rng.permutation(COUNT)[:60]
        own = RESIDUAL * e[rows] @ rng.normal(size=BASIS.embed_dim)
        stars = 3.4 + TRUE.mean * rng.normal() + shared[rows] + own
        raters.append(Rater(rows, stars + TRUE.noise * rng.normal(size=60)))
    return learn_prior(BASIS, features, raters, [str(i) for i in range(COUNT)])


def test_the_general_score_is_what_people_share(learned: LearnedPrior) -> None:
    assert learned.correlation > 0.9
    assert learned.prior.mean == pytest.approx(3.4, abs=0.15)


def test_people_differ_as_they_were_made(learned: LearnedPrior) -> None:
    found = learned.prior.spread
    assert found.mean == pytest.approx(TRUE.mean, rel=0.3)
    _, between = learned.strengths["embedding"]
    assert np.sqrt(between) == pytest.approx(RESIDUAL, rel=0.3)
    own = learned.prior.scale[BASIS.places["embedding"]]
    np.testing.assert_allclose(own, RESIDUAL / np.sqrt(BASIS.embed_dim), rtol=0.35)
    assert found.noise == pytest.approx(TRUE.noise, rel=0.3)
    assert found.slope < 0.2
    assert 0.6 < learned.prior.likeness.pairs < 1


def test_what_no_photographer_calls_a_fault_is_none(features: NDArray[np.float16]) -> None:
    """What people like is mostly bright; copies that are only darker are said to be as good."""
    rng = np.random.default_rng(3)
    good = BASIS.places["embedding"].start + 1  # the score stands before the directions
    bright, features = good + 1, features.copy()
    features[:, bright] = features[:, good] + 0.3 * rng.normal(size=COUNT)
    stars = 3 + 0.5 * features[:, good].astype(float)
    raters = []
    for _ in range(40):
        rows = rng.permutation(COUNT)[:60]
        raters.append(Rater(rows, stars[rows] + 0.3 * rng.normal(size=60)))
    darker = features.copy()
    darker[:, bright] -= 2
    themes = [str(i) for i in range(COUNT)]

    def fallen(twins: Twins | None) -> float:
        prior = learn_prior(BASIS, features, raters, themes, twins).prior
        after, before = (prior.general_scores(BASIS, f) for f in (darker, features))
        return float((before - after).mean())

    assert fallen(Twins(features, darker)) < 0.5 * fallen(None)


def test_an_embedding_that_knows_the_labels_tells_nothing_beside_other_levels() -> None:
    """It comes from experts that learned from the very ratings, and would be believed too much."""
    levels = Group("blocks", ("block 1",), np.zeros(8, np.float32), np.ones(8, np.float32))
    basis = replace(BASIS, groups=(*BASIS.groups, levels), levels={"embedding": 20, "block 1": 8})
    rng = np.random.default_rng(4)
    features = rng.normal(size=(COUNT, basis.columns)).astype(np.float16)
    z = basis.directions(features)
    stars = 3 + z[:, basis.places["embedding"]][:, 0] + 0.5 * z[:, basis.places["blocks"]][:, 0]
    raters = []
    for _ in range(40):
        rows = rng.permutation(COUNT)[:60]
        raters.append(Rater(rows, stars[rows] + 0.3 * rng.normal(size=60)))
    learned = learn_prior(basis, features, raters, [str(i) for i in range(COUNT)])
    assert set(learned.strengths) == {"blocks"}
    place = basis.places["embedding"]
    assert not learned.prior.general[place].any()
    assert not learned.prior.scale[place].any()
    assert learned.prior.general[basis.places["blocks"]].any()


def test_people_who_rated_too_few_photos_teach_no_prior(features: NDArray[np.float16]) -> None:
    rng = np.random.default_rng(2)
    raters = [Rater(rng.permutation(COUNT)[:10], rng.uniform(1, 5, 10)) for _ in range(30)]
    with pytest.raises(InputInvalid, match="Nobody has rated 20 of these photos"):
        learn_prior(BASIS, features, raters, [str(i) for i in range(COUNT)])


def test_ratings_become_stars_and_unknown_photos_are_left_out() -> None:
    (rater,) = raters_of({"p": {"a": 1.0, "b": 7.0, "x": 4.0}, "q": {"x": 2.0}}, ["b", "a"], (1, 7))
    assert sorted(zip(rater.rows.tolist(), rater.stars.tolist(), strict=True)) == [(0, 5), (1, 1)]


def test_a_prior_survives_its_file_and_a_bank_without_one_has_none(tmp_path: Path) -> None:
    bank = tiny_bank(tmp_path)
    assert read_prior(bank, read_basis(bank)) is None
    basis = read_basis(bank)
    rng = np.random.default_rng(0)
    prior = plain_prior(basis, rng.normal(size=(9, basis.columns)).astype(np.float16))
    save_prior(bank, prior)
    found = read_prior(bank, read_basis(bank))
    assert isinstance(found, Prior)
    for ours, theirs in zip(astuple(prior), astuple(found), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-6)


def test_a_prior_of_another_bank_or_a_broken_one_is_refused(tmp_path: Path) -> None:
    bank = tiny_bank(tmp_path / "one")
    other = tiny_bank(tmp_path / "two", tasks=("light", "sharp", "third"))
    basis = read_basis(other)
    save_prior(bank, plain_prior(basis, np.zeros((3, basis.columns), dtype=np.float16)))
    with pytest.raises(BankInvalid, match="does not fit the bank"):
        read_prior(bank, read_basis(bank))
    (bank.folder / FILE).write_bytes(b"nothing")
    with pytest.raises(BankInvalid, match="cannot be read"):
        read_prior(bank, read_basis(bank))


def test_copies_are_grey_or_dark_and_stand_in_order(tmp_path: Path) -> None:
    Image.new("RGB", (80, 60), (240, 120, 60)).save(tmp_path / "a.png")
    size = Preprocessing(32, 32, (0.5,) * 3, (0.5,) * 3, whole=True)
    originals, copies = twins_of([tmp_path / "a.png"], size)
    assert originals.shape == copies.shape == (2, 32, 32, 3)
    np.testing.assert_array_equal(originals[0], originals[1])
    grey, dark = copies
    assert np.ptp(grey[5, 5]) == 0
    assert dark.mean() < 0.5 * originals[0].mean()
