"""Order and filters of the grid, on arrays."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from photoaes.album.columns import NOTHING, UNRATED, Columns, codes, name_order
from photoaes.album.filtering import (
    BestOfGroup,
    Camera,
    Condition,
    FlagAmong,
    Label,
    NameContains,
    Not,
    ScoreBetween,
    StarsRelation,
    Unrated,
    Upright,
    shown,
)
from photoaes.album.ordering import SortKey, ordered

NAMES = ("IMG_10.jpg", "IMG_9.jpg", "b.jpg", "a.jpg", "Été.jpg")
NAN = np.nan


@pytest.fixture
def album() -> Columns:
    paths = tuple(Path("/album") / name for name in NAMES)
    return Columns(
        paths=paths,
        folded=tuple(path.name.casefold() for path in paths),
        name=name_order([str(path) for path in paths]),
        size=np.array([5, 4, 3, 2, 1]),
        taken=np.array([50.0, 40.0, NAN, 20.0, 40.0]),
        score=np.array([1.0, NAN, 3.0, 2.0, 2.0]),
        general=np.array([3.0, 2.0, 1.0, NAN, 2.5]),
        stars=np.array([5, UNRATED, 3, 3, UNRATED], dtype=np.int32),
        by_machine=np.zeros(5, dtype=bool),
        flag=np.array([1, 0, -1, 0, 0], dtype=np.int32),
        label=codes(["Red", None, "Select", None, "Red"]),
        camera=codes(["Nikon D70", "Canon", None, "Canon", "Nikon D70"]),
        group=np.array([0, 0, NOTHING, 1, 1], dtype=np.int32),
        best=np.array([False, True, True, True, False]),
        upright=np.array([False, True, False, False, True]),
        faces=np.full(5, -1, dtype=np.int32),
        closed_eyes=np.zeros(5, dtype=np.int32),
        soft_faces=np.zeros(5, dtype=np.int32),
    )


def _ordered(album: Columns, key: SortKey, descending: bool = False) -> list[str]:
    return [NAMES[index] for index in ordered(album, key, descending=descending)]


@pytest.mark.parametrize(
    ("key", "upwards", "downwards"),
    [
        # IMG_10 has 5 stars, a has 3, b is rejected: that counts before their scores. Without a
        # score, and unrated, last both ways.
        ("score", "b a Été IMG_10 IMG_9", "IMG_10 Été a b IMG_9"),
        ("general", "b IMG_9 Été IMG_10 a", "IMG_10 Été IMG_9 b a"),
        # Equal dates by name: IMG_9 before Été.
        ("date", "a IMG_9 Été IMG_10 b", "IMG_10 IMG_9 Été a b"),
        ("name", "a b IMG_9 IMG_10 Été", "Été IMG_10 IMG_9 b a"),
        ("size", "Été a b IMG_9 IMG_10", "IMG_10 IMG_9 b a Été"),
        # Unrated last both ways; the two with 3 stars by date, undated last.
        ("stars", "a b IMG_10 IMG_9 Été", "IMG_10 a b IMG_9 Été"),
        ("camera", "a IMG_9 Été IMG_10 b", "Été IMG_10 a IMG_9 b"),
        ("group", "IMG_9 IMG_10 a Été b", "a Été IMG_9 IMG_10 b"),
    ],
)
def test_order(album: Columns, key: str, upwards: str, downwards: str) -> None:
    for descending, expected in ((False, upwards), (True, downwards)):
        found = [name.removesuffix(".jpg") for name in _ordered(album, SortKey(key), descending)]
        assert " ".join(found) == expected


def test_the_change_is_how_many_places_personalising_moved_a_photo(album: Columns) -> None:
    # General order: IMG_10, Été, IMG_9, b; personal order: b, a, Été, IMG_10.
    # b moved from place 3 to 0, Été from 1 to 2, IMG_10 from 0 to 3.
    assert _ordered(album, SortKey.CHANGE, descending=True)[:3] == [
        "b.jpg",
        "Été.jpg",
        "IMG_10.jpg",
    ]


@pytest.mark.parametrize(
    ("condition", "names"),
    [
        (StarsRelation(">=", 4), "IMG_10"),
        (StarsRelation("<=", 3), "b a"),
        (StarsRelation("=", 3), "b a"),
        (Unrated(), "IMG_9 Été"),
        (ScoreBetween(2.0), "b a Été"),
        (ScoreBetween(1.0, 2.0), "IMG_10 a Été"),
        (FlagAmong(frozenset({1})), "IMG_10"),
        (FlagAmong(frozenset({-1})), "b"),
        (FlagAmong(frozenset({0})), "IMG_9 a Été"),
        (Label(frozenset({"Red"})), "IMG_10 Été"),
        (Label(frozenset({"", "Select"})), "IMG_9 b a"),
        (Label(frozenset({"Blue"})), ""),
        (Camera(frozenset({"Canon", ""})), "IMG_9 b a"),
        (Upright(), "IMG_9 Été"),
        (Upright(False), "IMG_10 b a"),
        (BestOfGroup(), "IMG_9 b a"),
        (NameContains("img"), "IMG_10 IMG_9"),
        (NameContains("ÉT"), "Été"),
        (Not(StarsRelation(">=", 4)), "IMG_9 b a Été"),
    ],
)
def test_filters(album: Columns, condition: Condition, names: str) -> None:
    mask = shown(album, [condition])
    found = [name.removesuffix(".jpg") for name, keep in zip(NAMES, mask, strict=True) if keep]
    assert " ".join(found) == names


def test_all_conditions_must_hold_and_none_shows_all(album: Columns) -> None:
    assert shown(album, []).all()
    mask = shown(album, [NameContains("IMG"), Unrated()])
    assert mask.tolist() == [False, True, False, False, False]


def test_an_album_of_no_photos() -> None:
    nothing = np.empty(0)
    empty = Columns(
        paths=(),
        folded=(),
        name=name_order(()),
        size=np.empty(0, np.int64),
        taken=nothing,
        score=nothing,
        general=nothing,
        stars=np.empty(0, np.int32),
        by_machine=np.empty(0, bool),
        flag=np.empty(0, np.int32),
        label=codes([]),
        camera=codes([]),
        group=np.empty(0, np.int32),
        best=np.empty(0, bool),
        upright=np.empty(0, bool),
        faces=np.full(0, -1, dtype=np.int32),
        closed_eyes=np.zeros(0, dtype=np.int32),
        soft_faces=np.zeros(0, dtype=np.int32),
    )
    for key in SortKey:
        assert len(ordered(empty, key)) == 0
    assert len(shown(empty, [StarsRelation(">=", 1), NameContains("x")])) == 0
