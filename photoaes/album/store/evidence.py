"""Whether the file at a photo's path still is that photo, though its picture is coded otherwise.

The order of evidence, of which the first that speaks decides:

1. the same path, size and time: the same file, which is not even opened;
2. the same bytes, or the same coded picture whatever the metadata: the same photo, or its copy;
3. the time it was taken: another time is another picture; the same time by the same camera is the
   same photo, edited, unless many have that time: a clock that was reset, or a scanner's one date;
4. where no time tells it, its look: alike is the same photo, edited;
5. what is left is a doubt, which a person settles.

A file in which no picture can be found (half copied, damaged) speaks for nothing.
"""

from __future__ import annotations

from enum import Enum

from photoaes.album.look import alike
from photoaes.album.store.identity import Evidence, Fingerprint, tells_little

_CLOCK = 1.0  # seconds: programs that edit a photo may drop the fraction


class FileVerdict(Enum):
    """NOTHING_SAID is what a file without a picture says."""

    SAME = "same"
    OTHER = "other"
    DOUBT = "doubt"
    NOTHING_SAID = "nothing said"


def verdict(
    old: Evidence, now: Evidence, found: Fingerprint, *, is_common_time: bool = False
) -> FileVerdict:
    """By rules 3 to 5, for a picture that is coded otherwise than the photo's was."""
    if found.picture is None:
        return FileVerdict.NOTHING_SAID
    if old.taken is not None and now.taken is not None:
        if abs(old.taken - now.taken) >= _CLOCK:
            return FileVerdict.OTHER
        if len({old.camera, now.camera} - {None}) == 2:
            return FileVerdict.DOUBT
        if not is_common_time and not tells_little(old.taken):
            return FileVerdict.SAME
    elif old.taken is not None or now.taken is not None:
        return FileVerdict.DOUBT
    is_alike = old.look and now.look and alike(old.look, now.look)
    return FileVerdict.SAME if is_alike else FileVerdict.DOUBT
