"""What looks alike is one group in the grid, once photos have been scored."""

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from photoaes.album.columns import NOTHING, Columns
from photoaes.album.photo import Photo
from photoaes.album.store.embeddings import load_embeddings, save_embeddings
from photoaes.album.store.feature_cache import FeatureCache
from photoaes.album.store.likeness import save_sharpness
from photoaes.album.store.opening import Store
from photoaes.album.store.scores import Facts, load_columns, save_facts, save_scores
from tests.album.stores import album, memory_store, photo, rescan


@pytest.fixture
def photos(tmp_path: Path) -> list[Photo]:
    """One camera: two of one second, a third a minute later, a fourth days later."""
    return [photo(path) for path in album(tmp_path / "album", ["a.jpg", "b.jpg", "c.jpg", "d.jpg"])]


@pytest.fixture
def store(photos: list[Photo]) -> Iterator[Store]:
    with memory_store(photos[0].path.parent) as store:
        times = (0.0, 1.0, 60.0, 1e6)
        facts = [Facts(taken, "Nikon D70", False) for taken in times]
        save_facts(store, zip(photos, facts, strict=True))
        yield store


@pytest.fixture
def cache() -> Iterator[FeatureCache]:
    with FeatureCache(None) as cache:
        yield cache


def _columns(store: Store, cache: FeatureCache, photos: list[Photo]) -> Columns:
    return load_columns(store, photos, "d", None, load_embeddings(store, cache, "d", photos))


def test_bursts_by_time_then_what_looks_alike(
    store: Store, cache: FeatureCache, photos: list[Photo]
) -> None:
    assert load_embeddings(store, cache, "d", photos) is None
    columns = _columns(store, cache, photos)
    assert columns.group.tolist() == [0, 0, NOTHING, NOTHING]
    assert columns.best.tolist() == [True, False, True, True]
    alike = np.ones((4, 3), dtype=np.float16)
    save_embeddings(store, cache, "d", zip(photos, alike, strict=True))
    columns = _columns(store, cache, photos)
    assert columns.group.tolist() == [0, 0, 0, NOTHING]
    assert _columns(store, cache, photos[::-1]).group.tolist() == [NOTHING, 0, 0, 0]


def test_the_best_by_score_then_by_sharpness(
    store: Store, cache: FeatureCache, photos: list[Photo]
) -> None:
    save_sharpness(store, zip(photos, (1.0, 2.0, 3.0, 4.0), strict=True))
    assert _columns(store, cache, photos).best.tolist() == [False, True, True, True]
    save_scores(store, "d", None, [(photos[0], 7.0), (photos[1], 3.0)])
    assert _columns(store, cache, photos).best.tolist() == [True, False, True, True]


def test_a_changed_photo_has_neither(
    store: Store, cache: FeatureCache, photos: list[Photo]
) -> None:
    path = photos[0].path
    os.utime(path, ns=(5, 5))
    rescan(store, path.parent)
    row = np.ones(3, dtype=np.float16)
    save_embeddings(store, cache, "d", [(photos[0], row), (photos[1], row)])
    save_sharpness(store, [(photos[0], 9.0)])
    found = load_embeddings(store, cache, "d", [photo(path), *photos[1:]])
    assert found is not None
    assert found.any(axis=1).tolist() == [False, True, False, False]
    assert store.rows("SELECT sharpness FROM facts WHERE sharpness IS NOT NULL") == []
