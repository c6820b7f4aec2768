"""Photos of a database that are absent or damaged: left out and listed, up to a limit.

Real folders lack a few photos of every published table. One of them is no reason to refuse the
folder; many mean that it is the wrong one.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from photoaes.errors import InputInvalid
from photoaes.new_files import new_text_file

ABSENT = "it is not there"
OPTION = "--missing-at-most"


@dataclass(frozen=True)
class Gap:
    """A photo that is left out, and why."""

    path: Path
    why: str


@dataclass(frozen=True)
class Limit:
    """How many photos may be left out: a `share` (0..1) of all, or a `count`."""

    share: float = 0.0
    count: int | None = None

    def allowed(self, total: int) -> int:
        """How many of `total` photos may be missing."""
        return math.floor(self.share * total) if self.count is None else self.count

    def __str__(self) -> str:
        return f"{self.share * 100:g}%" if self.count is None else str(self.count)


NONE = Limit(count=0)
USUAL = Limit(share=0.01)


def read_limit(text: str) -> Limit:
    """The limit that `20` or `2%` stands for. Raises ValueError saying so."""
    number, percent = text.removesuffix("%"), text.endswith("%")
    try:
        value = float(number) / 100 if percent else int(number)
    except ValueError:
        value = -1.0
    if not 0 <= value <= (1 if percent else 10**9):
        raise ValueError(f"{text!r} is neither a number nor a percentage, as in 20 or 1%")
    return Limit(share=value) if percent else Limit(count=int(value))


def check_gaps(gaps: Sequence[Gap], total: int, limit: Limit) -> None:
    """Raises InputInvalid if more of `total` photos are missing than the limit allows."""
    if len(gaps) <= limit.allowed(total):
        return
    first = gaps[0]
    raise InputInvalid(
        f"{len(gaps)} of {total} photos are missing or cannot be read, first {first.path}: "
        f"{first.why}. {OPTION} {limit} allows {limit.allowed(total)}: mend the folder, or allow "
        "more.",
        first.path,
    )


def write_gaps(path: Path, gaps: Sequence[Gap]) -> None:
    """A table `photo,why`; an earlier one gives way, and goes where nothing is missing now."""
    if not gaps:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with new_text_file(path, over=True) as file:
        table = csv.writer(file)
        table.writerow(("photo", "why"))
        table.writerows((gap.path, gap.why) for gap in gaps)


def read_gaps(path: Path) -> list[Gap]:
    """What `write_gaps` wrote; nothing where there is no such file."""
    if not path.exists():
        return []
    with path.open(newline="", encoding="utf-8", errors="surrogateescape") as file:
        return [Gap(Path(row[0]), row[1]) for row in list(csv.reader(file))[1:] if len(row) == 2]


def in_words(gaps: Sequence[Gap], listed: Path) -> str:
    """One line about the gaps for whoever runs the command."""
    first = gaps[0]
    return (
        f"{len(gaps)} photos are left out, first {first.path.name}: {first.why}; all are listed "
        f"in {listed}"
    )
