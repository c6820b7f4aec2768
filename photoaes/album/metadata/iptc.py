"""IPTC of the old kind (IIM 4.2), as Photo Mechanic, ACDSee and news desks write it.

It lies in a JPEG's APP13 among Photoshop's resources ("8BIM", number 0x0404), in a TIFF's tag
33723: datasets of 0x1c, a record, a number, a length (2 bytes, big-endian) and the value.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from photoaes.album.metadata import dates

HEAD = b"Photoshop 3.0\0"
_RESOURCE = b"8BIM"
_IPTC = 0x0404
_MOST = 2_000  # datasets


@dataclass(frozen=True)
class Iptc:
    """`urgency` 1 (most) to 8; `created` is the wall clock, a midnight where no time is told."""

    urgency: int | None = None
    created: datetime | None = None
    has_time: bool = False


def read_iptc(data: bytes) -> Iptc:
    """What a block says, of Photoshop's resources or bare. Raises nothing."""
    if data.startswith(HEAD):
        data = _resource(data[len(HEAD) :])
    fields = dict(_datasets(data))
    urgency = fields.get((2, 10), b"").strip()
    date = fields.get((2, 55), b"").decode("ascii", "replace").strip()
    time = fields.get((2, 60), b"").decode("ascii", "replace").strip()
    has_time = len(time) >= 6 and time[:6].isdigit()
    text = f"{date[:4]}:{date[4:6]}:{date[6:8]}"
    if has_time:
        text += f" {time[:2]}:{time[2:4]}:{time[4:6]}"
    created = (dates.stamp if has_time else dates.day)(text)
    number = int(urgency) if urgency.isdigit() and 1 <= int(urgency) <= 8 else None
    return Iptc(number, created, has_time and created is not None)


def _resource(data: bytes) -> bytes:
    """Each has a number (2 bytes), a name padded to even length, a size (4 bytes), a value."""
    at = 0
    while data[at : at + 4] == _RESOURCE and at + 12 <= len(data):
        number = int.from_bytes(data[at + 4 : at + 6], "big")
        named = data[at + 6] + 1
        at += 6 + named + named % 2
        size = int.from_bytes(data[at : at + 4], "big")
        if number == _IPTC:
            return data[at + 4 : at + 4 + size]
        at += 4 + size + size % 2
    return b""


def _datasets(data: bytes) -> Iterator[tuple[tuple[int, int], bytes]]:
    at = 0
    for _ in range(_MOST):
        if at + 5 > len(data) or data[at] != 0x1C:
            return
        length = int.from_bytes(data[at + 3 : at + 5], "big")
        if length > 0x7FFF:  # longer ones hold texts of no use here
            return
        yield (data[at + 1], data[at + 2]), data[at + 5 : at + 5 + length]
        at += 5 + length
