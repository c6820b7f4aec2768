"""Scenes by pauses, looks by features: plain functions."""

from __future__ import annotations

import numpy as np

from photoaes.album.alike import MOST_LOOKS, looks
from photoaes.album.columns import NOTHING
from photoaes.album.scenes import PAUSE_S, scenes


def test_a_pause_begins_a_scene_and_photos_without_a_time_have_none() -> None:
    taken = np.array([100.0, np.nan, 0.0, 100 + PAUSE_S, 101 + 2 * PAUSE_S])
    assert scenes(taken).tolist() == [0, -1, 0, 0, 1]
    assert scenes(np.array([np.nan])).tolist() == [-1]
    assert scenes(np.array([])).tolist() == []


def test_looks_are_those_that_features_were_made_of() -> None:
    rng = np.random.default_rng(1)
    kinds = rng.normal(size=(4, 32))
    true = np.repeat(np.arange(4), [20, 6, 4, 2])
    features = (kinds[true] + rng.normal(0, 0.05, (32, 32))).astype(np.float32)
    features = np.vstack([features, np.zeros((1, 32), np.float32)])
    found = looks(features)
    assert found.look[-1] == NOTHING
    assert np.bincount(found.look[:-1]).tolist() == [20, 6, 4, 2]
    assert all(len(set(true[found.look[:-1] == one])) == 1 for one in range(4))
    assert found.look[found.middle].tolist() == [0, 1, 2, 3]
    again = looks(features)
    assert (again.look == found.look).all()


def test_few_equal_and_unknown_photos_are_no_trouble() -> None:
    assert looks(np.zeros((3, 8), np.float32)).look.tolist() == [NOTHING] * 3
    assert looks(np.ones((5, 8), np.float32)).look.tolist() == [0] * 5
    many = np.random.default_rng(3).normal(size=(6000, 8)).astype(np.float32)
    assert len(looks(many).middle) <= MOST_LOOKS
