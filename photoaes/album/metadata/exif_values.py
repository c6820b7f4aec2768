"""Plain values from EXIF tags, or None for whatever is missing, garbled or impossible.

Tag numbers and units are those of EXIF 3.0 (CIPA DC-008), chapter 4.6. Times are pairs of the wall
clock and, where the camera tells it, the zone's offset: clocks of photos with and without zone can
then be compared, which Python refuses for its aware and naive times.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from photoaes.album.metadata import dates

# A tag's value as exifread gives it: text, bytes, or a list of numbers, fractions and 1-tuples.
Tags = Mapping[int, Any]

_MAX_TEXT = 200
_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)", re.ASCII)
# Each time stamp with its fractions of a second and its zone, the truest first.
_TIMES = ((0x9003, 0x9291, 0x9011), (0x9004, 0x9292, 0x9012))
_CHANGED = ((0x0132, 0x9290, 0x9010),)


def text(tags: Tags, tag: int) -> str | None:
    """A short text, without control characters and with single blanks."""
    value = tags.get(tag)
    if isinstance(value, bytes):  # not UTF-8, which exifread has tried
        value = value.decode("latin-1")
    if not isinstance(value, str):
        return None
    value = value.partition("\0")[0]
    printable = "".join(c if c.isprintable() else " " for c in value)
    return " ".join(printable.split())[:_MAX_TEXT] or None


def number(tags: Tags, tag: int, low: float, high: float) -> Fraction | None:
    """The first number, if it lies in low..high."""
    return next(iter(numbers(tags, tag, low, high)), None)


def numbers(tags: Tags, tag: int, low: float, high: float) -> list[Fraction]:
    """All numbers of a tag; none if one of them is no number or out of low..high."""
    values = tags.get(tag)
    if not isinstance(values, Sequence) or isinstance(values, str | bytes):
        return []
    plain = [_fraction(value) for value in values]
    good = [value for value in plain if value is not None and low <= value <= high]
    return good if len(good) == len(plain) else []


def _fraction(value: object) -> Fraction | None:
    if isinstance(value, tuple) and value:
        value = value[0]
    if isinstance(value, Fraction):
        # exifread keeps n/0, which cameras write for "unknown", as a fraction that cannot compute.
        return value if value.denominator else None
    if isinstance(value, int) or (isinstance(value, float) and math.isfinite(value)):
        return Fraction(value)
    return None


def time_taken(tags: Tags) -> tuple[datetime | None, timedelta | None]:
    """The wall clock at the exposure (0x9003, else 0x9004), and its offset from UTC."""
    return _time(tags, _TIMES)


def time_changed(tags: Tags) -> tuple[datetime | None, timedelta | None]:
    """As `time_taken`, from tag 0x0132, which programs set anew when they save."""
    return _time(tags, _CHANGED)


def _time(
    tags: Tags, times: Sequence[tuple[int, int, int]]
) -> tuple[datetime | None, timedelta | None]:
    for stamp_tag, fraction_tag, offset_tag in times:
        written = text(tags, stamp_tag) or ""
        stamp = dates.stamp(written)
        if stamp is not None:
            fraction = _sub_seconds(text(tags, fraction_tag) or "")
            return stamp + fraction, _offset(text(tags, offset_tag) or "")
    return None, None


def _sub_seconds(value: str) -> timedelta:
    """Digits behind the decimal point, as many as the camera likes: "5", "50", "500000"."""
    if not re.fullmatch("[0-9]+", value):
        return timedelta()
    return timedelta(microseconds=int(value[:6].ljust(6, "0")))


def _offset(value: str) -> timedelta | None:
    """`+HH:MM`. No zone is more than 14 hours off."""
    match = _OFFSET.fullmatch(value)
    if not match:
        return timedelta() if value == "Z" else None
    offset = timedelta(hours=int(match[2]), minutes=int(match[3]))
    if offset > timedelta(hours=14) or int(match[3]) > 59:
        return None
    return -offset if match[1] == "-" else offset


def iso(tags: Tags) -> int | None:
    """The sensitivity: 0x8827, two bytes, whose 65535 refers to 0x8832, 0x8833 or 0x8831."""
    for tag in (0x8827, 0x8832, 0x8833, 0x8831):
        for value in numbers(tags, tag, 0, 10_000_000):
            if value > 0 and not (tag == 0x8827 and value == 65535):
                return int(value)
    return None


def position(gps: Tags) -> tuple[float, float] | None:
    """Latitude -90..90 and longitude -180..180 in degrees; None unless both are whole.

    Degrees, minutes and seconds (0x0002, 0x0004) mean nothing without their hemisphere (0x0001,
    0x0003). A receiver without a fix says so (0x0009 is "V") or writes zeros.
    """
    latitude = _degrees(gps, 0x0001, 0x0002, "NS", 90)
    longitude = _degrees(gps, 0x0003, 0x0004, "EW", 180)
    if latitude is None or longitude is None or text(gps, 0x0009) == "V":
        return None
    return None if latitude == longitude == 0 else (latitude, longitude)


def _degrees(gps: Tags, ref_tag: int, tag: int, refs: str, limit: int) -> float | None:
    ref = (text(gps, ref_tag) or "").upper()[:1]
    parts = numbers(gps, tag, 0, 360)
    if not ref or ref not in refs or not 1 <= len(parts) <= 3:
        return None
    degrees = float(sum(part / 60**power for power, part in enumerate(parts)))
    if degrees > limit:
        return None
    return -degrees if ref == refs[1] else degrees


def altitude(gps: Tags) -> float | None:
    """Metres above the sea (0x0006), below it where 0x0005 is 1."""
    metres = number(gps, 0x0006, 0, 100_000)
    if metres is None:
        return None
    return -float(metres) if number(gps, 0x0005, 0, 3) in (1, 3) else float(metres)
