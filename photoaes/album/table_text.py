"""A table as people and programs save it: rows of texts, whatever its encoding and separator."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence

from photoaes.checked import parsed_json

SEPARATORS = ",;\t|"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
Row = tuple[int, list[str]]  # the number of the line at which it ends, and its cells
_FIRST = 20  # lines among which the heads are
_EXCEL = re.compile(r"\s*sep=(.)\s*$", re.IGNORECASE)


def decoded(data: bytes) -> str:
    """By its byte order mark; else UTF-8, UTF-16 by its zeros, or Windows' Western encoding.

    Raises ValueError for what is no text.
    """
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise ValueError("it is a spreadsheet's own file, or an archive. Save it as CSV")
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


def tables(text: str) -> Iterator[list[Row]]:
    """The rows by each separator that may be meant, the likeliest first: the one that a line
    "sep=;" of Excel says, else those that the first lines have most of. JSON has one form."""
    if text.lstrip()[:1] in ("[", "{"):
        yield _of_json(text)
        return
    lines = text.splitlines(keepends=True)
    if lines and (said := _EXCEL.match(lines[0])):
        yield _rows(lines[1:], said[1], 1)
        return
    for separator in _separators(lines):
        yield _rows(lines, separator, 0)


def _rows(lines: Sequence[str], separator: str, skipped: int) -> list[Row]:
    """Empty ones left out. Where quotes are not closed, each line from there on is one row."""
    reader = csv.reader(io.StringIO("".join(lines), newline=""), delimiter=separator, strict=True)
    found: list[Row] = []
    begun = 0
    while True:
        try:
            row = next(reader, None)
        except csv.Error:
            break
        if row is None:
            return found
        found += _filled(reader.line_num + skipped, row)
        begun = reader.line_num
    for number, line in enumerate(lines[begun:], begun + 1):
        cells = line.rstrip("\r\n").split(separator)
        try:
            [cells] = csv.reader([line], delimiter=separator, strict=True)
        except (csv.Error, ValueError):
            cells = [cell.strip().strip('"') for cell in cells]
        found += _filled(number + skipped, cells)
    return found


def _filled(number: int, row: Sequence[str]) -> list[Row]:
    return [(number, list(row))] if any(map(str.strip, row)) else []


def _of_json(text: str) -> list[Row]:
    """As `exiftool -json` writes it: a list of objects. Raises ValueError for all else."""
    content = parsed_json(text)
    objects = content if isinstance(content, list) else [content]
    if not all(isinstance(one, dict) for one in objects):
        raise ValueError("it is no list of photos")
    heads = list(dict.fromkeys(name for one in objects for name in one))
    rows = [["" if one.get(name) is None else str(one[name]) for name in heads] for one in objects]
    return [(1, heads), *((number, row) for number, row in enumerate(rows, start=1))]


def _separators(lines: Sequence[str]) -> list[str]:
    first = [line for line in lines if line.strip()][:_FIRST]
    plain = [re.sub(r'"[^"]*"', "", line) for line in first]

    def most(separator: str) -> tuple[int, ...]:
        return tuple(line.count(separator) for line in plain)

    return sorted(SEPARATORS, key=most, reverse=True)
