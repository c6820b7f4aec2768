"""What libraries in C say on stderr (libtiff, libjpeg, LibRaw of odd files) is counted, not shown.

They speak to programmers, do not name the file, and would stand in the middle of our progress. Our
own words go to the terminal by a way of their own.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import threading
from collections.abc import Iterator
from typing import TextIO

from photoaes import interrupts


@contextlib.contextmanager
def quiet_libraries(*, verbose: bool = False) -> Iterator[None]:
    """For the whole process, while the block runs; with `verbose`, the lines follow at its end."""
    logging.getLogger("PIL").addHandler(logging.NullHandler())
    logging.getLogger("PIL").propagate = False
    try:
        is_ours = sys.stderr is not None and sys.stderr.fileno() == 2
        own = os.dup(2) if is_ours else -1
    except (OSError, ValueError, AttributeError):  # none, or no file
        own = -1
    if own < 0:
        yield
        return
    before, lines = sys.stderr, list[bytes]()
    reading, writing = os.pipe()
    with _until_full(os.fdopen(own, "w", 1, before.encoding, "surrogateescape")) as stream:
        with contextlib.suppress(OSError):
            before.flush()
        # First, so that a signal in between is told to the person, not to the pipe.
        sys.stderr, interrupts.stderr = stream, own
        os.dup2(writing, 2)
        os.close(writing)
        threading.Thread(target=_collect, args=(reading, lines), daemon=True).start()
        try:
            yield
        finally:
            os.dup2(own, 2)
            sys.stderr, interrupts.stderr = before, 2
            if verbose and lines:
                print(f"Libraries said {len(lines)} lines:", file=before)
                for line in lines:
                    print(ascii(line.decode(errors="replace"))[1:-1], file=before)


@contextlib.contextmanager
def _until_full(stream: TextIO) -> Iterator[TextIO]:
    """Closed at the end, also where it does not take its last words."""
    try:
        yield stream
    finally:
        with contextlib.suppress(OSError):
            stream.close()


def _collect(descriptor: int, lines: list[bytes]) -> None:
    """The first thousand lines; whatever comes after is read as well, or its writer would wait."""
    with os.fdopen(descriptor, "rb") as said:
        for line in said:
            if len(lines) < 1000:
                lines.append(line.rstrip()[:300])
