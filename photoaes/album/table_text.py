"""A table as people and programs save it: rows of texts, whatever its encoding and separator."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Sequence

SEPARATORS = ",;\t|"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_EXCEL = re.compile(r"\s*sep=(.)\s*$", re.IGNORECASE)


def decoded(data: bytes) -> str:
    """By its byte order mark; else UTF-8, UTF-16 by its zeros, or Windows' Western encoding.

    Raises ValueError for what is no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding)
    if b"\0" in data:
        head = data[:200]
        little = head[1::2].count(0) > head[0::2].count(0)
        if head.count(0) < len(head) // 3:
            raise ValueError("it is no text")
        return data.decode("utf-16-le" if little else "utf-16-be")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def rows(text: str) -> list[tuple[int, list[str]]]:
    """The rows with the number of the line at which each ends, empty ones left out.

    The separator is the one that the first row has most of; a line "sep=;" of Excel says it.
    Raises csv.Error.
    """
    lines = text.splitlines(keepends=True)
    skipped, separator = 0, None
    if lines and (said := _EXCEL.match(lines[0])):
        separator, skipped = said[1], 1
        lines = lines[1:]
    if separator is None:
        separator = _separator(lines)
    reader = csv.reader(io.StringIO("".join(lines), newline=""), delimiter=separator)
    found = []
    for row in reader:
        stripped = [cell.strip() for cell in row]
        if any(stripped):
            found.append((reader.line_num + skipped, stripped))
    return found


def _separator(lines: Sequence[str]) -> str:
    first = next((line for line in lines if line.strip()), "")
    unquoted = re.sub(r'"[^"]*"', "", first)
    return max(SEPARATORS, key=unquoted.count)
