"""Bursts, near-duplicates, and the best of each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from photoaes.album.alike import most_alike
from photoaes.album.columns import NOTHING
from photoaes.album.copies import similar_looks, standard_looks
from photoaes.album.look import look
from photoaes.album.sharpness import fine_sharpness, sharp_enough, sharpness
from photoaes.album.similar import best_of_groups, groups, kept_whole
from tests.album.pictures import saved_again, scene

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


def looks_of(rows: list[bytes]) -> Callable[[NDArray[np.int64]], NDArray[np.float32]]:
    table = standard_looks(list(rows))
    return lambda wanted: table[wanted]


def scenes(*numbers: int) -> list[bytes]:
    """The same number, the same scene, in another light each time."""
    return [
        look(scene(one, (300, 200)).point(lambda grey, n=n: min(255, grey + 4 * n)))
        for n, one in enumerate(numbers)
    ]


def test_different_scenes_each_two_seconds_are_no_burst() -> None:
    """`chain_2s`: a pan over eight scenes; features that find all alike do not matter."""
    taken = np.arange(8, dtype=np.float64) * 2
    same = np.ones((8, 2), dtype=np.float32)
    found = groups(taken, ONE_CAMERA, same, looks_of(scenes(*range(8))))
    assert (found == NOTHING).all()


def test_one_date_for_a_folder_of_scans_is_no_burst() -> None:
    found = groups(np.zeros(8), ONE_CAMERA, None, looks_of(scenes(*range(8))))
    assert (found == NOTHING).all()
    many = np.zeros(40)
    assert (groups(many, np.zeros(40, np.int32), None) == NOTHING).all()


def test_groups_do_not_chain() -> None:
    """Each frame is like the next, the first is not like the last."""
    angles = np.linspace(0, 1.2, 8)
    rows = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    found = groups(np.arange(8, dtype=np.float64), ONE_CAMERA, rows)
    assert found.tolist() == [0, 0, 0, 0, 1, 1, 1, 1]


def test_a_burst_among_other_scenes_of_the_same_seconds() -> None:
    taken = np.array([0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5])
    found = groups(taken, ONE_CAMERA, None, looks_of(scenes(1, 1, 2, 2, 2, 3, 4, 4)))
    assert found.tolist() == [0, 0, 1, 1, 1, NOTHING, 2, 2]


def test_copies_are_a_group_whenever_they_were_taken() -> None:
    taken = np.array([NAN, 5.0, NAN, 90_000.0, NAN, NAN, 1.0, 2.0])
    copies = np.array([[0, 2], [0, 4], [1, 3]])
    found = groups(taken, ONE_CAMERA, None, looks_of(scenes(*range(8))), copies)
    assert found.tolist() == [1, 0, 1, 0, 1, NOTHING, NOTHING, NOTHING]


def test_forwards_that_were_saved_again_look_alike() -> None:
    images = [scene(number, (400, 300)) for number in range(30)]
    again = [saved_again(one.resize((320, 240)), 40) for one in images]
    table = standard_looks([look(one) for one in (*images, *again)])
    assert similar_looks(table).tolist() == [[n, n + 30] for n in range(30)]
    assert similar_looks(table[:1]).tolist() == []


def test_a_bracket_is_kept_whole() -> None:
    group = np.array([0, 0, 0, 1, 1, 2, 2, NOTHING], dtype=np.int32)
    bias = np.array([0.0, -2.0, 2.0, 0.0, 0.0, -1.0, 1.0, NAN])
    said = np.array([False, False, False, False, False, True, True, False])
    whole = kept_whole(group, bias, said)
    assert whole.tolist() == [True, True, True, False, False, True, True, False]
    score = np.arange(8.0)
    best = best_of_groups(group, score, score, whole=whole)
    assert best.tolist() == [True, True, True, False, True, True, True, True]


def test_a_softer_frame_is_not_the_best_by_its_score() -> None:
    group = np.array([0, 0, 0, 1, 1, NOTHING], dtype=np.int32)
    score = np.array([3.0, 5.0, 4.0, 1.0, 2.0, 0.0])
    fine = np.array([0.1, 0.05, 0.095, 0.02, 0.019, NAN])
    best = best_of_groups(group, score, fine, fine)
    assert best.tolist() == [False, False, True, False, True, True]
    assert sharp_enough(group, np.full(6, NAN)).all()
    assert sharp_enough(group, np.array([NAN, 1.0, NAN, NAN, NAN, NAN])).tolist() == [
        False, True, False, True, True, True,
    ]  # fmt: skip


def frames(image: Image.Image, rng: np.random.Generator) -> list[Image.Image]:
    """Sharp, slightly soft, blurred, and with the camera moving, each framed a little otherwise."""
    width, height = image.size
    found = []
    for kind in ("sharp", "soft", "blurred", "moved"):
        x, y = rng.uniform(0, 0.03, 2) * (width, height)
        frame = image.crop((int(x), int(y), int(x + 0.96 * width), int(y + 0.96 * height)))
        if kind in ("soft", "blurred"):
            frame = frame.filter(ImageFilter.GaussianBlur(0.7 if kind == "soft" else 2.5))
        if kind == "moved":
            pixels = np.asarray(frame, dtype=np.float32)
            parts = [pixels[:, n : pixels.shape[1] - 5 + n] for n in range(5)]
            frame = Image.fromarray(np.mean(parts, axis=0).astype(np.uint8))
        found.append(saved_again(frame, 92))
    return found


@pytest.mark.parametrize("folder", ["oasis", "photos240"])
def test_of_real_bursts_the_sharp_frame_is_chosen(shared_data: Path, folder: str) -> None:
    """Whatever the scores: the soft frames have the higher ones here."""
    rng = np.random.default_rng(3)
    paths = sorted((shared_data / folder).rglob("*.jpg"))
    right = 0
    for path in rng.choice(np.array(paths, dtype=object), 40, replace=False):
        sharp = np.array([fine_sharpness(one) for one in frames(Image.open(path), rng)])
        group = np.zeros(4, dtype=np.int32)
        best = best_of_groups(group, np.array([3.0, 3.1, 3.2, 3.3]), sharp, sharp)
        right += bool(best[0])
    assert right >= 39
