"""Exports chosen photos to a folder: a plan first, then copies or links, and a receipt.

Originals are opened for reading only. Nothing in the folder is overwritten, and whatever ends the
export (a cancel, a full disk), each file in the folder is whole and the receipt lists just those.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import stat
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from photoaes.album.companions import EDITS
from photoaes.album.export.names import (
    DEFAULT,
    check_template,
    file_name,
    free_name,
    free_names,
)
from photoaes.album.export.receipt import Exported, Receipt, write_receipt
from photoaes.album.folding import rest_behind
from photoaes.album.ranking import RankedPhoto
from photoaes.errors import ExportFailed, InputInvalid, Sentence
from photoaes.new_files import new_file, remove_leftovers
from photoaes.plain_files import opened_plain

CHUNK = 1 << 20
# A copy takes whole blocks, and the folder itself grows; this is left free besides.
SPARE_BYTES = 16 << 20
_OLD_PARTIAL = re.compile(r"\.[0-9a-f]{16}\.partial")


class Mode(Enum):
    """How a file gets into the folder; an export moves nothing (`moving` does)."""

    COPY = "copy"
    HARD_LINK = "hardlink"
    SYMLINK = "symlink"


@dataclass(frozen=True)
class PlannedFile:
    """One file to be: of which photo, from where, under which name, how, and how many bytes.

    Sidecars are never linked: a program that edits the exported one would edit the original's.
    """

    photo: RankedPhoto
    source: Path
    name: str
    mode: Mode
    size: int


@dataclass(frozen=True)
class ExportPlan:
    """What an export will do, to be shown first. `renamed` counts files that get a number."""

    target: Path
    files: tuple[PlannedFile, ...]
    missing: tuple[Path, ...]
    renamed: int

    @property
    def size(self) -> int:
        """Bytes that will be written; links take none."""
        return sum(file.size for file in self.files if file.mode is Mode.COPY)


@dataclass(frozen=True)
class ExportProgress:
    """After file `done` of `total`, which now lies at `path`."""

    done: int
    total: int
    file: PlannedFile
    path: Path


def plan_export(
    chosen: Sequence[RankedPhoto],
    target: Path,
    *,
    mode: Mode = Mode.COPY,
    template: str = DEFAULT,
    files: Mapping[Path, Sequence[Path]] | None = None,
) -> ExportPlan:
    """Name every file and look for what stands in the way; writes nothing.

    `files` are those to export for a photo (itself, its RAW file, its sidecars); where it says
    nothing, the photo itself. Raises InputInvalid for a template that cannot be filled in, for a
    target that is a file, and for a disk that is too full.
    """
    check_template(template)
    taken = _taken(target)
    planned: list[PlannedFile] = []
    missing: list[Path] = []
    renamed = 0
    for photo in chosen:
        sizes = _sizes((files or {}).get(photo.path, (photo.path,)), missing)
        suffixes = [_suffix(photo.path.stem, source.name) for source in sizes]
        names = free_names(template, photo, suffixes, taken)
        for (source, size), suffix, name in zip(sizes.items(), suffixes, names, strict=True):
            renamed += name != file_name(template, photo, suffix)
            taken.add(name.casefold())
            how = Mode.COPY if source.suffix.lower() in EDITS else mode
            planned.append(PlannedFile(photo, source, name, how, size))
    plan = ExportPlan(target, tuple(planned), tuple(missing), renamed)
    _check_space(plan)
    return plan


def export(plan: ExportPlan, receipt: Receipt) -> Generator[ExportProgress, None, Path]:
    """Carry the plan out; yields after each file and returns the receipt's path.

    Closing the generator cancels. Raises ExportFailed with what stopped it; what was exported
    until then stays, and the receipt says so.
    """
    done: list[Exported] = []
    folder = None
    try:
        plan.target.mkdir(parents=True, exist_ok=True)
        remove_leftovers(plan.target, at_once=True)
        _remove_old_leftovers(plan)
        folder = _which(plan.target)
        for number, file in enumerate(plan.files, start=1):
            if _which(plan.target) != folder:
                raise _Replaced(None, "it was moved, or replaced by another", str(plan.target))
            path = _place(file, plan.target)
            done.append(Exported(file.photo, file.source, path.name))
            yield ExportProgress(number, len(plan.files), file, path)
        if _which(plan.target) != folder:
            raise _Replaced(None, "it was moved, or replaced by another", str(plan.target))
        return write_receipt(plan.target, receipt, done, complete=True)
    except GeneratorExit:
        if done and _which(plan.target) == folder:
            write_receipt(plan.target, receipt, done, complete=False)
        raise
    except OSError as error:
        is_there = _which(plan.target) == folder
        raise _failed(plan, receipt, done, error, is_there=is_there) from error


class _Replaced(OSError):
    """What has the target's name now is another folder, perhaps one of originals."""


