"""Which photos are rated blindly, and what is counted then."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from photoaes.album.blind_check import BlindCheck, CheckVerdict, begin_check, judge
from photoaes.album.columns import NOTHING, UNRATED, Columns, codes

COUNT = 60


@pytest.fixture
def columns() -> Columns:
    """Sixty photos; the first ten are rated, 10 is rejected, 11 not the best of its burst, the
    last one has no score."""
    score = np.arange(COUNT, dtype=float)
    score[-1] = np.nan
    stars = np.full(COUNT, UNRATED, dtype=np.int32)
    stars[:10] = 3
    flag, best = np.zeros(COUNT, dtype=np.int32), np.ones(COUNT, dtype=bool)
    flag[10], best[11] = -1, False
    return Columns(
        paths=tuple(Path(f"{n}.jpg") for n in range(COUNT)),
        folded=("",) * COUNT,
        name=np.arange(COUNT, dtype=np.int32),
        size=np.zeros(COUNT, dtype=np.int64),
        taken=np.zeros(COUNT),
        score=score,
        general=-score,
        stars=stars,
        by_machine=np.zeros(COUNT, dtype=bool),
        flag=flag,
        label=codes([None] * COUNT),
        camera=codes([None] * COUNT),
        group=np.full(COUNT, NOTHING, dtype=np.int32),
        best=best,
        upright=np.zeros(COUNT, dtype=bool),
        faces=np.full(COUNT, -1, dtype=np.int32),
        closed_eyes=np.zeros(COUNT, dtype=np.int32),
        soft_faces=np.zeros(COUNT, dtype=np.int32),
    )


def test_photos_are_new_ones_from_all_parts_of_the_order_in_no_order(columns: Columns) -> None:
    orders = set()
    for seed in range(20):
        check = begin_check(columns, np.random.default_rng(seed))
        assert check is not None
        photos = check.photos.tolist()
        assert len(set(photos)) == 10
        assert min(photos) >= 12
        assert max(photos) < COUNT - 1
        assert np.diff(sorted(photos)).max() < 10
        assert check.score.tolist() == photos
        orders.add(tuple(np.argsort(photos)))
    assert len(orders) > 15


def test_too_few_photos_are_no_check(columns: Columns) -> None:
    stars = columns.stars.copy()
    stars[: COUNT - 10] = 1
    assert begin_check(replace(columns, stars=stars), np.random.default_rng(0)) is None


def test_scores_are_those_from_before(columns: Columns) -> None:
    check = begin_check(columns, np.random.default_rng(0))
    assert check is not None
    before = check.score.copy()
    columns.score[:] = 0
    np.testing.assert_array_equal(check.score, before)


def _check(score: list[float], general: list[float]) -> BlindCheck:
    return BlindCheck(np.arange(len(score)), np.array(score), np.array(general))


def test_pairs_that_the_person_tells_apart_are_counted() -> None:
    check = _check([1.0, 2.0, 3.0, 4.0], [4.0, 3.0, 2.0, np.nan])
    stars = np.array([1, 3, 3, 5], dtype=np.int32)
    assert judge(check, stars) == CheckVerdict(rated=4, pairs=5, personal=5, general=2)
    stars[3] = UNRATED
    assert judge(check, stars) == CheckVerdict(rated=3, pairs=2, personal=2, general=0)


def test_equal_scores_are_half_right_and_equal_stars_tell_nothing() -> None:
    check = _check([1.0, 1.0, 1.0], [1.0, 2.0, 3.0])
    assert judge(check, np.array([1, 2, 2], dtype=np.int32)).personal == 1
    assert judge(check, np.array([4, 4, 4], dtype=np.int32)).pairs == 0
