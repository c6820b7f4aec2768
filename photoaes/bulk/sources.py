"""Where many images come from, cut into parts: each can be read alone, by whoever is free.

A folder of photos, a CSV whose column `path` names them, tar shards (WebDataset), or Parquet files
with the bytes of images in a column. What is cut is what the source holds when it is first seen.
"""

from __future__ import annotations

import csv
import io
import re
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, TypeAlias

from photoaes.album.table_text import decoded
from photoaes.errors import InputInvalid, PhotoaesError, Sentence
from photoaes.images import IMAGE_EXTENSIONS
from photoaes.images.limits import MAX_FILE_BYTES
from photoaes.plain_files import opened_plain, read_plain

PATHS, TAR, PARQUET = "paths", "tar", "parquet"
BYTES = ("bytes", "image", "jpg", "jpeg", "png", "webp", "image_bytes", "content")
KEYS = ("path", "key", "__key__", "id", "name", "url")
ROWS = 64  # of a Parquet file at once: an image may have many megabytes
PLAN, PART_FILE = "plan.json", "part-{0:06}.parquet"  # of a folder of rows
_PART_FILE = re.compile(r"part-\d{6,}\.parquet")
_MAX_LIST = 4 << 30
# What reads a shard that somebody else made raises for what it does not expect, besides its own
# errors: tarfile for maps of holes that are no numbers, Arrow for keys that are no UTF-8.
_STRANGE = (OSError, EOFError, ValueError, LookupError, TypeError, ArithmeticError, RecursionError)
Image: TypeAlias = "Path | bytes"


@dataclass(frozen=True)
class SourcePart:
    """Images that are scored together: these `names` below `where`, or all that its file holds."""

    kind: str
    where: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class TooLarge:
    """In the place of an image that was not read into memory."""


class ShardDamaged(PhotoaesError):
    """A file of images cannot be read on. The text is why."""


def parts_of(source: Path, size: int) -> list[SourcePart]:
    """The source cut into parts of `size` images, a shard being one part. Raises InputInvalid."""
    try:
        if source.is_dir():
            return _of_folder(source, size)
        if source.suffix.lower() == ".csv":
            names = _listed(source)
            return _cut(source.parent.resolve(), names, size)
        if source.is_file() and (kind := _kind(source)):
            return [SourcePart(kind, str(source.resolve()))]
    except OSError as error:
        raise InputInvalid(Sentence("{0} cannot be read: {1}.", source, error.strerror)) from error
    raise InputInvalid(
        Sentence("{0} is neither a folder, a CSV, a tar file nor a Parquet file.", source), source
    )


def images_of(part: SourcePart) -> Iterator[tuple[str, Image | TooLarge]]:
    """Each image's key, by which its row is found again, and the image. Raises ShardDamaged."""
    if part.kind == PATHS:
        return ((name, Path(part.where) / name) for name in part.names)
    return _members(Path(part.where)) if part.kind == TAR else _rows(Path(part.where))


@contextmanager
def _damage_told() -> Iterator[None]:
    try:
        yield
    except ShardDamaged:
        raise
    except (tarfile.TarError, *_STRANGE) as error:
        said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise ShardDamaged(ascii(said.partition("\n")[0][:100])[1:-1]) from error


def _kind(file: Path) -> str:
    return {".tar": TAR, ".parquet": PARQUET}.get(file.suffix.lower(), "")


