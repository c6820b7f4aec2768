"""The smaller picture that most cameras put behind a JPEG's own, of 640 x 480 to 1920 x 1080 px.

Multi-Picture Format (CIPA DC-007): an APP2 segment "MPF" lists the pictures of a file with their
places, counted from that segment's own header. A photo of 24 megapixels is decoded in a tenth of
the time from it. Whoever rewrites the photo and keeps the segment leaves places where no picture is
any more, and that is looked for: then the photo itself is decoded.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import IO

from PIL.JpegImagePlugin import JpegImageFile

from photoaes.images.faults import DECODE_ERRORS

_ENTRIES, _ENTRY = 0xB002, 16
_MOST = 64  # pictures in a file
_LARGE_THUMBNAIL = range(0x010001, 0x010006)  # types: VGA, Full HD, 4K, 8K, 16K
_SIZES = range(1 << 10, 32 << 20)  # bytes
_WORTH = 4  # times as many pixels has the photo; else its own picture is as quick
_ALIKE = 0.01  # two shapes differ by no more: some cameras put bars around the small picture


def preview(photo: JpegImageFile, shortest: int) -> JpegImageFile | None:
    """The smallest of the camera's pictures of the same shape whose shorter side has `shortest`
    pixels or more, its header read; None where there is none or it would not pay.

    The place in the photo's file is left as it was.
    """
    pixels = photo.width * photo.height
    for start, size in sorted(_places(photo), key=lambda place: place[1]):
        found = _picture(photo.fp, start, size)
        if (
            found is not None
            and min(found.size) >= shortest
            and found.width * found.height * _WORTH <= pixels
            and abs(found.width * photo.height / (found.height * photo.width) - 1) < _ALIKE
        ):
            return found
    return None


def _places(photo: JpegImageFile) -> Iterator[tuple[int, int]]:
    """Where large thumbnails are said to begin, and how long they are."""
    table, begun = photo.info.get("mp"), photo.info.get("mpoffset")
    if not isinstance(table, bytes) or not isinstance(begun, int):
        return
    try:
        order = {b"II*\0": "<", b"MM\0*": ">"}[table[:4]]
        (first,) = struct.unpack_from(f"{order}I", table, 4)
        (tags,) = struct.unpack_from(f"{order}H", table, first)
        for number in range(min(tags, _MOST)):
            tag, _, length, at = struct.unpack_from(f"{order}HHII", table, first + 2 + 12 * number)
            if tag == _ENTRIES:
                for entry in range(min(length // _ENTRY, _MOST)):
                    kind, size, offset = struct.unpack_from(
                        f"{order}III", table, at + _ENTRY * entry
                    )
                    if kind & 0xFFFFFF in _LARGE_THUMBNAIL and size in _SIZES and offset:
                        yield begun + offset, size
    except (KeyError, struct.error):
        return


def _picture(file: IO[bytes] | None, start: int, size: int) -> JpegImageFile | None:
    if file is None:
        return None
    here = file.tell()
    try:
        file.seek(start)
        data = file.read(size)
        # Whole, or what follows in the file is missing.
        if len(data) < size or not data.startswith(b"\xff\xd8\xff"):
            return None
        return JpegImageFile(io.BytesIO(data))
    except DECODE_ERRORS:
        return None
    finally:
        file.seek(here)
