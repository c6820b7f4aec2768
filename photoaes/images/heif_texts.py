"""Texts in a HEIF that its decoder would fall over.

pi_heif 1.4 makes a Python text of each item's kind and content type without looking whether it is
UTF-8: if it is not, the whole process ends. Format: ISO/IEC 14496-12, 8.11.6 (ItemInfoEntry), and
23008-12, 6.5.8 (auxiliary types).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

_MOST = 16 << 20  # of the boxes that describe a photo; real ones have some KiB
_MAX_BOXES = 1000
_ITEM, _AUXILIARY = b"infe", b"auxC"
_ENTRY = re.compile(_ITEM + b"|" + _AUXILIARY)


def has_strange_texts(file: BinaryIO) -> bool:
    """Whether an item's kind, name, content type or auxiliary type is no UTF-8; the file is at its
    start again."""
    try:
        return any(not _is_text(one) for box in _boxes(file) for one in _texts(box))
    finally:
        file.seek(0)


def _boxes(file: BinaryIO) -> Iterator[bytes]:
    """The contents of the outermost boxes that describe items."""
    at = 0
    for _ in range(_MAX_BOXES):
        file.seek(at)
        head = file.read(16)
        if len(head) < 8:
            return
        size, start = int.from_bytes(head[:4], "big"), 8
        if size == 1:
            size, start = int.from_bytes(head[8:16], "big"), 16
        if head[4:8] in (b"meta", b"moov"):
            file.seek(at + start)
            yield file.read(_MOST if size == 0 else max(0, min(size - start, _MOST)))
        if size < 8:  # 0: up to the end
            return
        at += size


def _texts(box: bytes) -> Iterator[bytes]:
    for match in _ENTRY.finditer(box):
        start, at = match.start() - 4, match.end()
        body = box[at : start + int.from_bytes(box[max(start, 0) : start + 4], "big")]
        if match[0] == _AUXILIARY:
            yield body[4:].partition(b"\0")[0]
        else:  # version and flags, the item's number of 2 or 4 bytes, its protection
            yield body[10 if body[:1] == b"\3" else 8 :]


def _is_text(value: bytes) -> bool:
    try:
        value.decode()
    except UnicodeDecodeError:
        return False
    return True
