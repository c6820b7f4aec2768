"""Order, own stars, and choosing the best."""

from pathlib import Path

import numpy as np
import pytest

from photoaes.album.ranking import Choice, choose, own_stars, rank, sunk, worth

SCORES = {Path(name): score for name, score in (("b", 5.0), ("a", 7.0), ("d", 5.0), ("c", 2.0))}


def test_best_first_and_equal_scores_by_name() -> None:
    ranked = rank(SCORES, {Path("c"): 4})
    assert [(str(p.path), p.rank) for p in ranked] == [("a", 1), ("c", 2), ("b", 3), ("d", 4)]
    assert [p.rating for p in ranked] == [None, 4, None, None]
    assert ranked[2].stars == ranked[3].stars


def test_own_stars_have_the_persons_spread() -> None:
    scores = list(range(100))
    stars = own_stars(scores, [1] * 50 + [2] * 30 + [3] * 10 + [4] * 8 + [5] * 2)
    assert (np.diff(stars) >= 0).all()
    assert [sum(round(s) == n for s in stars) for n in (1, 2, 3, 4, 5)] == [50, 30, 10, 8, 2]


def test_own_stars_of_somebody_who_gives_threes_and_fours() -> None:
    stars = own_stars([1.0, 2.0, 3.0, 4.0], [3, 4, 4, 3] * 3)
    assert [round(star) for star in stars] == [3, 3, 4, 4]
    assert len(set(stars)) == 4


def test_own_stars_tell_the_photos_of_many_equal_ratings_apart() -> None:
    stars = own_stars(range(100), [1, 3, 5, 5, 5, 5, 5, 5] * 2)
    assert (np.diff(stars) > 0).all()
    assert sum(star > 4.5 for star in stars) == 75
    assert not any(1.5 < star < 2.5 for star in stars)  # this person gives no twos
    assert 4.99 < stars[-1] < 5


def test_without_ratings_the_stars_are_spread_evenly() -> None:
    stars = own_stars([float(n) for n in range(50)], [])
    assert stars[0] == pytest.approx(1, abs=0.05)
    assert stars[-1] == pytest.approx(5, abs=0.05)
    assert stars[25] == pytest.approx(3, abs=0.1)
    assert own_stars([], []).tolist() == []
    assert own_stars([4.0], []).tolist() == [3.0]


def test_the_first_stars_turn_the_even_scale_step_by_step_into_mine() -> None:
    """With a five and a three alone, an album was of fives and threes."""
    album = np.arange(1000.0)
    before = own_stars(album, [])
    for given in ([5], [5, 3], [5, 3, 3]):
        stars = own_stars(album, given)
        assert np.abs(stars - before).max() < 1
        assert {round(star) for star in stars.tolist()} == {1, 2, 3, 4, 5}
    assert {round(star) for star in own_stars(album, [5, 3] * 5).tolist()} == {3, 5}, "ten say it"


def test_every_limit_must_hold() -> None:
    ranked = rank({Path(f"{n:02}"): float(n) for n in range(50)}, {})
    assert len(choose(ranked, Choice())) == 50
    assert [p.rank for p in choose(ranked, Choice(top=3))] == [1, 2, 3]
    assert len(choose(ranked, Choice(percent=10))) == 5
    assert len(choose(ranked, Choice(percent=0.1))) == 1
    assert len(choose(ranked, Choice(top=3, percent=10))) == 3
    best = choose(ranked, Choice(min_stars=4.0))
    assert best
    assert all(photo.stars >= 4 for photo in best)
    assert choose(ranked, Choice(min_stars=5.1)) == []


def test_a_persons_own_stars_come_before_the_score() -> None:
    """Even where the taste would say the contrary of every star."""
    scores = {Path(f"{n:02}"): float(n) for n in range(20)}
    ratings = {Path("00"): 5, Path("01"): 5, Path("18"): 1, Path("19"): 1, Path("10"): 3}
    order = [str(one.path) for one in rank(scores, ratings)]
    rated = [name for name in order if Path(name) in ratings]
    assert rated == ["01", "00", "10", "19", "18"], "by stars, then by score"
    ranked = rank(scores, ratings)
    four = {str(one.path) for one in choose(ranked, Choice(min_stars=4.0))}
    assert {"00", "01"} <= four
    assert not {"18", "19", "10"} & four


def test_rejected_photos_sink_and_are_not_chosen() -> None:
    scores = {Path(f"{n:02}"): float(n) for n in range(20)}
    ranked = rank(scores, {Path("19"): 5}, rejected=[Path("19"), Path("18")])
    assert [str(one.path) for one in ranked][-2:] == ["19", "18"]
    assert [str(one.path) for one in choose(ranked, Choice(top=2))] == ["17", "16"]
    assert len(choose(ranked, Choice())) == 18


@pytest.mark.parametrize("score", [1.0, 2.49, 3.0, 3.51, 5.0, np.nan])
@pytest.mark.parametrize("stars", [1, 2, 3, 4, 5])
def test_a_rated_photo_stays_among_its_stars(stars: int, score: float) -> None:
    value = worth([score, score, np.nan], [stars, 0, 0], [False, False, False])
    assert abs(value[0] - stars) < 1e-4
    assert value[1] == score or np.isnan(score)
    assert np.isnan(value[2])


def test_a_ranking_takes_rejections_over() -> None:
    ranked = rank({Path(name): score for name, score in (("a", 3.0), ("b", 2.0), ("c", 1.0))}, {})
    found = sunk(ranked, [Path("a")])
    assert [(str(one.path), one.rank) for one in found] == [("b", 1), ("c", 2), ("a", 3)]
    assert [str(one.path) for one in choose(found, Choice())] == ["b", "c"]
