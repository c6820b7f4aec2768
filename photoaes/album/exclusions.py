"""What lies among photos and is no photo of the album: trash, caches, catalogues, own exports.

Left out, and counted, are folders that systems, servers and catalogues keep for themselves; what a
person excludes, by `.nomedia` or `.photoaesignore` in a folder or by a list; and copies that an
export of ours has made, beside their originals. The opened folder itself is never left out: who
opens a trash or an export wants to see it.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Generic, Literal, TypeVar

from photoaes.plain_files import read_plain

Reason = Literal["system", "excluded", "exported", "link", "locked"]

NO_MEDIA = ".nomedia"
IGNORE = ".photoaesignore"
# Servers' own marks: PhotoPrism's in the folder of its caches, Immich's in all of its folders, of
# which these hold no originals.
_PHOTOPRISM, _IMMICH = ".ppstorage", ".immich"
_IMMICH_MADE = frozenset(("thumbs", "encoded-video", "profile", "backups"))
RECEIPT = "photoaes-export"  # and a number, of `export.receipt`
_MAX_RECEIPT = 64 << 20
_MAX_IGNORE = 1 << 20

# Case-folded. Whatever begins with a dot is left out anyway.
_SYSTEM_FOLDERS = frozenset(
    (
        # servers: Synology, QNAP, Western Digital, Asustor
        "@eadir", "#recycle", "#snapshot", "@recycle", "@recently-snapshot", "@tmp",
        "@sharebin", "@trash", "@__thumb", "@appdata", "trashbox",
        "@synoresource", "@transcode", "@snapshot", "@recycle_bin",
        # Windows
        "$recycle.bin", "recycler", "recycled", "system volume information", "$extend",
        "config.msi", "windows.old", "recycle bin",
        # macOS, and what it leaves on disks and in archives of others
        "__macosx", "ipod photo cache", "network trash folder", "temporary items", "lost+found",
        # Android, of cards that it has repaired
        "lost.dir",
        # programs' originals before an edit, and previews
        "[originals]", "adobe bridge cache", "generated images.bundle", "captureone",
        "nksc_param", "thumbs.db",
    )
)  # fmt: skip
_FOUND = re.compile(r"found\.\d{3}")  # of disks that Windows has repaired
# Catalogues that are folders: Lightroom, Apple Photos, iPhoto, Aperture, Capture One, films.
_CATALOGUES = (
    ".lrdata", ".lrcat-data", ".lrmprev", ".lrlibrary", ".photoslibrary", ".photolibrary",
    ".migratedphotolibrary", ".aplibrary", ".cocatalog", ".cosessiondb", ".imovielibrary",
    ".fcpbundle", ".tvlibrary", ".theater", ".app",
)  # fmt: skip
# In an opened library of Apple's the photos lie in these; the rest of it are previews and faces.
_LIBRARIES = (".photoslibrary", ".photolibrary", ".migratedphotolibrary", ".aplibrary")
_ORIGINALS = frozenset(("originals", "masters"))


@dataclass(frozen=True)
class Rules:
    """What a person excludes: patterns as in a shell, for names, or with a slash for paths below
    `folder`; upper and lower case are one. A slash at the end means folders alone."""

    folder: str
    patterns: tuple[str, ...]

    def exclude(self, path: str, *, is_folder: bool) -> bool:
        name = path.rpartition(os.sep)[2].casefold()
        below = path[len(self.folder) :].strip(os.sep).replace(os.sep, "/").casefold()
        for pattern in self.patterns:
            if pattern.endswith("/") and not is_folder:
                continue
            plain = pattern.strip("/")
            if fnmatchcase(below if "/" in plain else name, plain):
                return True
        return False


Why = TypeVar("Why", bound=str)


@dataclass
class Counted(Generic[Why]):
    """How many folders and files a scan has met that are not in the album, and why."""

    counts: Counter[Why] = field(default_factory=Counter)
    examples: dict[Why, str] = field(default_factory=dict)

    def add(self, why: Why, path: str) -> None:
        self.counts[why] += 1
        self.examples.setdefault(why, path)


def patterns(lines: Iterable[str]) -> tuple[str, ...]:
    """Those of a list; empty lines and comments after # are none."""
    stripped = (line.partition("#")[0].strip().casefold() for line in lines)
    return tuple(line for line in stripped if line)


