"""What the grid shows, filters by choice, and the best shots, on plain arrays."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from photoaes.album.best import Wanted, best_shots, left_out_of_bursts, proposed
from photoaes.album.columns import DAY, UNRATED, Columns, codes, name_order
from photoaes.album.filter_choice import FilterChoice, facet_counts, first_day
from photoaes.album.filtering import shown
from photoaes.album.ordering import SortKey, is_rescored
from photoaes.album.shares import sizes, stars_by_share
from photoaes.album.shown import Grouping, Shown, fellows, one_of_each, show, stack_of
from photoaes.album.standing import Belief, standing
from photoaes.album.suggestion import spread_over_time

NAN = float("nan")


@pytest.fixture
def columns() -> Columns:
    """Eight photos of three days; 2 and 3 are a burst, 7 has neither date nor score."""
    paths = tuple(Path(f"/a/{n}.jpg") for n in range(8))
    taken = np.array([0.0, 10.0, DAY, DAY + 1, 2 * DAY, 2 * DAY + 5, 2 * DAY + 9, NAN])
    score = np.array([5.0, 1.0, 4.0, 3.5, 2.0, 4.5, 3.0, NAN])
    return Columns(
        paths=paths,
        folded=tuple(path.name for path in paths),
        name=name_order([str(path) for path in paths]),
        size=np.arange(8),
        taken=taken,
        score=score,
        general=score,
        stars=np.array([5, 1, UNRATED, UNRATED, 3, UNRATED, UNRATED, UNRATED], dtype=np.int32),
        by_machine=np.zeros(8, dtype=bool),
        flag=np.array([1, -1, 0, 0, 0, 0, 0, 0], dtype=np.int32),
        label=codes(["Red", None, None, "Blue", None, None, None, None]),
        camera=codes(["A", "A", "B", "B", None, None, None, None]),
        group=np.array([-1, -1, 0, 0, -1, -1, -1, -1], dtype=np.int32),
        best=np.array([1, 1, 1, 0, 1, 1, 1, 1], dtype=bool),
        upright=np.zeros(8, dtype=bool),
        faces=np.full(8, -1, dtype=np.int32),
        closed_eyes=np.zeros(8, dtype=np.int32),
        soft_faces=np.zeros(8, dtype=np.int32),
    )


def test_sections_by_day_stand_in_the_order_of_their_first_photos(columns: Columns) -> None:
    by_score = show(columns, [], SortKey.SCORE, descending=True, grouping=Grouping.DAY)
    # By what a person gave first: 4 has three stars, 1 is rejected.
    assert by_score.rows.tolist() == [0, 1, 5, 4, 6, 2, 3, 7]
    assert by_score.starts is not None
    assert by_score.starts.tolist() == [0, 2, 5, 7]
    assert by_score.keys is not None
    assert np.isnan(by_score.keys[-1])


def test_rows_are_found_by_photo(columns: Columns) -> None:
    view = show(columns, [], SortKey.SCORE, descending=True)
    assert [view.row_of(int(photo)) for photo in view.rows] == list(range(8))
    assert Shown.empty().row_of(3) is None
    assert view.row_of(None) is None


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (FilterChoice(), [0, 1, 2, 3, 4, 5, 6, 7]),
        (FilterChoice(least=3), [0, 4]),
        (FilterChoice(relation="<=", least=3), [1, 4]),
        (FilterChoice(stars=frozenset({5, UNRATED})), [0, 2, 3, 5, 6, 7]),
        (FilterChoice(flags=frozenset({1, 0})), [0, 2, 3, 4, 5, 6, 7]),
        (FilterChoice(labels=frozenset({"Red", "Blue"})), [0, 3]),
        (FilterChoice(cameras=frozenset({""})), [4, 5, 6, 7]),
        (FilterChoice(cameras=frozenset("A"), inverted=frozenset({"cameras"})), [2, 3, 4, 5, 6, 7]),
        (FilterChoice(dates=frozenset({"1970-01"})), [0, 1, 2, 3, 4, 5, 6]),
        (FilterChoice(dates=frozenset({"1970-01-01", "1970-01-03"})), [0, 1, 4, 5, 6]),
        (FilterChoice(dates=frozenset({"1970-02", "1970-01-02"})), [2, 3]),
        (FilterChoice(dates=frozenset({""})), [7]),
        (FilterChoice(best_only=True, cameras=frozenset({"B"})), [2]),
        (FilterChoice(text="3.J"), [3]),
        (FilterChoice(score=(3.0, 4.0)), [2, 3, 6]),
        (FilterChoice(suggested=frozenset({6, 1})), [1, 6]),
        (FilterChoice(upright=False), [0, 1, 2, 3, 4, 5, 6, 7]),
    ],
)  # fmt: skip
def test_choices_become_conditions(
    columns: Columns, choice: FilterChoice, expected: list[int]
) -> None:
    assert np.flatnonzero(shown(columns, choice.conditions())).tolist() == expected


def test_a_choice_is_put_together_and_taken_apart() -> None:
    choice = FilterChoice().toggled("stars", 5).toggled("stars", 4).inverted_in("stars")
    assert choice.active() == ["stars"]
    assert choice.toggled("stars", 5).stars == frozenset({4})
    assert choice.without("stars") == FilterChoice()


def test_facets_count_the_whole_album(columns: Columns) -> None:
    counts = facet_counts(columns)
    assert counts["stars"] == {5: 1, 4: 0, 3: 1, 2: 0, 1: 1, UNRATED: 5}
    assert counts["flags"] == {1: 1, 0: 6, -1: 1}
    assert counts["labels"] == {"Blue": 1, "Red": 1, "": 6}
    assert counts["dates"] == {"1970-01-03": 3, "1970-01-02": 2, "1970-01-01": 2, "": 1}


def test_dates_are_days_in_a_short_album_and_months_in_a_long_one(columns: Columns) -> None:
    day = 86400.0
    taken = np.array([0, 0, day, day, day, 40 * day, 40 * day, np.nan])
    short = facet_counts(replace(columns, taken=taken))["dates"]
    assert list(short.items()) == [("1970-02-10", 2), ("1970-01-02", 3), ("1970-01-01", 2), ("", 1)]
    taken[0] = 70 * day
    long = facet_counts(replace(columns, taken=taken))["dates"]
    assert list(long.items()) == [("1970-03", 1), ("1970-02", 2), ("1970-01", 4), ("", 1)]
    assert first_day("1970-03").day == 1
    assert first_day("1970-02-10").day == 10


def test_best_shots(columns: Columns) -> None:
    stars = columns.score

    def names(wanted: Wanted, taken_out: tuple[int, ...] = ()) -> list[str]:
        return [one.path.stem for one in best_shots(columns, stars, wanted, taken_out)]

    assert names(Wanted(3)) == ["0", "5", "2"]
    assert names(Wanted(4, one_per_burst=True)) == ["0", "5", "2", "6"]  # 3 is of the burst of 2
    assert names(Wanted(4)) == ["0", "5", "2", "3"]
    assert names(Wanted(3, one_per_burst=True), (5,)) == ["0", "2", "6"]
    assert names(Wanted(3, one_per_burst=True), (2,)) == [
        "0",
        "5",
        "3",
    ]  # the burst's other one moves up
    assert names(Wanted(50, "percent", one_per_burst=True)) == ["0", "5", "2", "6"]
    assert names(Wanted(50, least=4.2)) == ["0", "5"]
    assert "1" not in names(Wanted(50))  # rejected
    assert names(Wanted(1, "per day")) == ["0", "5", "2"], "each day has its best"
    assert names(Wanted(2, "per day")) == ["0", "5", "2", "3", "6"]
    assert names(Wanted(1, "per hour", one_per_burst=False)) == ["0", "5", "2"]
    chosen = [one.path for one in best_shots(columns, stars, Wanted(9, one_per_burst=True))]
    assert left_out_of_bursts(columns, chosen) == (1, 1)
    whole = replace(columns, best=np.ones(8, dtype=bool))  # a bracket is kept whole
    found = best_shots(whole, stars, Wanted(4, one_per_burst=True))
    assert [one.path.stem for one in found] == ["0", "5", "2", "3"]


def test_suggestions_are_unrated_and_spread_over_time(columns: Columns) -> None:
    assert spread_over_time(columns, 3).tolist() == [2, 6, 7]
    all_rated = replace(columns, stars=np.full(8, 3, dtype=np.int32))
    assert len(spread_over_time(all_rated, 3)) == 0


def test_standing(columns: Columns) -> None:
    found = standing(columns)
    assert found.stars is not None
    assert np.isnan(found.stars[7])
    order = np.argsort(-columns.score[:7])
    assert (np.diff(found.stars[:7][order]) <= 0).all()
    best_first = [0, 5, 2, 3, 4, 6, 1]  # 4 has three stars, more than the score of 6 comes to
    assert found.places[best_first].tolist() == list(range(7))
    assert found.groups.tolist() == [2]
    low, high = found.score_limits(columns, 1.0, 5.0)
    assert (low, high) == (1.0, 5.0)
    assert found.score_limits(columns, 4.9, 5.0)[0] > 1.0
    nothing = standing(replace(columns, score=np.full(8, NAN)))
    assert nothing.stars is None
    assert nothing.score_limits(columns, 1.0, 5.0) == (-np.inf, np.inf)


def test_of_a_burst_one_frame_is_among_those_that_moved_most(columns: Columns) -> None:
    general = np.array([4.9, 1.0, 1.0, 1.1, 2.0, 4.4, 3.0, NAN])
    up, down = standing(replace(columns, general=general)).moved
    assert len({2, 3} & set(up)) == 1
    alone = replace(columns, general=general, group=np.full(8, -1, dtype=np.int32))
    assert {2, 3} <= set(standing(alone).moved[0])
    assert len(up) == len(down) == 3


def test_photos_moved_by_taste(columns: Columns) -> None:
    assert standing(columns).moved == ((), ())  # the same score
    moved = standing(replace(columns, general=-columns.score)).moved
    assert [len(photos) for photos in moved] == [3, 3]
    assert moved[0][0] == 0  # the best of the one, the worst of the other
    assert moved[1][0] == 1
    assert 7 not in moved[0] + moved[1]


def test_margins_are_how_far_off_the_stars_are() -> None:
    """People whose taste is known to some degree: their stars lie around what is expected of them,
    and the score on their own scale is off by what the margin says."""
    rng = np.random.default_rng(0)
    count = 20_000
    expected = 3 + 0.4 * rng.normal(size=count)
    deviation = np.full(count, 0.9)
    given = expected + deviation * rng.normal(size=count)
    stars = np.full(count, UNRATED, dtype=np.int32)
    rated = np.arange(0, count, 400)
    stars[rated] = np.clip(np.round(given[rated]), 1, 5)
    place = np.arange(count)
    columns = Columns(
        paths=(Path("a.jpg"),) * count,
        folded=("",) * count,
        name=place.astype(np.int32),
        size=place,
        taken=np.zeros(count),
        score=expected,
        general=expected,
        stars=stars,
        by_machine=np.zeros(count, dtype=bool),
        flag=np.zeros(count, dtype=np.int32),
        label=codes([None] * count),
        camera=codes([None] * count),
        group=np.full(count, -1, dtype=np.int32),
        best=np.ones(count, dtype=bool),
        upright=np.zeros(count, dtype=bool),
        faces=np.full(count, -1, dtype=np.int32),
        closed_eyes=np.zeros(count, dtype=np.int32),
        soft_faces=np.zeros(count, dtype=np.int32),
    )
    found = standing(columns, Belief(expected, deviation))
    assert found.stars is not None
    assert found.margins is not None
    off = (given - found.stars) ** 2
    assert np.sqrt(off.mean()) == pytest.approx(np.sqrt((found.margins**2).mean()), rel=0.02)
    assert found.margins.min() >= 0.9
    assert standing(columns).margins is None
    unsure = standing(columns, Belief(expected, 2 * deviation)).margins
    assert unsure is not None
    assert (unsure > found.margins).all()
    half = np.where(place % 2, np.nan, expected)
    partly = standing(replace(columns, score=half), Belief(half, deviation)).margins
    assert partly is not None
    assert np.isnan(partly).sum() == count // 2


def test_a_share_is_proposed() -> None:
    counts = (1, 2, 3, 12, 30, 67, 244, 687, 2000, 20_000)
    assert [proposed(count) for count in counts] == [1, 1, 1, 4, 10, 10, 25, 70, 200, 200]


@pytest.mark.parametrize(
    ("percents", "expected"),
    [((20, 40, 40), [1, 3, 2]), ((50, 50), [3, 3]), ((0, 100, 30), [0, 6, 0]), ((30,), [2])],
)
def test_shares_are_of_all_photos_with_a_score_that_are_not_rejected(
    columns: Columns, percents: tuple[int, ...], expected: list[int]
) -> None:
    assert sizes(columns, percents) == expected
    given = stars_by_share(columns, percents)
    assert len(given) <= sum(expected)
    assert set(given) <= {2, 3, 5, 6}, "what somebody has rated or rejected gets nothing"


def test_whoever_stands_in_a_stack_is_found(columns: Columns) -> None:
    assert fellows(columns, Grouping.NONE, 2) is None
    assert fellows(columns, Grouping.BURST, 0) is None
    found = fellows(columns, Grouping.BURST, 3)
    assert found is not None
    assert np.flatnonzero(found).tolist() == [2, 3]
    day = fellows(columns, Grouping.TIMELINE, 5)
    assert day is not None
    assert np.flatnonzero(day).tolist() == [4, 5, 6]
    for grouping, opened in ((Grouping.BURST, [0]), (Grouping.TIMELINE, [0, 2])):
        photos = one_of_each(columns, grouping, opened).tolist()
        assert [stack_of(columns, grouping, one)[0] for one in photos] == opened  # type: ignore[index]


def test_new_scores_change_an_order_only_where_they_are_other_ones(columns: Columns) -> None:
    again = replace(columns, score=columns.score.copy())
    other = replace(columns, score=columns.score[::-1].copy())
    assert not is_rescored(columns, again, SortKey.SCORE)
    assert is_rescored(columns, other, SortKey.SCORE)
    assert is_rescored(columns, other, SortKey.CHANGE)
    assert not is_rescored(columns, other, SortKey.DATE)
