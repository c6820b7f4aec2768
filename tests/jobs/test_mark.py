"""What a person puts on photos and takes back, as the window shows it, on a store of real files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from photoaes.album.columns import UNRATED, Codes, codes, replaced
from photoaes.album.marks import Flag, Marks
from photoaes.album.pairs import Paired, pair
from photoaes.album.photo import scan
from photoaes.album.store.lessons import ratings_for_fit
from photoaes.album.store.opening import Store, open_store
from photoaes.album.store.rating_log import newest_step, prefer
from photoaes.album.store.sync import sync
from photoaes.album.store.undo import redo, undo
from photoaes.jobs.mark import Marked, mark_photos, marked_since, travel


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store(None) as store:
        yield store


@pytest.fixture
def album(tmp_path: Path, store: Store) -> Paired:
    """Four photos; the second has a RAW beside it."""
    for name in ("a.jpg", "b.jpg", "b.CR2", "c.jpg", "d.jpg"):
        (tmp_path / name).write_bytes(name.encode())
    sync(store, scan(tmp_path))
    return pair(scan(tmp_path))


def _marks(marked: Marked | None) -> dict[int, tuple[int, int, str]]:
    assert marked is not None
    words = [marked.label.words[n] if n >= 0 else "" for n in marked.label.values]
    values = zip(marked.stars.tolist(), marked.flag.tolist(), words, strict=True)
    return dict(zip(marked.photos.tolist(), values, strict=True))


def _put(store: Store, album: Paired, photos: list[int], marks: Marks) -> None:
    mark_photos(store, album, np.array(photos), marks)


def test_undo_and_redo_say_what_the_photos_have_then(store: Store, album: Paired) -> None:
    _put(store, album, [0, 1], Marks(stars=4, label="Red"))
    _put(store, album, [1, 2], Marks(stars=0, flag=Flag.PICK))
    undone = travel(store, album.photos, undo)
    assert _marks(undone) == {1: (4, 0, "Red"), 2: (UNRATED, 0, "")}
    assert undone is not None
    assert undone.first in (1, 2)
    assert _marks(travel(store, album.photos, undo)) == {
        0: (UNRATED, 0, ""),
        1: (UNRATED, 0, ""),
    }
    assert travel(store, album.photos, undo) is None
    assert _marks(travel(store, album.photos, redo)) == {0: (4, 0, "Red"), 1: (4, 0, "Red")}
    assert len(ratings_for_fit(store)) == 3


def test_a_step_about_other_photos_has_none_here(store: Store, album: Paired) -> None:
    _put(store, album, [0], Marks(stars=2))
    marked = travel(store, album.photos[1:], undo)
    assert _marks(marked) == {}
    assert marked is not None
    assert marked.first is None


def test_a_choice_taken_back_leads_to_its_photos(store: Store, album: Paired) -> None:
    prefer(store, album.photos[2].path, album.photos[3].path)
    marked = travel(store, album.photos, undo)
    assert marked is not None
    assert marked.first in (2, 3)
    assert _marks(marked) == {}


def test_what_was_said_since_a_step_is_found(store: Store, album: Paired) -> None:
    _put(store, album, [0], Marks(stars=1))
    step = newest_step(store)
    assert _marks(marked_since(store, album.photos, step)) == {}
    _put(store, album, [3], Marks(flag=Flag.REJECT))
    _put(store, album, [1], Marks(stars=5))
    assert _marks(marked_since(store, album.photos, step)) == {3: (UNRATED, -1, ""), 1: (5, 0, "")}


def test_labels_are_replaced_among_others() -> None:
    now = codes(["Red", None, "Blue", "Red"])
    found = replaced(now, np.array([1, 3]), codes(["Green", None]))
    assert found.words == ("Blue", "Green", "Red")
    assert [found.words[n] if n >= 0 else None for n in found.values] == ["Red", "Green", "Blue",
                                                                          None]  # fmt: skip
    assert replaced(now, np.array([], dtype=np.int64), Codes(np.zeros(0, np.int32), ())) is not now
