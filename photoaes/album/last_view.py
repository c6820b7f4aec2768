"""How an album was left: order, filters, selection and place, to be found so again.

One JSON file for each album. What cannot be read, or names photos that are gone, is left out: it is
a convenience, and no reason to trouble anybody.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from photoaes.album.filter_choice import FilterChoice
from photoaes.album.ordering import SortKey
from photoaes.album.shown import Grouping
from photoaes.new_files import write_file

KEPT = 200  # albums
BY_PHOTOS = ("suggested", "similar")  # aspects of a filter that name photos by their places
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class LastView:
    """Photos are named by their paths below the album's folder. `top` is the first photo in sight,
    cut off by `offset` pixels; `zoom` is the loupe's scale and centre, None to fit.
    """

    key: SortKey = SortKey.DATE
    descending: bool = False
    grouping: Grouping = Grouping.NONE
    choice: FilterChoice = field(default_factory=FilterChoice)
    named: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # for BY_PHOTOS
    selected: tuple[str, ...] = ()
    current: str = ""
    top: str = ""
    offset: int = 0
    page: str = "grid"
    zoom: tuple[float, float, float] | None = None
    facts: bool = False


def save_view(folder: Path, album: Path, view: LastView) -> None:
    """Into the folder of views, over the album's last one."""
    content = {one.name: getattr(view, one.name) for one in fields(LastView)}
    content |= {"key": view.key.value, "grouping": view.grouping.value, "album": str(album)}
    content["choice"] = {
        one.name: _plain(getattr(view.choice, one.name))
        for one in fields(FilterChoice)
        if one.name not in BY_PHOTOS
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_file(_file(folder, album), json.dumps(content).encode("ascii"), over=True)
        _forget_old(folder)
    except OSError as error:
        log.warning("How the album was left is not kept: %s", error)


def load_view(folder: Path, album: Path) -> LastView | None:
    """As it was left; None for an album that was never open, or where that cannot be read."""
    try:
        content = json.loads(_file(folder, album).read_text(encoding="ascii"))
        return _view(content)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        log.warning("How the album was left cannot be read: %s", error)
        return None


def _view(content: Mapping[str, Any]) -> LastView:
    zoom = content["zoom"]
    return LastView(
        SortKey(content["key"]),
        bool(content["descending"]),
        Grouping(content["grouping"]),
        _choice(content["choice"]),
        {str(name): tuple(map(str, paths)) for name, paths in content["named"].items()},
        tuple(map(str, content["selected"])),
        str(content["current"]),
        str(content["top"]),
        int(content["offset"]),
        str(content["page"]),
        None if zoom is None else (float(zoom[0]), float(zoom[1]), float(zoom[2])),
        bool(content["facts"]),
    )


def _choice(content: Mapping[str, Any]) -> FilterChoice:
    empty = FilterChoice()
    known: dict[str, Any] = {}
    for one in fields(FilterChoice):
        if one.name in content:
            value = content[one.name]
            if isinstance(getattr(empty, one.name), frozenset):
                value = frozenset(value)
            known[one.name] = tuple(value) if isinstance(value, list) else value
    choice = FilterChoice(**known)
    choice.conditions()  # raises for values that no filter takes
    return choice


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, frozenset) else value


def _file(folder: Path, album: Path) -> Path:
    return folder / f"{hashlib.sha256(os.fsencode(album)).hexdigest()[:24]}.json"


def _forget_old(folder: Path) -> None:
    files = sorted(folder.glob("*.json"), key=lambda one: one.stat().st_mtime)
    for path in files[:-KEPT]:
        path.unlink(missing_ok=True)
