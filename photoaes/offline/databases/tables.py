"""Tables as they are published: blanks, byte order marks and CRLF do not matter."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from photoaes.errors import InputInvalid

Rows = list[tuple[int, dict[str, str]]]


def read_table(table: Path, columns: Sequence[str], delimiter: str = ",") -> Rows:
    """The rows as dictionaries, each with its line number, blanks around names and values removed.

    Raises InputInvalid if the file cannot be read, lacks a column or has no rows.
    """
    try:
        # utf-8-sig: spreadsheets put a byte order mark before the first column's name.
        with table.open(newline="", encoding="utf-8-sig") as file:
            reader = csv.DictReader(file, delimiter=delimiter, skipinitialspace=True)
            header = [name.strip() for name in reader.fieldnames or []]
            reader.fieldnames = header
            check_columns(table, header, columns)
            rows = [
                (reader.line_num, {key: (row[key] or "").strip() for key in columns})
                for row in reader
            ]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputInvalid(f"The table {table} cannot be read: {error}.", table) from error
    if not rows:
        raise InputInvalid(f"{table.name} has no rows.", table)
    return rows


def header_of(table: Path) -> list[str]:
    """The names of a CSV's columns. Raises InputInvalid if it cannot be read."""
    try:
        with table.open(newline="", encoding="utf-8-sig") as file:
            return [name.strip() for name in next(csv.reader(file, skipinitialspace=True), [])]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputInvalid(f"The table {table} cannot be read: {error}.", table) from error


def read_lines(table: Path) -> list[tuple[int, str]]:
    """The lines that are not blank, each with its number.

    Raises InputInvalid if the file cannot be read or has none.
    """
    try:
        lines = table.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputInvalid(f"The table {table} cannot be read: {error}.", table) from error
    found = [(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    if not found:
        raise InputInvalid(f"{table.name} has no rows.", table)
    return found


def check_columns(table: Path, header: Sequence[str], columns: Sequence[str]) -> None:
    """Raises InputInvalid naming the first column that the table lacks, and those it has."""
    missing = [name for name in columns if name not in header]
    if missing:
        raise InputInvalid(
            f"{table.name} has no column {missing[0]!r}; it has: {', '.join(header)}.", table
        )


def read_words(table: Path, count: int) -> list[tuple[int, list[str]]]:
    """The lines of a table without header, split on blanks, each with its number.

    Raises InputInvalid if the file cannot be read, or for a line without `count` words.
    """
    rows = [(number, line.split()) for number, line in read_lines(table)]
    for number, words in rows:
        if len(words) != count:
            raise InputInvalid(f"{table.name}, line {number}: not {count} values.", table)
    return rows


def number(table: Path, line: int, text: str, scale: tuple[float, float] | None = None) -> float:
    """A value as a number. Raises InputInvalid with its line if it is none or off the scale."""
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    low, high = scale or (-np.inf, np.inf)
    if not low <= value <= high:  # false for nan as well
        within = f" from {low:g} to {high:g}" if scale else ""
        raise InputInvalid(f"{table.name}, line {line}: {text!r} is not a number{within}.", table)
    return value
