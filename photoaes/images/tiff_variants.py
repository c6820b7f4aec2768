"""TIFFs that Pillow has no mode for: real numbers in colour, Lab of 16 bits, 32 bits a channel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.TiffImagePlugin import ImageFileDirectory_v2

from photoaes.images.byte_rows import BYTE_COMPRESSIONS, byte_rows
from photoaes.images.deep import shown_cmyk, shown_colour, shown_lab
from photoaes.images.undecoded import Undecoded

_KIND_OF_FORMAT = {1: "u", 2: "i", 3: "f"}
_WHITE_IS_0, _GREY, _RGB, _CMYK, _LAB, _ICC_LAB = 0, 1, 2, 5, 8, 9
_CHANNELS = {_WHITE_IS_0: 1, _GREY: 1, _RGB: 3, _CMYK: 4, _LAB: 3, _ICC_LAB: 3}
_DIFFERENCES, _REAL_DIFFERENCES = 2, 3  # kinds of predictor
_MOST_PIECES, _LARGEST_TILE = 1 << 20, 4096


@dataclass(frozen=True)
class _Layout:
    """What the directory says of the pixels; `piece` is the size of a strip or tile in pixels."""

    size: tuple[int, int]
    dtype: np.dtype[Any]
    channels: int
    photometric: int
    compression: int
    predictor: int
    piece: tuple[int, int]
    places: tuple[tuple[int, int], ...]


def tiff_variant(file: BinaryIO) -> tuple[Undecoded, int]:
    """The first image of a TIFF that Pillow refuses, and its orientation.

    Raises SyntaxError for what this does not read either, and what a damaged directory leads to.
    """
    file.seek(0)
    head = file.read(8)
    if head[2:4] in (b"+\0", b"\0+"):
        head += file.read(8)
    tags = ImageFileDirectory_v2(head)
    file.seek(tags.next)
    tags.load(file)
    layout = _layout(tags, "<" if head.startswith(b"II") else ">")
    if sum(length for _, length in layout.places) > file.seek(0, 2):
        raise SyntaxError("more data than the file has")
    image = Undecoded(layout.size, lambda _: _decoded(file, layout), mode="F")
    profile = tags.get(34675)
    if isinstance(profile, bytes):
        image.info["icc_profile"] = profile
    turn = tags.get(274, 1)
    return image, turn if turn in range(1, 9) else 1


def _layout(tags: ImageFileDirectory_v2, order: str) -> _Layout:
    bits, formats = set(tags.get(258, (1,))), set(tags.get(339, (1,)))
    channels, photometric = tags.get(277, 1), int(tags[262])
    compression, planar = tags.get(259, 1), tags.get(284, 1)
    kind = _KIND_OF_FORMAT.get(formats.pop()) if len(formats) == 1 else None
    depth = bits.pop() if len(bits) == 1 else 0
    known = kind == "f" and depth in (16, 32, 64) or kind in ("u", "i") and depth in (8, 16, 32)
    least = _CHANNELS.get(photometric, 99)
    if not known or planar != 1 or not least <= channels <= 8:
        raise SyntaxError("not a layout that is read")
    if kind == "f" and photometric in (_CMYK, _LAB, _ICC_LAB):
        raise SyntaxError("real numbers of a colour space that is not read so")
    if compression not in BYTE_COMPRESSIONS:
        raise SyntaxError("not a compression that is read")
    size = (int(tags[256]), int(tags[257]))
    is_tiled = 322 in tags
    piece = (tags[322], tags[323]) if is_tiled else (size[0], min(tags.get(278, size[1]), size[1]))
    starts, lengths = (tags[324], tags[325]) if is_tiled else (tags[273], tags[279])
    is_sound = all(1 <= one <= side + _LARGEST_TILE for one, side in zip(piece, size, strict=True))
    if not is_sound or not len(starts) == len(lengths) <= _MOST_PIECES:
        raise SyntaxError("not a size of an image")
    return _Layout(
        size,
        np.dtype(f"{order}{kind}{depth // 8}"),
        channels,
        photometric,
        compression,
        tags.get(317, 1),
        piece,
        tuple(zip(starts, lengths, strict=True)),
    )


def _decoded(file: BinaryIO, layout: _Layout) -> Image.Image:
    values = _values(file, layout)
    if layout.dtype.kind == "i" and layout.photometric not in (_LAB, _ICC_LAB):
        values = values.clip(0)
    if values.dtype.kind == "i":
        values = values.view(values.dtype.str.replace("i", "u"))
    if layout.photometric in (_LAB, _ICC_LAB) and values.dtype.kind == "u":
        return shown_lab(values, is_offset=layout.photometric == _ICC_LAB)
    if layout.photometric == _CMYK and values.dtype.kind == "u":
        return shown_cmyk(values, is_inverted=False)
    image = shown_colour(values)
    if layout.photometric == _WHITE_IS_0:
        return Image.fromarray(255 - np.asarray(image))
    return image


def _values(file: BinaryIO, layout: _Layout) -> NDArray[Any]:
    """The pixels [height, width, channels] in this machine's byte order."""
    pixel = layout.dtype.itemsize * layout.channels
    (width, height), (wide, high) = layout.size, layout.piece
    across = -(-width // wide)
    pieces = []
    for start, length in layout.places:
        file.seek(start)
        pieces.append(file.read(length))
    rows = byte_rows(
        pieces, layout.compression, across * wide * pixel, height, (wide * pixel, high)
    )
    tiles = rows.reshape(height, across, wide * pixel)
    values = _without_predictor(tiles, layout)
    values = values.reshape(height, across * wide, layout.channels)[:, :width]
    return values.astype(layout.dtype.newbyteorder("="), copy=False)


def _without_predictor(rows: NDArray[np.uint8], layout: _Layout) -> NDArray[Any]:
    """Pixels [height, tiles, width, channels] of rows [height, tiles, bytes], where each value may
    stand for its difference to the one before it (TIFF 6, 14; Photoshop's note 3 on real ones)."""
    shape = (*rows.shape[:2], -1, layout.channels)
    if layout.predictor == _REAL_DIFFERENCES:
        steps = rows.reshape(shape)
        whole = np.cumsum(steps, axis=2, dtype=np.uint8).reshape(*rows.shape[:2], -1)
        # The rows' first bytes lie together, then their second ones, the highest first.
        planes = whole.reshape(*rows.shape[:2], layout.dtype.itemsize, -1)
        mixed = np.ascontiguousarray(np.moveaxis(planes, 2, 3))
        return mixed.view(layout.dtype.newbyteorder(">")).reshape(shape)
    values = np.ascontiguousarray(rows).view(layout.dtype).reshape(shape)
    if layout.predictor == _DIFFERENCES:
        native = values.astype(layout.dtype.newbyteorder("="))
        return np.cumsum(native, axis=2, dtype=native.dtype)
    return values
