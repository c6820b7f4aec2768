"""How commands say things that several of them say."""

from __future__ import annotations

from datetime import datetime


def local_time(moment: str) -> str:
    """A moment in UTC, as ISO 8601, as the clock on the wall shows it.

    Any other text is left as it is: a profile that somebody gave away may hold one.
    """
    try:
        return datetime.fromisoformat(moment).astimezone().strftime("%Y-%m-%d %H:%M:%S")
    except (ValueError, OverflowError):
        return moment
