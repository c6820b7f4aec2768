"""Output that names cannot steer: control characters are written as what they are, not sent.

A file's name may hold escape sequences that clear the screen, retitle the window or type text for
the person. Bytes that are no letters go out as they are: scripts need them to find the file.
"""

from __future__ import annotations

import re
from typing import Any, TextIO, cast

# All control characters but line ends and tabs, marks that turn the direction of text around, and
# halves of characters that no byte has.
_STEERING = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\ud800-\udc7f\udd00-\udfff]|\r(?!\n)"
)


def harmless(text: str) -> str:
    """The text with its control characters escaped, so that it cannot steer a terminal."""
    return _STEERING.sub(lambda found: ascii(found[0])[1:-1], text)


class Harmless:
    """A text stream that escapes control characters and what its terminal cannot encode."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write the text, made harmless; its length."""
        self._stream.write(self._encodable(harmless(text)))
        return len(text)

    def writelines(self, lines: list[str]) -> None:
        """Write each of the lines, made harmless."""
        for line in lines:
            self.write(line)

    def to_the_start(self) -> None:
        """Go to the start of the line, to write over it."""
        self._stream.write("\r")

    def _encodable(self, text: str) -> str:
        """A terminal of the last century lacks our stars."""
        encoding = getattr(self._stream, "encoding", None) or "utf-8"
        try:
            text.encode(encoding, "surrogateescape")
        except UnicodeEncodeError:
            return text.encode(encoding, "backslashreplace").decode(encoding)
        return text

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def harmless_stream(stream: TextIO | None) -> TextIO:
    """The stream, unless it is one already, or None where there is none."""
    is_plain = stream is None or isinstance(stream, Harmless)
    return cast("TextIO", stream if is_plain else Harmless(cast("TextIO", stream)))
