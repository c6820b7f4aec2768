"""Whether a photo belongs to what is one only as a whole: a panorama, stitched or still in frames,
or a bracket of exposure, focus or white balance.

Cameras say so in their own notes (EXIF 0x927C), each in a directory of its own form; phones and
programs that stitch, in XMP (GPano, Google's "Photo Sphere XMP Metadata") and in plain EXIF. Tags
and values are those that exiftool's tables name. Times and exposures are told by `photo_file`.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO, Literal

from photoaes.album.metadata import exif_values as values

Order = Literal["<", ">"]
_EXIF_POINTER, _NOTE = 0x8769, 0x927C
_MOST_ENTRIES = 512
_MOST_NUMBERS = 64
_FORMS = {1: "B", 3: "H", 4: "I", 6: "b", 7: "B", 8: "h", 9: "i"}  # of the TIFF types of numbers

_GPANO = b"http://ns.google.com/photos/1.0/panorama/"
_GPANO_SAID = re.compile(rb":(?:ProjectionType|UsePanoramaViewer|FullPano(?:Width|Height)Pixels)\b")
_MOST_XMP = 1 << 20
_STITCHERS = re.compile(
    r"hugin|ptgui|autostitch|panorama|image composite editor|\bpano\b|autopano|panoweaver", re.I
)
_APPLE_PANORAMA = 6  # of CustomRendered


@dataclass(frozen=True)
class _Rule:
    """A tag that says so: where the number at this place is one of these, or any at all (None)."""

    tag: int
    place: int = 0
    said: frozenset[int] | None = None


def _one_of(*said: int) -> frozenset[int]:
    return frozenset(said)


# By the first word of the maker. Exposure, focus, sensitivity and white balance are bracketed.
_RULES: Mapping[str, tuple[_Rule, ...]] = {
    "canon": (
        _Rule(0x0005, 5, _one_of(0, 1, 2, 3, 4)),  # stitch assist: the direction of its frames
        _Rule(0x0004, 16, _one_of(0xFFFF, 1, 2, 3)),
        _Rule(0x0093, 3, _one_of(1, 2, 3, 4)),
    ),
    "nikon": (_Rule(0x0089, 0, frozenset(n for n in range(1 << 9) if n & 0x50)),),
    "sony": (
        _Rule(0x1003, 1),
        _Rule(0xB023, 0, _one_of(18, 23)),
        _Rule(0xB049, 0, _one_of(5, 6, 8)),
    ),
    "olympus": (_Rule(0x0200, 0, _one_of(3)),),
    "fujifilm": (_Rule(0x1100, 0, _one_of(1)), _Rule(0x1154, 0), _Rule(0x1153, 0)),
    "panasonic": (_Rule(0x001F, 0, _one_of(28)), _Rule(0x002A, 0, _one_of(3))),
    "casio": (_Rule(0x0001, 0, _one_of(2)),),
}
_RULES = {**_RULES, "om": _RULES["olympus"], "leica": _RULES["panasonic"]}


def is_in_series(main: values.Tags, xmp: bytes | None, file: BinaryIO | None) -> bool:
    """By the EXIF tags, the XMP packet and the maker's notes in this TIFF block.

    Broken notes raise what `images.faults.DECODE_ERRORS` lists.
    """
    if xmp is not None and _GPANO in xmp[:_MOST_XMP] and _GPANO_SAID.search(xmp[:_MOST_XMP]):
        return True
    if _STITCHERS.search(values.text(main, 0x0131) or ""):
        return True
    make = (values.text(main, 0x010F) or "").lower().split(" ", 1)[0]
    if make == "apple":
        return values.number(main, 0xA401, 0, 255) == _APPLE_PANORAMA
    return file is not None and make in _RULES and _notes_say_so(file, _RULES[make])


def _notes_say_so(file: BinaryIO, rules: tuple[_Rule, ...]) -> bool:
    file.seek(0)
    head = file.read(8)
    order: Order = "<" if head[:2] == b"II" else ">"
    if head[:2] not in (b"II", b"MM"):
        return False
    [first] = struct.unpack(order + "I", head[4:8])
    exif = _entry(file, order, first, _EXIF_POINTER)
    if exif is None:
        return False
    note = _entry(file, order, struct.unpack(order + "I", exif[8:])[0], _NOTE)
    if note is None:
        return False
    length, start = struct.unpack(order + "II", note[4:])
    if length < 6:
        return False
    return _directory_says_so(file, _form(file, order, start), rules)


@dataclass(frozen=True)
class _Form:
    """Where a maker's directory begins, where its pointers count from, and its byte order."""

    at: int
    origin: int
    order: Order


def _form(file: BinaryIO, order: Order, start: int) -> _Form:
    file.seek(start)
    head = file.read(18)
    if head.startswith(b"OLYMP\0"):
        return _Form(start + 8, 0, order)
    if head.startswith(b"OLYMPUS\0"):
        return _Form(start + 12, start, _order(head[8:10], order))
    if head.startswith(b"OM SYSTEM"):
        return _Form(start + 16, start, _order(head[12:14], order))
    if head.startswith(b"FUJIFILM"):
        return _Form(start + struct.unpack("<I", head[8:12])[0], start, "<")
    if head.startswith((b"Panasonic\0", b"SONY DSC", b"SONY CAM")):
        return _Form(start + 12, 0, order)
    if head.startswith(b"Nikon\0\2"):
        own = _order(head[10:12], order)
        return _Form(start + 10 + struct.unpack(own + "I", head[14:18])[0], start + 10, own)
    return _Form(start, 0, order)


def _order(mark: bytes, otherwise: Order) -> Order:
    return "<" if mark == b"II" else ">" if mark == b"MM" else otherwise


def _directory_says_so(file: BinaryIO, form: _Form, rules: tuple[_Rule, ...]) -> bool:
    by_tag = {rule.tag: rule for rule in rules}
    for tag, kind, count, value in struct.iter_unpack(
        form.order + "HHI4s", _entries(file, form.order, form.at)
    ):
        rule = by_tag.get(tag)
        if rule is None or kind not in _FORMS or not count > 0:
            continue
        numbers = _numbers(file, form, _FORMS[kind], min(count, _MOST_NUMBERS), value)
        if len(numbers) <= rule.place:
            continue
        said = numbers[rule.place]
        if said in rule.said if rule.said is not None else any(numbers):
            return True
    return False


def _numbers(file: BinaryIO, form: _Form, letter: str, count: int, value: bytes) -> tuple[int, ...]:
    size = count * struct.calcsize("=" + letter)
    if size > 4:
        file.seek(form.origin + struct.unpack(form.order + "I", value)[0])
        value = file.read(size)
    if len(value) < size:
        return ()
    return struct.unpack(f"{form.order}{count}{letter}", value[:size])


def _entry(file: BinaryIO, order: Order, at: int, tag: int) -> bytes | None:
    """The entry of a tag in the directory there, 12 bytes."""
    entries = _entries(file, order, at)
    wanted = struct.pack(order + "H", tag)
    for place in range(0, len(entries), 12):
        if entries[place : place + 2] == wanted:
            return entries[place : place + 12]
    return None


def _entries(file: BinaryIO, order: Order, at: int) -> bytes:
    file.seek(at)
    head = file.read(2)
    if len(head) < 2:
        return b""
    [count] = struct.unpack(order + "H", head)
    found = file.read(12 * min(count, _MOST_ENTRIES))
    return found[: len(found) // 12 * 12]
