"""Upright is decided in one place: the size in the header is that of the opened photo."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from photoaes.errors import PhotoUnreadable
from photoaes.images import open_image, photo_size
from photoaes.images.pixels import upright
from tests.album.xmp_files import packet
from tests.photo_files import quarters, write_dng

# Those that Pillow writes an orientation into; a DNG is written by the tests.
FORMATS = (".jpg", ".png", ".tif", ".webp", ".avif", ".mpo")


@settings(max_examples=80)
@given(
    suffix=st.sampled_from(FORMATS),
    orientation=st.integers(1, 8),
    size=st.tuples(st.integers(8, 60), st.integers(8, 60)),
)
def test_size_and_pixels_agree(
    tmp_path: Path, suffix: str, orientation: int, size: tuple[int, int]
) -> None:
    path = tmp_path / f"a{suffix}"
    exif = Image.Exif()
    exif[0x0112] = orientation
    image = quarters(size)
    image.save(path, exif=exif, quality=95)
    opened = open_image(path)
    assert photo_size(path) == opened.size
    expected = upright(image, orientation)
    assert opened.size == expected.size
    small = [one.resize((4, 4), Image.Resampling.BOX) for one in (opened, expected)]
    corners = [np.asarray(one, dtype=int)[[0, 0, 3, 3], [0, 3, 0, 3]] for one in small]
    assert np.abs(corners[0] - corners[1]).max() < 60


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_dng(tmp_path: Path, orientation: int) -> None:
    pytest.importorskip("rawpy")
    write_dng(tmp_path / "a.dng", quarters((96, 64)), orientation)
    assert photo_size(tmp_path / "a.dng") == open_image(tmp_path / "a.dng").size


@pytest.mark.parametrize("folder", ["orientation", "heic", "formats", "cameras"])
def test_real_files(shared_data: Path, folder: str) -> None:
    for path in sorted((shared_data / "odd" / folder).rglob("*")):
        try:
            size = open_image(path).size
        except PhotoUnreadable:
            continue
        assert photo_size(path) == size, path


def _save_with_xmp(image: Image.Image, path: Path, said: bytes) -> None:
    """Pillow takes it for a TIFF among the tags alone."""
    more = {"tiffinfo": {700: said}} if path.suffix == ".tif" else {"xmp": said, "quality": 95}
    image.save(path, **more)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("suffix", [".jpg", ".webp", ".avif", ".tif"])
def test_turned_by_xmp_alone(tmp_path: Path, suffix: str, orientation: int) -> None:
    said = f' xmlns:tiff="http://ns.adobe.com/tiff/1.0/" tiff:Orientation="{orientation}"'
    image = quarters((96, 64))
    _save_with_xmp(image, tmp_path / f"a{suffix}", packet(said))
    assert open_image(tmp_path / f"a{suffix}").size == upright(image, orientation).size
    assert photo_size(tmp_path / f"a{suffix}") == upright(image, orientation).size
    opened = np.asarray(open_image(tmp_path / f"a{suffix}"), dtype=int)
    assert np.abs(opened - np.asarray(upright(image, orientation), dtype=int)).mean() < 9


def test_a_tiffs_tag_goes_before_its_xmp(tmp_path: Path) -> None:
    said = packet(' xmlns:tiff="http://ns.adobe.com/tiff/1.0/" tiff:Orientation="6"')
    quarters((96, 64)).save(tmp_path / "a.tif", tiffinfo={0x0112: 1, 700: said})
    assert open_image(tmp_path / "a.tif").size == photo_size(tmp_path / "a.tif") == (96, 64)
