"""Ctrl-C, SIGTERM and a terminal that is closed, at any moment: one word, and 130, 143 or 129.
Imports next to nothing.

While modules are imported, at the start or later, an exception would come out of the middle of
somebody's module: the process ends at once. Else, while a command runs, the first signal is one, so
that what is open is closed and what was measured is kept; a second signal ends the process.
"""

from __future__ import annotations

import _signal as signal  # type: ignore[import-not-found]  # the enumerations in `signal` take a while
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType

_SECONDS = 8.0  # for closing and keeping what is done
CODES: dict[int, int] = {signal.SIGINT: 130, signal.SIGTERM: 143}
_WORDS: dict[int, str] = {signal.SIGINT: "cancelled", signal.SIGTERM: "terminated"}
if hasattr(signal, "SIGHUP"):  # all but Windows
    CODES[signal.SIGHUP], _WORDS[signal.SIGHUP] = 129, "hung up"
stderr = 2  # where the terminal is


class Terminated(KeyboardInterrupt):
    """SIGTERM, or another signal but Ctrl-C's; whoever closes for that closes for it."""

    number: int = signal.SIGTERM


def end_at_once() -> None:
    """While modules are imported, and again when all is done."""
    _handle(_end)


def interrupt() -> None:
    """Let a signal interrupt the command that runs."""
    sys.unraisablehook = _unraised
    _handle(_raise)


def end_soon(number: int) -> None:
    """Whatever still goes on in some seconds, such as an import, which nothing breaks off."""
    import threading

    last = threading.Timer(_SECONDS, _end, (number, None))
    last.daemon = True
    last.start()


def code_of(error: KeyboardInterrupt) -> int:
    """The exit value after this interruption."""
    return CODES[_number_of(error)]


def word_of(error: KeyboardInterrupt) -> str:
    """What is said to the person about this interruption."""
    return _WORDS[_number_of(error)]


def _number_of(error: KeyboardInterrupt) -> int:
    return error.number if isinstance(error, Terminated) else int(signal.SIGINT)


def _handle(handler: object) -> None:
    for number in CODES:
        if signal.getsignal(number) is not signal.SIG_IGN:  # as nohup wants it
            signal.signal(number, handler)


def _end(number: int, _: FrameType | None) -> None:
    try:
        os.write(stderr, f"\nphotoaes: {_WORDS[number]}.\n".encode())
    finally:  # whether or not there is somebody to be told
        os._exit(CODES[number])


def _raise(number: int, frame: FrameType | None) -> None:
    _handle(_end)
    if _is_importing(frame):  # some libraries abort where their import is broken off
        _end(number, frame)
    end_soon(number)  # some libraries take any exception for one of their own, and go on
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    ended = Terminated()
    ended.number = number
    raise ended


def _is_importing(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code.co_filename == "<frozen importlib._bootstrap>":
            return True
        frame = frame.f_back
    return False


def _unraised(found: sys.UnraisableHookArgs) -> None:
    """A signal may come while something is taken away: then nobody can be told but the process."""
    if isinstance(found.exc_value, KeyboardInterrupt):
        os.write(stderr, f"\nphotoaes: {word_of(found.exc_value)}.\n".encode())
        os._exit(code_of(found.exc_value))
    sys.__unraisablehook__(found)
