"""Where many images come from, cut into parts: each can be read alone, by whoever is free.

A folder of photos, a CSV whose column `path` names them, tar shards (WebDataset), or Parquet files
with the bytes of images in a column. What is cut is what the source holds when it is first seen.
"""

from __future__ import annotations

import csv
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TypeAlias

from photoaes.errors import InputInvalid, PhotoaesError, Sentence
from photoaes.images import IMAGE_EXTENSIONS

PATHS, TAR, PARQUET = "paths", "tar", "parquet"
BYTES = ("bytes", "image", "jpg", "jpeg", "png", "webp", "image_bytes", "content")
KEYS = ("path", "key", "__key__", "id", "name", "url")
ROWS = 64  # of a Parquet file at once: an image may have many megabytes
Image: TypeAlias = "Path | bytes"


@dataclass(frozen=True)
class SourcePart:
    """Images that are scored together: these `names` below `where`, or all that its file holds."""

    kind: str
    where: str
    names: tuple[str, ...] = ()


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


def images_of(part: SourcePart) -> Iterator[tuple[str, Image]]:
    """Each image's key, by which its row is found again, and the image. Raises ShardDamaged."""
    if part.kind == PATHS:
        return ((name, Path(part.where) / name) for name in part.names)
    return _members(Path(part.where)) if part.kind == TAR else _rows(Path(part.where))


def _kind(file: Path) -> str:
    return {".tar": TAR, ".parquet": PARQUET}.get(file.suffix.lower(), "")


def _of_folder(folder: Path, size: int) -> list[SourcePart]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    shards = [SourcePart(kind, str(path.resolve())) for path in files if (kind := _kind(path))]
    if shards:
        return shards
    photos = [path for path in files if path.suffix.lower() in IMAGE_EXTENSIONS]
    names = [path.relative_to(folder).as_posix() for path in photos]
    if not names:
        raise InputInvalid(Sentence("There are neither photos nor shards in {0}.", folder), folder)
    return _cut(folder.resolve(), names, size)


def _cut(where: Path, names: list[str], size: int) -> list[SourcePart]:
    starts = range(0, len(names), size)
    return [SourcePart(PATHS, str(where), tuple(names[start : start + size])) for start in starts]


def _listed(table: Path) -> list[str]:
    """The column `path`, relative to the table's folder. Raises InputInvalid."""
    try:
        with table.open(newline="", encoding="utf-8-sig") as file:
            rows = csv.DictReader(file)
            if "path" not in (rows.fieldnames or ()):
                raise InputInvalid(Sentence("{0} has no column named path.", table), table)
            names = [row["path"] for row in rows if row["path"]]
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputInvalid(Sentence("{0} is no table: {1}.", table, str(error)), table) from error
    if not names:
        raise InputInvalid(Sentence("{0} names no photo.", table), table)
    return names


def _members(shard: Path) -> Iterator[tuple[str, Image]]:
    try:
        with tarfile.open(shard, "r|") as file:
            for member in file:
                suffix = PurePosixPath(member.name).suffix.lower()
                if member.isfile() and suffix in IMAGE_EXTENSIONS:
                    found = file.extractfile(member)
                    assert found is not None
                    yield f"{shard.name}/{member.name}", found.read()
    except (tarfile.TarError, OSError, EOFError) as error:
        raise ShardDamaged(str(error)) from error


def _rows(shard: Path) -> Iterator[tuple[str, Image]]:
    import pyarrow
    from pyarrow import parquet

    try:
        with parquet.ParquetFile(shard) as file:
            column, key = _columns(file.schema_arrow)
            wanted, number = [column] if key is None else [column, key], 0
            for batch in file.iter_batches(ROWS, columns=wanted):
                for row in batch.to_pylist():
                    image, name = row[column], number if key is None else row[key]
                    # Hugging Face's data sets keep an image as its bytes beside a path.
                    data = image.get("bytes") if isinstance(image, dict) else image
                    yield f"{shard.name}/{name}", data or b""
                    number += 1
    except (pyarrow.ArrowException, OSError) as error:
        raise ShardDamaged(str(error).partition("\n")[0]) from error


def _columns(schema: object) -> tuple[str, str | None]:
    """Of the images' bytes, and of their keys if there is one."""
    import pyarrow

    assert isinstance(schema, pyarrow.Schema)
    types = {field.name: field.type for field in schema}
    for name, kind in types.items():
        is_struct = pyarrow.types.is_struct(kind) and kind.get_field_index("bytes") >= 0
        is_bytes = pyarrow.types.is_binary(kind) or pyarrow.types.is_large_binary(kind)
        if name in BYTES and (is_struct or is_bytes):
            return name, next((key for key in KEYS if key in types and key != name), None)
    raise ShardDamaged(f"it has no column of images (one of {', '.join(BYTES)})")