def _of_folder(folder: Path, size: int) -> list[SourcePart]:
    """Shards first, then the photos beside them; rows that were written here are no source."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    shards = [
        SourcePart(kind, str(path.resolve()))
        for path in files
        if (kind := _kind(path)) and not _is_of_rows(path)
    ]
    photos = [path for path in files if path.suffix.lower() in IMAGE_EXTENSIONS]
    names = [path.relative_to(folder).as_posix() for path in photos]
    if not names and not shards:
        raise InputInvalid(Sentence("There are neither photos nor shards in {0}.", folder), folder)
    return shards + _cut(folder.resolve(), names, size)


def _is_of_rows(file: Path) -> bool:
    return bool(_PART_FILE.fullmatch(file.name)) and (file.parent / PLAN).is_file()


def _cut(where: Path, names: list[str], size: int) -> list[SourcePart]:
    starts = range(0, len(names), size)
    return [SourcePart(PATHS, str(where), tuple(names[start : start + size])) for start in starts]


def _listed(table: Path) -> list[str]:
    """The column `path`, relative to the table's folder. Raises InputInvalid."""
    try:
        rows = csv.DictReader(io.StringIO(_text(read_plain(table, _MAX_LIST)), newline=""))
        if "path" not in (rows.fieldnames or ()):
            raise InputInvalid(Sentence("{0} has no column named path.", table), table)
        names = [row["path"] for row in rows if row["path"]]
    except (ValueError, csv.Error) as error:
        raise InputInvalid(Sentence("{0} is no table: {1}.", table, str(error)), table) from error
    if not names:
        raise InputInvalid(Sentence("{0} names no photo.", table), table)
    if (wrong := next((name for name in names if "\0" in name), None)) is not None:
        form = "{0} names {1}, which no file can be called."
        raise InputInvalid(Sentence(form, table, ascii(wrong[:60])), table)
    return names


def _text(data: bytes) -> str:
    """Names that are no UTF-8 stay the bytes that they are, so that their files are found."""
    if b"\0" in data or data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return decoded(data)
    return data.decode("utf-8", "surrogateescape")


def _members(shard: Path) -> Iterator[tuple[str, Image | TooLarge]]:
    with (
        _damage_told(),
        opened_plain(shard) as opened,
        tarfile.open(fileobj=opened, mode="r:") as file,  # as a stream it would read all it skips
    ):
        while (member := file.next()) is not None:
            # Else a description of each stays in memory.
            file.members.clear()  # type: ignore[attr-defined]
            suffix = PurePosixPath(member.name).suffix.lower()
            if not member.isfile() or suffix not in IMAGE_EXTENSIONS:
                continue
            key = f"{shard.name}/{member.name}"
            if member.size > MAX_FILE_BYTES:  # a few bytes may claim holes of any size
                yield key, TooLarge()
                continue
            found = file.extractfile(member)
            assert found is not None
            yield key, found.read()


def _rows(shard: Path) -> Iterator[tuple[str, Image | TooLarge]]:
    from pyarrow import parquet

    with _damage_told(), opened_plain(shard) as opened, parquet.ParquetFile(opened) as file:
        column, key = _columns(file.schema_arrow)
        wanted = [column] if key is None else [column, key]
        rows = (row for batch in file.iter_batches(ROWS, columns=wanted) for row in _plain(batch))
        for number, row in enumerate(rows):
            image, name = row[column], number if key is None else row[key]
            # Hugging Face's data sets keep an image as its bytes beside a path.
            data = image.get("bytes") if isinstance(image, dict) else image
            yield f"{shard.name}/{name}", data or b""


def _plain(batch: Any) -> Iterable[dict[str, Any]]:
    rows: list[dict[str, Any]] = batch.to_pylist()
    return rows


def _columns(schema: object) -> tuple[str, str | None]:
    """Of the images' bytes, and of their keys if there is one."""
    import pyarrow

    assert isinstance(schema, pyarrow.Schema)
    types = {field.name: field.type for field in schema}
    for name, kind in types.items():
        if pyarrow.types.is_struct(kind) and kind.get_field_index("bytes") >= 0:
            kind = kind.field("bytes").type
        if name in BYTES and (pyarrow.types.is_binary(kind) or pyarrow.types.is_large_binary(kind)):
            return name, next((key for key in KEYS if key in types and key != name), None)
    raise ShardDamaged(f"it has no column of images (one of {', '.join(BYTES)})")
