"""Moves photos with all their files out of the album, and back; their marks go along.

It is the one job that touches originals: only what a person has rejected, and only when asked.
"""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterable
from dataclasses import dataclass
from pathlib import Path

from photoaes.album.export.moving import (
    Move,
    MovedFiles,
    carry_out,
    last_note,
    note_moves,
    plan_moves,
    take_back,
)
from photoaes.album.pairs import Paired
from photoaes.album.photo import Photo, photo_as
from photoaes.album.store.opening import Store
from photoaes.album.store.sync import sync, unknown_photos
from photoaes.images.kinds import IMAGE_EXTENSIONS
from photoaes.jobs.events import Events, Progress
from photoaes.jobs.export import Files, files_to_export
from photoaes.jobs.read import look_at_photos
from photoaes.running import retold

Job = Generator[Events, None, MovedFiles]


@dataclass(frozen=True)
class MovePlan:
    """`moves` of so many bytes; the photos that they are of."""

    moves: tuple[Move, ...]
    photos: tuple[Path, ...]
    size: int


def plan_move_away(paired: Paired, paths: Collection[Path], target: Path) -> MovePlan:
    """The photos (those shown) with RAW files, sidecars and edits; what a photo that stays has a
    share in, stays. Raises InputInvalid as `plan_moves` does."""
    wanted = set(paths)
    shared = _files_of_the_rest(paired, wanted)
    found = files_to_export(paired, paths, Files.BOTH, sidecars=True)
    groups = [[file for file in files if file not in shared] for files in found.values()]
    moves = plan_moves(filter(None, groups), target)
    return MovePlan(tuple(moves), tuple(paths), sum(_size(move.source) for move in moves))


def _files_of_the_rest(paired: Paired, wanted: Collection[Path]) -> set[Path]:
    folders = {file.parent for path in wanted for file in paired.members(path)}
    rest = [
        group[0].path
        for group in paired.groups()
        if group[0].path not in wanted and any(one.path.parent in folders for one in group)
    ]
    found = files_to_export(paired, rest, Files.BOTH, sidecars=True)
    return {file for files in found.values() for file in files}


def _size(path: Path) -> int:
    try:
        return path.lstat().st_size
    except OSError:
        return 0


def move_away(store: Store, album: Path, plan: MovePlan, notes: Path) -> Job:
    """Carry the plan out, with a note for `move_back` in this folder."""
    note_moves(notes, album, plan.moves)
    return (yield from _followed(store, carry_out(plan.moves), len(plan.moves)))


def move_back(store: Store, album: Path, notes: Path) -> Job:
    """Take the album's last move back; an empty outcome where there is none."""
    note = last_note(notes, album)
    if note is None:
        return MovedFiles(())
    return (yield from _followed(store, take_back(note), None))


def _followed(store: Store, moving: Generator[int, None, MovedFiles], total: int | None) -> Job:
    """The move, and the store told where its photos are now."""
    outcome = yield from retold(moving, lambda done: [Progress("Moving photos", done, total)])
    photos = list(_photos(move.target for move in outcome.done))
    looked = yield from look_at_photos(unknown_photos(store, photos))
    sync(store, photos, looked=looked)
    return outcome


def _photos(files: Iterable[Path]) -> Iterable[Photo]:
    for file in files:
        if file.suffix.lower() in IMAGE_EXTENSIONS:
            yield photo_as(file, file.stat())
