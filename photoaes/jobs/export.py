"""Which files of the chosen photos are exported, and the export as a job."""

from __future__ import annotations

import math
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from photoaes.album.companions import find_companions
from photoaes.album.export.contact_sheet import write_contact_sheet
from photoaes.album.export.exporting import ExportPlan, ExportProgress, export
from photoaes.album.export.receipt import Receipt
from photoaes.album.export.web_page import write_web_page
from photoaes.album.marks import Marks
from photoaes.album.pairs import Paired
from photoaes.album.ranking import RankedPhoto
from photoaes.album.sidecars.names import find_sidecars
from photoaes.album.sidecars.writing import write_marks
from photoaes.album.sidecars.xmp_marks import WrittenScore
from photoaes.errors import SidecarInvalid
from photoaes.images.kinds import IMAGE_EXTENSIONS
from photoaes.jobs.events import Progress
from photoaes.running import retold


@dataclass(frozen=True)
class Pages:
    """What is made of the photos beside the files: a contact sheet, a web page, with this title."""

    title: str
    sheet: bool = False
    web: bool = False


class Files(Enum):
    """Of a photo that is a JPEG and a RAW file; one that has no RAW is always exported itself."""

    BOTH = "both"
    JPEG = "jpeg"
    RAW = "raw"


def files_to_export(
    paired: Paired, chosen: Iterable[Path], which: Files, *, sidecars: bool = False
) -> dict[Path, list[Path]]:
    """For `plan_export`: the files of each chosen photo, each followed by its own sidecars and
    other companions."""
    files = {path: _members(paired, path, which) for path in chosen}
    return _with_companions(files) if sidecars else files


def left_behind(files: Mapping[Path, Sequence[Path]]) -> list[Path]:
    """Companions of the photos in a plan that are not in it: a plan names them."""
    every = _with_companions(files)
    return [one for path, found in every.items() for one in found if one not in files[path]]


def _with_companions(files: Mapping[Path, Sequence[Path]]) -> dict[Path, list[Path]]:
    members = [one for found in files.values() for one in found]
    named, kept = find_sidecars(members), find_companions(members)
    return {
        # Two files may share one sidecar.
        path: list(
            dict.fromkeys(
                f for one in found for f in (one, *named.get(one, ()), *kept.get(one, ()))
            )
        )
        for path, found in files.items()
    }


def export_photos(
    plan: ExportPlan,
    receipt: Receipt,
    marks: Mapping[Path, Marks] | None = None,
    *,
    use_adobe_name: bool = False,
) -> Generator[Progress, None, Path]:
    """Carry the plan out; the receipt's path. Raises and cancels as `export` does.

    With `marks` of photos, sidecars beside the copies say these and the score, named as
    `write_marks` does. Raises
    SidecarInvalid for one that cannot be written, after all others are done.
    """
    placed: list[tuple[RankedPhoto, Path]] = []

    def told(exported: ExportProgress) -> Iterator[Progress]:
        placed.append((exported.file.photo, exported.path))
        yield Progress("Exporting", exported.done, exported.total)

    path = yield from retold(export(plan, receipt), told)
    if marks is not None:
        yield from _write_stars(placed, marks, receipt, use_adobe_name)
    return path


def _write_stars(
    placed: Iterable[tuple[RankedPhoto, Path]],
    marks: Mapping[Path, Marks],
    receipt: Receipt,
    use_adobe_name: bool,
) -> Generator[Progress, None, None]:
    files = [(photo, path) for photo, path in placed if _is_photo(path)]
    beside = find_sidecars(path for _, path in files)
    failures: list[SidecarInvalid] = []
    for done, (photo, path) in enumerate(files, start=1):
        said = marks.get(photo.path, Marks())
        is_scored = not math.isnan(photo.score)
        score = (
            WrittenScore(photo.score, receipt.profile, receipt.bank_digest) if is_scored else None
        )
        try:
            found = beside.get(path, ())
            write_marks(path, said, score, sidecars=found, use_adobe_name=use_adobe_name)
        except SidecarInvalid as error:
            failures.append(error)
        yield Progress("Writing stars", done, len(files))
    if failures:
        raise failures[0]


def _is_photo(path: Path) -> bool:
    return path.suffix.lower() in IMAGE_EXTENSIONS


def export_with_pages(
    plan: ExportPlan,
    receipt: Receipt,
    photos: Sequence[RankedPhoto],
    pages: Pages,
    marks: Mapping[Path, Marks] | None = None,
    *,
    use_adobe_name: bool = False,
) -> Generator[Progress, None, Path]:
    """`export_photos`, and pages of the photos beside the files."""
    path = yield from export_photos(plan, receipt, marks, use_adobe_name=use_adobe_name)
    if pages.sheet:
        for done, total in write_contact_sheet(photos, plan.target, pages.title):
            yield Progress("Making the contact sheet", done, total)
    if pages.web:
        for done, total in write_web_page(photos, plan.target, pages.title):
            yield Progress("Making the web page", done, total)
    return path


def _members(paired: Paired, path: Path, which: Files) -> list[Path]:
    path, *raws = paired.members(path)
    match which:
        case Files.JPEG:
            return [path]
        case Files.RAW:
            return raws or [path]
        case Files.BOTH:
            return [path, *raws]
