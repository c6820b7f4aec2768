"""What kind of trouble an unreadable photo is in: it is damaged, or it cannot be had just now."""

from __future__ import annotations

import errno
from enum import Enum

from photoaes.errors import PhotoUnreadable

# What the system says of a drive that was pulled out, or of a server that does not answer.
_AWAY = {
    errno.ENOENT, errno.ENOTDIR, errno.ENXIO, errno.ENODEV, errno.ESTALE, errno.ENOTCONN,
    errno.ETIMEDOUT, errno.EHOSTDOWN, errno.EHOSTUNREACH, errno.ENETDOWN, errno.ENETUNREACH,
    errno.ECONNREFUSED, errno.ECONNRESET, errno.ECONNABORTED,
}  # fmt: skip
_REFUSED = {errno.EACCES, errno.EPERM}


class Trouble(Enum):
    """AWAY and REFUSED may pass without any change of the file."""

    AWAY = "away"
    REFUSED = "refused"
    DAMAGED = "damaged"


def trouble_of(problem: PhotoUnreadable, *, is_there: bool) -> Trouble:
    """By what the system said; `is_there` is whether it still knows the file.

    A drive that is pulled out while it is read gives the same error as a bad sector: there the file
    decides.
    """
    cause = problem.__cause__
    number = cause.errno if isinstance(cause, OSError) else None
    if number in _REFUSED:
        return Trouble.REFUSED
    if number in _AWAY or not is_there:
        return Trouble.AWAY
    return Trouble.DAMAGED


def is_lasting(problem: PhotoUnreadable) -> bool:
    """Whether it stays so until the file changes: not where the system did not hand it out."""
    cause = problem.__cause__
    is_system = isinstance(cause, OSError) and cause.errno not in (None, errno.EINVAL)
    return not is_system and not isinstance(cause, MemoryError)
