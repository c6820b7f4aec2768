"""Kinds of photos that are read by roundabout ways: each shows what was put in, upright."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from photoaes.errors import PhotoUnreadable
from photoaes.images import open_image, photo_size
from tests.photo_files import quarters, smooth, write_dng
from tests.rare_photos import (
    TIFF_CMYK,
    TIFF_GREY,
    TIFF_ICC_LAB,
    TIFF_LAB,
    TIFF_RGB,
    lab_of,
    offset_lab,
    write_bare_dng,
    write_photoshop,
    write_tiff,
)

SIZE = (96, 64)


def assert_shows(path: Path, expected: Image.Image, tolerance: float = 2) -> None:
    image = open_image(path)
    assert image.mode == "RGB"
    assert image.size == expected.size == photo_size(path)
    differences = np.abs(np.asarray(image).astype(int) - np.asarray(expected).astype(int))
    assert differences.mean() < tolerance
    small = open_image(path, max_edge=32)
    assert max(small.size) <= 32


@pytest.mark.parametrize("predictor", [1, 3])
@pytest.mark.parametrize("kind", ["<f2", "<f4", "<f8"])
def test_tiffs_of_real_numbers_in_colour(tmp_path: Path, kind: str, predictor: int) -> None:
    image = smooth(SIZE)
    values = (np.asarray(image) / 255).astype(kind)
    write_tiff(tmp_path / "hdr.tif", values, TIFF_RGB, predictor=predictor)
    assert_shows(tmp_path / "hdr.tif", image)


def test_light_beyond_white_does_not_darken_the_rest(tmp_path: Path) -> None:
    image = smooth(SIZE)
    values = (np.asarray(image) / 255).astype("<f4")
    values[0, :3] = 900.0
    values[1, 0] = np.nan
    write_tiff(tmp_path / "hdr.tif", values, TIFF_RGB)
    assert_shows(tmp_path / "hdr.tif", image, 4)


@pytest.mark.parametrize("predictor", [1, 2])
def test_tiffs_of_32_bits(tmp_path: Path, predictor: int) -> None:
    image = smooth(SIZE)
    values = np.asarray(image).astype("<u4") << 24
    write_tiff(tmp_path / "colour.tif", values, TIFF_RGB, predictor=predictor)
    assert_shows(tmp_path / "colour.tif", image)
    grey = image.convert("L")
    values = np.asarray(grey).astype("<u4")[..., None] << 24
    write_tiff(tmp_path / "grey.tif", values, TIFF_GREY)
    assert_shows(tmp_path / "grey.tif", grey.convert("RGB"))


def test_tiffs_in_lab(tmp_path: Path) -> None:
    image = smooth(SIZE)
    lab_of(image).save(tmp_path / "lab.tif")
    assert_shows(tmp_path / "lab.tif", image, 3)
    around_0 = np.asarray(lab_of(image)).astype("<u2") << 8
    write_tiff(tmp_path / "lab16.tif", around_0, TIFF_LAB)
    assert_shows(tmp_path / "lab16.tif", image, 3)
    write_tiff(tmp_path / "icc.tif", offset_lab(image), TIFF_ICC_LAB)
    assert_shows(tmp_path / "icc.tif", image, 3)


@pytest.mark.parametrize("compression", [None, "tiff_lzw", "tiff_deflate"])
def test_big_tiffs(tmp_path: Path, compression: str | None) -> None:
    smooth(SIZE).save(tmp_path / "big.tif", big_tiff=True, compression=compression)
    assert_shows(tmp_path / "big.tif", smooth(SIZE))


def test_a_deep_tiff_is_turned(tmp_path: Path) -> None:
    stored = quarters().transpose(Image.Transpose.ROTATE_90)
    values = (np.asarray(stored) / 255).astype("<f4")
    write_tiff(tmp_path / "turned.tif", values, TIFF_RGB, orientation=6)
    assert_shows(tmp_path / "turned.tif", quarters())


@pytest.mark.parametrize("is_packed", [True, False])
@pytest.mark.parametrize("depth", [8, 16])
@pytest.mark.parametrize("is_large", [True, False])
def test_photoshop(tmp_path: Path, is_large: bool, depth: int, is_packed: bool) -> None:
    image, path = smooth(SIZE), tmp_path / f"photo.{'psb' if is_large else 'psd'}"
    cmyk = np.dstack([np.asarray(image), np.full((64, 96), 255)])
    for mode, pixels, shown in (
        (3, np.asarray(image), image),
        (1, np.asarray(image.convert("L"))[..., None], image.convert("L").convert("RGB")),
        (4, cmyk, image),  # inks are kept upside down: 255 is none
        (9, offset_lab(image), image),
    ):
        values = pixels.astype(np.uint8) if depth == 8 else pixels.astype(np.uint16) * 257
        write_photoshop(path, values, mode, is_large=is_large, is_packed=is_packed)
        assert_shows(path, shown, 3)


def test_a_raw_file_without_a_preview_is_developed(tmp_path: Path) -> None:
    pytest.importorskip("rawpy")
    write_bare_dng(tmp_path / "bare.dng", 6)
    assert photo_size(tmp_path / "bare.dng") == (480, 640)
    image = open_image(tmp_path / "bare.dng")
    assert image.size == (480, 640)
    grey = np.asarray(image.convert("L")).astype(int)  # turned: the light is below
    assert grey[:20].mean() < 60 < 200 < grey[-20:].mean()
    assert max(open_image(tmp_path / "bare.dng", max_edge=100).size) == 100


def test_a_gopro_raw_file_is_one(tmp_path: Path) -> None:
    pytest.importorskip("rawpy")
    write_dng(tmp_path / "GOPR0001.GPR", quarters(), 1)
    assert photo_size(tmp_path / "GOPR0001.GPR") == (64, 32)


def test_avif_with_transparency_is_on_white(tmp_path: Path) -> None:
    image = quarters()
    image.putalpha(Image.new("L", image.size, 0))
    image.save(tmp_path / "clear.avif")
    assert_shows(tmp_path / "clear.avif", Image.new("RGB", image.size, "white"))


@pytest.mark.parametrize("kind", ["RGB", "RGBA", "L"])
@pytest.mark.parametrize("container", [True, False])
def test_jpeg_xl(tmp_path: Path, kind: str, container: bool) -> None:
    imagecodecs = pytest.importorskip("imagecodecs")
    image = smooth((90, 64)).convert(kind)
    coded = imagecodecs.jpegxl_encode(np.asarray(image), usecontainer=container, lossless=True)
    (tmp_path / "photo.jxl").write_bytes(coded)
    assert_shows(tmp_path / "photo.jxl", image.convert("RGB"))


@pytest.mark.parametrize("size", [(64, 64), (3, 2000), (1920, 1080), (8, 256), (5000, 7)])
def test_the_size_of_a_jpeg_xl_is_known_before_it_is_decoded(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    imagecodecs = pytest.importorskip("imagecodecs")
    pixels = np.zeros((size[1], size[0], 3), np.uint8)
    (tmp_path / "photo.jxl").write_bytes(imagecodecs.jpegxl_encode(pixels, effort=1))
    assert photo_size(tmp_path / "photo.jxl") == size


def test_rare_photos_cut_short_are_told(tmp_path: Path) -> None:
    path = tmp_path / "photo.tif"
    write_tiff(path, (np.asarray(smooth(SIZE)) / 255).astype("<f4"), TIFF_RGB)
    write_photoshop(tmp_path / "a.psb", np.asarray(smooth(SIZE)), 3, is_large=True, is_packed=True)
    write_photoshop(tmp_path / "b.psb", np.asarray(smooth(SIZE)), 3, is_large=True, is_packed=False)
    for one in (path, tmp_path / "a.psb", tmp_path / "b.psb"):
        whole = one.read_bytes()
        for part in (0.9, 0.5, 0.05):
            one.write_bytes(whole[: int(len(whole) * part)])
            with pytest.raises(PhotoUnreadable, match="damaged"):
                open_image(one)


def test_a_claim_of_more_data_than_the_file_has_costs_nothing(tmp_path: Path) -> None:
    path = tmp_path / "photo.tif"
    write_tiff(path, np.zeros((8, 8, 3), "<f4"), TIFF_RGB)
    data = path.read_bytes()
    claimed = data.replace(
        np.array([279], "<u2").tobytes() + b"\x04\0\1\0\0\0" + b"\0\3\0\0",
        np.array([279], "<u2").tobytes() + b"\x04\0\1\0\0\0" + b"\xff\xff\xff\x7f",
    )
    assert claimed != data
    path.write_bytes(claimed)
    with pytest.raises(PhotoUnreadable, match="damaged"):
        open_image(path)


def test_real_inks_are_refused_in_words(tmp_path: Path) -> None:
    write_tiff(tmp_path / "inks.tif", np.zeros((8, 8, 4), "<f4"), TIFF_CMYK)
    with pytest.raises(PhotoUnreadable, match="variant"):
        open_image(tmp_path / "inks.tif")
