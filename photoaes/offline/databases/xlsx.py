"""The first sheet of an xlsx file as a table: a zip of XML, so the standard library is enough."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

from photoaes.errors import InputInvalid
from photoaes.offline.databases.tables import Rows, check_columns

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"


def read_sheet(path: Path, columns: Sequence[str]) -> Rows:
    """The rows below the header as dictionaries, each with its number in the sheet.

    Raises InputInvalid if the file cannot be read, lacks a column or has no rows.
    """
    try:
        with zipfile.ZipFile(path) as parts:
            # Texts that occur more than once may stand in a part of their own, by number.
            listed = parts.read(STRINGS) if STRINGS in parts.namelist() else b"<none/>"
            strings = [_text(item) for item in _all(ElementTree.fromstring(listed), "si")]
            sheet = ElementTree.fromstring(parts.read(SHEET))
    except (OSError, KeyError, zipfile.BadZipFile, ElementTree.ParseError) as error:
        raise InputInvalid(f"The table {path} cannot be read: {error}.", path) from error
    rows = [(int(row.get("r", "0")), _cells(row, strings)) for row in _all(sheet, "row")]
    if len(rows) < 2:
        raise InputInvalid(f"{path.name} has no rows.", path)
    header = {name.strip(): letters for letters, name in rows[0][1].items()}
    check_columns(path, list(header), columns)
    return [
        (line, {name: cells.get(header[name], "").strip() for name in columns})
        for line, cells in rows[1:]
        if cells
    ]


def _cells(row: ElementTree.Element, strings: Sequence[str]) -> dict[str, str]:
    """A row's values by their column's letters; empty cells are not written."""
    cells = {}
    for cell in _all(row, "c"):
        letters = re.sub(r"\d", "", cell.get("r", ""))
        kind, value = cell.get("t"), next(iter(_all(cell, "v")), None)
        if kind == "inlineStr":
            cells[letters] = _text(cell)
        elif value is not None and value.text:
            cells[letters] = strings[int(value.text)] if kind == "s" else value.text
    return cells


def _text(element: ElementTree.Element) -> str:
    return "".join(part.text or "" for part in _all(element, "t"))


def _all(element: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    """Descendants of this name in whichever namespace the writer chose."""
    return [child for child in element.iter() if child.tag.rpartition("}")[2] == name]
