"""Tables whose columns are the fields of a dataclass."""

from __future__ import annotations

import csv
import io
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

from photoaes.errors import InputInvalid
from photoaes.offline.databases.tables import check_columns
from photoaes.plain_files import read_plain

Record = TypeVar("Record")
MAX_BYTES = 1 << 30
_READERS = {"str": str, "int": int, "float": float}


def read_records(path: Path, kind: type[Record]) -> list[Record]:
    """Its rows, each as a `kind`, whose fields are str, int or float; other columns are ignored.

    Raises InputInvalid if the file cannot be read, lacks a column or has a value of another type.
    """
    columns = {field.name: _READERS[str(field.type)] for field in fields(kind)}  # type: ignore[arg-type]
    try:
        text = read_plain(path, MAX_BYTES).decode()
        with io.StringIO(text, newline="") as file:
            reader = csv.DictReader(file)
            check_columns(path, reader.fieldnames or [], list(columns))
            return [_record(kind, columns, row, path, reader.line_num) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputInvalid(f"The table {path} cannot be read: {error}.", path) from error


def _record(
    kind: type[Record], columns: dict[str, Any], row: dict[str, str], path: Path, line: int
) -> Record:
    try:
        return kind(**{name: read(row[name]) for name, read in columns.items()})
    except (TypeError, ValueError, OverflowError) as error:
        raise InputInvalid(f"{path.name}, line {line}: {error}.", path) from error
