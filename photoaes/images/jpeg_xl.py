"""JPEG XL (ISO 18181-1), decoded by imagecodecs; the header is read here, before anything is."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
from PIL import Image

from photoaes.images.deep import Values, shown_colour, upper_byte
from photoaes.images.undecoded import Undecoded

CODESTREAM = b"\xff\x0a"
CONTAINER = b"\x00\x00\x00\x0cJXL \r\n\x87\n"
_RATIOS = ((1, 1), (12, 10), (4, 3), (3, 2), (16, 9), (5, 4), (2, 1))  # width : height
_HEADER_BYTES = 64
_MOST_BOXES = 64


@dataclass
class _Bits:
    """Bits of a byte from its lowest on."""

    data: bytes
    at: int = 0

    def take(self, count: int) -> int:
        value = int.from_bytes(self.data, "little") >> self.at & ((1 << count) - 1)
        self.at += count
        if self.at > 8 * len(self.data):
            raise EOFError("cut short")
        return value


def jpeg_xl(file: BinaryIO) -> Undecoded:
    """The photo; it is upright once it is decoded, and its size is that. Raises ImportError without
    the addition, OSError and EOFError for no JPEG XL."""
    from imagecodecs import jpegxl_decode

    def decoded(_: bool) -> Image.Image:
        file.seek(0)
        return _image(jpegxl_decode(file.read(), index=0))

    return Undecoded(_size(_codestream(file)), decoded)


def _codestream(file: BinaryIO) -> bytes:
    """Its first bytes: the file's own, or those of a box."""
    file.seek(0)
    head = file.read(12)
    if head.startswith(CODESTREAM):
        return head + file.read(_HEADER_BYTES)
    at, end = 12, file.seek(0, io.SEEK_END)
    for _ in range(_MOST_BOXES):
        file.seek(at)
        box = file.read(16)
        length, kind = int.from_bytes(box[:4], "big"), box[4:8]
        start = 16 if length == 1 else 8
        length = int.from_bytes(box[8:16], "big") if length == 1 else length or end - at
        if kind in (b"jxlc", b"jxlp"):
            file.seek(at + start + (4 if kind == b"jxlp" else 0))
            return file.read(_HEADER_BYTES)
        if length < start:
            break
        at += length
    raise OSError("a container without a picture")


def _size(data: bytes) -> tuple[int, int]:
    """Width and height of the upright picture, as the first two headers say them."""
    if not data.startswith(CODESTREAM):
        raise OSError("no picture in it")
    bits = _Bits(data, 16)
    is_small = bits.take(1)
    height = _side(bits, is_small)
    ratio = bits.take(3)
    if ratio:
        across, down = _RATIOS[ratio - 1]
        width = height * across // down
    else:
        width = _side(bits, is_small)
    is_default = bits.take(1)
    has_extra = 0 if is_default else bits.take(1)
    is_turned = has_extra and bits.take(3) >= 4
    return (height, width) if is_turned else (width, height)


def _side(bits: _Bits, is_small: int) -> int:
    if is_small:
        return 8 * (1 + bits.take(5))
    return 1 + bits.take((9, 13, 18, 30)[bits.take(2)])


def _image(pixels: Values) -> Image.Image:
    if pixels.ndim == 2:
        pixels = pixels[..., None]
    if pixels.dtype.kind == "f" or pixels.shape[-1] not in (2, 4):
        return shown_colour(pixels)
    mode = "LA" if pixels.shape[-1] == 2 else "RGBA"
    return Image.fromarray(np.ascontiguousarray(upper_byte(pixels)), mode)
