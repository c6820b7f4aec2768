"""How commands say things that several of them say."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from photoaes.album.export.receipt import NAME
from photoaes.album.marks import Flag, Marks


def local_time(moment: str) -> str:
    """A moment in UTC, as ISO 8601, as the clock on the wall shows it.

    Any other text is left as it is: a profile that somebody gave away may hold one.
    """
    try:
        return datetime.fromisoformat(moment).astimezone().strftime("%Y-%m-%d %H:%M:%S")
    except (ValueError, OverflowError):
        return moment


def marks_in_words(marks: Marks) -> str:
    """Such as "5 stars, reject, Red"; "no marks" for none."""
    parts = []
    if marks.stars:
        parts.append("1 star" if marks.stars == 1 else f"{marks.stars} stars")
    if marks.flag in (Flag.PICK, Flag.REJECT):
        parts.append(str(marks.flag))
    if marks.label:
        parts.append(marks.label)
    return ", ".join(parts) or "no marks"


def inside_album(target: Path, folder: Path) -> str | None:
    """What to say of an export into the album that it is made of; None for another folder."""
    if not target.resolve().is_relative_to(folder.resolve()):
        return None
    return "this is inside the album; by its receipt, what is exported is not ranked there later"


def receipt_told(receipt: Path) -> str:
    """Which file lists an export, if an earlier export's receipt has the plain name."""
    others = "" if receipt.stem == NAME else "; receipts of earlier exports stay as they are"
    return f"receipt: {receipt}{others}"
