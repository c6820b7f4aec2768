"""Real little photos for tests: a scene, a time, a camera, and what people do to them."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from PIL import Image

from tests.album.xmp_files import packet as empty_packet

SIZE = (48, 32)
START = datetime(2025, 5, 3, 12, 0, 0)
_TIME, _MODEL, _ORIENTATION, _SUBJECT = 0x9003, 0x0110, 0x0112, 0x010E


def scene(number: int, size: tuple[int, int] = SIZE) -> Image.Image:
    """Soft structures, different for each number."""
    noise = np.random.default_rng(number).integers(0, 256, (5, 7, 3), dtype=np.uint8)
    return Image.fromarray(noise).resize(size, Image.Resampling.BICUBIC)


def write_photo(
    path: Path,
    image: Image.Image,
    taken: datetime | None = None,
    *,
    camera: str = "K1",
    keyword: str = "",
    orientation: int = 1,
) -> Path:
    """In the format of its name; without a time there is no camera either, as after forwarding."""
    exif = Image.Exif()
    if taken is not None:
        exif.get_ifd(0x8769)[_TIME] = taken.strftime("%Y:%m:%d %H:%M:%S")
        exif[_MODEL] = camera
    if keyword:
        exif[_SUBJECT] = keyword
    if orientation != 1:
        exif[_ORIENTATION] = orientation
    image.save(path, exif=exif)
    return path


def shot(path: Path, number: int) -> Path:
    """A camera's photo: scene and time by its number, an hour between two."""
    return write_photo(path, scene(number), START + timedelta(hours=number))


def with_xmp(path: Path, packet: bytes | None = None) -> Path:
    """A JPEG with (other) XMP inside, the rest of it byte for byte as it was."""
    data = path.read_bytes()
    body = b"http://ns.adobe.com/xap/1.0/\0" + (packet or empty_packet(' xmp:CreatorTool="x"'))
    segment = b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body
    path.write_bytes(data[:2] + segment + data[2:])
    return path


def saved_again(image: Image.Image, quality: int = 60) -> Image.Image:
    """As a messenger forwards it."""
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality)
    return Image.open(buffer).convert("RGB")
