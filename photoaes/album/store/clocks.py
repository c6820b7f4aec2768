"""Cameras whose clocks were wrong: by how much, in which album.

What the files say stays as it is, here and there; the offset is added where photos are ordered.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from photoaes.album.columns import Codes
from photoaes.album.store.identity import path_key, path_of, range_below
from photoaes.album.store.opening import Store
from photoaes.errors import InputInvalid, Sentence

_UNITS = {"s": 1, "m": 60, "min": 60, "h": 3600, "d": 86_400}
_PART = re.compile(r"(\d+(?:\.\d+)?)\s*(s|min|m|h|d)")
_CLOCK = re.compile(r"(\d+):(\d\d)(?::(\d\d))?")
_LONGEST = 200 * 366 * 86_400


def parse_duration(text: str) -> int:
    """Seconds of "1h", "1:00", "90s", "-2d 30m", "+1:02:03"; "" is 0. Raises InputInvalid."""
    rest = text.strip().lower()
    sign = -1 if rest[:1] in ("-", "\u2212") else 1
    rest = rest.lstrip("+-\u2212 ")
    clock = _CLOCK.fullmatch(rest)
    if clock:
        parts = [(clock[1], 3600), (clock[2], 60), (clock[3] or "0", 1)]
    elif _PART.sub("", rest).strip(" ,") not in ("", "0"):
        raise InputInvalid(Sentence("{0!r} is no time span. Write 1h, 30m or 1:02:03.", text))
    else:
        parts = [(number, _UNITS[unit]) for number, unit in _PART.findall(rest)]
    seconds = sum(float(number) * unit for number, unit in parts)
    if seconds > _LONGEST:
        raise InputInvalid(Sentence("No camera's clock is wrong by more than 200 years."))
    return sign * round(seconds)


def set_clocks(store: Store, folder: Path, seconds: Mapping[str, int]) -> None:
    """Add so much to the times of each camera's photos below the folder; 0 to let them be."""
    key = path_key(folder)
    with store.transaction():
        store.connection.executemany(
            "DELETE FROM clocks WHERE folder = ? AND camera = ?",
            [(key, camera) for camera in seconds],
        )
        store.connection.executemany(
            "INSERT INTO clocks VALUES (?, ?, ?)",
            [(key, camera, value) for camera, value in seconds.items() if value],
        )


def cameras_of(store: Store, folder: Path) -> dict[str, tuple[int, int]]:
    """By camera how many photos below the folder it took, and what is added to their times."""
    added = dict(
        store.rows("SELECT camera, seconds FROM clocks WHERE folder = ?", (path_key(folder),))
    )
    rows = store.rows(
        "SELECT camera, count(*) FROM photos JOIN facts ON photo = id WHERE camera IS NOT NULL "
        "AND missing_since IS NULL AND path > ? AND path < ? GROUP BY camera ORDER BY camera",
        range_below(folder),
    )
    return {camera: (count, added.get(camera, 0)) for camera, count in rows}


def clock_offsets(store: Store, paths: Sequence[str], camera: Codes) -> NDArray[np.float64] | float:
    """What to add to the times of photos [N]; of folders in folders the inner one counts."""
    rows = store.rows("SELECT folder, camera, seconds FROM clocks ORDER BY length(folder)")
    rows = [row for row in rows if row[1] in camera.words]
    if not rows:
        return 0.0
    offsets = np.zeros(len(paths))
    for folder, name, seconds in rows:
        top = str(path_of(folder) / "x")[:-1]
        inside = np.fromiter((path.startswith(top) for path in paths), bool, len(paths))
        offsets[inside & (camera.values == camera.number(name))] = seconds
    return offsets
