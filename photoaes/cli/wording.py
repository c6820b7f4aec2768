"""How commands say things that several of them say."""

from __future__ import annotations

from datetime import datetime

from photoaes.album.marks import Flag, Marks


def local_time(moment: str) -> str:
    """A moment in UTC, as ISO 8601, as the clock on the wall shows it.

    Any other text is left as it is: a profile that somebody gave away may hold one.
    """
    try:
        return datetime.fromisoformat(moment).astimezone().strftime("%Y-%m-%d %H:%M:%S")
    except (ValueError, OverflowError):
        return moment


def marks_in_words(marks: Marks) -> str:
    """Such as "5 stars, reject, Red"; "no marks" for none."""
    parts = []
    if marks.stars:
        parts.append("1 star" if marks.stars == 1 else f"{marks.stars} stars")
    if marks.flag in (Flag.PICK, Flag.REJECT):
        parts.append(str(marks.flag))
    if marks.label:
        parts.append(marks.label)
    return ", ".join(parts) or "no marks"
