"""Where EXIF and XMP lie in files of the ISO container: HEIC, AVIF, JPEG XL and Canon's CR3.

Boxes of a size (4 bytes, big-endian), a kind (4 bytes) and a body (ISO 14496-12). HEIC and AVIF
list their items in `meta`: `iinf` says what each is, `iloc` where (ISO 23008-12). CR3 keeps TIFF
blocks in a box of Canon's, and XMP in one that Adobe defined (XMP part 3).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

_MAX_META = 4 << 20
_MAX_ITEM = 16 << 20
_CANON = bytes.fromhex("85c0b687820f11e08111f4ce462b6a48")
_ADOBE = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")


@dataclass(frozen=True)
class _Box:
    kind: bytes
    start: int  # of the body
    end: int


def item_blocks(file: BinaryIO) -> tuple[bytes | None, bytes | None]:
    """The TIFF block and the XMP packet of a HEIC or AVIF file.

    Damaged files raise LookupError, ValueError or OSError.
    """
    meta = next((box for box in _file_boxes(file) if box.kind == b"meta"), None)
    if meta is None:
        return None, None
    body = _body(file, meta, _MAX_META)
    boxes = {box.kind: box for box in _boxes(body, 4, len(body))}
    items = dict(_items(body, boxes[b"iinf"]))
    places = dict(_places(body, boxes[b"iloc"], boxes.get(b"idat")))
    exif = _item(file, body, places, items.get(b"Exif"))
    xmp = _item(file, body, places, items.get(b"mime:application/rdf+xml"))
    return (_tiff(exif) if exif else None), xmp


def canon_blocks(file: BinaryIO) -> tuple[list[bytes], bytes | None, bytes | None]:
    """The TIFF blocks (main, EXIF), the GPS block and the XMP packet of a CR3 file."""
    blocks: dict[bytes, bytes] = {}
    xmp = None
    for box in _file_boxes(file):
        if box.kind == b"moov":
            body = _body(file, box, _MAX_META)
            for inner in _boxes(body, 0, len(body)):
                if inner.kind == b"uuid" and body[inner.start : inner.start + 16] == _CANON:
                    canon = _boxes(body, inner.start + 16, inner.end)
                    blocks = {one.kind: body[one.start : one.end] for one in canon}
        elif box.kind == b"uuid":
            file.seek(box.start)
            if file.read(16) == _ADOBE:
                xmp = _body(file, _Box(box.kind, box.start + 16, box.end), _MAX_ITEM)
    tiffs = [blocks[kind] for kind in (b"CMT1", b"CMT2") if kind in blocks]
    return tiffs, blocks.get(b"CMT4"), xmp


def jpeg_xl_blocks(file: BinaryIO) -> tuple[bytes | None, bytes | None]:
    """The TIFF block and the XMP packet of a JPEG XL file; none in a bare codestream, and those
    that are packed (`brob`) are not unpacked."""
    file.seek(0)
    if file.read(2) == b"\xff\x0a":
        return None, None
    found = {box.kind: box for box in _file_boxes(file) if box.kind in (b"Exif", b"xml ")}
    exif = _body(file, found[b"Exif"], _MAX_ITEM) if b"Exif" in found else None
    xmp = _body(file, found[b"xml "], _MAX_ITEM) if b"xml " in found else None
    return (_tiff(exif) if exif else None), xmp


def picture_pieces(file: BinaryIO) -> list[tuple[int, int]]:
    """Start and length of what a HEIC or AVIF holds besides metadata, by the items' numbers."""
    meta = next((box for box in _file_boxes(file) if box.kind == b"meta"), None)
    if meta is None:
        return []
    body = _body(file, meta, _MAX_META)
    boxes = {box.kind: box for box in _boxes(body, 4, len(body))}
    kinds = {number: kind for kind, number in _items(body, boxes[b"iinf"])}
    places = dict(_places(body, boxes[b"iloc"], boxes.get(b"idat")))
    return [
        places[number][1:]
        for number in sorted(places)
        if not places[number][0] and kinds.get(number, b"")[:4] not in (b"Exif", b"mime", b"uri ")
    ]


