"""Writes marks and scores into sidecars. Called only where the user has turned it on, or exports.

Photos are never opened here. Of a sidecar only our properties change (see `xmp`): it is read,
merged and replaced at once, and left as it is where nothing is to change.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from photoaes.album.atomic import replace
from photoaes.album.marks import Marks, plain
from photoaes.album.sidecars.names import adobe_name, find_sidecars, full_name, is_full_name
from photoaes.album.sidecars.reading import owns, read_sidecar
from photoaes.album.sidecars.xml_source import Name, XmlInvalid
from photoaes.album.sidecars.xmp import OWNER, edited
from photoaes.album.sidecars.xmp_marks import DATED, WrittenScore, changes, statement
from photoaes.errors import Sentence, SidecarChanged, SidecarInvalid

_ATTEMPTS = 5
_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk is full",
    errno.EACCES: "you have no permission to write there",
    errno.EPERM: "you have no permission to write there",
    errno.EROFS: "the disk can only be read",
    errno.ENOENT: "its folder is no longer there",
    errno.ENAMETOOLONG: "its name would be longer than the disk allows",
}


def write_marks(
    path: Path,
    marks: Marks,
    score: WrittenScore | None = None,
    *,
    sidecars: Sequence[Path] | None = None,
    use_adobe_name: bool = False,
    seen: Marks | None = None,
    now: datetime | None = None,
) -> list[Path]:
    """Let every sidecar of the photo say these marks; the sidecars that changed.

    What is None in `marks` stays as the sidecars have it; 0 stars, `Flag.NONE` and the label ""
    clear. Without a sidecar `IMG.CR2.xmp` is made (`IMG.xmp` by `use_adobe_name`), if there is
    something to say. `sidecars` are those of `find_sidecars`, to spare a listing of the folder;
    `now` is aware, and for tests. With `seen`, what the sidecars were last seen to say, one that
    another program has changed since is left as it is.

    Raises SidecarInvalid for the first sidecar that cannot be read or written, after all others
    are done; SidecarChanged for one that has been changed.
    """
    if sidecars is None:
        sidecars = find_sidecars([path]).get(path, ())
    now = now or datetime.now().astimezone()
    written: list[Path] = []
    failures: list[SidecarInvalid] = []
    for sidecar in _targets(path, sidecars, use_adobe_name, failures):
        try:
            if _merge(sidecar, path, _Wanted(marks, score, seen), now):
                written.append(sidecar)
        except SidecarInvalid as error:
            failures.append(error)
    if failures:
        raise failures[0]
    return written


def _targets(
    path: Path, sidecars: Sequence[Path], use_adobe_name: bool, failures: list[SidecarInvalid]
) -> list[Path]:
    """The sidecars to write: those that exist and are about this photo, else a new one."""
    targets: list[Path] = []
    for sidecar in sidecars:
        try:
            if _is_about(sidecar, path):
                targets.append(sidecar)
        except SidecarInvalid as error:
            failures.append(error)
    if targets or failures:
        return targets
    short = adobe_name(path)
    return [short if use_adobe_name and not os.path.lexists(short) else full_name(path)]


def _is_about(sidecar: Path, path: Path) -> bool:
    if is_full_name(sidecar, path):
        return True
    data = read_sidecar(_target(sidecar))
    try:
        return owns(statement(data), sidecar, path)
    except XmlInvalid as error:
        raise SidecarInvalid(sidecar, str(error)) from None


@dataclass(frozen=True)
class _Wanted:
    marks: Marks
    score: WrittenScore | None
    seen: Marks | None


def _merge(sidecar: Path, path: Path, wanted_marks: _Wanted, now: datetime) -> bool:
    """Read, merge and replace, again where another program was quicker; whether it changed."""
    try:
        target = _target(sidecar)
        for _ in range(_ATTEMPTS):
            old = read_sidecar(target) if os.path.lexists(target) else None
            wanted = changes(old, wanted_marks.marks, wanted_marks.score)
            if not wanted:
                return False
            if old is not None and wanted_marks.seen is not None:
                _check_seen(sidecar, statement(old).marks, wanted_marks.marks, wanted_marks.seen)
            if old is not None and not os.access(target, os.W_OK):
                raise SidecarInvalid(sidecar, "it is write-protected")
            wanted |= _attendant(old, sidecar, path, now)
            if replace(target, edited(old, wanted), old):
                return True
    except XmlInvalid as error:
        raise SidecarInvalid(sidecar, str(error)) from None
    except OSError as error:
        other = Sentence("it could not be written ({0})", error.strerror)
        reason = _REASONS.get(error.errno or 0, other)
        raise SidecarInvalid(sidecar, reason) from error
    raise SidecarInvalid(sidecar, "another program keeps changing it")


def _check_seen(sidecar: Path, said: Marks, wanted: Marks, seen: Marks) -> None:
    """Raises SidecarChanged where writing would replace a word that nobody here has read."""
    for name in ("stars", "flag", "label"):
        there, new, before = (plain(getattr(one, name)) for one in (said, wanted, seen))
        if getattr(wanted, name) is not None and there not in (new, before):
            raise SidecarChanged(sidecar, "another program has changed it since it was last read")


def _target(sidecar: Path) -> Path:
    """The file behind a link, so that the link stays; the sidecar itself where it is none."""
    if not sidecar.is_symlink():
        return sidecar
    if not sidecar.exists():
        raise SidecarInvalid(sidecar, "it is a link that leads nowhere")
    return sidecar.resolve()


def _attendant(
    old: bytes | None, sidecar: Path, path: Path, now: datetime
) -> dict[Name, str | None]:
    """What changes along: the date, and in a new `IMG.xmp` the photo that it is about.

    The date never goes back, even if the clock does, or other programs would think ours the older.
    """
    if old is None:
        owner = {} if is_full_name(sidecar, path) else {OWNER: path.suffix.lstrip(".")}
        return {DATED: now.isoformat(timespec="seconds"), **owner}
    before = statement(old).dated
    if before is not None and before > now.astimezone(UTC):
        return {}
    return {DATED: now.isoformat(timespec="seconds")}
