"""Stars made of scores: for unrated photos only, never learned from, never told to others."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from photoaes.album.marks import Flag, Marks
from photoaes.album.store.lessons import ratings_for_fit
from photoaes.album.store.marks_import import (
    clear_machine_stars,
    fillable,
    import_marks,
    set_machine_stars,
)
from photoaes.album.store.opening import Store
from photoaes.album.store.rating_log import (
    StepKind,
    Wish,
    known,
    said_by_people,
    set_flag,
    set_stars,
)
from photoaes.album.store.undo import redo, undo
from tests.album.stores import album, marks, memory_store


@pytest.fixture
def paths(tmp_path: Path) -> list[Path]:
    return album(tmp_path / "album")


@pytest.fixture
def store(tmp_path: Path, paths: list[Path]) -> Iterator[Store]:
    with memory_store(tmp_path / "album") as store:
        yield store


def test_machine_stars_never_replace_a_persons(store: Store, paths: list[Path]) -> None:
    a, b, c = paths
    set_stars(store, [a], 2)
    set_stars(store, [b], 0)
    assert fillable(store, paths) == [c]
    assert set_machine_stars(store, dict.fromkeys(paths, 5), "Ann") == 1
    assert [marks(store, one).stars for one in paths] == [2, 0, 5]
    assert ratings_for_fit(store) == {a: 2}
    assert set_machine_stars(store, {c: 4}, "Ann") == 1  # its own may change
    assert set_stars(store, [c], 4) == 1  # the person agrees: now it is theirs
    assert ratings_for_fit(store) == {a: 2, c: 4}
    undo(store)
    assert ratings_for_fit(store) == {a: 2}
    with pytest.raises(ValueError, match="0"):
        set_machine_stars(store, {c: 0}, "Ann")


def test_machine_stars_taken_back_and_that_undone(store: Store, paths: list[Path]) -> None:
    set_stars(store, paths[:1], 2)
    set_machine_stars(store, {paths[1]: 4, paths[2]: 5}, "Ann")
    assert clear_machine_stars(store, paths) == 2
    assert [marks(store, path).stars for path in paths[:3]] == [2, None, None]
    assert fillable(store, paths[1:3]) == paths[1:3]
    undo(store)
    found = known(store, paths[1])
    assert found is not None
    assert (found.marks.stars, found.kinds["stars"]) == (4, StepKind.MACHINE)
    redo(store)
    assert marks(store, paths[1]) == Marks()
    assert clear_machine_stars(store, paths) == 0
    # Undone after another has filled the place: what is there now is not the step's.
    set_stars(store, [paths[1]], 1)
    set_flag(store, [paths[1]], Flag.PICK)
    assert import_marks(store, [Wish(paths[2], Marks(3))], "x").stars == 1
    while step := undo(store):
        assert step.kind in StepKind
    assert [marks(store, path).stars for path in paths[:3]] == [None, None, 3]


def test_machine_stars_are_not_said_to_others(store: Store, paths: list[Path]) -> None:
    set_machine_stars(store, {paths[0]: 4, paths[1]: 4}, "Ann")
    set_flag(store, [paths[0]], Flag.PICK)
    set_stars(store, [paths[2]], 3)
    said = said_by_people(store, paths)
    assert said == {paths[0]: Marks(flag=Flag.PICK), paths[2]: Marks(3)}
