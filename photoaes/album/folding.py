"""Names that people take for the same, though their bytes differ.

macOS writes umlauts in two signs (NFD), all others in one (NFC); file systems and cameras disagree
about upper and lower case.
"""

from __future__ import annotations

import unicodedata


def folded(name: str) -> str:
    """The same for all spellings of a name."""
    if name.isascii():  # nearly all are, and normalising costs
        return name.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def rest_behind(start: str, name: str) -> str | None:
    """What follows in `name` behind a spelling of `start`; None if it begins otherwise."""
    wanted = folded(start)
    if name.isascii() and start.isascii():
        return name[len(start) :] if name.lower().startswith(wanted) else None
    for end in range(len(name), -1, -1):
        if folded(name[:end]) == wanted:
            return name[end:]
    return None
