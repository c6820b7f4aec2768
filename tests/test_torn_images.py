"""Pictures of which a part is lost are told from those that are whole."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from photoaes.errors import PhotoUnreadable
from photoaes.images.damage import is_torn_jpeg
from photoaes.images.opening import open_checked, open_image
from photoaes.settings import sample_album_folder

DATA = Path(os.environ.get("PHOTOAES_DATA", Path(__file__).parents[2] / "shared/data"))


def _jpeg(is_noise: bool = True, **options: object) -> bytes:
    rng = np.random.default_rng(4)
    pixels = rng.integers(0, 255, (300, 400, 3), dtype=np.uint8)
    image = Image.fromarray(pixels) if is_noise else Image.new("RGB", (3000, 2000), (200, 220, 255))
    file = io.BytesIO()
    image.save(file, "JPEG", **options)
    return file.getvalue()


KINDS: tuple[dict[str, object], ...] = (
    {}, {"progressive": True}, {"optimize": True}, {"restart_marker_blocks": 8}, {"quality": 30},
    {"subsampling": 0}, {"comment": b"x" * 3000}, {"exif": b"Exif\0\0" + b"\xff\xd9" * 100},
)  # fmt: skip


@pytest.mark.parametrize("options", KINDS)
@pytest.mark.parametrize("is_noise", [True, False])
def test_whole_pictures_are_not_torn(options: dict[str, object], is_noise: bool) -> None:
    data = _jpeg(is_noise, **options)
    assert not is_torn_jpeg(data)
    assert not is_torn_jpeg(data + b"\xff\xd8 a second picture, or a film" + bytes(5000))


@pytest.mark.parametrize(
    "lost", [bytes(4096), b"\xff" * 600 + b"\x12" * 20, b"\xff\xc0" + b"x" * 500, b"\xff\x01abc"]
)
def test_lost_sectors_and_foreign_data_are_noticed(lost: bytes) -> None:
    data, middle = _jpeg(), 30_000
    assert is_torn_jpeg(data[:middle] + lost + data[middle + len(lost) :])


def test_restarts_out_of_turn_are_noticed() -> None:
    data = _jpeg(restart_marker_blocks=8)
    third = data.index(b"\xff\xd2")
    assert is_torn_jpeg(data[:third] + b"\xff\xd5" + data[third + 2 :])


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xd8", b"\xff\xd8\xff", b"\x89PNG", b"\xff\xd8\0\0\0\0"]
)
def test_what_is_no_jpeg_is_not_judged(data: bytes) -> None:
    assert not is_torn_jpeg(data)


def test_the_picture_and_whether_it_is_whole_come_together(tmp_path: Path) -> None:
    path, data = tmp_path / "a.jpg", _jpeg()
    for lost, is_torn in ((b"", False), (bytes(4096), True)):
        path.write_bytes(data[:30_000] + lost + data[30_000 + len(lost) :])
        image, found = open_checked(path, max_edge=100)
        assert found == is_torn
        assert image.tobytes() == open_image(path, max_edge=100).tobytes()
    Image.new("RGB", (20, 10)).save(tmp_path / "a.png")
    image, is_torn = open_checked(tmp_path / "a.png", min_edge=5)
    assert (image.size, is_torn) == ((10, 5), False)
    with pytest.raises(PhotoUnreadable):
        open_checked(tmp_path / "nowhere.jpg")


def _blots(path: Path, size: tuple[int, int] = (400, 300), **options: Any) -> bytes:
    """A photo's content, kept there; smooth, as photos are."""
    blots = np.random.default_rng(4).integers(0, 255, (30, 40, 3), dtype=np.uint8)
    file = io.BytesIO()
    picture = Image.fromarray(blots).resize(size)
    (picture.convert("L") if size[0] > 400 else picture).save(file, "JPEG", **options)
    path.write_bytes(file.getvalue())
    return file.getvalue()


def _cut(data: bytes) -> bytes:
    middle = len(data) * 2 // 3
    return data[:middle] + data[middle + 100 :]


def _ended(data: bytes) -> bytes:
    return data[: len(data) * 2 // 3] + b"\xff\xd9"


@pytest.mark.parametrize("lost", [_cut, _ended])
@pytest.mark.parametrize("edge", [60, 400])
@pytest.mark.parametrize("options", KINDS)
def test_what_the_decoder_made_up_is_noticed(
    tmp_path: Path, lost: Callable[[bytes], bytes], options: dict[str, Any], edge: int
) -> None:
    path = tmp_path / "a.jpg"
    data = _blots(path, **options)
    for content, is_torn in ((data, False), (lost(data), True)):
        path.write_bytes(content)
        image, found = open_checked(path, max_edge=edge)
        assert found == is_torn
        assert image.tobytes() == open_image(path, max_edge=edge).tobytes()


def test_most_of_what_was_overwritten_is_noticed(tmp_path: Path) -> None:
    photo = next(iter(sorted(sample_album_folder().rglob("*.[jJ][pP][gG]"))))
    path, rng, data = tmp_path / "a.jpg", np.random.default_rng(4), photo.read_bytes()
    is_noticed = []
    for at in np.linspace(len(data) // 3, len(data) - 2000, 40).astype(int):
        path.write_bytes(data[:at] + rng.integers(0, 255, 64, np.uint8).tobytes() + data[at + 64 :])
        is_noticed.append(open_checked(path, max_edge=400)[1])
    assert sum(is_noticed) > 30


def test_large_pictures_too(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    data = _blots(path, (4200, 4100))
    assert not open_checked(path, max_edge=9999)[1]
    path.write_bytes(_cut(data))
    assert open_checked(path, max_edge=9999)[1]


@pytest.mark.parametrize("padding", [b"\0" * 7, b"\xff" * 20])
def test_bytes_before_the_end_that_say_nothing_are_harmless(tmp_path: Path, padding: bytes) -> None:
    data = _jpeg()
    path = tmp_path / "a.jpg"
    path.write_bytes(data[:-2] + padding + data[-2:])
    assert not open_checked(path, max_edge=400)[1]


@pytest.mark.skipif(not DATA.is_dir(), reason="needs the folder of real photos")
def test_no_real_photo_is_called_torn() -> None:
    photos = [
        path
        for folder in ("oasis", "photos", "photos240", "odd/cameras")
        for path in (DATA / folder).rglob("*.[jJ][pP]*[gG]")
    ]
    assert len(photos) > 100
    assert [path for path in photos if open_checked(path, max_edge=2560)[1]] == []
