"""A hash of the encoded picture without its metadata: the same after a keyword, a turn or stars.

Hashed are what the decoder needs (sizes, tables) and the first `MOST` bytes of the coded pixels, in
the order in which the decoder meets them, up to where the picture ends. So 100,000 photos of 10 MB
cost a short read each. Two exposures differ in their first rows already, by the sensor's noise if
nothing else. An edit of the lower part alone may go unseen here; the file's own hash sees it.
"""

from __future__ import annotations

import hashlib
import os
import re
import struct
from collections.abc import Iterator
from typing import BinaryIO

from photoaes.album.metadata.iso_media import media_boxes, picture_pieces
from photoaes.album.metadata.tiff_picture import tiff_picture
from photoaes.images.faults import DECODE_ERRORS
from photoaes.images.kinds import HEAD_BYTES, kind_of

MOST = 16 << 10
_MAX_STEPS = 20_000  # segments or chunks of a hostile file
_TIFF_HEADS = (b"II*\0", b"MM\0*", b"IIRO", b"IIRS", b"MMOR")
_END = re.compile(b"\xff\xd9")  # takes half as long as `find`, for which ff is too frequent
_WEBP_PICTURE = (b"VP8 ", b"VP8L", b"ALPH", b"ANMF")

Piece = tuple[int, int]  # where it starts in the file, and its length


def picture_hash(file: BinaryIO, name: str, start: bytes = b"") -> bytes | None:
    """16 bytes, the same for all files that hold this picture coded alike; `start` are the file's
    first bytes, as many as have been read already.

    None where no picture is found: no photo, damaged, or a kind whose metadata nobody can tell
    from its pixels (BMP, GIF, PSD, some RAW files): there the whole file is the picture.
    """
    digest = hashlib.blake2b(digest_size=16, person=b"picture")
    try:
        if not start:
            file.seek(0)
            start = file.read(HEAD_BYTES)
        kind = kind_of(start[:HEAD_BYTES], os.path.splitext(name)[1])  # noqa: PTH122
        is_found = False
        for part in _parts(file, start, kind):
            digest.update(part)
            is_found = is_found or bool(part)
    except DECODE_ERRORS:
        return None
    return digest.digest() if is_found else None


def _parts(file: BinaryIO, head: bytes, kind: str | None) -> Iterator[bytes]:
    if kind == "JPEG":
        return _jpeg(file, head)
    if kind == "PNG":
        return _png(file)
    if kind == "WEBP":
        return _read(file, _webp(file))
    if kind in ("HEIF", "AVIF"):
        return _read(file, picture_pieces(file))
    if head[4:8] == b"ftyp":  # CR3
        return _read(file, media_boxes(file, b"mdat"))
    if head[4:8] == b"JXL ":
        return _read(file, media_boxes(file, b"jxlc") or media_boxes(file, b"jxlp"))
    if head[4:8] == b"jP  ":
        return _read(file, media_boxes(file, b"jp2c"))
    if head.startswith(b"FUJIFILMCCD-RAW"):
        file.seek(100)
        return _read(file, [struct.unpack(">II", file.read(8))])
    if head.startswith(_TIFF_HEADS):
        shape, pieces = tiff_picture(file)
        return _with(shape, _read(file, pieces))
    return iter(())


def _with(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    """Nothing if there is no rest: a size alone is no picture."""
    for part in rest:
        yield first
        yield part
        first = b""


def _read(file: BinaryIO, pieces: list[Piece]) -> Iterator[bytes]:
    """The first bytes of these pieces together, and how long each is."""
    left = MOST
    for start, length in pieces:
        if left <= 0:
            return
        file.seek(start)
        data = file.read(min(length, left))
        if data:
            yield struct.pack(">Q", length) + data
        left -= len(data)


def _jpeg(file: BinaryIO, start: bytes) -> Iterator[bytes]:
    """Tables and frame header as they come, then the first scan up to the end of the image."""

    def read(at: int, size: int) -> bytes:
        if at + size <= known:  # of most files all is: this is much of a first opening's time
            return start[at : at + size]
        file.seek(at)
        return file.read(size)

    known = len(start)
    at = 2
    for _ in range(_MAX_STEPS):
        head = read(at, 4)
        if len(head) < 4 or head[0] != 0xFF:
            return
        marker, length = head[1], int.from_bytes(head[2:], "big")
        if marker == 0xFF:  # padding
            at += 1
            continue
        if marker == 0xDA:
            coded = read(at, 4 + MOST)
            end = _END.search(coded)
            yield coded[: end.start()] if end else coded
            return
        if 0xC0 <= marker <= 0xCF or marker in (0xDB, 0xDD):
            yield head + read(at + 4, length - 2)
        at += 2 + max(2, length)


def _png(file: BinaryIO) -> Iterator[bytes]:
    """IHDR, PLTE and the coded pixels, wherever their chunks are cut."""
    at, left = 8, MOST
    for _ in range(_MAX_STEPS):
        file.seek(at)
        head = file.read(8)
        if len(head) < 8 or head[4:] == b"IEND" or left <= 0:
            return
        length = int.from_bytes(head[:4], "big")
        if head[4:] in (b"IHDR", b"PLTE", b"tRNS"):
            yield head[4:] + file.read(min(length, 4096))
        elif head[4:] == b"IDAT":
            data = file.read(min(length, left))
            left -= len(data)
            yield data
        at += 12 + length


def _webp(file: BinaryIO) -> list[Piece]:
    pieces = []
    at = 12
    for _ in range(_MAX_STEPS):
        file.seek(at)
        head = file.read(8)
        if len(head) < 8:
            break
        length = int.from_bytes(head[4:], "little")
        if head[:4] in _WEBP_PICTURE:
            pieces.append((at + 8, length))
        at += 8 + length + length % 2
    return pieces
