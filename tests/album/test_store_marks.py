"""Marks in the store: history, undo and redo, imports, choices."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from photoaes.album.marks import Flag, Marks
from photoaes.album.store import rating_log
from photoaes.album.store.lessons import pairs_for_fit, ratings_for_fit
from photoaes.album.store.marks_import import (
    Conflict,
    import_marks,
    set_machine_stars,
)
from photoaes.album.store.missing import purge
from photoaes.album.store.opening import Store, open_store
from photoaes.album.store.rating_log import (
    StepKind,
    Wish,
    history,
    prefer,
    set_flag,
    set_label,
    set_marks,
    set_stars,
)
from photoaes.album.store.undo import next_redo, next_undo, redo, undo
from tests.album.stores import album, marks, memory_store, rescan


@pytest.fixture
def paths(tmp_path: Path) -> list[Path]:
    return album(tmp_path / "album")


@pytest.fixture
def store(tmp_path: Path, paths: list[Path]) -> Iterator[Store]:
    with memory_store(tmp_path / "album") as store:
        yield store


def test_never_rated_is_not_cleared(store: Store, paths: list[Path]) -> None:
    a, b, _ = paths
    assert marks(store, a) == Marks(None, None, None)
    assert set_stars(store, [b], 0) == 1
    assert marks(store, b) == Marks(stars=0)
    assert set_stars(store, [b], 0) == 0  # nothing changed, so no step
    assert len(history(store, b)) == 1
    assert ratings_for_fit(store) == {}


def test_wrong_stars_and_unknown_photos_are_bugs(store: Store, paths: list[Path]) -> None:
    with pytest.raises(ValueError, match="6"):
        set_stars(store, paths, 6)
    with pytest.raises(KeyError):
        set_stars(store, [paths[0], Path("/nowhere.jpg")], 3)
    assert marks(store, paths[0]).stars is None  # the step was rolled back as a whole
    assert next_undo(store) is None


def test_bulk_is_one_step_and_history_tells_it(store: Store, paths: list[Path]) -> None:
    a, b, c = paths
    set_stars(store, [a], 2)
    assert set_stars(store, [*paths, a], 4) == 3
    step = next_undo(store)
    assert step is not None
    assert set(step.paths) == set(paths)
    undo(store)
    assert [marks(store, one).stars for one in paths] == [2, None, None]
    assert [(one.kind, one.old, one.new) for one in history(store, a)] == [
        (StepKind.PERSON, None, 2),
        (StepKind.PERSON, 2, 4),
        (StepKind.UNDO, 4, 2),
    ]
    assert history(store, c)[0].done_at.endswith("+00:00")


def test_undo_and_redo_everything(store: Store, paths: list[Path]) -> None:
    a, b, c = paths
    set_stars(store, [a], 5)
    set_flag(store, [a, b], Flag.REJECT)
    set_label(store, [a], "Rot")
    prefer(store, a, b)
    set_machine_stars(store, {c: 3}, "Ann")
    set_marks(store, [Wish(b, Marks(1, Flag.PICK, "Blue"))])
    states = []
    while undo(store):
        states.append([marks(store, one) for one in paths])
    assert len(states) == 6
    assert states[-1] == [Marks()] * 3
    assert pairs_for_fit(store) == []
    done = 0
    while redo(store):
        done += 1
    assert done == 6
    assert [marks(store, one) for one in paths] == [
        Marks(5, Flag.REJECT, "Rot"),
        Marks(1, Flag.PICK, "Blue"),
        Marks(3),
    ]
    assert pairs_for_fit(store) == [(a, b)]
    assert ratings_for_fit(store) == {b: 1}  # a is rejected, c is still a machine's


def test_something_new_ends_redo(store: Store, paths: list[Path]) -> None:
    a, b, _ = paths
    set_stars(store, [a], 1)
    set_stars(store, [a], 2)
    undo(store)
    set_stars(store, [b], 3)
    assert next_redo(store) is None
    undo(store)
    undo(store)
    assert undo(store) is None
    assert marks(store, a).stars is None
    redo(store)
    redo(store)
    assert redo(store) is None
    assert (marks(store, a).stars, marks(store, b).stars) == (1, 3)


def test_undo_across_restarts(tmp_path: Path, paths: list[Path]) -> None:
    file = tmp_path / "data" / "album.db"
    with open_store(file) as store:
        rescan(store, tmp_path / "album")
        for stars in (1, 2, 3):
            set_stars(store, paths[:1], stars)
    for expected in (2, 1):
        with open_store(file) as store:
            undo(store)
            assert marks(store, paths[0]).stars == expected
    with open_store(file) as store:
        redo(store)
        redo(store)
        assert marks(store, paths[0]).stars == 3


def test_an_import_between_undo_and_redo_is_kept(store: Store, paths: list[Path]) -> None:
    a = paths[0]
    set_stars(store, [a], 3)
    undo(store)
    import_marks(store, [Wish(a, Marks(4))], "sidecars")
    redo(store)
    assert marks(store, a).stars == 3
    undo(store)
    assert marks(store, a).stars == 4
    assert undo(store) is None  # the import is not the user's


def test_import_fills_and_tells_conflicts(store: Store, paths: list[Path]) -> None:
    a, b, c = paths
    set_stars(store, [a], 2)
    set_stars(store, [b], 0)
    found = [
        Wish(a, Marks(5, Flag.REJECT, "Red"), "a.xmp"),
        Wish(b, Marks(4), "b.xmp"),
        Wish(c, Marks(3), "c.xmp"),
        Wish(c, Marks(1), "c.jpg.xmp"),
        Wish(Path("/gone.jpg"), Marks(3)),
    ]
    told = import_marks(store, found, "sidecars")
    assert (told.stars, told.flags, told.labels) == (1, 1, 1)
    assert told.unknown == (Path("/gone.jpg"),)
    assert told.conflicts == (
        Conflict(a, "stars", 2, 5, "a.xmp"),
        Conflict(b, "stars", 0, 4, "b.xmp"),  # cleared by the user stays so
        Conflict(c, "stars", 3, 1, "c.jpg.xmp"),
    )
    assert [marks(store, one).stars for one in paths] == [2, 0, 3]
    assert history(store, c)[0].source == "c.xmp"
    assert ratings_for_fit(store) == {a: 2, c: 3}
    assert import_marks(store, found, "sidecars").stars == 0


def test_foreign_nothing_says_nothing(store: Store, paths: list[Path]) -> None:
    told = import_marks(store, [Wish(paths[0], Marks(0, Flag.NONE, ""))], "a table")
    assert (told.stars, told.flags, told.labels, told.conflicts) == (0, 0, 0, ())
    assert marks(store, paths[0]) == Marks()


@pytest.mark.skipif(os.name != "posix", reason="names are bytes on POSIX alone")
def test_a_source_with_an_odd_name(store: Store, paths: list[Path]) -> None:
    sidecar = os.fsdecode(b"latin-\xe9.xmp")
    import_marks(store, [Wish(paths[0], Marks(4), sidecar)], f"{sidecar}s")
    assert history(store, paths[0])[0].source == "latin-\ufffd.xmp"


def test_an_import_that_was_asked_for_can_be_undone(store: Store, paths: list[Path]) -> None:
    import_marks(store, [Wish(one, Marks(4)) for one in paths], "x.csv", is_undoable=True)
    step = undo(store)
    assert step is not None
    assert (step.kind, step.source, len(step.paths)) == (StepKind.IMPORT, "x.csv", 3)
    assert marks(store, paths[0]) == Marks()


def test_the_last_choice_on_a_pair_counts(store: Store, paths: list[Path]) -> None:
    a, b, c = paths
    prefer(store, a, b)
    prefer(store, b, c)
    prefer(store, b, a)
    assert pairs_for_fit(store) == [(b, a), (b, c)]
    undo(store)
    assert pairs_for_fit(store) == [(a, b), (b, c)]


def test_one_better_than_several_is_one_step(store: Store, paths: list[Path]) -> None:
    a, b, c = paths
    prefer(store, b, c)
    prefer(store, a, b, c)
    assert set(pairs_for_fit(store)) == {(b, c), (a, b), (a, c)}
    undone = undo(store)
    assert undone is not None
    assert set(undone.paths) == {a, b, c}
    assert pairs_for_fit(store) == [(b, c)]
    redo(store)
    assert set(pairs_for_fit(store)) == {(b, c), (a, b), (a, c)}


def test_fit_of_some_photos_only(store: Store, paths: list[Path]) -> None:
    set_stars(store, paths, 3)
    assert ratings_for_fit(store, paths[:2]) == {paths[0]: 3, paths[1]: 3}


def test_steps_of_purged_photos_are_passed_over(tmp_path: Path, paths: list[Path]) -> None:
    a, b, _ = paths
    with memory_store(tmp_path / "album") as store:
        set_stars(store, [a], 1)
        set_stars(store, [b], 2)
        prefer(store, a, b)
        b.unlink()
        rescan(store, tmp_path / "album")
        assert purge(store, [a, b]) == 1  # a is there, so it is not purged
        step = undo(store)
        assert step is not None
        assert step.paths == (a,)
        assert undo(store) is None


@pytest.mark.parametrize(
    "times",
    [(2000, 1990, 1980), ("02:30+02:00", "02:10+01:00", "02:20+01:00")],
    ids=["back", "dst"],
)
def test_the_clock_does_not_order_history(
    store: Store, paths: list[Path], times: tuple[object, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A clock set back by decades, and the night when an hour comes twice."""

    def told(time: object) -> datetime:
        if isinstance(time, int):
            return datetime.fromisoformat(f"{time}-01-01T00:00+00:00")
        return datetime.fromisoformat(f"2026-10-25T{time}")

    for stars, time in enumerate(times, start=1):

        class Clock:
            @staticmethod
            def now(zone: object, time: object = time) -> datetime:
                return told(time).astimezone(zone)  # type: ignore[arg-type]

        monkeypatch.setattr(rating_log, "datetime", Clock)
        set_stars(store, paths[:1], stars)
    assert [one.new for one in history(store, paths[0])] == [1, 2, 3]
    assert all(one.done_at.endswith("+00:00") for one in history(store, paths[0]))
    undo(store)
    assert marks(store, paths[0]).stars == 2


def test_a_block_that_raises_rolls_back(store: Store, paths: list[Path]) -> None:
    def fail() -> None:
        with store.transaction():
            store.connection.execute("UPDATE photos SET size = 0")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert store.rows("SELECT count(*) FROM photos WHERE size = 0") == [(0,)]
    assert set_stars(store, paths, 3) == 3
