"""`Photo`, and the walk over a folder that finds them."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import overload

from photoaes.album.exclusions import (
    Counted,
    Reason,
    Rules,
    exported_names,
    is_system_folder,
    patterns,
    rules_in,
)
from photoaes.album.folding import natural_key
from photoaes.errors import InputInvalid, Sentence
from photoaes.images import IMAGE_EXTENSIONS
from photoaes.images.other_kinds import (
    LEADS_NOWHERE,
    WITHOUT_ENDING,
    is_nameless_picture,
    is_placeholder,
    other_kind,
)
from photoaes.plain_files import kept_ns

SIDECAR = ".xmp"
# What else may say something of a photo that it lies beside: see `sidecars.beside`.
_SAYING = frozenset((SIDECAR, ".json", ".pp3", ".arp", ".dop", ".on1"))
PICASA = (".picasa.ini", "Picasa.ini")
NIKON = "NKSC_PARAM"
_USED_UP = (errno.EMFILE, errno.ENFILE, errno.ENOMEM)


@dataclass(frozen=True, init=False)
class Photo:
    """A file of the album: its size in bytes and modification time in ns tell versions apart.

    `changed_ns` is when the system noted any change of it, which nobody can set: it tells that a
    file of the same size and time is another one, or has other metadata. 0 where it is not known.

    `at` is its path as text. With 100,000 photos a Path for each would take half a second of the
    opening, so `path` is made when it is asked for.
    """

    at: str
    size: int
    mtime_ns: int
    changed_ns: int

    def __init__(self, path: Path | str, size: int, mtime_ns: int, changed_ns: int = 0) -> None:
        # The way that dataclass itself sets the fields of a frozen one.
        object.__setattr__(self, "at", os.fspath(path))
        object.__setattr__(self, "size", size)
        object.__setattr__(self, "mtime_ns", mtime_ns)
        object.__setattr__(self, "changed_ns", changed_ns)

    @cached_property
    def path(self) -> Path:
        return Path(self.at)


@dataclass(frozen=True)
class Paths(Sequence[Path]):
    """Of photos: each is made when it is asked for, since an album that is opened shows few."""

    photos: Sequence[Photo]

    def __len__(self) -> int:
        return len(self.photos)

    @overload
    def __getitem__(self, place: int) -> Path: ...
    @overload
    def __getitem__(self, place: slice) -> Paths: ...
    def __getitem__(self, place: int | slice) -> Path | Paths:
        if isinstance(place, slice):
            return Paths(self.photos[place])
        return self.photos[place].path


@dataclass
class Walked:
    """What a walk met besides photos: a second look would cost a second.

    `sidecars` are all files that may say something of a photo.
    """

    sidecars: list[Photo] = field(default_factory=list)
    left_out: Counted[Reason] = field(default_factory=Counted)
    not_read: Counted[str] = field(default_factory=Counted)  # by kind


def photo_as(path: Path | str, status: os.stat_result) -> Photo:
    """The photo at this path, of which the system says this."""
    # Windows tells there when the file was made.
    changed = 0 if os.name == "nt" else status.st_ctime_ns
    return Photo(path, status.st_size, kept_ns(status.st_mtime_ns), kept_ns(changed))


def scan(folder: Path) -> list[Photo]:
    """All photos below `folder`, by their extension, each folder in natural order.

    As `walk`, which see for what is left out and what is raised.
    """
    return [photo for part in walk(folder) for photo in part]


def walk(
    folder: Path, met: Walked | None = None, exclude: Sequence[str] = ()
) -> Iterator[list[Photo]]:
    """The photos below `folder` in pieces, so that a caller can tell how far it is and stop.

    Left out are hidden files and folders, what `exclusions` names, and what the lines of `exclude`
    name; what is not read, and what cannot be entered, is counted in `met`. Links to folders are
    followed once, after all else, so that loops end. What vanishes meanwhile is left out too.
    Raises InputInvalid if the folder itself is not there or cannot be read.
    """
    if folder.is_file():
        raise InputInvalid(
            Sentence("{0} is a file, no folder. Name the one that it is in.", folder), folder
        )
    if not folder.is_dir():
        raise InputInvalid(Sentence("There is no folder {0}.", folder), folder)
    if not os.access(folder, os.R_OK | os.X_OK):
        text = Sentence("The folder {0} may not be read. Check its permissions.", folder)
        raise InputInvalid(text, folder)
    yield from _Walk(str(folder), Walked() if met is None else met, exclude).all()


def photos_in(folder: Path, met: Walked | None = None) -> list[Photo]:
    """The photos right in `folder`; none if it cannot be read."""
    one = _Walk(str(folder), Walked() if met is None else met, ())
    items, _ = one.enter(str(folder), (), is_top=True)
    return [item for item in items if isinstance(item, Photo)]


class _Walk:
    """One walk: where it was, so that links to folders are followed once."""

    def __init__(self, top: str, met: Walked, exclude: Sequence[str]) -> None:
        self._top, self._met = top, met
        listed = patterns(exclude)
        self._rules = (Rules(top, listed),) if listed else ()
        self._been: set[tuple[int, int]] = set()
        self._links: list[tuple[str, tuple[Rules, ...]]] = []

    def all(self) -> Iterator[list[Photo]]:
        yield from self._below(self._top, self._rules, is_top=True)
        while self._links:
            path, rules = self._links.pop(0)
            target = os.path.realpath(path)
            holds_the_album = os.path.commonpath([target, os.path.realpath(self._top)]) == target
            if holds_the_album or _identity(path) in self._been:
                self._met.left_out.add("link", path)
            else:
                yield from self._below(path, rules)

    def _below(
        self, folder: str, rules: tuple[Rules, ...], *, is_top: bool = False
    ) -> Iterator[list[Photo]]:
        """As a stack: folders may lie deeper in each other than Python's own has room for."""
        waiting = [self._looked_into(folder, rules, is_top=is_top)]
        photos: list[Photo] = []
        while waiting:
            items, rules = waiting[-1]
            deeper = None
            for item in items:  # from where it was left
                if not isinstance(item, Photo):
                    deeper = item
                    break
                photos.append(item)
            if photos:
                yield photos
                photos = []
            if deeper is None:
                waiting.pop()
            else:
                waiting.append(self._looked_into(deeper, rules))

    def _looked_into(
        self, folder: str, rules: tuple[Rules, ...], *, is_top: bool = False
    ) -> tuple[Iterator[Photo | str], tuple[Rules, ...]]:
        """Nothing in a folder in which the walk was before."""
        identity = _identity(folder)
        if identity is None or identity in self._been:
            return iter(()), rules
        self._been.add(identity)
        items, rules = self.enter(folder, rules, is_top=is_top)
        return iter(items), rules

    def enter(
        self, folder: str, rules: tuple[Rules, ...], *, is_top: bool = False
    ) -> tuple[list[Photo | str], tuple[Rules, ...]]:
        """Photos and, as paths, folders in a folder, in natural order, and what is excluded from
        here on."""
        try:
            with os.scandir(folder) as found:
                entries = sorted(found, key=lambda entry: natural_key(entry.name))
        except (FileNotFoundError, NotADirectoryError):  # vanished
            return [], rules
        except OSError as error:  # not ours to read, or its drive fails
            if error.errno in _USED_UP:  # what is not seen must not pass for gone
                form = "{0} cannot be looked into: {1}. Close other programs and try again."
                raise InputInvalid(Sentence(form, folder, error.strerror), Path(folder)) from error
            self._met.left_out.add("locked", folder)
            return [], rules
        hidden = [one.name for one in entries if one.name.startswith(".")]
        own = rules_in(folder, hidden, is_top=is_top) if hidden else None
        rules = (*rules, own) if own else rules
        visible = [one for one in entries if not one.name.startswith(".") or one.name in PICASA]
        for name in filter(is_placeholder, hidden):
            self._met.not_read.add(other_kind(name) or "", f"{folder}{os.sep}{name}")
        exported = exported_names(folder, [one.name for one in visible], is_top=is_top)
        items: list[Photo | str] = []
        for entry in visible:
            try:
                if entry.is_dir():
                    if self._is_entered(entry, folder, rules, is_top=is_top):
                        items.append(entry.path)
                elif (one := self._file(entry, rules, exported)) is not None:
                    items.append(one)
            except OSError:
                continue
        return items, rules

    def _is_entered(
        self, entry: os.DirEntry[str], parent: str, rules: tuple[Rules, ...], *, is_top: bool
    ) -> bool:
        if is_system_folder(entry.name, parent, is_top=is_top):
            self._met.left_out.add("system", entry.path)
            if entry.name == NIKON:
                self._met.sidecars += _files_in(entry.path)
        elif any(one.exclude(entry.path, is_folder=True) for one in rules):
            self._met.left_out.add("excluded", entry.path)
        elif entry.is_symlink():
            self._links.append((entry.path, rules))
        else:
            return True
        return False

    def _file(
        self, entry: os.DirEntry[str], rules: tuple[Rules, ...], exported: frozenset[str]
    ) -> Photo | None:
        name = entry.name
        suffix = name[name.rfind(".") :].lower() if "." in name else ""
        if (suffix in _SAYING or name in PICASA) and entry.is_file():
            self._met.sidecars.append(_found(entry))
        if not entry.is_file():
            if suffix in IMAGE_EXTENSIONS and entry.is_symlink() and not os.path.exists(entry):  # noqa: PTH110
                self._met.not_read.add(LEADS_NOWHERE, entry.path)
            return None
        if suffix not in IMAGE_EXTENSIONS:
            self._not_read(entry, suffix, rules)
            return None
        if rules and any(one.exclude(entry.path, is_folder=False) for one in rules):
            self._met.left_out.add("excluded", entry.path)
            return None
        if name in exported:
            self._met.left_out.add("exported", entry.path)
            return None
        return _found(entry)

    def _not_read(self, entry: os.DirEntry[str], suffix: str, rules: tuple[Rules, ...]) -> None:
        """Count what a photographer would call a photo."""
        kind = other_kind(entry.name)
        if kind is None and not suffix and is_nameless_picture(entry.path):
            kind = WITHOUT_ENDING
        if kind and not any(one.exclude(entry.path, is_folder=False) for one in rules):
            self._met.not_read.add(kind, entry.path)


def _identity(folder: str) -> tuple[int, int] | None:
    try:
        status = os.stat(folder)  # noqa: PTH116 - no Path for each of thousands of folders
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _files_in(folder: str) -> list[Photo]:
    try:
        with os.scandir(folder) as entries:
            return [_found(entry) for entry in entries if entry.is_file()]
    except OSError:
        return []


def _found(entry: os.DirEntry[str]) -> Photo:
    return photo_as(entry.path, entry.stat())
