"""One part scored, and its rows written: a file that is there is whole, and is never made again."""

from __future__ import annotations

import hashlib
import io
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import photoaes
from photoaes.album.store.profile_file import read_profile
from photoaes.api import OpenBank, open_bank
from photoaes.bulk.sources import (
    PARQUET,
    PART_FILE,
    PATHS,
    PLAN,
    TAR,
    Image,
    ShardDamaged,
    SourcePart,
    TooLarge,
    images_of,
    parts_of,
)
from photoaes.checked import parsed_json
from photoaes.errors import InputInvalid, Sentence
from photoaes.new_files import write_file
from photoaes.plain_files import read_plain

MAX_PLAN = 4 << 30


@dataclass(frozen=True)
class BulkWork:
    """What is to be done: into which folder, by which bank and profile (a file), on which device.

    It is plain text, so that it can be sent to another computer.
    """

    out: str
    parts: tuple[SourcePart, ...]
    bank: str | None
    profile: str | None
    device: str
    half: bool = False

    def file(self, number: int) -> Path:
        """The Parquet file for the rows of a part."""
        return Path(self.out) / PART_FILE.format(number)

    def missing(self) -> list[int]:
        """The parts that are still to be scored."""
        return [number for number in range(len(self.parts)) if not self.file(number).is_file()]


def planned(
    source: Path,
    out: Path,
    size: int,
    bank: str | None,
    profile: str | None,
    device: str,
    *,
    half: bool = False,
) -> BulkWork:
    """The work of a new folder, or what is left of that which was begun in it.

    Raises InputInvalid where something else was begun there.
    """
    digests = {"bank": open_bank(bank, device).digest, "profile": _digest(profile)}
    said = {"source": str(source.resolve()), "size": size, "half": half, **digests}
    try:
        out.mkdir(parents=True, exist_ok=True)
        if not os.path.lexists(out / PLAN):
            parts = [asdict(part) for part in parts_of(source, size)]
            with suppress(FileExistsError):  # another driver was faster
                write_file(out / PLAN, json.dumps({**said, "parts": parts}).encode(), over=False)
        # Before there was a choice it was full precision.
        begun = {"half": False, **parsed_json(read_plain(out / PLAN, MAX_PLAN))}
        found = tuple(map(_part, begun.pop("parts")))
    except OSError as error:
        raise InputInvalid(Sentence("Cannot write to {0}: {1}.", out, error.strerror)) from error
    except (ValueError, KeyError, TypeError) as error:
        raise InputInvalid(Sentence("{0} is damaged: take another folder.", out / PLAN)) from error
    if begun != said:
        text = Sentence("{0} holds scores of another source, bank, profile or precision.", out)
        raise InputInvalid(text, out)
    return BulkWork(str(out.resolve()), found, bank, profile, device, half)


def _part(said: Any) -> SourcePart:
    """Raises ValueError, KeyError or TypeError for what no plan of ours says."""
    part = SourcePart(said["kind"], said["where"], tuple(said["names"]))
    is_known = part.kind in (PATHS, TAR, PARQUET)
    if not is_known or not all(isinstance(one, str) for one in (part.where, *part.names)):
        raise ValueError("no part of a source")
    return part


def score_part(work: BulkWork, number: int, bank: OpenBank) -> int:
    """Score a part and write its rows; how many. Nothing where somebody has done it meanwhile.

    Raises InputInvalid where something else has the name of its file.
    """
    if work.file(number).is_file():
        return 0
    keys: list[str] = []
    told: dict[int, str] = {}  # of rows without an image that could be looked at
    images = _noted(work.parts[number], keys, told)
    scored = bank.stream(images, work.profile, half=work.half)
    found = [(None, one.problem) if one.problem else (one.stars, None) for one in scored]
    for row in sorted(told):
        found.insert(row, (None, told[row]))
    data = _table(keys, [stars for stars, _ in found], [why for _, why in found], bank, work)
    try:
        write_file(work.file(number), data, over=False)
    except FileExistsError:  # another worker was faster, with the same rows
        if not work.file(number).is_file():
            form = "{0} is in the way, and is no file of scores. Take another folder."
            raise InputInvalid(Sentence(form, work.file(number)), work.file(number)) from None
    return len(keys)


def _noted(part: SourcePart, keys: list[str], told: dict[int, str]) -> Iterator[Image]:
    """The images alone; what belongs to them is put down, in order."""
    try:
        for key, image in images_of(part):
            keys.append(_printable(key))
            if isinstance(image, TooLarge):
                told[len(keys) - 1] = "the file is larger than 1 GiB"
            else:
                yield image
    except ShardDamaged as error:
        told[len(keys)] = f"the shard cannot be read on: {error}"
        keys.append(_printable(Path(part.where).name))


def _printable(key: str) -> str:
    """Columns of text hold UTF-8 alone: a byte that is none stands there as in Python, \\udcff."""
    return key.encode("utf-8", "backslashreplace").decode()


def _table(
    keys: list[str],
    stars: list[float | None],
    problems: list[str | None],
    bank: OpenBank,
    work: BulkWork,
) -> bytes:
    import pyarrow
    from pyarrow import parquet

    said = {
        "program": f"photoaes {photoaes.__version__}",
        "bank": bank.name,
        "bank_digest": bank.digest,
        "profile_sha256": _digest(work.profile),
        "precision": "half" if work.half else "full",
    }
    fields: list[Any] = [
        pyarrow.field("key", pyarrow.string(), nullable=False),
        pyarrow.field("stars", pyarrow.float32()),
        pyarrow.field("problem", pyarrow.string()),
    ]
    table = pyarrow.table([keys, stars, problems], schema=pyarrow.schema(fields, metadata=said))
    written = io.BytesIO()
    parquet.write_table(table, written, compression="zstd")
    return written.getvalue()


def _digest(profile: str | None) -> str:
    if not profile:
        return ""
    read_profile(Path(profile))  # said now, and not by each worker
    return hashlib.sha256(Path(profile).read_bytes()).hexdigest()
