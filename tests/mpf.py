"""JPEGs with smaller pictures behind them, as cameras write them (CIPA DC-007)."""

from __future__ import annotations

import io
import struct
from collections.abc import Sequence

from PIL import Image

VGA, FULL_HD, PRIMARY, GAIN_MAP = 0x010001, 0x010002, 0x030000, 0
Color = tuple[int, int, int]


def with_pictures(photo: bytes, pictures: Sequence[tuple[int, bytes]], order: str = "<") -> bytes:
    """The photo's JPEG with an MPF segment, and pictures by type behind it."""
    count = len(pictures) + 1
    header = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}I", 8)
    entries_at = 8 + 2 + 3 * 12 + 4
    tags = struct.pack(f"{order}H", 3)
    tags += struct.pack(f"{order}HHI4s", 0xB000, 7, 4, b"0100")
    tags += struct.pack(f"{order}HHII", 0xB001, 4, 1, count)
    tags += struct.pack(f"{order}HHII", 0xB002, 7, 16 * count, entries_at)
    tags += struct.pack(f"{order}I", 0)
    length = len(header) + len(tags) + 16 * count
    whole = len(photo) + 2 + 2 + 4 + length
    begun = 2 + 2 + 2 + 4  # of the segment's own header, behind the photo's first marker
    entries = struct.pack(f"{order}IIIHH", 0x20000000 | PRIMARY, whole, 0, 0, 0)
    at = whole
    for kind, data in pictures:
        entries += struct.pack(f"{order}IIIHH", kind, len(data), at - begun, 0, 0)
        at += len(data)
    segment = b"MPF\0" + header + tags + entries
    made = photo[:2] + b"\xff\xe2" + struct.pack(">H", len(segment) + 2) + segment + photo[2:]
    return made + b"".join(data for _, data in pictures)


def plain(size: tuple[int, int], color: Color, orientation: int = 1) -> bytes:
    """A JPEG of one colour."""
    file, exif = io.BytesIO(), Image.Exif()
    exif[0x0112] = orientation
    Image.new("RGB", size, color).save(file, "JPEG", exif=exif.tobytes())
    return file.getvalue()
