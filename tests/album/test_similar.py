"""Bursts, near-duplicates, and the best of each."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageFilter

from photoaes.album.columns import NOTHING
from photoaes.album.sharpness import sharpness
from photoaes.album.similar import best_of_groups, groups, most_alike

NAN = np.nan
ONE_CAMERA = np.zeros(8, dtype=np.int32)


def test_frames_within_two_seconds_are_a_burst() -> None:
    taken = np.array([100.0, 0.0, 1.5, 3.0, 50.0, 101.9, NAN, 200.0])
    found = groups(taken, ONE_CAMERA, None)
    assert found.tolist() == [1, 0, 0, 0, NOTHING, 1, NOTHING, NOTHING]


def test_two_cameras_at_the_same_moment_are_no_burst() -> None:
    taken = np.zeros(8) + np.arange(8) * 100
    taken[1] = 0.5
    camera = ONE_CAMERA.copy()
    camera[1] = 1
    assert (groups(taken, camera, None) == NOTHING).all()


def test_interleaved_cameras_have_a_burst_each() -> None:
    taken = np.array([0.0, 0.1, 1.0, 1.1, 2.0, 2.1, 900.0, 1000.0])
    camera = np.array([0, 1, 0, 1, 0, 1, 0, 1], dtype=np.int32)
    assert groups(taken, camera, None).tolist() == [0, 1, 0, 1, 0, 1, NOTHING, NOTHING]


def test_near_duplicates_are_alike_in_features_and_near_in_time() -> None:
    taken = np.array([0.0, 60.0, 120.0, 10_000.0, 10_100.0, NAN, NAN, 50_000.0])
    sunset, beach = [1.0, 0.05], [0.0, 1.0]
    rows = [sunset, beach, [1.0, 0.1], sunset, [0.9, 0.1], sunset, sunset, [0.0, 0.0]]
    found = groups(taken, ONE_CAMERA, np.array(rows, dtype=np.float32))
    assert found.tolist() == [0, NOTHING, 0, 1, 1, NOTHING, NOTHING, NOTHING]


def test_groups_do_not_depend_on_the_order_of_the_scan() -> None:
    rng = np.random.default_rng(0)
    taken = np.sort(rng.uniform(0, 400, 200))
    first = groups(taken, np.zeros(200, np.int32), None)
    shuffled = rng.permutation(200)
    again = groups(taken[shuffled], np.zeros(200, np.int32), None)
    assert (again == first[shuffled]).all()
    assert first.max() > 20


def test_an_empty_album_and_one_photo_have_no_group() -> None:
    for count in (0, 1):
        found = groups(np.zeros(count), np.zeros(count, np.int32), None)
        assert found.tolist() == [NOTHING] * count


def test_the_best_has_the_highest_score_then_the_highest_sharpness() -> None:
    group = np.array([0, 0, 0, 1, 1, 2, 2, NOTHING], dtype=np.int32)
    score = np.array([3.0, 5.0, 4.0, 2.0, 2.0, NAN, NAN, NAN])
    sharp = np.array([9.0, 1.0, 9.0, 1.0, 2.0, NAN, 0.5, NAN])
    best = best_of_groups(group, score, sharp)
    assert best.tolist() == [False, True, False, False, True, False, True, True]


@pytest.mark.parametrize("radius", [1, 3])
def test_a_blurred_frame_is_less_sharp(radius: int) -> None:
    rng = np.random.default_rng(0)
    small = Image.fromarray(rng.integers(0, 256, (60, 80, 3), dtype=np.uint8))
    photo = small.resize((640, 480), Image.Resampling.NEAREST)
    assert sharpness(photo.filter(ImageFilter.GaussianBlur(radius))) < 0.8 * sharpness(photo)


def test_a_sharp_subject_before_a_blurred_background_is_sharp() -> None:
    rng = np.random.default_rng(0)
    photo = Image.new("RGB", (512, 512), (90, 120, 90))
    subject = Image.fromarray(rng.integers(0, 256, (100, 100, 3), dtype=np.uint8))
    photo.paste(subject, (200, 200))
    assert sharpness(photo) > 10 * sharpness(photo.filter(ImageFilter.GaussianBlur(3)))
    assert sharpness(Image.new("RGB", (2, 2))) == 0


def test_the_most_alike_come_first_and_unknown_ones_not_at_all() -> None:
    features = np.array([[1, 0], [0, 1], [1, 0.1], [0, 0], [1, 1]], dtype=np.float32)
    assert most_alike(features, 0, 3).tolist() == [0, 2, 4]
    assert most_alike(features, 0, 10).tolist() == [0, 2, 4, 1]
    assert most_alike(features, 3, 10).tolist() == []
