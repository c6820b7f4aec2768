"""Photos that are nearly equal, of which one was not dated by its camera."""

from __future__ import annotations

import numpy as np
from PIL import Image

from photoaes.album.columns import NOTHING
from photoaes.album.copies import copies
from photoaes.album.look import look
from photoaes.album.similar import best_of_groups, forwards
from tests.album.pictures import saved_again, scene


def looks(numbers: range, *, forwarded: bool = False) -> list[bytes]:
    images = [scene(number, (400, 300)) for number in numbers]
    if forwarded:
        images = [saved_again(one.resize((160, 120)), 40) for one in images]
    return [look(one) for one in images]


def test_a_forward_goes_with_its_dated_original() -> None:
    table = [*looks(range(40)), *looks(range(25), forwarded=True)]
    is_dated = np.arange(65) < 40
    assert copies(table, is_dated).tolist() == [[n, n + 40] for n in range(25)]


def test_dated_photos_are_no_copies_by_their_looks() -> None:
    """A tripod's exposures, hours apart: a forward of one does not join them."""
    same = looks(range(1)) * 6
    pairs = copies(same, np.arange(6) < 4).tolist()
    assert all(second >= 4 for _, second in pairs)
    assert [second for first, second in pairs if first < 4] == [4, 5], "with one of them each"
    assert copies(same, np.ones(6, dtype=bool)).tolist() == []
    assert copies([], np.zeros(0, dtype=bool)).tolist() == []


def test_the_most_alike_of_many_dated_ones_is_the_original() -> None:
    """In a row of frames each a little brighter at one side."""
    image = np.asarray(scene(3, (400, 300)).convert("L")).astype(np.float64)
    ramp = np.linspace(0, 1, 400)
    frames = [np.clip(image + 9 * n * ramp, 0, 255).astype(np.uint8) for n in range(6)]
    table = [look(Image.fromarray(one)) for one in frames]
    forward = look(saved_again(Image.fromarray(frames[4]).convert("RGB").resize((200, 150)), 50))
    assert copies([*table, forward], np.arange(7) < 6).tolist() == [[4, 6]]


def test_the_original_is_the_best_and_not_its_forward() -> None:
    group = np.array([0, 0, 1, 1, NOTHING, NOTHING], dtype=np.int32)
    is_dated = np.array([True, False, False, False, True, False])
    assert forwards(group, is_dated).tolist() == [False, True, False, False, False, False]
    score, sharp = np.array([1.0, 5.0, 1.0, 5.0, 0.0, 0.0]), np.zeros(6)
    best = best_of_groups(group, score, sharp, is_forward=forwards(group, is_dated))
    assert best.tolist() == [True, False, False, True, True, True]
