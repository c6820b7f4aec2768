"""Where a command meets the system: what Python raises there becomes one sentence.

Files, folders, the terminal, the working directory and memory may fail anywhere, and for reasons
that a person can act on. All else that is raised is a bug and shown as one.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import sys
from pathlib import Path

from photoaes.errors import PhotoaesError, Sentence

_DISK = "make room on the disk and try again"
_ACCESS = "check its permissions, and whether its disk is write-protected"
_ADVICE = {
    errno.ENOSPC: _DISK,
    errno.EDQUOT: _DISK,
    errno.EACCES: _ACCESS,
    errno.EPERM: _ACCESS,
    errno.EROFS: _ACCESS,
    errno.ENAMETOOLONG: "use a shorter name",
    errno.EIO: "check that its disk is connected and works",
    errno.EMFILE: "close other programs and try again",
}
# What the loader, torch's allocator and Python's threads say where memory, or a limit on it, is
# used up; each by an error that elsewhere is a bug.
_NO_MEMORY = ("failed to map segment", "annot allocate memory", "an't allocate memory",
              "an't start new thread", "cannot enable executable stack")  # fmt: skip
Met = (OSError, MemoryError, UnicodeError, sqlite3.DatabaseError)


def is_of_memory(error: ImportError | RuntimeError) -> bool:
    """Whether the system had no more memory to give."""
    return any(words in str(error) for words in _NO_MEMORY)


def sentence(error: BaseException) -> str | None:
    """What to tell the person about an error; None if it is a bug."""
    if isinstance(error, PhotoaesError):
        return str(error)
    if isinstance(error, MemoryError | ImportError | RuntimeError):
        return "There is not enough free memory. Close other programs, or take fewer photos."
    if isinstance(error, OSError):
        return _of_system(error)
    if isinstance(error, UnicodeError):
        return f"A name or a text holds bytes that are no letters ({error.reason})."  # type: ignore[attr-defined]
    if isinstance(error, sqlite3.DatabaseError):
        return f"What photoaes keeps could not be read or written: {error}."
    return None


def _of_system(error: OSError) -> str:
    said = error.strerror or str(error)
    if error.filename is None and error.errno == errno.ENOENT and not _is_somewhere():
        return "The folder in which photoaes was started is no longer there. Go to another one."
    if error.filename is None and "temporary directory" in said:  # of Python's `tempfile`
        return "No folder for temporary files can be written. Make room on the disk, or set TMPDIR."
    named = os.fspath(error.filename) if isinstance(error.filename, str | bytes) else ""
    where = os.fsdecode(named)
    what = "The output" if not where else where if len(where) <= 200 else f"{where[:200]}..."
    advice = _ADVICE.get(error.errno or 0)
    return Sentence("{0}: {1}{2}.", what, said, f"; {advice}" if advice else "")


def _is_somewhere() -> bool:
    try:
        Path.cwd()
    except OSError:
        return False
    return True


def drop_output() -> None:
    """What could not be written shall not be tried again, and complained of, at the very end."""
    for stream in (sys.__stdout__, sys.__stderr__):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            try:
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, stream.fileno())  # type: ignore[union-attr]
            except (OSError, ValueError):
                return
