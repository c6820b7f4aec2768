"""Names that people take for the same, though their bytes differ; and their order.

macOS writes umlauts in two signs (NFD), all others in one (NFC); file systems and cameras disagree
about upper and lower case.
"""

from __future__ import annotations

import re
import unicodedata

_DIGITS = re.compile(r"\d+")
_LONGEST_NUMBER = 20  # digits that are sorted by their value


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


def natural_key(name: str) -> str:
    """Sorts `IMG_9` before `IMG_10`, whatever the case; for names and for whole paths."""
    return _DIGITS.sub(_padded, name.casefold())


def _padded(number: re.Match[str]) -> str:
    return number[0].zfill(_LONGEST_NUMBER)
