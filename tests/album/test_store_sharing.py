"""All files of one photo have one rating, whichever of them it came to."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from photoaes.album.marks import Flag, Marks
from photoaes.album.pairs import pair
from photoaes.album.photo import scan
from photoaes.album.store.lessons import ratings_for_fit
from photoaes.album.store.marks_import import set_machine_stars
from photoaes.album.store.opening import Store
from photoaes.album.store.rating_log import StepKind, history, known, set_flag, set_stars
from photoaes.album.store.sharing import share_marks
from photoaes.album.store.undo import redo, undo
from tests.album.stores import album, marks, memory_store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    album(tmp_path / "album", ["a.jpg", "a.CR2", "a.dng", "b.jpg"])
    return tmp_path / "album"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    with memory_store(folder) as store:
        yield store


def share(store: Store, folder: Path) -> int:
    return share_marks(store, pair(scan(folder)).companions)


def test_a_rated_raw_gets_its_jpeg(store: Store, folder: Path) -> None:
    set_stars(store, [folder / "a.dng"], 4)
    set_flag(store, [folder / "b.jpg"], Flag.PICK)
    assert share(store, folder) == 2
    for name in ("a.jpg", "a.CR2", "a.dng"):
        assert marks(store, folder / name) == Marks(4)
    assert share(store, folder) == 0
    [line] = history(store, folder / "a.jpg")
    assert (line.kind, line.old, line.new) == (StepKind.PERSON, None, 4)
    assert line.source == str(folder / "a.dng")
    assert ratings_for_fit(store, [folder / "a.jpg"]) == {folder / "a.jpg": 4}


def test_undo_and_redo_take_all_files_along(store: Store, folder: Path) -> None:
    set_stars(store, [folder / "a.CR2"], 4)
    share(store, folder)
    for step, stars in ((undo, None), (redo, 4), (undo, None)):
        step(store)
        assert marks(store, folder / "a.jpg").stars == stars
        assert share(store, folder) == 0


def test_what_was_said_of_both_stays(store: Store, folder: Path) -> None:
    set_stars(store, [folder / "a.jpg"], 0)
    set_stars(store, [folder / "a.CR2"], 2)
    share(store, folder)
    assert marks(store, folder / "a.jpg").stars == 0  # cleared by a person
    assert marks(store, folder / "a.CR2").stars == 2
    assert marks(store, folder / "a.dng").stars == 0


def test_two_raws_that_disagree(store: Store, folder: Path) -> None:
    set_stars(store, [folder / "a.CR2"], 1)
    set_stars(store, [folder / "a.dng"], 5)
    share(store, folder)
    assert marks(store, folder / "a.jpg").stars == 1


def test_a_machines_stars_stay_a_machines(store: Store, folder: Path) -> None:
    set_machine_stars(store, {folder / "a.CR2": 4}, "Ann")
    share(store, folder)
    found = known(store, folder / "a.jpg")
    assert found is not None
    assert found.kinds["stars"] is StepKind.MACHINE
    assert ratings_for_fit(store) == {}
