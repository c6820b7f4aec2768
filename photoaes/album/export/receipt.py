"""The receipt beside an export: what it holds, and all that is needed to rank the same again.

Two files of one content: `photoaes-export.json`, whole, and `photoaes-export.csv`, a row a file.
"""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from photoaes import __version__
from photoaes.album import atomic
from photoaes.album.export.names import free_name
from photoaes.album.ranking import RankedPhoto

NAME = "photoaes-export"
COLUMNS = ("file", "original", "rank", "score", "stars", "rating")


@dataclass(frozen=True)
class Receipt:
    """By what the photos were ranked. `profile` is empty for the general order."""

    bank: str
    bank_digest: str
    seed: int
    profile: str = ""
    rated: int = 0
    program: str = f"photoaes {__version__}"
    coefficients: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    readout: Mapping[str, Any] = field(default_factory=dict)
    agreement: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Exported:
    """One file of an export: the photo it belongs to, where it came from, and its new name."""

    photo: RankedPhoto
    source: Path
    name: str


def write_receipt(
    target: Path, receipt: Receipt, exported: Sequence[Exported], *, complete: bool
) -> Path:
    """Write both files under the first free name and return the JSON's path."""
    rows = [_row(item) for item in exported]
    content = {**asdict(receipt), "complete": complete, "files": rows}
    text = json.dumps(content, indent=2, ensure_ascii=True)
    while True:
        taken = {path.name.casefold() for path in target.iterdir()}
        # One number for both: an earlier receipt's half must not pass for this one's.
        stems = taken | {f"{name[:-4]}.json" for name in taken if name.endswith(".csv")}
        path = target / free_name(f"{NAME}.json", stems)
        if not atomic.replace(path.with_suffix(".csv"), _table(rows), None):
            continue
        is_written = False
        try:
            is_written = atomic.replace(path, text.encode(), None)
        finally:  # another export has just taken the number, or the disk is full
            if not is_written:
                path.with_suffix(".csv").unlink()
        if is_written:
            return path


def _row(item: Exported) -> dict[str, Any]:
    photo = item.photo
    known = [None if math.isnan(one) else one for one in (photo.score, photo.stars)]
    values = (item.name, str(item.source), photo.rank, *known, photo.rating)
    return dict(zip(COLUMNS, values, strict=True))


def _table(rows: Sequence[Mapping[str, Any]]) -> bytes:
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, COLUMNS)
    table.writeheader()
    table.writerows(rows)
    return text.getvalue().encode(errors="surrogateescape")
