"""Where the pixels of a TIFF lie, or of a RAW file that is built like one.

Such a file holds several pictures (a preview, a thumbnail, the sensor's data), each in a directory
of its own: in the chain that starts in the header, or below another one (tag 330, SubIFDs). The
picture is the one with the most coded bytes: previews may be made anew by programs that write
metadata, the sensor's data never is.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import BinaryIO

_MAX_DIRECTORIES = 32
_MAX_ENTRIES = 1_000
_MAX_PIECES = 4_096
_SUB_DIRECTORIES = 330
# Strips or tiles: where they start, and how long they are.
_PIECES = ((273, 279), (324, 325))
_SHAPE = (256, 257, 258, 259, 262, 277)  # width, height, bits, compression, colours, channels
_FORMATS = {1: "B", 3: "H", 4: "I", 13: "I"}

Piece = tuple[int, int]


@dataclass
class _TiffReader:
    file: BinaryIO
    order: str
    seen: set[int] = field(default_factory=set)

    def directory(self, at: int) -> tuple[dict[int, tuple[int, ...]], int]:
        """Whole numbers by tag, and where the next directory of the chain is."""
        self.file.seek(at)
        [count] = self._unpack("H", self.file.read(2))
        data = self.file.read(12 * min(count, _MAX_ENTRIES))
        following = self.file.read(4)
        wanted = {_SUB_DIRECTORIES, *_SHAPE, *(tag for pair in _PIECES for tag in pair)}
        tags = {}
        for start in range(0, len(data) - 11, 12):
            tag, kind, number = self._unpack("HHI", data[start : start + 8])
            if tag in wanted and kind in _FORMATS and 0 < number <= _MAX_PIECES:
                tags[tag] = self._values(kind, number, data[start + 8 : start + 12])
        after = self._unpack("I", following)[0] if len(following) == 4 else 0
        return tags, after

    def _values(self, kind: int, number: int, inline: bytes) -> tuple[int, ...]:
        form = f"{number}{_FORMATS[kind]}"
        size = struct.calcsize("=" + form)
        if size > 4:
            self.file.seek(self._unpack("I", inline)[0])
            inline = self.file.read(size)
        return self._unpack(form, inline[:size])

    def _unpack(self, form: str, data: bytes) -> tuple[int, ...]:
        return struct.unpack(self.order + form, data)


def tiff_picture(file: BinaryIO) -> tuple[bytes, list[Piece]]:
    """The shape of the largest picture in a TIFF, as bytes to be compared, and its pieces.

    Damaged files raise struct.error or OSError.
    """
    file.seek(0)
    head = file.read(8)
    reader = _TiffReader(file, "<" if head.startswith(b"II") else ">")
    waiting = [*struct.unpack(reader.order + "I", head[4:8])]
    best: tuple[bytes, list[Piece]] = (b"", [])
    while waiting and len(reader.seen) < _MAX_DIRECTORIES:
        at = waiting.pop(0)
        if at == 0 or at in reader.seen:
            continue
        reader.seen.add(at)
        tags, following = reader.directory(at)
        waiting += [following, *tags.get(_SUB_DIRECTORIES, ())]
        pieces = _pieces(tags)
        if _length(pieces) > _length(best[1]):
            best = (repr([tags.get(tag) for tag in _SHAPE]).encode(), pieces)
    return best


def _pieces(tags: dict[int, tuple[int, ...]]) -> list[Piece]:
    for starts, lengths in _PIECES:
        if starts in tags and lengths in tags:
            return list(zip(tags[starts], tags[lengths], strict=False))
    return []


def _length(pieces: list[Piece]) -> int:
    return sum(length for _, length in pieces)
