"""When a photo was taken, as an XMP packet says it: a search, no parsing of what may be megabytes.

The packet is read in full elsewhere, for marks; here a wrong or missing date costs an order, not a
star.
"""

from __future__ import annotations

import re
from datetime import datetime

from photoaes.album.metadata import dates

# In the order of their truth, with the prefixes that nearly all programs use.
_NAMES = (
    (b"http://ns.adobe.com/exif/1.0/", b"exif", b"DateTimeOriginal"),
    (b"http://ns.adobe.com/photoshop/1.0/", b"photoshop", b"DateCreated"),
    (b"http://ns.adobe.com/xap/1.0/", b"xmp", b"CreateDate"),
)
_DECLARED = re.compile(rb"""xmlns:([\w.-]{1,40})\s*=\s*["']([^"'<]{1,100})["']""")
_MOST = 1 << 20


def xmp_date(packet: bytes) -> tuple[datetime, bool] | None:
    """The wall clock, and whether the packet tells a time and not just a day."""
    head = packet[:_MOST]
    declared = dict(_DECLARED.findall(head))
    for uri, usual, local in _NAMES:
        prefixes = [prefix for prefix, said in declared.items() if said == uri] or [usual]
        spelt = b"|".join(map(re.escape, prefixes))
        name = b"(?<![\\w.-])(?:" + spelt + b"):" + local
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
