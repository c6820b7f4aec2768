"""Faces are looked for once, and of a burst a photo with open eyes is the best."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from photoaes.album.columns import NOTHING, Columns
from photoaes.album.store.faces import without_faces
from photoaes.album.store.opening import Store, open_store
from photoaes.album.store.scores import load_columns
from photoaes.jobs.compare import compare_similar
from photoaes.jobs.find_faces import FaceSearch, find_faces
from photoaes.jobs.open_album import open_album
from photoaes.jobs.read_album import OpenedAlbum, read_album
from photoaes.running import finished
from tests.album.pictures import START, write_photo
from tests.drawn_faces import drawn_group, needs_faces

pytestmark = needs_faces
SIZE = (600, 450)


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """A burst of three frames, somebody blinking in the second; an hour later nobody."""
    folder = tmp_path / "album"
    folder.mkdir()
    for number, closed in enumerate([[1], [0, 1], []]):
        taken = START + timedelta(seconds=number)
        write_photo(folder / f"{number}.jpg", drawn_group(SIZE, faces=2, closed=closed), taken)
    write_photo(folder / "3.jpg", drawn_group(SIZE, faces=0), START + timedelta(hours=1))
    (folder / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 not a photo")
    return folder


def opened(store: Store, folder: Path) -> OpenedAlbum:
    found = finished(open_album(store, folder))
    finished(read_album(store, found))
    return found


def columns_of(store: Store, album: OpenedAlbum) -> Columns:
    return load_columns(store, album.photos, "bank", None)


def test_each_photo_is_looked_at_once_and_again_when_it_has_changed(album: Path) -> None:
    with open_store(None) as store:
        found = opened(store, album)
        assert find_count(store, found) == 5
        columns = columns_of(store, found)
        assert columns.faces.tolist() == [2, 2, 2, 0, NOTHING]
        assert columns.closed_eyes.tolist() == [1, 2, 0, 0, 0]
        assert find_count(store, found) == 1, "the broken one alone"
        write_photo(album / "3.jpg", drawn_group(SIZE, closed=[0]), START + timedelta(hours=2))
        found = opened(store, album)
        assert columns_of(store, found).faces.tolist() == [2, 2, 2, NOTHING, NOTHING]
        find_count(store, found)
        assert columns_of(store, found).closed_eyes.tolist() == [1, 2, 0, 1, 0]


def find_count(store: Store, album: OpenedAlbum) -> int:
    return finished(find_faces(store, album.photos))


def test_a_search_that_is_broken_off_keeps_what_it_found(
    album: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("photoaes.jobs.find_faces.AT_ONCE", 2)
    with open_store(None) as store:
        found = opened(store, album)
        search = FaceSearch(store, found.photos)
        assert finished(search.look_on(0.0)) is True
        assert search.done == 2
        job = search.look_on(60)
        next(job)  # the first photo of the second part
        job.close()
        left = [photo.path.name for photo in without_faces(store, found.photos)]
        assert left == ["2.jpg", "3.jpg", "broken.jpg"]


def test_of_a_burst_open_eyes_come_before_a_higher_score(album: Path) -> None:
    with open_store(None) as store:
        found = opened(store, album)
        score = np.array([3.0, 5.0, 2.0, 1.0, np.nan])
        finished(compare_similar(store, found.photos, "bank", None, score))
        columns = load_columns(store, found.photos, "bank", None, None, score)
        assert columns.group[0] == columns.group[1] == columns.group[2] != NOTHING
        assert columns.best.tolist() == [False, False, True, True, True]
        assert columns.faces[3] == NOTHING, "it is in no burst: nobody had to look"