def is_system_folder(name: str, parent: str, *, is_top: bool) -> bool:
    """Whether a folder of this name is some system's or catalogue's own."""
    folded = name.casefold()
    if folded in _SYSTEM_FOLDERS or folded.endswith(_CATALOGUES) or _FOUND.fullmatch(folded):
        return True
    return is_top and parent.casefold().endswith(_LIBRARIES) and folded not in _ORIGINALS


def rules_in(folder: str, names: Sequence[str], *, is_top: bool) -> Rules | None:
    """What files in a folder say of it. A `.nomedia`, an empty list, or a server's mark in what it
    has made of others' photos excludes it whole."""
    if not is_top and (NO_MEDIA in names or _is_made_by_server(folder, names)):
        return Rules(folder, ("*",))
    if IGNORE not in names:
        return None
    try:
        data = read_plain(Path(folder, IGNORE), _MAX_IGNORE)
        found = patterns(data.decode("utf-8-sig", errors="replace").splitlines())
    except OSError:
        return None
    if not found and not is_top:
        return Rules(folder, ("*",))
    return Rules(folder, found)


def _is_made_by_server(folder: str, names: Sequence[str]) -> bool:
    if _PHOTOPRISM in names:
        return True
    return _IMMICH in names and folder.rpartition(os.sep)[2].casefold() in _IMMICH_MADE


def exported_names(folder: str, names: Sequence[str], *, is_top: bool) -> frozenset[str]:
    """Files in a folder that an export of ours has put there, as its receipts say.

    Who opens the folder of an export wants to see it: in an album's own folder only copies of what
    lies in that album are named.
    """
    receipts = [one for one in names if one.startswith(RECEIPT) and one.endswith(".json")]
    rows = [row for receipt in receipts for row in _rows(Path(folder, receipt))]
    found = {name for name, original in rows if not is_top or _is_copy(folder, name, original)}
    here = set(names)
    gone = [row for row in rows if row[0] not in here]
    if gone:
        found |= _renamed(folder, here - {name for name, _ in rows}, gone, is_top=is_top)
    return frozenset(found)


def _is_copy(folder: str, name: str, original: str) -> bool:
    inside = original.startswith(folder.rstrip(os.sep) + os.sep)
    return inside and original != os.path.join(folder, name) and os.path.isfile(original)  # noqa: PTH113, PTH118


def _renamed(
    folder: str, names: Iterable[str], gone: Iterable[tuple[str, str]], *, is_top: bool
) -> set[str]:
    """Copies under another name than the receipt tells: of the size and time of their originals,
    which an export keeps."""
    originals = {
        size_and_time
        for name, original in gone
        if (not is_top or _is_copy(folder, name, original))
        and (size_and_time := _size_and_time(original)) is not None
    }
    return {
        name
        for name in names
        if originals and _size_and_time(os.path.join(folder, name)) in originals  # noqa: PTH118
    }


def _size_and_time(path: str) -> tuple[int, int] | None:
    try:
        status = os.stat(path)  # noqa: PTH116 - no Path for each of thousands of files
    except (OSError, ValueError):
        return None
    return status.st_size, status.st_mtime_ns


def _rows(receipt: Path) -> Iterator[tuple[str, str]]:
    """Each file's name, and where its original was."""
    try:
        content = json.loads(read_plain(receipt, _MAX_RECEIPT))
    except (OSError, ValueError, RecursionError):
        return
    files = content.get("files") if isinstance(content, dict) else None
    for file in files if isinstance(files, list) else ():
        if isinstance(file, dict) and isinstance(file.get("file"), str):
            original = file.get("original")
            yield file["file"], original if isinstance(original, str) else ""
