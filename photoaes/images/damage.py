"""Pictures that a decoder shows, though a part of them is lost: a card or a transfer went wrong.

libjpeg goes on after nonsense and fills the rest with what it can. Where the photo itself is not
decoded, since the camera put a smaller picture beside it, nobody would know. The nonsense stands in
the file: within a JPEG's picture no marker may come but those that the format has there, and those
that restart it come in turn (ITU-T T.81, B.1.1.3 and B.2.1).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_EOI, _SOS, _TABLES = 0xD9, 0xDA, 0xC4
# Between the scans of a progressive JPEG: tables, a comment, what programs add, the next scan.
_BETWEEN = frozenset((0xC4, 0xCC, 0xDA, 0xDB, 0xDC, 0xDD, 0xFE, *range(0xE0, 0xF0)))
_BASELINE = frozenset((0xC0, 0xC1))
_FRAMES = _BASELINE | {0xC2}
_SECTOR = bytes(512)  # what a card or a disk gives for a block that it has lost


def is_torn_jpeg(data: bytes) -> bool:
    """Whether a file's content is a JPEG with nonsense in the midst of its picture; False for what
    is none, or of a kind not looked into.

    Bytes that are missing, or changed to others that could be a picture, are seen by who decodes
    them (`strict_jpeg`).
    """
    if data[:2] != b"\xff\xd8":
        return False
    at, frame, zeros_are_flat = 2, 0, True
    marks = _marks(data)
    while at + 4 <= len(data):
        marker = data[at + 1]
        if data[at] != 0xFF:
            return frame > 0  # no segment where one has to be
        if marker == 0xFF:  # padding
            at += 1
            continue
        if marker == _EOI or (marker == _SOS and not frame):
            return False
        if frame and marker not in _BETWEEN:
            return True
        frame = frame or (marker if marker in _FRAMES else 0)
        content = data[at + 4 : at + 2 + int.from_bytes(data[at + 2 : at + 4])]
        if marker == _TABLES:
            zeros_are_flat = zeros_are_flat and _zeros_end_blocks(content)
        at += 4 + len(content)
        if marker == _SOS:
            end = _end_of_scan(data, marks, at)
            is_judged = frame in _BASELINE and not zeros_are_flat
            if end is None or (is_judged and data.find(_SECTOR, at, end) >= 0):
                return True
            at = end
    return False  # cut short, which the decoder says itself


def _marks(data: bytes) -> NDArray[np.int64]:
    """Places of 0xFF that begin a marker: not those followed by 0, which are pixels."""
    values = np.frombuffer(data, dtype=np.uint8)
    places = np.flatnonzero(values[:-1] == 0xFF)
    after = values[places + 1]
    found: NDArray[np.int64] = places[(after != 0) & (after != 0xFF)]
    return found


def _zeros_end_blocks(tables: bytes) -> bool:
    """Whether by these Huffman tables nothing but zeros can be a plain area: where the first code,
    which is all zeros, says "no more of this block" (T.81, B.2.4.2 and F.1.2.2)."""
    at = 0
    while at + 17 <= len(tables):
        is_ac, count = tables[at] >> 4 == 1, sum(tables[at + 1 : at + 17])
        values = tables[at + 17 : at + 17 + count]
        if is_ac and values[:1] != b"\0":
            return False
        at += 17 + count
    return True


def _end_of_scan(data: bytes, marks: NDArray[np.int64], start: int) -> int | None:
    """Where the scan that begins here ends; None where nonsense ends it."""
    wanted = 0  # of the restarts, which count 0 to 7
    for at in marks[np.searchsorted(marks, start) :].tolist():
        marker = data[at + 1]
        if 0xD0 <= marker <= 0xD7:
            if marker != 0xD0 + wanted:
                return None
            wanted = (wanted + 1) % 8
        elif marker == _EOI or marker in _BETWEEN:
            return int(at)
        else:
            return None
    return len(data)
