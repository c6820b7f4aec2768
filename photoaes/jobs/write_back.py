"""Writes marks to sidecars, and remembers that: what was written here was not changed outside."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from photoaes.album.marks import Marks
from photoaes.album.pairs import Paired
from photoaes.album.photo import Photo, photo_as
from photoaes.album.sidecars.beside import find_beside
from photoaes.album.sidecars.names import find_sidecars
from photoaes.album.sidecars.reading import read_marks
from photoaes.album.store.conflicts import open_conflicts
from photoaes.album.store.opening import Store
from photoaes.album.store.outside import Outside, note_outside, outdated, seen_outside, signature
from photoaes.jobs.events import Progress
from photoaes.jobs.sidecars import SidecarPlan, Written, write_sidecars


def write_back(
    store: Store, plan: Sequence[SidecarPlan], *, use_adobe_name: bool = False
) -> Generator[Progress, None, Written]:
    """Carry the plan out. A sidecar that another program has changed since it was last read, or
    whose conflict is open, is left as it is and told."""
    files = _files_by_photo(plan)
    seen = seen_outside(store, files)

    def before(path: Path) -> Outside:
        return seen.get(path, Outside())

    are_open = {one.path for one in open_conflicts(store)}
    signed = _signatures(files)
    checked = [
        replace(one, seen=_to_check(one.shown, seen, signed, one.shown in are_open)) for one in plan
    ]
    written = yield from write_sidecars(checked, use_adobe_name=use_adobe_name)
    failed = {one.shown for one in plan} - {one.shown for one in written.done}
    failed |= {one.shown for one in checked if one not in written.done}
    done = {one.shown for one in written.done if one.shown not in failed}
    signed = _signatures({path: files[path] for path in done})
    with store.transaction():
        # What it says now, which may be more than was written: a flag in another program's words.
        note_outside(
            store,
            {
                path: Outside(_over(before(path).marks, _now(files[path])), signed[path], True)
                for path in done
            },
        )
    return written


def plan_again(store: Store, paired: Paired, paths: Iterable[Path]) -> list[SidecarPlan]:
    """What to write where a step was taken back that had been written: of these shown photos."""
    return [
        SidecarPlan(member, marks, path)
        for path, marks in outdated(store, paths).items()
        for member in paired.members(path)
    ]


def _files_by_photo(plan: Sequence[SidecarPlan]) -> dict[Path, list[Path]]:
    files: dict[Path, list[Path]] = {}
    for one in plan:
        files.setdefault(one.shown, []).append(one.path)
    return files


def _signatures(files: Mapping[Path, Sequence[Path]]) -> dict[Path, bytes]:
    every = [one for members in files.values() for one in members]
    sidecars, beside = find_sidecars(every), find_beside(every)
    return {
        path: signature(
            {
                one: _as_found(one)
                for member in members
                for one in (*sidecars.get(member, ()), *beside.get(member, ()))
            }.values()
        )
        for path, members in files.items()
    }


def _as_found(path: Path) -> Photo:
    try:
        return photo_as(path, path.stat())
    except OSError:
        return Photo(path, 0, 0)


def _to_check(
    path: Path, seen: Mapping[Path, Outside], signed: Mapping[Path, bytes], is_open: bool
) -> Marks | None:
    """What the sidecars may say; None where they are just as they were read."""
    before = seen.get(path, Outside())
    return None if signed[path] == before.signature and not is_open else before.marks


def _now(files: Sequence[Path]) -> Marks:
    return read_marks(files, find_sidecars(files)).marks


def _over(seen: Marks, written: Marks) -> Marks:
    """What the outside says once this is written over it; what it is silent of stays as seen."""
    return Marks(
        seen.stars if written.stars is None else written.stars,
        seen.flag if written.flag is None else written.flag,
        seen.label if written.label is None else written.label,
    )