def media_boxes(file: BinaryIO, kind: bytes) -> list[tuple[int, int]]:
    """Start and length of the bodies of the file's boxes of this kind."""
    return [(box.start, box.end - box.start) for box in _file_boxes(file) if box.kind == kind]


def _file_boxes(file: BinaryIO) -> Iterator[_Box]:
    size = file.seek(0, 2)
    at = 0
    while at + 8 <= size:
        file.seek(at)
        box = _box(file.read(16), at, size)
        yield box
        at = box.end


def _boxes(data: bytes, start: int, end: int) -> Iterator[_Box]:
    while start + 8 <= end:
        box = _box(data[start : start + 16], start, end)
        yield box
        start = box.end


def _box(head: bytes, at: int, limit: int) -> _Box:
    size, body = int.from_bytes(head[:4], "big"), 8
    if size == 1:
        size, body = int.from_bytes(head[8:16], "big"), 16
    elif size == 0:  # up to the end
        size = limit - at
    if size < body or at + size > limit:
        raise ValueError("a box of a wrong size")
    return _Box(head[4:8], at + body, at + size)


def _body(file: BinaryIO, box: _Box, limit: int) -> bytes:
    if box.end - box.start > limit:
        raise ValueError("a box too large for metadata")
    file.seek(box.start)
    return file.read(box.end - box.start)


def _items(body: bytes, iinf: _Box) -> Iterator[tuple[bytes, int]]:
    """What each item is (a kind, "mime:" and a content type) and its number."""
    wide = body[iinf.start] > 0
    for box in _boxes(body, iinf.start + (8 if wide else 6), iinf.end):
        version = body[box.start]
        if box.kind != b"infe" or version < 2:
            continue
        width = 2 if version == 2 else 4
        number = int.from_bytes(body[box.start + 4 : box.start + 4 + width], "big")
        at = box.start + 6 + width
        kind = body[at : at + 4]
        if kind == b"mime":
            kind = b"mime:" + body[at + 4 : box.end].split(b"\0")[1]
        yield kind, number


def _places(
    body: bytes, iloc: _Box, idat: _Box | None
) -> Iterator[tuple[int, tuple[bool, int, int]]]:
    """Each item's number, and whether it lies in `meta` itself, its offset there, its length.

    Items in several pieces are left out: metadata never are.
    """
    reader = _BigEndian(body, iloc.start)
    version = reader.number(4) >> 24
    sizes = reader.number(2)
    offset_size, length_size, base_size = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15
    index_size = sizes & 15 if version else 0
    for _ in range(reader.number(4 if version == 2 else 2)):
        number = reader.number(4 if version == 2 else 2)
        inside = bool(version) and reader.number(2) & 15 == 1
        reader.number(2)
        base = reader.number(base_size)
        pieces = []
        for _ in range(reader.number(2)):
            reader.number(index_size)
            pieces.append((base + reader.number(offset_size), reader.number(length_size)))
        if len(pieces) == 1 and (idat or not inside):
            start = idat.start if inside and idat else 0
            yield number, (inside, start + pieces[0][0], pieces[0][1])


@dataclass
class _BigEndian:
    """Big-endian numbers, one after the other."""

    data: bytes
    at: int

    def number(self, size: int) -> int:
        if self.at + size > len(self.data):
            raise IndexError("a list cut short")
        self.at += size
        return int.from_bytes(self.data[self.at - size : self.at], "big")


def _item(
    file: BinaryIO, body: bytes, places: dict[int, tuple[bool, int, int]], number: int | None
) -> bytes | None:
    if number is None or number not in places:
        return None
    inside, start, length = places[number]
    if inside:
        return body[start : start + length]
    return _body(file, _Box(b"", start, start + length), _MAX_ITEM)


def _tiff(item: bytes) -> bytes:
    """An Exif item without its lead: the offset of the TIFF header behind these 4 bytes."""
    tiff = item[4 + int.from_bytes(item[:4], "big") :]
    if tiff[:2] in (b"II", b"MM"):
        return tiff
    return item[4:].removeprefix(b"Exif\0\0")
