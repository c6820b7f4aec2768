"""Ratings from a table that a person or another program wrote: a column of photos, one of stars."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from photoaes.album.folding import folded
from photoaes.album.table_text import decoded, rows
from photoaes.errors import InputInvalid
from photoaes.plain_files import read_plain

_MAX_BYTES = 256 << 20
# Heads as exiftool, Photo Mechanic, XnView, spreadsheets and we write them: letters alone, and of
# exiftool's the part behind the colon.
_PATH_HEADS = (
    "path", "sourcefile", "filepath", "fullpath", "file", "filename", "name", "photo", "image",
    "picture", "original", "originalfilename", "datei", "dateiname", "pfad", "bild", "foto",
    "fichier", "archivo",
)  # fmt: skip
_STAR_HEADS = (
    "stars", "rating", "xmprating", "userrating", "starrating", "sterne", "bewertung", "note",
    "etoiles", "valoracion", "score",
)  # fmt: skip
_FOLDER_HEADS = ("directory", "folder", "dir", "ordner", "verzeichnis")
_WINDOWS = re.compile(r"^[a-zA-Z]:[\\/]|\\")
_NUMBER = re.compile(r"([+-]?\d+(?:[.,]\d+)?)(?:\s*(?:stars?|sterne?|/\s*5))?", re.IGNORECASE)
_DRAWN = re.compile(r"([*\u2605\u2b50\ufe0f]{1,10})[\u2606\u00b7\s]*")


@dataclass(frozen=True)
class RatingTable:
    """Stars 1..5 by photo, photos that are rejected, and a sentence for each line left out."""

    stars: dict[Path, int] = field(default_factory=dict)
    rejected: tuple[Path, ...] = ()
    problems: tuple[str, ...] = ()


def read_ratings(table: Path, folder: Path, photos: Iterable[Path] = ()) -> RatingTable:
    """The ratings of `photos` below `folder`. 0 or nothing is unrated, -1 rejected.

    Paths are absolute or relative to the folder, with slashes of any system. One that is not there
    so is looked for among the photos: whatever its case and its form of umlauts, with as many of
    its folders as it takes to find just one. Lines that fit nothing are told and the rest is taken.
    Raises InputInvalid for a file that cannot be read, without the columns, or without a rating.
    """
    found = _rows(table)
    columns, body = _columns(table, found)
    finder = _Finder(folder, photos)
    stars: dict[Path, int] = {}
    rejected: dict[Path, None] = {}
    problems: list[str] = []
    for line, row in body:
        try:
            value = _stars(_cell(row, columns.stars))
            if value is None:
                continue
            path = finder.find(_path(row, columns))
        except ValueError as error:
            problems.append(f"{table.name}, line {line}: {error}.")
            continue
        if value < 0:
            rejected[path] = None
        else:
            stars[path] = value
    if not stars and not rejected:
        first = f" {problems[0]}" if problems else ""
        raise InputInvalid(f"{table.name} holds no rating from 1 to 5.{first}", table)
    return RatingTable(stars, tuple(rejected), tuple(problems))


@dataclass(frozen=True)
class _Columns:
    path: int
    stars: int
    folder: int | None = None


def _rows(table: Path) -> list[tuple[int, list[str]]]:
    try:
        return rows(decoded(read_plain(table, _MAX_BYTES)))
    except OSError as error:
        raise InputInvalid(
            f"The ratings {table} cannot be read: {error.strerror}.", table
        ) from error
    except (ValueError, csv.Error) as error:
        raise InputInvalid(f"The ratings {table} cannot be read: {error}.", table) from error


def _columns(
    table: Path, found: list[tuple[int, list[str]]]
) -> tuple[_Columns, list[tuple[int, list[str]]]]:
    """Which columns count, and the rows below their heads; a table may have none."""
    if found:
        heads = [_plain(head) for head in found[0][1]]
        path, stars = _first(heads, _PATH_HEADS), _first(heads, _STAR_HEADS)
        if path is not None and stars is not None:
            return _Columns(path, stars, _first(heads, _FOLDER_HEADS)), found[1:]
        bare = _bare(found)
        if bare is not None:
            return bare, found
    raise InputInvalid(f"{table.name} needs the columns path and stars.", table)


def _plain(head: str) -> str:
    """Letters of the last part: "XMP:Rating", "-Rating" and "Rating (1-5)" are "rating"."""
    last = re.split(r"[:.]", re.sub(r"\(.*\)", "", head))[-1]
    return re.sub(r"[^a-z]", "", folded(last))


def _first(heads: Sequence[str], wanted: Sequence[str]) -> int | None:
    return next((heads.index(name) for name in wanted if name in heads), None)


def _bare(found: Sequence[tuple[int, list[str]]]) -> _Columns | None:
    """Without heads: two columns, of which one holds numbers in each row, and names with a dot."""
    if any(len(row) != 2 for _, row in found):
        return None
    for path, stars in ((0, 1), (1, 0)):
        if all("." in row[path] and _NUMBER.fullmatch(row[stars]) for _, row in found):
            return _Columns(path, stars)
    return None


def _cell(row: Sequence[str], column: int) -> str:
    return row[column] if column < len(row) else ""


def _path(row: Sequence[str], columns: _Columns) -> str:
    name = _cell(row, columns.path)
    if not name:
        raise ValueError("it names no photo")
    folder = "" if columns.folder is None else _cell(row, columns.folder)
    is_bare = not re.search(r"[\\/]", name)
    return f"{folder}/{name}" if folder and is_bare else name


def _stars(text: str) -> int | None:
    """1..5, -1 for a reject, None for unrated. Raises ValueError with a clause."""
    if not text:
        return None
    if drawn := _DRAWN.fullmatch(text):
        value = float(len(drawn[1].replace("\ufe0f", "")))
    elif number := _NUMBER.fullmatch(text):
        value = float(number[1].replace(",", "."))
    elif folded(text) in ("reject", "rejected", "abgelehnt"):
        return -1
    else:
        raise ValueError(f"{text!r} is not a number of stars")
    if value not in (-1, 0, 1, 2, 3, 4, 5):
        raise ValueError(f"{text!r} is not a number of stars")
    return int(value) or None


class _Finder:
    """Photos by what people and programs write for their paths."""

    def __init__(self, folder: Path, photos: Iterable[Path]) -> None:
        self._folder = folder
        self._photos = photos
        self._by_name: Mapping[str, list[tuple[tuple[str, ...], Path]]] | None = None

    def find(self, name: str) -> Path:
        """Raises ValueError with a clause if there is none, or if there are several."""
        path = self._folder / name
        if path.is_file():
            return path
        slashed = name.replace("\\", "/") if _WINDOWS.search(name) else name
        path = self._folder / slashed
        if path.is_file():
            return path
        parts = tuple(folded(part) for part in slashed.split("/") if part not in ("", "."))
        here = self._index().get(parts[-1], []) if parts else []
        if parts and not here:  # a name without its extension
            parts = (*parts[:-1], f"{parts[-1]}.")
            here = self._index().get(parts[-1], [])
        # The more of the written folders fit, the likelier.
        best = max((_common(parts, one) for one, _ in here), default=0)
        fitting = [photo for one, photo in here if _common(parts, one) == best]
        if not fitting:
            raise ValueError(f"there is no photo {self._folder / slashed}")
        if len(fitting) > 1:
            raise ValueError(f"{name} may be {fitting[0]} or {fitting[1]}")
        return fitting[0]

    def _index(self) -> Mapping[str, list[tuple[tuple[str, ...], Path]]]:
        if self._by_name is None:
            index: defaultdict[str, list[tuple[tuple[str, ...], Path]]] = defaultdict(list)
            for photo in self._photos:
                parts = tuple(folded(part) for part in photo.parts)
                index[parts[-1]].append((parts, photo))
                stem = (*parts[:-1], parts[-1].rpartition(".")[0] + ".")
                index[stem[-1]].append((stem, photo))
            self._by_name = index
        return self._by_name


def _common(written: tuple[str, ...], real: tuple[str, ...]) -> int:
    """How many parts agree from the end on."""
    count = 0
    for one, other in zip(reversed(written), reversed(real), strict=False):
        if one != other:
            break
        count += 1
    return count
