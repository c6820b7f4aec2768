"""Moves files to a folder and back: the one thing in photoaes that touches originals.

What will be moved is noted on the disk first, so that a move that was killed can be taken back too.
Nothing is overwritten, neither there nor on the way back, and at every moment each file is whole
under at least one of its two names.
"""

from __future__ import annotations

import errno
import hashlib
import itertools
import json
import os
import stat
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from photoaes import checked
from photoaes.album.export.exporting import copy_verified
from photoaes.album.export.names import free_name
from photoaes.album.folding import rest_behind
from photoaes.errors import InputInvalid, Sentence
from photoaes.new_files import claim, sync_folder, write_file

MAX_NOTE = 1 << 27  # bytes: a million files
_path = checked.matching(r"[^\0]{1,4096}", "path")
_NOTE = checked.fields(
    {"album": _path, "moves": checked.listed(checked.listed(_path, 2, 2), 0, 1_000_000)}
)


@dataclass(frozen=True)
class Move:
    """A file that is to be moved, and its new path."""

    source: Path
    target: Path


@dataclass(frozen=True)
class MovedFiles:
    """The moves that were made, and a sentence on each file that stayed where it was."""

    done: tuple[Move, ...]
    problems: tuple[Sentence, ...] = ()


def plan_moves(photos: Iterable[Sequence[Path]], target: Path) -> list[Move]:
    """Into one folder, the files of a photo (the photo first) under one number where a name is
    taken. Raises InputInvalid for a target that is a file, or a folder some of them lie in."""
    if target.exists() and not target.is_dir():
        raise InputInvalid(Sentence("{0} is a file; choose a folder.", target), target)
    taken = {one.name.casefold() for one in target.iterdir()} if target.is_dir() else set()
    moves: list[Move] = []
    for files in photos:
        if any(file.parent.resolve() == target.resolve() for file in files):
            text = Sentence("Photos that lie in {0} cannot be moved there.", target)
            raise InputInvalid(text, target)
        for file, name in zip(files, _names(files, taken), strict=True):
            taken.add(name.casefold())
            moves.append(Move(file, target / name))
    return moves


def _names(files: Sequence[Path], taken: set[str]) -> list[str]:
    stem = files[0].stem
    behind = [rest_behind(stem, file.name) for file in files]
    for number in itertools.count(1):
        ending = "" if number == 1 else f"-{number}"
        names = [
            file.name
            if rest is None
            else f"{file.name[: len(file.name) - len(rest)]}{ending}{rest}"
            for file, rest in zip(files, behind, strict=True)
        ]
        known = [n for n, rest in zip(names, behind, strict=True) if rest is not None]
        folded = [name.casefold() for name in known]
        if taken.isdisjoint(folded) and len(set(folded)) == len(folded):
            break
    # An edit that is not named after the photo gets a number of its own.
    now = set(taken)
    for place, rest in enumerate(behind):
        if rest is None:
            names[place] = free_name(names[place], now | {name.casefold() for name in known})
        now.add(names[place].casefold())
    return names


def note_moves(folder: Path, album: Path, moves: Sequence[Move]) -> Path:
    """Write down what is about to be moved; the note's path. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}.json"
    _write_note(path, album, moves, over=False)
    return path


def _write_note(path: Path, album: Path, moves: Sequence[Move], *, over: bool) -> None:
    content = {"album": str(album), "moves": [[str(m.source), str(m.target)] for m in moves]}
    write_file(path, json.dumps(content).encode("ascii"), over=over)


def last_note(folder: Path, album: Path) -> Path | None:
    """The note of the album's last move that was not taken back; None if there is none."""
    for path in sorted(folder.glob("*.json"), reverse=True):
        try:
            if _read_note(path)[0] == album:
                return path
        except (OSError, checked.Wrong):
            continue
    return None


def _read_note(path: Path) -> tuple[Path, list[Move]]:
    content = _NOTE(checked.read_json(path, MAX_NOTE))
    return Path(content["album"]), [Move(Path(a), Path(b)) for a, b in content["moves"]]


def carry_out(moves: Sequence[Move]) -> Generator[int, None, MovedFiles]:
    """Move the files, yielding how many are done; what cannot be moved stays, and is told."""
    done: list[Move] = []
    problems: list[Sentence] = []
    for number, move in enumerate(moves, start=1):
        try:
            move.target.parent.mkdir(parents=True, exist_ok=True)
            _move(move.source, move.target)
        except OSError as error:
            problems.append(_problem(move.source, error))
        else:
            done.append(move)
        yield number
    return MovedFiles(tuple(done), tuple(problems))


def take_back(note: Path) -> Generator[int, None, MovedFiles]:
    """Move everything of a note back to where it was; yields as `carry_out` does.

    What cannot go back stays noted, all else is forgotten. Raises InputInvalid for a note that
    cannot be read.
    """
    try:
        album, moves = _read_note(note)
    except (OSError, checked.Wrong) as error:
        raise InputInvalid(Sentence("{0} cannot be read: {1}.", note, str(error)), note) from error
    done: list[Move] = []
    left: list[Move] = []
    problems: list[Sentence] = []
    for number, move in enumerate(moves, start=1):
        try:
            if _back(move):
                done.append(Move(move.target, move.source))
        except OSError as error:
            left.append(move)
            problems.append(_problem(move.target, error))
        yield number
    if left:
        _write_note(note, album, left, over=True)
    else:
        note.unlink(missing_ok=True)
    return MovedFiles(tuple(done), tuple(problems))


def _back(move: Move) -> bool:
    """Whether the file had to be moved: it may never have been."""
    if not os.path.lexists(move.target):
        if os.path.lexists(move.source):
            return False
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(move.target))
    if os.path.lexists(move.source) and _is_same(move.source, move.target):
        move.target.unlink()  # the move was killed between its two names
        return True
    _move(move.target, move.source)
    return True


def _is_same(one: Path, other: Path) -> bool:
    if one.is_symlink() or other.is_symlink():
        return False
    if one.samefile(other):
        return True
    digests = []
    for path in (one, other):
        with path.open("rb") as file:
            digests.append(hashlib.file_digest(file, "blake2b").digest())
    return digests[0] == digests[1]


def _move(source: Path, target: Path) -> None:
    """Raises OSError, with the source as it was and nothing new at the target."""
    before = source.lstat()
    if not stat.S_ISREG(before.st_mode):
        raise OSError(errno.EINVAL, "it is a link, not a file", str(source))
    try:
        if not claim(source, target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        _copy_over(source, target, before)
    try:
        source.unlink(missing_ok=True)
    except OSError:
        target.unlink()
        raise
    sync_folder(target.parent)
    sync_folder(source.parent)


def _copy_over(source: Path, target: Path, before: os.stat_result) -> None:
    """To another disk: the copy is read back and compared before the original may go."""
    copy_verified(source, target)
    now = source.lstat()
    if (now.st_size, now.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
        target.unlink()
        raise OSError(errno.EBUSY, "another program has changed it meanwhile", str(source))


def _problem(path: Path, error: OSError) -> Sentence:
    return Sentence("{0} stays where it is: {1}.", path, error.strerror or str(error))
