"""Photos of kinds that Pillow does not write: deep TIFFs, Photoshop's, a RAW without a preview."""

import struct
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

from tests.photo_files import ifd, strip

Values = NDArray[Any]
TIFF_RGB, TIFF_GREY, TIFF_LAB, TIFF_ICC_LAB, TIFF_CMYK = 2, 1, 8, 9, 5


def lab_of(image: Image.Image) -> Image.Image:
    lab = ImageCms.createProfile("LAB")
    transform = ImageCms.buildTransform(ImageCms.createProfile("sRGB"), lab, "RGB", "LAB")
    made = ImageCms.applyTransform(image, transform)
    assert made is not None
    return made


def offset_lab(image: Image.Image) -> NDArray[np.uint8]:
    """L, a and b as bytes, a and b with 128 for none: as Photoshop keeps them."""
    pixels = np.array(lab_of(image))
    pixels[..., 1:] ^= 128
    return pixels


def write_tiff(path: Path, values: Values, photometric: int, **more: int) -> None:
    """Values [height, width, channels] in one strip, in their own byte order; `more` are the
    `predictor` (2 or 3, which is applied to them here), and the `orientation`."""
    height, width, channels = values.shape
    data = _coded(values, more.get("predictor", 1))
    kind = {"u": 1, "i": 2, "f": 3}[values.dtype.kind]
    bits = 8 * values.dtype.itemsize
    tags = [
        (256, 4, struct.pack("<I", width)),
        (257, 4, struct.pack("<I", height)),
        (258, 3, struct.pack(f"<{channels}H", *[bits] * channels)),
        (259, 3, struct.pack("<H", 1)),
        (262, 3, struct.pack("<H", photometric)),
        (273, 4, struct.pack("<I", 8)),
        (274, 3, struct.pack("<H", more.get("orientation", 1))),
        (277, 3, struct.pack("<H", channels)),
        (278, 4, struct.pack("<I", height)),
        (279, 4, struct.pack("<I", len(data))),
        (317, 3, struct.pack("<H", more.get("predictor", 1))),
        (339, 3, struct.pack(f"<{channels}H", *[kind] * channels)),
    ]
    data += b"\0" * (len(data) % 2)
    at = 8 + len(data)
    path.write_bytes(b"II*\0" + struct.pack("<I", at) + data + ifd(at, tags))


def _coded(values: Values, predictor: int) -> bytes:
    if predictor == 1:
        return values.tobytes()
    if predictor == 2:
        return np.diff(values, axis=1, prepend=values.dtype.type(0)).tobytes()
    height, width, channels = values.shape
    planes = values.astype(values.dtype.newbyteorder(">")).view(np.uint8)
    planes = planes.reshape(height, width * channels, values.dtype.itemsize).swapaxes(1, 2)
    steps = np.ascontiguousarray(planes).reshape(height, -1, channels)
    return np.diff(steps, axis=1, prepend=np.uint8(0)).tobytes()


def write_photoshop(
    path: Path, values: Values, mode: int, *, is_large: bool, is_packed: bool
) -> None:
    """Whole numbers [height, width, channels] as a PSD, or a PSB if `is_large`."""
    height, width, channels = values.shape
    version, bits = 2 if is_large else 1, 8 * values.dtype.itemsize
    head = struct.pack(">4sH6xHIIHH", b"8BPS", version, channels, height, width, bits, mode)
    head += struct.pack(">II", 0, 0) + struct.pack(">Q" if is_large else ">I", 0)
    planes = np.moveaxis(values.astype(values.dtype.newbyteorder(">")), 2, 0)
    if not is_packed:
        path.write_bytes(head + struct.pack(">H", 0) + planes.tobytes())
        return
    rows = [_packed(row.tobytes()) for plane in planes for row in plane]
    lengths = b"".join(struct.pack(">I" if is_large else ">H", len(row)) for row in rows)
    path.write_bytes(head + struct.pack(">H", 1) + lengths + b"".join(rows))


def _packed(row: bytes) -> bytes:
    """PackBits, of nothing but runs of what differs."""
    parts = (row[at : at + 128] for at in range(0, len(row), 128))
    return b"".join(bytes([len(part) - 1]) + part for part in parts)


def write_bare_dng(path: Path, orientation: int, size: tuple[int, int] = (640, 480)) -> None:
    """A DNG without a preview; its sensor saw more light to the right."""
    row = np.linspace(500, 30_000, size[0]).astype("<u2")
    sensor = np.tile(row, size[1]).tobytes()
    matrix = struct.pack("<18i", *(v for n in (1, 0, 0, 0, 1, 0, 0, 0, 1) for v in (n, 1)))
    tags = [
        (254, 4, struct.pack("<I", 0)),
        *(tag for tag in strip(size, 8, len(sensor), 1, 32803, 1) if tag[0] != 254),
        (33421, 3, struct.pack("<HH", 2, 2)),
        (33422, 1, bytes([0, 1, 1, 2])),
        (271, 2, b"Test\0"),
        (272, 2, b"Camera\0"),
        (274, 3, struct.pack("<H", orientation)),
        (50706, 1, bytes([1, 4, 0, 0])),
        (50708, 2, b"Test Camera\0"),
        (50721, 10, matrix),
    ]
    at = 8 + len(sensor)
    path.write_bytes(b"II*\0" + struct.pack("<I", at) + sensor + ifd(at, tags))
