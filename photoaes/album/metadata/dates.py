"""Dates as cameras, phones and programs write them, and those that a file's name tells.

EXIF wants `YYYY:MM:DD HH:MM:SS` (3.0, 4.6.6). Met with are other signs between the numbers, a T, no
seconds, fractions and zones behind them, twelve hours with their half of the day before or after
the time in the phone's language, hours counted from 1 to 24, a second 60, digits of other scripts
and the years of the Thai calendar.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta
from pathlib import PurePath

OLDEST_YEAR = 1800  # scans carry the dates of old prints
_YOUNGEST_YEAR = 2200
_BUDDHIST = 543  # years ahead
_PM = (
    "pm",
    "p.m.",
    "p. m.",
    "nachm.",
    "오후",
    "午後",
    "下午",
    "晚上",
    "م",
    "μ.μ.",
    "\xbf\xc0\xc8\xc4",
)
_AM = (
    "am",
    "a.m.",
    "a. m.",
    "vorm.",
    "오전",
    "午前",
    "上午",
    "凌晨",
    "ص",
    "π.μ.",
    "\xbf\xc0\xc0\xfc",
)
_HALF = "|".join(re.escape(half) for half in sorted((*_PM, *_AM), key=len, reverse=True))
_STAMP = re.compile(
    r"\s*(\d{4})[:/.\-](\d\d?)[:/.\-](\d\d?)"
    rf"(?:[ T:]+({_HALF})?\s*(\d\d?):(\d\d?)(?::(\d\d?)(?:[.,]\d+)?)?\s*({_HALF})?)?",
    re.IGNORECASE,
)
_ZONE = re.compile(r"(?:Z|([+-])(\d\d):?(\d\d))\s*$")
# Between day and time, as systems name pictures of their screens in many languages.
_AT = "at|um|\xe0|a las|a les|alle|om|kl\\.?|klo|\xe0s|o|ob|в"
# Where a name begins or a letter, sign or blank comes before; no further digit behind. Hours have
# one digit where half a day follows.
_IN_NAME = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<sign>[-_.]?)(?P<month>0[1-9]|1[0-2])(?P=sign)"
    r"(?P<day>0[1-9]|[12]\d|3[01])"
    rf"(?:(?:[-_ .T]|(?:{_AT})[ _])*(?P<before>{_HALF})?"
    r"(?P<hour>[01]\d|2[0-3]|\d(?=[.:]))(?P<mark>[-_.:h ]?)(?P<minute>[0-5]\d)(?P=mark)"
    rf"(?P<second>[0-5]\d)(?:\d{{3}})?(?!\d)(?:[\s_]*(?P<after>(?i:{_HALF}))(?!\w))?)?(?!\d)",
)
_IN_UTC = ("PXL_",)  # Google's phones name photos by the clock of Greenwich


def stamp(value: str) -> datetime | None:
    """The wall clock of a time stamp; None where blanks, zeros or nonsense stand in it."""
    match = _STAMP.match(value)
    if not match or match[5] is None:
        return None
    year, month, day, hour, minute = (int(match[group]) for group in (1, 2, 3, 5, 6))
    hour = _of_day(hour, match[4] or match[8])
    # Some phones count the hours of the day from 1: the first one is 24 of the same day.
    hour = 0 if hour == 24 else hour
    return _time(year, month, day, hour, minute, int(match[7] or 0))


def day(value: str) -> datetime | None:
    """The midnight at which the day of a stamp begins that has no time."""
    match = _STAMP.match(value)
    if not match or match[5] is not None:
        return None
    return _time(int(match[1]), int(match[2]), int(match[3]), 0, 0, 0)


def zone(value: str) -> timedelta | None:
    """The offset from UTC at the end of a stamp."""
    match = _ZONE.search(value)
    if not match:
        return None
    offset = timedelta(hours=int(match[2] or 0), minutes=int(match[3] or 0))
    return -offset if match[1] == "-" else offset


def name_date(name: str) -> tuple[datetime, bool] | None:
    """What a file's name tells, and whether that is a time and not just a day.

    `IMG_20230514_101010`, `IMG-20230514-WA0007` (no time: it is when it was sent),
    `Screenshot_2023-05-14-10-10-10`, `signal-2023-05-14-101010`, `2023-05-14 10.10.10`,
    `Screenshot 2023-05-14 at 1.10.10 PM`.
    """
    match = _IN_NAME.search(unicodedata.normalize("NFC", PurePath(name).stem))
    if not match:
        return None
    has_time = match["hour"] is not None and "-WA" not in name
    clock = (0, 0, 0)
    if has_time:
        hour = _of_day(int(match["hour"]), match["before"] or match["after"])
        clock = (hour, int(match["minute"]), int(match["second"]))
    found = _time(int(match["year"]), int(match["month"]), int(match["day"]), *clock)
    if found is not None and has_time and name.startswith(_IN_UTC):
        found = _local(found)
    return None if found is None else (found, has_time)


def _of_day(hour: int, word: str | None) -> int:
    half = _half(word)
    return hour if half is None or not 1 <= hour <= 12 else hour % 12 + 12 * half


def _half(word: str | None) -> int | None:
    """1 for the second half of the day, 0 for the first."""
    if not word:
        return None
    return int(word.casefold() in {half.casefold() for half in _PM})


def _time(year: int, month: int, day: int, hour: int, minute: int, second: int) -> datetime | None:
    """A leap second, or a clock that rounds up, is the next minute's first one."""
    if year - _BUDDHIST > OLDEST_YEAR + 100 and year > _YOUNGEST_YEAR:
        year -= _BUDDHIST
    if not OLDEST_YEAR <= year <= _YOUNGEST_YEAR:
        return None
    carry = timedelta(seconds=1) if second == 60 else timedelta()
    try:
        return (
            datetime(year, month, day, hour, minute, min(second, 59) if carry else second) + carry
        )
    except (ValueError, OverflowError):
        return None


def _local(moment: datetime) -> datetime:
    """By this computer's zone, which is likelier the photographer's than Greenwich's."""
    try:
        return moment.replace(tzinfo=UTC).astimezone().replace(tzinfo=None)
    except (OverflowError, OSError, ValueError):
        return moment