def _which(folder: Path) -> tuple[int, int] | None:
    """None where it is not there any more."""
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _sizes(files: Sequence[Path], missing: list[Path]) -> dict[Path, int]:
    """The files in bytes; those that are gone are added to `missing`."""
    sizes = {}
    for file in files:
        try:
            sizes[file] = file.stat().st_size
        except OSError:
            missing.append(file)
    return sizes


def _suffix(stem: str, name: str) -> str:
    """What makes this file of a photo differ: ".CR2.xmp"; IMG_1.CR2 may go with img_1.jpg."""
    behind = rest_behind(stem, name)
    return name if behind is None else behind


def _failed(
    plan: ExportPlan, receipt: Receipt, done: Sequence[Exported], error: OSError, *, is_there: bool
) -> ExportFailed:
    without, where = "", error.filename or plan.target
    if not is_there and plan.target.exists():
        where, error = plan.target, _Replaced(None, "it was moved, or replaced by another")
    if done and not is_there:
        without = Sentence(", or where that is now, without a receipt that lists them")
    elif done:
        # A full disk may refuse the receipt too; what was copied is whole all the same.
        try:
            write_receipt(plan.target, receipt, done, complete=False)
        except OSError:
            without = Sentence(", without a receipt that lists them")
    return ExportFailed(
        Sentence(
            "The export stopped at {0}: {1}. "
            "{2} of {3} files are in {4}{5}; nothing else was changed.",
            where,
            error.strerror or str(error),
            len(done),
            len(plan.files),
            plan.target,
            without,
        ),
        plan.target,
    )


def _taken(target: Path) -> set[str]:
    """The folder's names, case-folded: on many file systems A.jpg and a.JPG are one."""
    if target.is_symlink() and not target.exists():
        raise InputInvalid(Sentence("{0} is a link that leads nowhere.", target), target)
    if target.exists() and not target.is_dir():
        raise InputInvalid(Sentence("{0} is a file; choose a folder.", target), target)
    return {path.name.casefold() for path in target.iterdir()} if target.is_dir() else set()


def _check_space(plan: ExportPlan) -> None:
    folder = next(parent for parent in (plan.target, *plan.target.parents) if parent.exists())
    free = shutil.disk_usage(folder).free
    if plan.size and plan.size + SPARE_BYTES > free:
        raise InputInvalid(
            Sentence(
                "{0} files need {1:.0f} MB, and {2} has {3:.0f} MB free. "
                "Choose fewer photos, links or another disk.",
                len(plan.files),
                plan.size / 1e6,
                folder,
                free / 1e6,
            ),
            plan.target,
        )


def _place(file: PlannedFile, target: Path) -> Path:
    """The file under its planned name, or under the next free one if that was taken meanwhile."""
    final = target / file.name
    while True:
        try:
            match file.mode:
                case Mode.COPY:
                    copy_verified(file.source, final)
                case Mode.HARD_LINK:
                    os.link(file.source.resolve(), final)
                case Mode.SYMLINK:
                    final.symlink_to(file.source.absolute())
        except FileExistsError:
            final = target / free_name(file.name, _taken(target))
        else:
            return final


def _remove_old_leftovers(plan: ExportPlan) -> None:
    """Of exports by earlier versions that were killed: hidden files named after a photo's name."""
    hidden = {path for path in plan.target.iterdir() if _OLD_PARTIAL.fullmatch(path.name)}
    if not hidden:
        return
    names = {path.name for path in plan.target.iterdir()} | {file.name for file in plan.files}
    digests = {hashlib.sha256(os.fsencode(name)).hexdigest()[:16] for name in names}
    for path in hidden:
        # The name is taken away, never what stands behind it: it may be a copy's content.
        if path.name[1:17] in digests and stat.S_ISREG(path.lstat().st_mode):
            path.unlink(missing_ok=True)


def copy_verified(source: Path, final: Path) -> None:
    """A copy with the original's times, read back and compared before it gets its name.

    An original that is still being written is copied as long as it is at first.
    """
    with opened_plain(source) as read, new_file(final, over=False) as written:
        wanted = hashlib.blake2b()
        left = os.fstat(read.fileno()).st_size
        while left > 0 and (chunk := read.read(min(left, CHUNK))):
            wanted.update(chunk)
            written.write(chunk)
            left -= len(chunk)
        written.flush()
        os.fsync(written.fileno())  # a bad stick shows itself here
        partial = Path(written.name)
        with partial.open("rb") as copy:
            if hashlib.file_digest(copy, "blake2b").digest() != wanted.digest():
                raise OSError(None, "the copy differs from the original", str(final))
        shutil.copystat(source, partial)
