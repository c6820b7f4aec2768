"""Photoshop's files that Pillow does not read: PSB, and PSD of more than 8 bits.

Their last part is the whole picture as it is seen, without layers (Adobe Photoshop File Formats
Specification): channel after channel, row after row, plain or packed.
"""

from __future__ import annotations

import struct
from typing import BinaryIO

import numpy as np
from PIL import Image

from photoaes.images.byte_rows import NONE, PACKBITS, byte_rows
from photoaes.images.deep import Values, shown_cmyk, shown_colour, shown_lab
from photoaes.images.undecoded import Undecoded

_GREY, _RGB, _CMYK, _DUOTONE, _LAB = 1, 3, 4, 8, 9
_CHANNELS = {_GREY: 1, _RGB: 3, _CMYK: 4, _DUOTONE: 1, _LAB: 3}
_TYPES = {8: ">u1", 16: ">u2", 32: ">f4"}
_PROFILE = 1039
_MAX_RESOURCES = 32 << 20


def photoshop(file: BinaryIO) -> tuple[Undecoded, int]:
    """The picture of a PSD or PSB, which is always upright.

    Raises SyntaxError for modes and depths that are not read, struct.error for a file cut short.
    """
    file.seek(0)
    head = struct.unpack(">4sH6xHIIHH", file.read(26))
    signature, version, channels, height, width, bits, mode = head
    used = _CHANNELS.get(mode, 99)
    if signature != b"8BPS" or version not in (1, 2) or bits not in _TYPES or channels < used:
        raise SyntaxError("not a picture of Photoshop's that is read")
    if bits == 32 and mode in (_CMYK, _LAB):
        raise SyntaxError("real numbers of a colour space that is not read so")
    if not (0 < width <= 300_000 and 0 < height <= 300_000 and channels <= 56):
        raise SyntaxError("not a size of Photoshop's")
    _skip(file, ">I")
    profile = _profile(file)
    _skip(file, ">I" if version == 1 else ">Q")
    at = file.tell()
    size = (width, height)

    def decoded(_: bool) -> Image.Image:
        file.seek(at)
        rows = _rows(file, size, used, channels, np.dtype(_TYPES[bits]), version)
        return _image(np.moveaxis(rows, 0, 2), mode)

    image = Undecoded(size, decoded, mode="F" if bits > 8 else "RGB")
    if profile:
        image.info["icc_profile"] = profile
    return image, 1


def _skip(file: BinaryIO, form: str) -> None:
    (length,) = struct.unpack(form, file.read(struct.calcsize(form)))
    file.seek(length, 1)


def _profile(file: BinaryIO) -> bytes | None:
    """The ICC profile among the resources: each a number, a name and data, of even lengths."""
    (length,) = struct.unpack(">I", file.read(4))
    if length > _MAX_RESOURCES:
        file.seek(length, 1)
        return None
    data, at = file.read(length), 0
    while at + 12 <= len(data) and data[at : at + 4] == b"8BIM":
        (number,) = struct.unpack_from(">H", data, at + 4)
        at += 6 + (data[at + 6] + 2) // 2 * 2
        (size,) = struct.unpack(">I", data[at : at + 4].rjust(4, b"\0"))
        if number == _PROFILE:
            return data[at + 4 : at + 4 + size]
        at += 4 + size + size % 2
    return None


def _rows(
    file: BinaryIO,
    size: tuple[int, int],
    used: int,
    channels: int,
    dtype: np.dtype[np.generic],
    version: int,
) -> Values:
    """The first `used` channels [channel, height, width]."""
    (packing,) = struct.unpack(">H", file.read(2))
    (width, height), row = size, size[0] * dtype.itemsize
    count = used * height
    if packing == 0:
        pieces, compression = [file.read(row * count)], NONE
        piece = (row, count)
    elif packing == 1:
        lengths = np.frombuffer(
            file.read(channels * height * (2 if version == 1 else 4)),
            ">u2" if version == 1 else ">u4",
        )[:count].tolist()
        pieces, compression = [file.read(length) for length in lengths], PACKBITS
        piece = (row, 1)
    else:
        raise SyntaxError("a packing that pictures of Photoshop's do not have")
    if len(pieces) < (count if packing else 1):
        raise OSError("cut short")
    found = byte_rows(pieces, compression, row, count, piece)
    values: Values = np.ascontiguousarray(found).view(dtype).reshape(used, height, width)
    return values.astype(dtype.newbyteorder("="), copy=False)


def _image(values: Values, mode: int) -> Image.Image:
    if mode == _CMYK:
        return shown_cmyk(values, is_inverted=True)
    if mode == _LAB:
        return shown_lab(values, is_offset=True)
    return shown_colour(values)
