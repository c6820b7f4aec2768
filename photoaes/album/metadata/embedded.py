"""Where EXIF and XMP lie inside a photo's file, found without decoding the photo.

EXIF is a TIFF structure (EXIF 3.0, 4.5) that TIFF and most RAW files are themselves, and that other
kinds hold as a block. XMP (part 3) lies beside it. Files are only ever opened for reading.
"""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass
from typing import BinaryIO, cast

from photoaes.album.metadata.iso_media import canon_blocks, item_blocks, jpeg_xl_blocks
from photoaes.images.kinds import HEAD_BYTES, kind_of
from photoaes.images.sources import SeldomClock

# Real photos need some hundred reads and some 100 KiB. Hostile ones point to the same megabytes
# from thousands of places, or let us walk in circles.
_MAX_READS = 50_000
_MAX_READ_BYTES = 48 << 20
_MAX_XMP = 16 << 20
_MAX_TAG = 1 << 20
_MAX_PROFILE = 2 << 20  # EXIF in hex digits, each pair of which may come as a line of its own
MAX_SECONDS = 1.5  # of a processor, which a real photo needs a hundredth of
_XMP_HEAD = b"http://ns.adobe.com/xap/1.0/\0"
_EXIF_HEAD = b"Exif\0\0"
_PNG_XMP = b"XML:com.adobe.xmp"
_XMP_TAG = 700
_IPTC_TAG = 33723
_TIFF_LIKE = (b"II*\0", b"MM\0*", b"IIRO", b"IIRS", b"MMOR", b"IIU\0")


@dataclass(frozen=True)
class Blocks:
    """Files that start with a TIFF header, an EXIF block or the photo itself; GPS where it lies
    apart; the XMP packet; IPTC, in Photoshop's resources or bare. To be read while the photo is
    open.
    """

    exif: tuple[BinaryIO, ...] = ()
    gps: BinaryIO | None = None
    xmp: bytes | None = None
    iptc: bytes | None = None


class _Frugal:
    """A file that raises OSError rather than be read without end."""

    def __init__(self, file: BinaryIO, most: int) -> None:
        self._file, self._most = file, most
        self._reads = self._bytes = 0
        self._clock = SeldomClock(MAX_SECONDS)
        self.seek, self.tell = file.seek, file.tell

    def read(self, size: int = -1) -> bytes:
        """Never more than `most` at once: a tag may claim to be as long as the largest file."""
        data = self._file.read(self._most if size < 0 else min(size, self._most))
        self._reads += 1
        self._bytes += len(data)
        is_much = self._reads > _MAX_READS or self._bytes > _MAX_READ_BYTES
        if is_much or self._clock.is_over():
            raise OSError("more is read than metadata can need")
        return data


def embedded_blocks(opened: BinaryIO, suffix: str) -> Blocks:
    """The blocks of an open photo, to be read while it is open; empty for kinds that we know no
    blocks of.

    Broken files raise what `images.faults.DECODE_ERRORS` lists.
    """
    file = _frugal(opened)
    file.seek(0)
    head = file.read(HEAD_BYTES)
    return _blocks(file, head, kind_of(head, suffix))


def _frugal(file: BinaryIO, most: int = 16 << 20) -> BinaryIO:
    return cast(BinaryIO, _Frugal(file, most))


def _blocks(file: BinaryIO, head: bytes, kind: str | None) -> Blocks:
    if head.startswith(_TIFF_LIKE):
        tags = _frugal(file, _MAX_TAG)
        return Blocks((tags,), xmp=_tiff_block(file, head, _XMP_TAG), iptc=_tiff_iptc(file, head))
    if kind == "JPEG":
        return _parsed(*_jpeg(file, 0))
    if kind == "PNG":
        return _parsed(*_png(file))
    if kind == "WEBP":
        return _parsed(*_webp(file))
    if kind in ("HEIF", "AVIF"):
        return _parsed(*item_blocks(file))
    if kind == "JPEGXL":
        return _parsed(*jpeg_xl_blocks(file))
    if head[4:12] == b"ftypcrx ":
        tiffs, gps, xmp = canon_blocks(file)
        return Blocks(tuple(_in_memory(t) for t in tiffs), _in_memory(gps) if gps else None, xmp)
    if head.startswith(b"FUJIFILMCCD-RAW"):  # a RAF, with a whole JPEG inside
        file.seek(84)
        return _parsed(*_jpeg(file, int.from_bytes(file.read(4), "big")))
    return Blocks()


def _parsed(exif: bytes | None, xmp: bytes | None, iptc: bytes | None = None) -> Blocks:
    if exif is None:
        return Blocks(xmp=xmp, iptc=iptc)
    return Blocks((_in_memory(exif.removeprefix(_EXIF_HEAD)),), xmp=xmp, iptc=iptc)


