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
    """What the sidecars of one file will say."""

    photo: Path
    marks: Marks

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


def sidecar_plan(paired: Paired, marks: dict[Path, Marks]) -> list[SidecarPlan]:
    """One entry for each file of each photo that a person has marked."""
    nothing = Marks()
    return [
        SidecarPlan(member, marks[photo.path])
        for photo in paired.photos
        if marks.get(photo.path, nothing) != nothing
        for member in paired.members(photo.path)
    ]


def planned_sidecars(
    paired: Paired, marks: dict[Path, Marks]
) -> Generator[Progress, None, list[SidecarPlan]]:
    """The plan as a job."""
    yield Progress("Looking at marks", 0, None)
    return sidecar_plan(paired, marks)


def write_sidecars(
    plan: Sequence[SidecarPlan], *, use_adobe_name: bool = False
) -> Generator[Progress, None, tuple[int, list[str]]]:
    """How many sidecars changed, and what went wrong, as sentences. Names as in `write_marks`."""
    written, problems = 0, []
    for done, one in enumerate(plan, start=1):
        try:
            written += len(write_marks(one.photo, one.marks, use_adobe_name=use_adobe_name))
        except SidecarInvalid as problem:
            problems.append(problem.message)
        yield Progress("Writing sidecar files", done, len(plan))
    return written, problems
