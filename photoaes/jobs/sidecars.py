"""Marks into sidecar files, for those who want them there: a plan first, then the writing."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

from photoaes.album.marks import Flag, Marks
from photoaes.album.pairs import Paired
from photoaes.album.sidecars.writing import write_marks
from photoaes.errors import SidecarInvalid
from photoaes.jobs.events import Progress


@dataclass(frozen=True)
class SidecarPlan:
    """What the sidecars of one file will say.

    `shown` is the photo that the file belongs to; `seen` as in `write_marks`.
    """

    path: Path
    marks: Marks
    shown: Path
    seen: Marks | None = None

    def words(self) -> str:
        """Stars as stars, the flag and the label as words."""
        parts = []
        if self.marks.stars is not None:
            parts.append("\u2605" * self.marks.stars or "0")
        if self.marks.flag in (Flag.PICK, Flag.REJECT):
            parts.append(str(self.marks.flag))
        if self.marks.label:
            parts.append(self.marks.label)
        return "  ".join(parts)


@dataclass(frozen=True)
class Written:
    """How many sidecars changed; what went wrong, as sentences; the entries that did not fail."""

    count: int
    problems: list[str]
    done: list[SidecarPlan]


def sidecar_plan(paired: Paired, marks: dict[Path, Marks]) -> list[SidecarPlan]:
    """One entry for each file of each photo that a person has marked."""
    nothing = Marks()
    return [
        SidecarPlan(member, marks[photo.path], photo.path)
        for photo in paired.photos
        if marks.get(photo.path, nothing) != nothing
        for member in paired.members(photo.path)
    ]


def planned_sidecars(
    paired: Paired, marks: dict[Path, Marks]
) -> Generator[Progress, None, list[SidecarPlan]]:
    """`sidecar_plan` as a job."""
    yield Progress("Looking at marks", 0, None)
    return sidecar_plan(paired, marks)


def write_sidecars(
    plan: Sequence[SidecarPlan], *, use_adobe_name: bool = False
) -> Generator[Progress, None, Written]:
    """Write the sidecars as planned; new ones are named as in `write_marks`."""
    count = 0
    problems: list[str] = []
    done: list[SidecarPlan] = []
    for number, one in enumerate(plan, start=1):
        try:
            count += len(
                write_marks(one.path, one.marks, use_adobe_name=use_adobe_name, seen=one.seen)
            )
            done.append(one)
        except SidecarInvalid as problem:
            problems.append(problem.message)
        yield Progress("Writing sidecar files", number, len(plan))
    return Written(count, problems, done)
