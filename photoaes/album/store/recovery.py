"""A damaged store: found at opening, kept aside, and replaced by the last good backup."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from photoaes.album.store.backups import Backup, backups, stamp
from photoaes.album.store.database import connect, sentences
from photoaes.album.store.first_schema import APPLICATION_ID
from photoaes.album.store.migrations import version
from photoaes.errors import PhotoaesError, Sentence, StoreDamaged
from photoaes.new_files import beside_database, copy_file, sync_folder
from photoaes.plain_files import is_own_file


@dataclass(frozen=True)
class Recovery:
    """What was done: `aside` is the damaged file, `restored` the backup now in its place.

    Either is None where there was none. `text` says it to the user.
    """

    aside: Path | None
    restored: Backup | None
    text: str


def recover(path: Path, newest: int, now: datetime) -> Recovery | None:
    """Put a good store at `path`, or none if there is no backup; None if nothing is wrong.

    `newest` is the highest version that this program knows. To be called under the store's lock.
    Raises PhotoaesError if the disk does not let us.
    """
    reason = problem(path)
    copies = backups(path)
    is_new = reason in (_ABSENT, _EMPTY) and not copies and not _log(path).exists()
    if reason is None or is_new:
        return None
    restored = next((one for one in copies if _is_good(one.path, newest)), None)
    try:
        aside = _set_aside(path, now)
        if restored:
            _put(restored.path, path)
    except OSError as error:
        raise StoreDamaged(
            f"The ratings in {path} cannot be used ({reason}) and could not be restored: "
            f"{error.strerror}. Make room on the disk and check its permissions.",
            path,
        ) from error
    return Recovery(aside, restored, _told(path, reason, aside, restored))


def make_own(named: Path, path: Path) -> None:
    """See to it that SQLite writes into files of ours alone: not through names in their places that
    lead elsewhere. `named` is the store's path, `path` what it leads to.

    Other names of the same file, such as of a backup by hard links, keep what they hold. Raises
    PhotoaesError for what is no file, and for a link to what is no store: neither is touched.
    """
    for one in (path, *beside_database(path)):
        try:
            if not is_own_file(one):
                mode = one.stat().st_mode
                copy_file(one, one, over=True)  # raises for all but files
                one.chmod(stat.S_IMODE(mode))
        except OSError as error:
            raise PhotoaesError(
                Sentence(
                    "photoaes keeps ratings in {0}, but that cannot be used: {1}. Move it away.",
                    one,
                    error.strerror,
                ),
                one,
            ) from error
    _let_write(path)
    is_led = named.is_symlink() and path.exists() and path.stat().st_size
    if is_led and problem(path) in (_NO_DATABASE, _NO_STORE):
        form = (
            "{0} is a link to {1}, which does not hold ratings of photoaes. "
            "Nothing was changed. Remove the link, or let it lead to them."
        )
        raise PhotoaesError(Sentence(form, named, path), named)


def _let_write(path: Path) -> None:
    """SQLite gives the files beside a store its mode, and leaves them where it may not write: once
    the store may be written again they would still be in the way."""
    if not os.access(path, os.W_OK):
        return
    for one in beside_database(path):
        if one.exists() and not os.access(one, os.W_OK):
            with contextlib.suppress(OSError):
                one.chmod(stat.S_IMODE(path.stat().st_mode))


_NO_DATABASE = "the file is damaged: it does not begin like a database"
_NO_STORE = "the file is no store of photoaes"
_ABSENT = "the file is not there"
_EMPTY = "the file is empty"


def problem(path: Path) -> str | None:
    """What is wrong with a store's file, as a clause, or None.

    Pages, their order and the types of all values are checked. A flipped bit inside a name or a
    number of stars cannot be seen: SQLite keeps no checksums. Raises PhotoaesError if the disk
    does not let us look: that is no damage.
    """
    if not path.exists():
        return _ABSENT
    if path.stat().st_size == 0:
        return _EMPTY
    # Read here, before SQLite has the file open: to close it then would drop SQLite's locks.
    with path.open("rb") as file:
        header = file.read(100)
    # SQLite takes higher format numbers for a read-only file of its own future.
    if len(header) < 100 or header[:16] != b"SQLite format 3\0" or max(header[18:20]) > 2:
        return _NO_DATABASE
    try:
        # To look must not change what is kept aside: a connection that can write plays the log into
        # the file when it closes. Only an old-style journal, of a store in the making, has to be.
        is_fresh = path.with_name(f"{path.name}-journal").exists()
        with sentences(path), closing(connect(path, can_write=is_fresh)) as connection:
            return _fault(connection)
    except StoreDamaged as error:
        return f"the file is damaged: {error.__cause__}"
    except PhotoaesError:
        return _fault_on_a_full_disk(path)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_ERROR:
            raise
        return f"the file is damaged: {error}"  # such as "unsupported file format"


def _fault_on_a_full_disk(path: Path) -> str | None:
    """What is wrong with a file beside which SQLite can make no other, which it does to look.

    With a log beside it nothing is: without what the log has, the file may well look damaged.
    Raises as `problem`.
    """
    log = _log(path)
    if log.exists() and log.stat().st_size:
        return None
    try:
        with sentences(path), closing(connect(path, can_write=False, is_fixed=True)) as connection:
            return _fault(connection)
    except StoreDamaged as error:
        return f"the file is damaged: {error.__cause__}"


def _fault(connection: sqlite3.Connection) -> str | None:
    [found] = connection.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok":
        return f"the file is damaged: {' '.join(found.split())}"
    [pages] = connection.execute("PRAGMA page_count").fetchone()
    [application] = connection.execute("PRAGMA application_id").fetchone()
    if pages == 0:
        return _EMPTY
    return None if application == APPLICATION_ID else _NO_STORE


def _is_good(path: Path, newest: int) -> bool:
    if problem(path) is not None:
        return False
    with closing(connect(path)) as connection:
        return 0 < version(connection) <= newest


def _log(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def _leftovers(path: Path) -> list[Path]:
    # The database last: a log beside another database would be played into it.
    return [one for one in (*beside_database(path), path) if one.exists()]


def _set_aside(path: Path, now: datetime) -> Path | None:
    """Rename all that is there; the new name of the store, None if it was not there."""
    left = _leftovers(path)
    name, number = f"{path.stem}-damaged-{stamp(now)}", 1
    while list(path.parent.glob(f"{name}{path.suffix}*")):
        number += 1
        name = f"{path.stem}-damaged-{stamp(now)}-{number}"
    for one in left:
        one.rename(path.with_name(name + one.name[len(path.stem) :]))
    sync_folder(path.parent)
    return path.with_name(name + path.suffix) if path in left else None


def _put(backup: Path, path: Path) -> None:
    """A copy of the backup, whole before it gets the store's name; the backup stays."""
    path.with_name(f"{path.name}.partial").unlink(missing_ok=True)  # left by an earlier version
    copy_file(backup, path, over=True)


def _told(path: Path, reason: str, aside: Path | None, restored: Backup | None) -> str:
    kept = f" It was kept as {aside.name}." if aside else ""
    if restored is None:
        return (
            f"The ratings in {path} cannot be used: {reason}.{kept} There is no good backup, so "
            "photoaes starts with an empty store. Ratings in sidecars and photos can be read again."
        )
    return (
        f"The ratings in {path} cannot be used: {reason}.{kept} The backup of "
        f"{restored.made:%Y-%m-%d %H:%M} UTC was put in its place. What was rated after that may "
        "be missing; ratings in sidecars and photos can be read again."
    )