def _in_memory(block: bytes) -> BinaryIO:
    return _frugal(io.BytesIO(block), _MAX_TAG)


def _jpeg(file: BinaryIO, start: int) -> tuple[bytes | None, bytes | None, bytes | None]:
    """EXIF, XMP and Photoshop's resources: segments of a marker (ff and a byte) and a length (2
    bytes, itself counted), up to the scan.

    An XMP packet over 64 KiB has its rarer properties in further segments; ratings stay in front.
    """
    exif = xmp = iptc = None
    at = start + 2
    while True:
        file.seek(at)
        head = file.read(4)
        if len(head) < 4 or head[0] != 0xFF or head[1] in (0xDA, 0xD9):
            break
        if head[1] == 0xFF:  # padding
            at += 1
            continue
        length = max(2, int.from_bytes(head[2:], "big"))
        if head[1] == 0xE1:
            body = file.read(length - 2)
            if exif is None and body.startswith(_EXIF_HEAD):
                exif = body
            elif xmp is None and body.startswith(_XMP_HEAD):
                xmp = body.removeprefix(_XMP_HEAD)
        if head[1] == 0xED and iptc is None:
            iptc = file.read(length - 2)
        at += 2 + length
    return exif, xmp, iptc


def _png(file: BinaryIO) -> tuple[bytes | None, bytes | None]:
    """Chunks of a length (4 bytes), a kind, data and a checksum; metadata may follow the pixels."""
    exif = xmp = None
    at = 8
    while exif is None or xmp is None:
        file.seek(at)
        head = file.read(8)
        if len(head) < 8 or head[4:] == b"IEND":
            break
        length = int.from_bytes(head[:4], "big")
        if head[4:] == b"eXIf":
            exif = file.read(min(length, _MAX_XMP))
        elif head[4:] == b"iTXt" and length <= _MAX_XMP:
            xmp = _png_text(file.read(length)) or xmp
        elif head[4:] == b"zTXt" and length <= _MAX_XMP:
            exif = _png_profile(file.read(length)) or exif
        at += 12 + length
    return exif, xmp


def _png_text(data: bytes) -> bytes | None:
    """The XMP of an iTXt chunk: keyword, compression flag and method, two empty texts, text."""
    keyword, _, rest = data.partition(b"\0")
    if keyword != _PNG_XMP:
        return None
    text = rest[2:].split(b"\0", 2)[2]
    return zlib.decompressobj().decompress(text, _MAX_XMP) if rest[:1] == b"\1" else text


def _png_profile(data: bytes) -> bytes | None:
    """EXIF as ImageMagick and exiv2 hide it: a zTXt chunk of a name, a length and hex digits."""
    keyword, _, rest = data.partition(b"\0")
    if keyword not in (b"Raw profile type exif", b"Raw profile type APP1"):
        return None
    text = zlib.decompressobj().decompress(rest[1:], _MAX_PROFILE)
    return bytes.fromhex("".join(text.decode("ascii").split()[2:]))


def _webp(file: BinaryIO) -> tuple[bytes | None, bytes | None]:
    """Chunks of a kind, a length (4 bytes, little-endian) and data padded to an even length."""
    found: dict[bytes, bytes] = {}
    at = 12
    while True:
        file.seek(at)
        head = file.read(8)
        if len(head) < 8:
            return found.get(b"EXIF"), found.get(b"XMP ")
        length = int.from_bytes(head[4:], "little")
        if head[:4] in (b"EXIF", b"XMP ") and length <= _MAX_XMP:
            found.setdefault(head[:4], file.read(length))
        at += 8 + length + length % 2


def _tiff_iptc(file: BinaryIO, head: bytes) -> bytes | None:
    """A damaged directory is told by whoever reads the EXIF in it."""
    try:
        return _tiff_block(file, head, _IPTC_TAG)
    except OSError:
        return None


def _tiff_block(file: BinaryIO, head: bytes, tag: int) -> bytes | None:
    """A tag of the first directory, which starts with the number of its 12-byte entries.

    Its values are bytes, or, as IPTC is written most often, 4-byte numbers in the file's order.
    """

    def number(data: bytes) -> int:
        return int.from_bytes(data, "little" if head.startswith(b"II") else "big")

    file.seek(number(head[4:8]))
    entries = file.read(12 * number(file.read(2)))
    for at in range(0, len(entries) - 11, 12):
        if number(entries[at : at + 2]) == tag:
            is_long = number(entries[at + 2 : at + 4]) == 4
            length = number(entries[at + 4 : at + 8]) * (4 if is_long else 1)
            if 4 < length <= _MAX_XMP:
                file.seek(number(entries[at + 8 : at + 12]))
                return file.read(length)
    return None
