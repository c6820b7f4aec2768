"""The photos to rate next, on made-up features."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from photoaes.model.taste.posterior import Space, fit_taste, taste_space
from photoaes.model.taste.prior import plain_prior
from photoaes.model.taste.suggest import suggest
from tests.model.bases import made_basis

BASIS = made_basis(12)
COUNT = 240


@pytest.fixture(scope="module")
def space() -> Space:
    """Three heaps of like photos, 100, 100 and 20, and 20 that resemble nothing."""
    rng = np.random.default_rng(0)
    heaps = np.repeat(rng.normal(size=(3, BASIS.columns)), (100, 100, 20), axis=0)
    heaps += 0.2 * rng.normal(size=heaps.shape)
    odd = rng.normal(size=(20, BASIS.columns))
    features = np.concatenate([heaps, odd]).astype(np.float16)
    return taste_space(BASIS, features, plain_prior(BASIS, features))


def test_the_great_heaps_come_first_and_each_once(space: Space) -> None:
    first = suggest(space, [], 2)
    assert sorted(row // 100 for row in first) == [0, 1]


def test_what_was_judged_is_not_asked_again_nor_what_is_like_it(space: Space) -> None:
    rated = suggest(space, [], 2)
    more = suggest(space, rated.tolist(), 2)
    assert not set(more) & set(rated)
    assert len(set(suggest(space, [], COUNT + 5))) == COUNT


def test_it_leaves_less_uncertain_than_chance(space: Space) -> None:
    def left(rows: NDArray[np.intp]) -> float:
        return float((fit_taste(space, rows.tolist(), [3.0] * len(rows)).uncertainty ** 2).sum())

    rng = np.random.default_rng(1)
    chance = np.mean([left(rng.permutation(COUNT)[:6]) for _ in range(20)])
    assert left(suggest(space, [], 6)) < chance


def test_the_order_is_that_of_one_photo_after_the_other(space: Space) -> None:
    at_once = suggest(space, [], 4).tolist()
    one_by_one: list[int] = []
    for _ in range(4):
        one_by_one.append(int(suggest(space, one_by_one, 1)[0]))
    assert at_once == one_by_one
