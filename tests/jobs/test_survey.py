"""General scores some photos at a time: what else comes of each photo's one decoding."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image

from photoaes.album.store.feature_cache import FeatureCache
from photoaes.album.store.likeness import without_looks
from photoaes.album.store.opening import open_store
from photoaes.album.store.scores import load_columns, photo_ids
from photoaes.images.thumbnail_cache import ThumbnailCache
from photoaes.jobs.open_album import open_album
from photoaes.jobs.read_album import read_album
from photoaes.jobs.survey import Survey
from photoaes.running import finished
from tests.album.pictures import scene
from tests.tiny import tiny_bank


def test_score_sharpness_look_and_thumbnail_come_of_one_opening(tmp_path: Path) -> None:
    folder = tmp_path / "album"
    folder.mkdir()
    for number in range(6):
        scene(number, (400, 60)).save(folder / f"{number}.jpg")
    cache, opened = ThumbnailCache(tmp_path / "thumbnails"), []

    def open_once(path: Path, edge: int) -> Image.Image:
        image = cache.opened(path, edge, 128)
        status = path.stat()
        path.write_bytes(b"x" * status.st_size)  # nobody can read it a second time
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
        opened.append(path)
        return image

    bank = tiny_bank(tmp_path / "bank").folder
    with open_store(None) as store, FeatureCache(None) as features:
        album = finished(open_album(store, folder))
        finished(read_album(store, album))
        survey = Survey(bank, "cpu", open_once)
        columns = load_columns(store, album.photos, survey.digest, None)
        found = finished(survey.look(store, features, album.photos, columns, range(6), 2))
        assert found.opened == 2
        assert np.isfinite(found.general).sum() == 2
        columns = replace(columns, general=found.general)
        found = finished(survey.look(store, features, album.photos, columns, range(6), 6))
        assert found.opened == 4, "the two are known, and take no time"
        ids = photo_ids(store, album.photos)
        assert not np.isnan(found.general).any()
        assert store.rows("SELECT count(sharpness) FROM facts") == [(6,)]
        assert without_looks(store, ids) == []
    assert len(opened) == len(set(opened)) == 6
    for number in range(6):
        assert cache.thumbnail(folder / f"{number}.jpg", 128).size == (128, 19)
