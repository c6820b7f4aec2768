"""Three photos to export, and what lies in a folder afterwards."""

from __future__ import annotations

import os
from pathlib import Path

from photoaes.album.export.receipt import Receipt
from photoaes.album.ranking import RankedPhoto

RECEIPT = Receipt("Tiny bank", "abc", 7, profile="Me", rated=12)
RECEIPTS = ["photoaes-export.csv", "photoaes-export.json"]


def ranked_photos(home: Path) -> list[RankedPhoto]:
    """Of one name in three folders, of different times."""
    chosen = []
    for number, folder in enumerate(("one", "two", "three"), start=1):
        path = home / folder / "a.jpg"
        path.parent.mkdir()
        path.write_bytes(f"photo {number}".encode())
        os.utime(path, ns=(0, number * 10**18))
        chosen.append(RankedPhoto(path, number, 5.0 - number, 4.2, 5 if number == 1 else None))
    return chosen


def names_in(folder: Path) -> list[str]:
    """What lies there, in order."""
    return sorted(path.name for path in folder.iterdir())
