"""Compressed rows of bytes, whatever their numbers mean, unpacked by libtiff.

Pillow refuses pixels of a layout that it has no mode for, though it could unpack their bytes: so
they are given to it as a grey image of as many bytes a row.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL.TiffImagePlugin import TiffImageFile

NONE, PACKBITS = 1, 32773
# LZW, Deflate by both its numbers, PackBits: those that pack bytes, not pixels.
BYTE_COMPRESSIONS = frozenset((NONE, 5, 8, 32946, PACKBITS))


def byte_rows(
    pieces: Sequence[bytes], compression: int, width: int, height: int, piece: tuple[int, int]
) -> NDArray[np.uint8]:
    """The bytes [height, width] of pieces compressed by this number of TIFF.

    A piece is as large as `piece`, in bytes and rows: strips of the whole width, or tiles. Raises
    what `images.faults.DECODE_ERRORS` lists.
    """
    tiles = piece[0] != width
    offsets = np.cumsum([8, *map(len, pieces)])
    if offsets[-1] >= 1 << 32:
        raise MemoryError
    tags: dict[int, Sequence[int]] = {
        256: [width], 257: [height], 258: [8], 259: [compression], 262: [1], 277: [1],
    }  # fmt: skip
    numbers, lengths = offsets[:-1].tolist(), [len(one) for one in pieces]
    if tiles:
        tags |= {322: [piece[0]], 323: [piece[1]], 324: numbers, 325: lengths}
    else:
        tags |= {273: numbers, 278: [piece[1]], 279: lengths}
    directory = _directory(int(offsets[-1]), tags)
    data = b"".join([b"II*\0", struct.pack("<I", int(offsets[-1])), *pieces, directory])
    with TiffImageFile(io.BytesIO(data)) as image:
        return np.asarray(image)


def _directory(at: int, tags: dict[int, Sequence[int]]) -> bytes:
    """Of numbers of 4 bytes alone, to lie at this place."""
    entries, behind = b"", b""
    behind_at = at + 2 + 12 * len(tags) + 4
    for tag, values in sorted(tags.items()):
        packed = struct.pack(f"<{len(values)}I", *values)
        if len(values) > 1:
            behind, packed = behind + packed, struct.pack("<I", behind_at + len(behind))
        entries += struct.pack("<HHI", tag, 4, len(values)) + packed
    return struct.pack("<H", len(tags)) + entries + bytes(4) + behind
