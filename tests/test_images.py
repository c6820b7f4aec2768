"""Photos of every kind, made tiny by Pillow, and the collected odd files where they are present."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import ExifTags, Image, ImageCms

from photoaes.errors import PhotoUnreadable
from photoaes.images import IMAGE_EXTENSIONS, open_image, opening, photo_size
from photoaes.images.limits import check_cost
from photoaes.images.sources import read_source
from tests.photo_files import BLUE, RED, heic_turned_left, quarters, smooth, write_dng


def color(path: Path) -> tuple[int, int, int]:
    """The colour in the middle of the photo."""
    image = open_image(path)
    value = image.getpixel((image.width // 2, image.height // 2))
    assert isinstance(value, tuple)
    return value[0], value[1], value[2]


def pixels(image: Image.Image) -> NDArray[np.int16]:
    return np.asarray(image).astype(np.int16)


def assert_close(image: Image.Image, expected: Image.Image, tolerance: float = 12) -> None:
    assert image.mode == "RGB"
    assert image.size == expected.size
    assert np.abs(pixels(image) - pixels(expected)).mean() < tolerance


# --- turned and coloured rightly


@pytest.mark.parametrize("suffix", ["jpg", "png", "tif", "webp", "avif"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_each_orientation_is_upright(tmp_path: Path, orientation: int, suffix: str) -> None:
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    stored = quarters() if orientation == 1 else quarters().transpose(undo[orientation])
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    path = tmp_path / f"photo.{suffix}"
    stored.save(path, exif=exif, quality=95)
    image = open_image(path)
    assert_close(image, quarters())
    assert not image.getexif()
    assert not image.info
    assert open_image(path, max_edge=32).size == (32, 16)


def test_damaged_exif_leaves_the_photo(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x09" + b"\xff" * 60
    quarters().save(path, exif=exif)
    assert_close(open_image(path), quarters())


@pytest.mark.parametrize("mode", ["L", "CMYK", "YCbCr", "RGB"])
def test_jpeg_modes(tmp_path: Path, mode: str) -> None:
    path = tmp_path / "photo.jpg"
    quarters().convert(mode).save(path, quality=95)
    expected = quarters().convert("L").convert("RGB") if mode == "L" else quarters()
    assert_close(open_image(path), expected)


@pytest.mark.parametrize("mode", ["1", "P", "PA", "LA", "RGBA", "RGBX", "LAB", "CMYK"])
def test_tiff_modes(tmp_path: Path, mode: str) -> None:
    path = tmp_path / "photo.tif"
    Image.new("RGB", (8, 8), "white").convert("RGB" if mode == "LAB" else mode).save(path)
    assert min(color(path)) > 250


def test_tiff_lab(tmp_path: Path) -> None:
    path = tmp_path / "photo.tif"
    transform = ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), "RGB", "LAB"
    )
    lab = ImageCms.applyTransform(quarters(), transform)
    assert lab is not None
    lab.save(path)
    assert_close(open_image(path), quarters())


def test_sixteen_bits_keep_their_brightness(tmp_path: Path) -> None:
    ramp = np.linspace(0, 65535, 64 * 16).astype(np.uint16).reshape(16, 64)
    for name in ("ramp.png", "ramp.tif"):
        Image.fromarray(ramp).save(tmp_path / name)
        opened = pixels(open_image(tmp_path / name))[:, :, 0]
        assert np.abs(opened - ramp / 257).max() <= 1


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (np.array([[0.0, 0.5, 1.0]], np.float32), [0, 128, 255]),
        (np.array([[0.0, 128.0, 255.0]], np.float32), [0, 128, 255]),
        (np.array([[0.0, 1000.0, 2.0e6]], np.float32), [0, 0, 255]),
        (np.array([[np.nan, 0.5, 1.0]], np.float32), [0, 128, 255]),
        (np.array([[-1.0, 0.0, 1.0]], np.float32), [0, 128, 255]),
        (np.array([[0, 32768, 65535]], np.int32), [0, 128, 255]),
        (np.array([[0, 1 << 29, 1 << 30]], np.int32), [0, 128, 255]),
        (np.zeros((1, 3), np.float32), [0, 0, 0]),
    ],
)
def test_wide_numbers(tmp_path: Path, values: NDArray[Any], expected: list[int]) -> None:
    path = tmp_path / "wide.tif"
    Image.fromarray(values).save(path)
    assert pixels(open_image(path))[0, :, 0].tolist() == expected


def test_transparent_parts_are_white(tmp_path: Path) -> None:
    image = quarters().convert("RGBA")
    image.putpixel((32, 16), (0, 0, 0, 0))
    path = tmp_path / "alpha.png"
    image.save(path)
    assert color(path) == (255, 255, 255)
    palette = quarters().quantize(4)
    palette.save(path, transparency=palette.getpixel((32, 16)))
    assert color(path) == (255, 255, 255)
    assert open_image(path).getpixel((1, 1)) != (255, 255, 255)


def test_first_frame(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (16, 16), tone) for tone in (RED, BLUE)]
    for name in ("move.gif", "move.png", "move.webp", "pages.tif", "stereo.mpo"):
        frames[0].save(tmp_path / name, save_all=True, append_images=frames[1:])
        assert_close(open_image(tmp_path / name), frames[0])


def test_profile_is_applied(tmp_path: Path) -> None:
    # XYZ is no RGB space: no profile of it fits, and none of noise does; the pixels stay.
    path = tmp_path / "photo.png"
    xyz = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for profile in (xyz, srgb, b"noise" * 99):
        quarters().save(path, icc_profile=profile)
        assert_close(open_image(path), quarters(), tolerance=0.5)
    quarters().save(path, icc_profile=swapped_primaries(srgb))
    red, green, blue = open_image(path).split()
    assert_close(Image.merge("RGB", (green, red, blue)), quarters(), tolerance=2)
    quarters().convert("CMYK").save(tmp_path / "print.jpg", icc_profile=srgb)
    assert_close(open_image(tmp_path / "print.jpg"), quarters())


def swapped_primaries(srgb: bytes) -> bytes:
    """sRGB with red and green exchanged: a profile whose effect cannot be overlooked."""
    swapped = srgb.replace(b"rXYZ", b"????").replace(b"gXYZ", b"rXYZ").replace(b"????", b"gXYZ")
    name = "sRGB".encode("utf-16-be")
    return swapped.replace(name, "test".encode("utf-16-be")).replace(b"sRGB", b"test")


def test_content_decides(tmp_path: Path) -> None:
    for suffix in ("jpg", "nef", "heic", "txt"):
        path = tmp_path / f"photo.{suffix}"
        quarters().save(path, format="png")
        assert_close(open_image(path), quarters())


def test_name_with_newline(tmp_path: Path) -> None:
    path = tmp_path / "first\nsecond ü.jpg"
    quarters().save(path)
    assert_close(open_image(path), quarters())


# --- reduced


def test_bounds(tmp_path: Path) -> None:
    for name in ("photo.jpg", "photo.png"):
        path = tmp_path / name
        smooth((1501, 1000)).save(path)
        assert open_image(path).size == (1501, 1000)
        assert open_image(path, max_edge=300).size == (300, 200)
        assert open_image(path, max_edge=5000).size == (1501, 1000)
        for edge in (1, 15, 100, 125, 126, 250, 500, 999):
            width, height = open_image(path, min_edge=edge).size
            assert edge <= height <= 2 * edge
            assert width / height == pytest.approx(1.501, abs=1 / height)
        assert open_image(path, min_edge=1001).size == (1501, 1000)
    with pytest.raises(ValueError, match="not two"):
        open_image(path, max_edge=5, min_edge=5)
    with pytest.raises(ValueError, match="at least 1"):
        open_image(path, min_edge=0)


def test_draft_decoding_looks_the_same(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    smooth((2400, 1600)).save(path, quality=92)
    whole = open_image(path).resize((336, 224), Image.Resampling.BICUBIC)
    draft = open_image(path, min_edge=256).resize((336, 224), Image.Resampling.BICUBIC)
    assert_close(draft, whole, tolerance=1.5)
    assert_close(open_image(path, max_edge=336), whole, tolerance=1.5)


def test_thin_photo(tmp_path: Path) -> None:
    path = tmp_path / "thin.jpg"
    Image.new("RGB", (3000, 1), RED).save(path)
    assert open_image(path, max_edge=100).size == (100, 1)
    assert open_image(path, min_edge=256).size == (3000, 1)


def test_large_jpeg_opens_reduced_only(tmp_path: Path) -> None:
    path = tmp_path / "panorama.jpg"
    Image.new("L", (20000, 11000), 90).save(path)
    assert open_image(path, max_edge=256).size == (256, 141)
    with pytest.raises(PhotoUnreadable, match="220 megapixels"):
        open_image(path)


def test_cost_of_jpegs(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    for mode, is_progressive, pixel_bytes in (
        ("RGB", False, 8),
        ("RGB", True, 8 + 2 * 3),
        ("L", False, 8),
        ("CMYK", False, 16),
    ):
        smooth((64, 48)).convert(mode).save(path, progressive=is_progressive)
        with path.open("rb") as file:
            source = read_source(file, "JPEG", path)
            needed = check_cost(path, source.image, "JPEG", source.image.size)
        assert needed == 64 * 48 * pixel_bytes


def test_threads(tmp_path: Path) -> None:
    paths = []
    for number in range(24):
        path = tmp_path / f"{number}.jpg"
        exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x09" + b"\xff" * 60  # Pillow warns about it
        quarters((300 + number, 200)).save(path, exif=exif)
        paths.append(path)
    with ThreadPoolExecutor(8) as pool:
        images = list(pool.map(lambda path: open_image(path, min_edge=64), paths * 3))
    assert [image.width for image in images[:24]] == [-(-(300 + n) // 2) for n in range(24)]


# --- HEIC and RAW


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
@pytest.mark.parametrize("name", ["photo.dng", "photo.tif"])
def test_raw_preview_is_upright(tmp_path: Path, orientation: int, name: str) -> None:
    pytest.importorskip("rawpy")
    turn = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_270}
    turn[8] = Image.Transpose.ROTATE_90
    stored = quarters((320, 240))
    write_dng(tmp_path / name, stored, orientation)
    expected = stored.transpose(turn[orientation]) if orientation != 1 else stored
    assert_close(open_image(tmp_path / name), expected)
    assert min(open_image(tmp_path / name, min_edge=100).size) == 120


def test_turned_heic_is_turned_once(tmp_path: Path, shared_data: Path) -> None:
    pytest.importorskip("pi_heif")
    source = shared_data / "odd" / "heic" / "RGB_8__29x100.heif"
    path = tmp_path / "turned.heic"
    path.write_bytes(heic_turned_left(source.read_bytes()))
    expected = open_image(source).transpose(Image.Transpose.ROTATE_90)
    assert_close(open_image(path), expected, tolerance=8)


@pytest.mark.parametrize("name", ["Landscape", "Portrait"])
def test_real_orientations_agree(shared_data: Path, name: str) -> None:
    folder = shared_data / "odd" / "orientation"
    images = [open_image(folder / f"{name}_{n}.jpg", max_edge=120) for n in range(9)]
    for image in images[1:]:
        assert_close(image, images[0], tolerance=6)


def test_extensions() -> None:
    assert {".jpg", ".jpeg", ".heic", ".avif", ".nef", ".cr3", ".tif"} <= IMAGE_EXTENSIONS
    assert all(suffix == suffix.lower() and suffix[0] == "." for suffix in IMAGE_EXTENSIONS)
    assert not {".eps", ".pdf", ".ico", ".xmp", ".mp4"} & IMAGE_EXTENSIONS


def test_few_pixels_are_asked_for(tmp_path: Path) -> None:
    for name in ("photo.jpg", "photo.png"):
        path = tmp_path / name
        smooth((400, 300)).save(path)
        assert open_image(path, max_pixels=120_000).size == (400, 300)
        assert open_image(path, max_pixels=119_999).size == (200, 150)
        assert open_image(path, max_pixels=8_000).size == (100, 75)


def test_the_size_of_a_png_asks_for_no_pixels(tmp_path: Path) -> None:
    path = tmp_path / "photo.png"
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    smooth((400, 300)).save(path, exif=exif)
    data = bytearray(path.read_bytes())
    at = data.index(b"IDAT") + 20
    data[at : at + 400] = bytes(400)
    path.write_bytes(data)
    assert photo_size(path) == (300, 400)
    with pytest.raises(PhotoUnreadable):
        open_image(path)


@pytest.mark.parametrize("size", [(403, 277), (640, 130), (99, 65)])
def test_a_large_photo_is_reduced_to_the_same_in_less_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (size[1], size[0], 3), dtype=np.uint8)
    path = tmp_path / "photo.png"
    Image.fromarray(noise).save(path)
    for edge in (10, 33, 65):
        usual = open_image(path, min_edge=edge)
        with monkeypatch.context() as patch:
            patch.setattr(opening, "_LARGE_PIXELS", 1000)
            large = open_image(path, min_edge=edge)
        assert large.size == usual.size
        assert np.array_equal(np.asarray(large), np.asarray(usual))
