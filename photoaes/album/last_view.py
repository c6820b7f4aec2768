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

from photoaes import checked
from photoaes.album.filter_choice import ASPECTS, FilterChoice
from photoaes.album.filtering import FACES
from photoaes.album.ordering import SortKey
from photoaes.album.shown import Grouping
from photoaes.new_files import write_file

KEPT = 200  # albums
MOST_OPENED = 200  # stacks: to find each again takes a look at all photos
MAX_BYTES = 256 << 20  # with each of a million photos selected
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
    opened: tuple[str, ...] = ()  # a photo of each open stack, or day of a timeline


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
        return _view(_CHECK(checked.read_json(_file(folder, album), MAX_BYTES)))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        log.warning("How the album was left cannot be read: %s", error)
        return None


def _view(content: Mapping[str, Any]) -> LastView:
    zoom = content["zoom"]
    return LastView(
        _KEYS[content["key"]],
        content["descending"],
        Grouping(content["grouping"]),
        _choice(content["choice"]),
        {name: tuple(paths) for name, paths in content["named"].items()},
        tuple(content["selected"]),
        content["current"],
        content["top"],
        content["offset"],
        content["page"],
        None if zoom is None else (zoom[0], zoom[1], zoom[2]),
        content["facts"],
        tuple(content.get("opened", ())),
    )


def _choice(content: Mapping[str, Any]) -> FilterChoice:
    empty = FilterChoice()
    known: dict[str, Any] = {}
    for name, value in content.items():
        if isinstance(getattr(empty, name), frozenset):
            value = frozenset(value)
        known[name] = tuple(value) if isinstance(value, list) else value
    choice = FilterChoice(**known)
    try:
        choice.conditions()
    except (KeyError, TypeError) as error:
        raise ValueError(f"no filter takes these values ({error!r})") from error
    return choice


_path = checked.matching(r"[^\0]{0,4096}", "path")
_number = checked.whole(-10, 10)
_words = checked.listed(checked.text(1000), 0, 100_000)
_KEYS = {one.value: one for one in SortKey} | {"generic": SortKey.GENERAL}  # its former name
_CHECK = checked.fields(
    {
        "key": checked.one_of(*_KEYS),
        "descending": checked.flag,
        "grouping": checked.one_of(*(one.value for one in Grouping)),
        "choice": checked.fields(
            {},
            {
                "relation": checked.one_of(">=", "=", "<="),
                "least": checked.none_or(_number),
                "stars": checked.listed(_number, 0, 20),
                "flags": checked.listed(_number, 0, 20),
                "labels": _words,
                "cameras": _words,
                "dates": checked.listed(
                    checked.matching(r"(\d{4}-\d\d(-\d\d)?)?", "date"), 0, 9999
                ),
                "upright": checked.none_or(checked.flag),
                "best_only": checked.flag,
                "faces": checked.listed(checked.one_of(*FACES), 0, len(FACES)),
                "text": checked.text(10_000),
                "score": checked.none_or(checked.listed(checked.number(), 2, 2)),
                "inverted": checked.listed(checked.one_of(*ASPECTS), 0, len(ASPECTS)),
            },
        ),
        "named": checked.mapped(checked.listed(_path, 0, 1_000_000), 10),
        "selected": checked.listed(_path, 0, 1_000_000),
        "current": _path,
        "top": _path,
        "offset": checked.whole(-1_000_000, 1_000_000),
        "page": checked.text(20),
        "zoom": checked.none_or(checked.listed(checked.number(-1e6, 1e6), 3, 3)),
        "facts": checked.flag,
    },
    {"opened": checked.listed(_path, 0, MOST_OPENED)},
    more=True,
)


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, frozenset) else value


def _file(folder: Path, album: Path) -> Path:
    return folder / f"{hashlib.sha256(os.fsencode(album)).hexdigest()[:24]}.json"


def _forget_old(folder: Path) -> None:
    files = sorted(folder.glob("*.json"), key=lambda one: one.stat().st_mtime)
    for path in files[:-KEPT]:
        path.unlink(missing_ok=True)
