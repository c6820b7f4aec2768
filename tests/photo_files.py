"""Tiny photos for tests, also such that no library writes: a DNG, a turned HEIC, a bomb."""

import io
import struct
import zlib
from pathlib import Path

import numpy as np
from PIL import Image

RED, GREEN, BLUE, YELLOW = (220, 30, 30), (30, 160, 40), (30, 40, 200), (230, 210, 40)


_Tag = tuple[int, int, bytes]  # number, TIFF type, value


def quarters(size: tuple[int, int] = (64, 32)) -> Image.Image:
    """Red and green above, blue and yellow below: every turn looks different."""
    image = Image.new("RGB", (2, 2))
    image.putdata([RED, GREEN, BLUE, YELLOW])
    return image.resize(size, Image.Resampling.NEAREST)


def smooth(size: tuple[int, int]) -> Image.Image:
    """Soft structures of all sizes, as in a photo."""
    noise = np.random.default_rng(7).integers(0, 256, (12, 16, 3), dtype=np.uint8)
    return Image.fromarray(noise).resize(size, Image.Resampling.BICUBIC)


def png_of_size(width: int, height: int) -> bytes:
    """A PNG that claims a size and has next to no data."""

    def chunk(name: bytes, data: bytes) -> bytes:
        checksum = zlib.crc32(name + data)
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", checksum)

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 99))
    return b"\x89PNG\r\n\x1a\n" + body + chunk(b"IEND", b"")


def write_dng(path: Path, preview: Image.Image, orientation: int) -> None:
    """A DNG of grey sensor data, with this preview as a JPEG and an EXIF orientation."""
    jpeg = io.BytesIO()
    preview.save(jpeg, "JPEG", quality=95)
    coded = jpeg.getvalue() + b"\0" * (len(jpeg.getvalue()) % 2)
    sensor_size = (640, 480)
    sensor = struct.pack("<H", 9000) * (sensor_size[0] * sensor_size[1])
    sensor_at = 8 + len(coded)
    sensor_ifd_at = sensor_at + len(sensor)
    pattern = [(33421, 3, struct.pack("<HH", 2, 2)), (33422, 1, bytes([0, 1, 1, 2]))]
    sensor_tags = strip(sensor_size, sensor_at, len(sensor), 1, 32803, 1)
    sensor_ifd = ifd(sensor_ifd_at, [*sensor_tags, *pattern])
    main_at = sensor_ifd_at + len(sensor_ifd)
    matrix = struct.pack("<18i", *(v for n in (1, 0, 0, 0, 1, 0, 0, 0, 1) for v in (n, 1)))
    main_ifd = ifd(
        main_at,
        [
            *strip(preview.size, 8, len(jpeg.getvalue()), 7, 6, 3),
            (271, 2, b"Test\0"),
            (272, 2, b"Camera\0"),
            (274, 3, struct.pack("<H", orientation)),
            (330, 4, struct.pack("<I", sensor_ifd_at)),
            (50706, 1, bytes([1, 4, 0, 0])),
            (50708, 2, b"Test Camera\0"),
            (50721, 10, matrix),
        ],
    )
    body = coded + sensor + sensor_ifd + main_ifd
    path.write_bytes(b"II*\0" + struct.pack("<I", main_at) + body)


def strip(
    size: tuple[int, int], at: int, length: int, compression: int, photometric: int, channels: int
) -> list[_Tag]:
    bits = struct.pack("<H", 16) if channels == 1 else struct.pack("<3H", 8, 8, 8)
    return [
        (254, 4, struct.pack("<I", int(channels == 3))),
        (256, 4, struct.pack("<I", size[0])),
        (257, 4, struct.pack("<I", size[1])),
        (258, 3, bits),
        (259, 3, struct.pack("<H", compression)),
        (262, 3, struct.pack("<H", photometric)),
        (273, 4, struct.pack("<I", at)),
        (277, 3, struct.pack("<H", channels)),
        (278, 4, struct.pack("<I", size[1])),
        (279, 4, struct.pack("<I", length)),
    ]


def ifd(at: int, tags: list[_Tag]) -> bytes:
    """One TIFF directory to be placed at this offset, its long values behind it."""
    unit = {1: 1, 2: 1, 3: 2, 4: 4, 10: 8}
    entries, values = b"", b""
    values_at = at + 2 + 12 * len(tags) + 4
    for number, kind, value in sorted(tags):
        entries += struct.pack("<HHI", number, kind, len(value) // unit[kind])
        if len(value) <= 4:
            entries += value.ljust(4, b"\0")
        else:
            entries += struct.pack("<I", values_at + len(values))
            values += value + b"\0" * (len(value) % 2)
    return struct.pack("<H", len(tags)) + entries + bytes(4) + values


def heic_turned_left(heic: bytes) -> bytes:
    """The HEIC with its property "pixi", which decoders do without, turned into a turn by 90."""
    assert heic.count(b"pixi") == 1
    at = heic.index(b"pixi")
    return heic[:at] + b"irot\x01".ljust(12, b"\0") + heic[at + 12 :]
