"""Ratings from a table that a person or another program wrote: `path,stars`."""

from __future__ import annotations

import csv
from pathlib import Path

from photoaes.errors import InputInvalid


def read_ratings(table: Path, folder: Path) -> dict[Path, int]:
    """Stars 1..5 by photo. Paths are absolute or relative to `folder`; 0 or nothing is unrated.

    Raises InputInvalid, with the line, for a missing column, stars that are none, or a file
    that is not there.
    """
    stars: dict[Path, int] = {}
    try:
        # utf-8-sig: spreadsheets put a byte order mark before the first column's name.
        with table.open(newline="", encoding="utf-8-sig") as file:
            reader = csv.DictReader(file, skipinitialspace=True)
            reader.fieldnames = [name.strip() for name in reader.fieldnames or []]
            if not {"path", "stars"} <= set(reader.fieldnames):
                raise InputInvalid(f"{table.name} needs the columns path and stars.", table)
            for row in reader:
                value = _stars(table, reader.line_num, row["stars"] or "")
                if value:
                    stars[_photo(table, reader.line_num, folder, row["path"] or "")] = value
    except OSError as error:
        raise InputInvalid(
            f"The ratings {table} cannot be read: {error.strerror}.", table
        ) from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputInvalid(f"The ratings {table} cannot be read: {error}.", table) from error
    if not stars:
        raise InputInvalid(f"{table.name} holds no rating from 1 to 5.", table)
    return stars


def _stars(table: Path, line: int, text: str) -> int:
    text = text.strip()
    if text in ("", "0"):
        return 0
    if text not in ("1", "2", "3", "4", "5"):
        raise InputInvalid(f"{table.name}, line {line}: {text!r} is not a number of stars.", table)
    return int(text)


def _photo(table: Path, line: int, folder: Path, name: str) -> Path:
    path = folder / name
    if not path.is_file():
        raise InputInvalid(f"{table.name}, line {line}: there is no photo {path}.", path)
    return path
