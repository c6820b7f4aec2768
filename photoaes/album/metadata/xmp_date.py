"""When a photo was taken, as an XMP packet says it: a search, no parsing of what may be megabytes.

The packet is read in full elsewhere, for marks; here a wrong or missing date costs an order, not a
star.
"""

from __future__ import annotations

import re
from datetime import datetime

from photoaes.album.metadata import dates

# In the order of their truth; prefixes are those that all programs use.
_NAMES = (b"exif:DateTimeOriginal", b"photoshop:DateCreated", b"xmp:CreateDate", b"xap:CreateDate")
_MOST = 1 << 20


def xmp_date(packet: bytes) -> tuple[datetime, bool] | None:
    """The wall clock, and whether the packet tells a time and not just a day."""
    head = packet[:_MOST]
    for name in _NAMES:
        match = re.search(name + rb"""(?:\s*=\s*["']|>)\s*([0-9][^"'<]{7,40})""", head)
        if match is None:
            continue
        text = match[1].decode("ascii", "replace")
        found = dates.stamp(text)
        if found is not None:
            return found, True
        found = dates.day(text)
        if found is not None:
            return found, False
    return None
