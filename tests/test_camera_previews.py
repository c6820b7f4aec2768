"""The smaller picture that cameras put behind a JPEG: used where it is the same, and whole."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile

from photoaes.images import open_image
from photoaes.images.preview import preview
from tests.mpf import FULL_HD, GAIN_MAP, PRIMARY, VGA, plain, with_pictures

RED, GREEN, BLUE = (254, 0, 0), (0, 128, 0), (0, 0, 254)
LARGE, HD, SMALL = (3600, 2400), (1620, 1080), (640, 426)


def _near(image: Image.Image, color: tuple[int, int, int]) -> bool:
    pixel = image.getpixel((image.width // 2, image.height // 2))
    assert isinstance(pixel, tuple)
    return all(abs(a - b) < 12 for a, b in zip(pixel, color, strict=True))


@pytest.fixture(scope="module")
def camera() -> bytes:
    """A red photo; its pictures are of other colours, which no camera's are."""
    return with_pictures(
        plain(LARGE, RED), [(FULL_HD, plain(HD, GREEN)), (VGA, plain(SMALL, BLUE))]
    )


def _photo(folder: Path, data: bytes) -> Path:
    path = folder / "a.jpg"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("bounds", "color"),
    [
        ({"min_edge": 260}, BLUE),
        ({"min_edge": 500}, GREEN),
        ({"min_edge": 801}, RED),
        ({"max_edge": 256}, BLUE),
        ({"max_edge": 1000}, GREEN),
        ({"max_edge": 1300}, RED),
        ({"max_pixels": 4_000_000}, RED),
        ({}, RED),
    ],
)
def test_the_smallest_that_is_large_enough_is_read(
    tmp_path: Path, camera: bytes, bounds: dict[str, int], color: tuple[int, int, int]
) -> None:
    """What is to be seen large is the photo itself."""
    assert _near(open_image(_photo(tmp_path, camera), **bounds), color)


def test_it_is_as_large_and_as_upright_as_the_photo_would_be(tmp_path: Path) -> None:
    turned = with_pictures(plain(LARGE, RED, orientation=6), [(FULL_HD, plain(HD, GREEN))])
    image = open_image(_photo(tmp_path, turned), min_edge=260)
    assert _near(image, GREEN)
    assert image.width < image.height
    assert 260 <= image.width <= 520
    shown = open_image(_photo(tmp_path, turned), max_edge=300)
    assert shown.size == (200, 300)


@pytest.mark.parametrize(
    "data",
    [
        with_pictures(
            plain(LARGE, RED), [(PRIMARY, plain(HD, GREEN)), (GAIN_MAP, plain(HD, BLUE))]
        ),
        with_pictures(plain(LARGE, RED), [(FULL_HD, plain((1440, 1080), GREEN))]),  # with bars
        with_pictures(plain((2400, 1600), RED), [(FULL_HD, plain(HD, GREEN))]),  # pays little
        with_pictures(plain(LARGE, RED), [(FULL_HD, plain(HD, GREEN))])[:-9],  # cut short
        with_pictures(plain(LARGE, RED), [(FULL_HD, b"\xff\xd8\xff" + bytes(9000))]),
        with_pictures(plain(LARGE, RED), [(FULL_HD, b"no picture" * 900)]),
        plain(LARGE, RED),
    ],
    ids=["other kinds", "bars", "no gain", "cut", "broken", "none", "plain"],
)
def test_else_it_is_the_photo(tmp_path: Path, data: bytes) -> None:
    assert _near(open_image(_photo(tmp_path, data), min_edge=260), RED)


def test_a_broken_picture_does_not_hide_the_photo(tmp_path: Path) -> None:
    """Its header is whole and its pixels are not."""
    broken = plain(HD, GREEN)
    broken = broken[: len(broken) // 2] + bytes(len(broken) // 2)
    data = with_pictures(plain(LARGE, RED), [(FULL_HD, broken)])
    assert open_image(_photo(tmp_path, data), min_edge=260).size == (450, 300)


def test_both_byte_orders_are_read(tmp_path: Path) -> None:
    data = with_pictures(plain(LARGE, RED), [(VGA, plain(SMALL, BLUE))], ">")
    assert _near(open_image(_photo(tmp_path, data), min_edge=260), BLUE)


@given(st.binary(max_size=120), st.integers(-9, 1 << 40), st.sampled_from([b"II*\0", b"MM\0*"]))
def test_whatever_the_segment_says_nothing_goes_wrong(table: bytes, at: int, head: bytes) -> None:
    photo = JpegImageFile(io.BytesIO(plain((64, 48), RED)))
    photo.info |= {"mp": head + table, "mpoffset": at}
    assert preview(photo, 10) is None
    assert photo.fp is not None
    photo.load()
