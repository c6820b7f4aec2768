"""A photo that a messenger has saved again is a duplicate of the one that the camera took."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from photoaes.album.columns import NOTHING, Columns
from photoaes.album.store.embeddings import load_embeddings
from photoaes.album.store.feature_cache import FeatureCache
from photoaes.album.store.opening import Store, open_store
from photoaes.album.store.scores import load_columns
from photoaes.jobs.compare import compare_similar
from photoaes.jobs.open_album import open_album
from photoaes.jobs.read_album import read_album
from photoaes.jobs.survey import Survey
from photoaes.running import finished
from tests.album.pictures import START, saved_again, scene, write_photo
from tests.tiny import tiny_bank

NAMES = ("IMG-20250503-WA000{}.jpg", "photo_2025-05-04_10-11-1{}.jpg", "forward{}.jpg")


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """Six photos of a camera, and three of them forwarded: smaller, saved again, without EXIF."""
    folder = tmp_path / "album"
    folder.mkdir()
    for number in range(6):
        taken = START + timedelta(hours=number)
        write_photo(folder / f"DSC_{number}.jpg", scene(number, (400, 300)), taken)
    for number, name in enumerate(NAMES):
        image = saved_again(scene(number, (400, 300)).resize((320, 240)), 40)
        write_photo(folder / name.format(number), image)
    return folder


def scored(store: Store, cache: FeatureCache, folder: Path, bank: Path) -> Columns:
    opened = finished(open_album(store, folder))
    finished(read_album(store, opened))
    survey, photos = Survey(bank, "cpu"), opened.photos
    columns = load_columns(store, photos, survey.digest, None)
    finished(survey.look(store, cache, photos, columns, range(len(photos)), len(photos)))
    features = load_embeddings(store, cache, survey.digest, photos)
    score = np.arange(len(photos), dtype=np.float64)  # the forwards would have the highest
    finished(compare_similar(store, photos, survey.digest, features, score))
    return load_columns(store, photos, survey.digest, None, features, score)


@pytest.mark.parametrize("is_known", [True, False])
def test_a_forward_joins_its_dated_original(tmp_path: Path, album: Path, is_known: bool) -> None:
    """Also where an older photoaes has scored the photos, and did not note their looks."""
    bank = tiny_bank(tmp_path / "bank").folder
    with open_store(None) as store, FeatureCache(None) as cache:
        columns = scored(store, cache, album, bank)
        if not is_known:
            store.connection.execute("UPDATE facts SET look = NULL")
            columns = scored(store, cache, album, bank)
        group = {
            path.name: int(number)
            for path, number in zip(columns.paths, columns.group, strict=True)
        }
        best = {
            path.name: bool(is_best)
            for path, is_best in zip(columns.paths, columns.best, strict=True)
        }
    for number, name in enumerate(NAMES):
        assert group[name.format(number)] == group[f"DSC_{number}.jpg"] != NOTHING
        assert best[f"DSC_{number}.jpg"]
        assert not best[name.format(number)]
    assert [group[f"DSC_{number}.jpg"] for number in range(3, 6)] == [NOTHING] * 3
    assert len({group[f"DSC_{number}.jpg"] for number in range(3)}) == 3
