"""Ratings from a table that a person or another program wrote: a column of photos, one of stars."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from photoaes.album.folding import folded
from photoaes.album.marks import stars_of_percent
from photoaes.album.rating_heads import (
    FLAGS,
    FOLDERS,
    PATHS,
    PERCENT,
    REJECTED,
    SAYS_ITSELF,
    STARS,
    YES,
    plain_head,
)
from photoaes.album.table_text import Row, decoded, tables
from photoaes.errors import InputInvalid
from photoaes.local_urls import local_path
from photoaes.plain_files import read_plain

_MAX_BYTES = 256 << 20
_FIRST_ROWS = 20  # among which the heads are, below what a program says of itself
_WINDOWS = re.compile(r"^[a-zA-Z]:[\\/]|\\")
_NUMBER = re.compile(r"([+-]?\d+(?:[.,]\d+)?)(?:\s*(?:stars?|sterne?|/\s*5))?", re.IGNORECASE)
_DRAWN = re.compile(r"([*\u2605\u2b50\ufe0f]{0,10})[\u2606\u00b7\s]*")


@dataclass(frozen=True)
class RatingTable:
    """Stars 1..5 by photo, photos that are rejected, and a sentence for each line left out."""

    stars: dict[Path, int] = field(default_factory=dict)
    rejected: tuple[Path, ...] = ()
    problems: tuple[str, ...] = ()


def read_ratings(table: Path, folder: Path, paths: Iterable[Path] = ()) -> RatingTable:
    """The ratings of the photos at `paths` below `folder`. 0 or nothing is unrated, -1 rejected.

    Paths are absolute or relative to the folder, with slashes of any system. One that is not there
    so is looked for among the photos: whatever its case and its form of umlauts, with as many of
    its folders as it takes to find just one. Lines that fit nothing are told and the rest is taken.
    Raises InputInvalid for a file that cannot be read, without the columns, or without a rating.
    """
    columns, body = _table(table)
    finder = _Finder(folder, paths)
    stars: dict[Path, int] = {}
    rejected: dict[Path, None] = {}
    lines: dict[Path, int] = {}
    problems: list[str] = []
    for line, row in body:
        try:
            value = _stars_of(row, columns)
            is_reject = value == -1 or _is_rejected(row, columns)
            if value is None and not is_reject:
                continue
            path = finder.find(_path(row, columns))
        except ValueError as error:
            problems.append(f"{table.name}, line {line}: {error}.")
            continue
        if is_reject:
            rejected[path] = None
        if value is not None and value > 0:
            if stars.get(path, value) != value:
                problems.append(
                    f"{table.name}, line {lines[path]}: {path.name} has other stars in line "
                    f"{line}, and the later line counts."
                )
            stars[path], lines[path] = value, line
    if not stars and not rejected:
        first = f" {problems[0]}" if problems else ""
        raise InputInvalid(f"{table.name} holds no rating from 1 to 5.{first}", table)
    return RatingTable(stars, tuple(rejected), tuple(problems))


@dataclass(frozen=True)
class _Columns:
    """`stars` are all columns of one meaning, of which a row may have filled any."""

    path: int
    stars: tuple[int, ...]
    folder: int | None = None
    flag: int | None = None
    is_percent: bool = False
    flag_says_reject: bool = False


def _table(table: Path) -> tuple[_Columns, list[Row]]:
    """Which columns count, and the rows below their heads; a table may have none."""
    found: list[list[Row]] = []
    try:
        for rows in tables(decoded(read_plain(table, _MAX_BYTES))):
            found.append(rows)
            for place, (_, row) in enumerate(rows[:_FIRST_ROWS]):
                if (columns := _headed([plain_head(cell) for cell in row])) is not None:
                    return columns, rows[place + 1 :]
    except OSError as error:
        raise InputInvalid(
            f"The ratings {table} cannot be read: {error.strerror}.", table
        ) from error
    except ValueError as error:
        raise InputInvalid(f"The ratings {table} cannot be read: {error}.", table) from error
    for rows in found:
        if (bare := _bare(rows)) is not None:
            return bare, rows
    raise InputInvalid(f"{table.name} needs the columns path and stars.", table)


def _headed(heads: Sequence[str]) -> _Columns | None:
    path, stars = _first(heads, PATHS), _first(heads, STARS)
    percent = _first(heads, PERCENT) if stars is None else None
    flag = _first(heads, FLAGS)
    column = stars if stars is not None else percent if percent is not None else flag
    if path is None or column is None or path == column:
        return None
    is_flag_alone = stars is None and percent is None
    same = tuple(place for place, head in enumerate(heads) if head == heads[column])
    return _Columns(
        path,
        () if is_flag_alone else same,
        _first(heads, FOLDERS),
        flag,
        percent is not None,
        flag is not None and heads[flag] in SAYS_ITSELF,
    )


def _first(heads: Sequence[str], wanted: Sequence[str]) -> int | None:
    return next((heads.index(name) for name in wanted if name in heads), None)


def _bare(rows: Sequence[Row]) -> _Columns | None:
    """Without heads: a column of names with a dot, and just one with a number of stars in each
    row; others hold no numbers."""
    width = min((len(row) for _, row in rows), default=0)
    numbers = [
        place
        for place in range(width)
        if all(not _cell(row, place) or _NUMBER.fullmatch(_cell(row, place)) for _, row in rows)
        and any(_cell(row, place) for _, row in rows)
    ]
    names = [place for place in range(width) if all("." in row[place] for _, row in rows)]
    names = [place for place in names if place not in numbers]
    return _Columns(names[0], (numbers[0],)) if names and len(numbers) == 1 else None


def _stars_of(row: Sequence[str], columns: _Columns) -> int | None:
    """The first number of stars in the row. Raises ValueError with a clause."""
    text = next((cell for place in columns.stars if (cell := _cell(row, place))), "")
    if not columns.is_percent:
        return _stars(text)
    stars = stars_of_percent(int(text)) if text.isdecimal() else None
    if text and stars is None:
        raise ValueError(f"{text!r} is no percentage")
    return stars or None


def _is_rejected(row: Sequence[str], columns: _Columns) -> bool:
    if columns.flag is None:
        return False
    said = folded(_cell(row, columns.flag))
    return said in REJECTED or (columns.flag_says_reject and said in YES)


def _cell(row: Sequence[str], column: int) -> str:
    return row[column].strip() if column < len(row) else ""


def _path(row: Sequence[str], columns: _Columns) -> str:
    name = row[columns.path] if columns.path < len(row) else ""
    if not name.strip():
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
    elif folded(text) in REJECTED:
        return -1
    else:
        raise ValueError(f"{text!r} is not a number of stars")
    if value not in (-1, 0, 1, 2, 3, 4, 5):
        raise ValueError(f"{text!r} is not a number of stars")
    return int(value) or None


class _Finder:
    """Photos by what people and programs write for their paths."""

    def __init__(self, folder: Path, paths: Iterable[Path]) -> None:
        self._folder = folder
        self._photos = paths
        self._by_name: Mapping[str, list[tuple[tuple[str, ...], Path]]] | None = None

    def find(self, name: str) -> Path:
        """Raises ValueError with a clause if there is none, or if there are several."""
        path = self._folder / name
        if path.is_file():
            return path
        name = name.strip()
        if name.lower().startswith("file:"):
            name = local_path(name) or name
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
        fitting = [path for one, path in here if _common(parts, one) == best]
        if not fitting:
            raise ValueError(f"there is no photo {self._folder / slashed}")
        if len(fitting) > 1:
            raise ValueError(f"{name} may be {fitting[0]} or {fitting[1]}")
        return fitting[0]

    def _index(self) -> Mapping[str, list[tuple[tuple[str, ...], Path]]]:
        if self._by_name is None:
            index: defaultdict[str, list[tuple[tuple[str, ...], Path]]] = defaultdict(list)
            for path in self._photos:
                parts = tuple(folded(part) for part in path.parts)
                index[parts[-1]].append((parts, path))
                stem = (*parts[:-1], parts[-1].rpartition(".")[0] + ".")
                index[stem[-1]].append((stem, path))
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
