"""What the program remembers of its user's habits: one JSON file, each entry with a default.

Entries of a newer version are kept as they are; a value that does not fit gives way to its default.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from photoaes import checked
from photoaes.checked import Check
from photoaes.new_files import write_file

FILE_NAME = "preferences.json"  # in settings.data_folder()
RECENT = 8
MAX_BYTES = 1 << 20
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Preferences:
    """Each is set by using the program; there is nothing that has to be edited by hand."""

    recent: tuple[str, ...] = ()  # folders that were open, the last one first
    edge: int = 192  # of the photos in the grid, in pixels
    left_panel: bool | None = None  # where there is room, until somebody says
    right_panel: bool = True
    with_names: bool = False  # below the photos
    auto_advance: bool = False  # to the next photo after each rating
    adobe_names: bool = False  # new sidecars are IMG.xmp, not IMG.CR2.xmp
    split_pairs: bool = False  # a RAW and the JPEG beside it are two photos
    theme: str = "system"  # or dark, light
    device: str = "auto"  # or cuda, mps, cpu
    method: str = "taste"  # how to learn; or paper
    bank: str = ""  # folder name of an installed bank, "" for the bundled one
    profile: str = ""  # the taste that is in use, "" for the first one
    pace: float = 0.0  # photos per second when an album was measured last
    score_ahead: bool = True  # general scores in the background
    guide: bool = True  # the three steps above the photos, until they were taken
    geometry: str = ""  # of the window, base64
    panels: str = ""  # their widths, base64, once somebody has moved their edges

    def opened(self, folder: Path) -> Preferences:
        """With the folder as the last one that was open."""
        others = [one for one in self.recent if one != str(folder)]
        return replace(self, recent=(str(folder), *others)[:RECENT])


def load_preferences(folder: Path) -> Preferences:
    """From the file in this folder; defaults for what it lacks or gets wrong. Raises nothing."""
    entries = _entries(folder / FILE_NAME)
    kept: dict[str, Any] = {}
    for name, check in _CHECKS.items():
        if name not in entries:
            continue
        try:
            value = check(entries[name])
        except checked.Wrong as wrong:
            log.warning("%s is not used: %s", name, wrong)
            continue
        kept[name] = tuple(value) if isinstance(value, list) else value
    return Preferences(**kept)


def save_preferences(folder: Path, preferences: Preferences) -> None:
    """Over the file in this folder; entries that this version does not know stay in it.

    A disk that cannot be written is no reason to trouble anybody over habits.
    """
    path = folder / FILE_NAME
    text = json.dumps(_entries(path) | asdict(preferences), indent=2)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_file(path, f"{text}\n".encode(), over=True)
    except OSError as error:
        log.warning("The preferences were not saved: %s", error)


def _entries(path: Path) -> dict[str, Any]:
    try:
        entries = checked.read_json(path, MAX_BYTES)
    except FileNotFoundError:
        return {}
    except (OSError, checked.Wrong) as error:
        log.warning("%s is not used: %s", path.name, error)
        return {}
    if not isinstance(entries, dict):
        log.warning("%s is not used: it is no object with entries", path.name)
        return {}
    return entries


# A path may hold any bytes, which stand in it as halves of characters.
_path = checked.matching(r"[^\0]{1,4096}", "path")
# Where something lies is not for a file of habits to say: a bank is one of the installed ones.
_bank = checked.matching(r"[^\0/\\]{0,200}", "name of a bank")
_CHECKS: Mapping[str, Check] = {
    "recent": checked.listed(_path, 0, RECENT),
    "edge": checked.whole(32, 2048),
    "left_panel": checked.none_or(checked.flag),
    "right_panel": checked.flag,
    "with_names": checked.flag,
    "auto_advance": checked.flag,
    "adobe_names": checked.flag,
    "split_pairs": checked.flag,
    "theme": checked.one_of("system", "dark", "light"),
    "device": checked.one_of("auto", "cuda", "mps", "cpu"),
    "method": checked.one_of("taste", "paper"),
    "bank": _bank,
    "profile": checked.text(200),
    "score_ahead": checked.flag,
    "guide": checked.flag,
    "pace": checked.number(0, 1e6),
    "geometry": checked.matching("[A-Za-z0-9+/=]{0,20000}", "place of a window"),
    "panels": checked.matching("[A-Za-z0-9+/=]{0,20000}", "widths of panels"),
}
