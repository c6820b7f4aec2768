"""`photoaes rate`: stars, flags and labels from the shell."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Sequence
from pathlib import Path

from photoaes.album.marks import LONGEST_LABEL, Flag, Marks
from photoaes.album.pairs import Paired
from photoaes.album.store.opening import Store
from photoaes.album.store.rating_log import history, said_by_people
from photoaes.album.store.undo import redo, undo
from photoaes.cli.commands import Commands
from photoaes.cli.opened import add_split_pairs, finished, opened_store
from photoaes.cli.progress import Meter
from photoaes.cli.sidecar_options import add_xmp
from photoaes.cli.wording import local_time
from photoaes.errors import InputInvalid
from photoaes.jobs.mark import rate_photos
from photoaes.jobs.open_album import known_photos
from photoaes.jobs.sidecars import SidecarPlan, sidecar_plan
from photoaes.jobs.write_back import plan_again, write_back

NAMED = 5  # files of a step that was taken back


def add_command(commands: Commands) -> None:
    """Add `rate` to the command line."""
    parser = commands.add_parser(
        "rate",
        help="give photos stars, a flag or a label",
        description="Gives the photos stars, a flag or a label, which photoaes keeps; the files "
        "are not changed. Without any the history of each photo is shown, or, with --xmp, what "
        "photoaes knows is written. --undo --xmp writes again what was taken back.",
    )
    parser.add_argument("photos", metavar="PHOTO", type=Path, nargs="*")
    parser.add_argument("--stars", type=int, choices=range(6), help="1 to 5, 0 clears")
    parser.add_argument("--flag", choices=[flag.value for flag in Flag])
    parser.add_argument("--label", type=_label, help="free text such as Red; an empty one clears")
    add_xmp(parser, "write sidecars beside the photos, too")
    add_split_pairs(parser)
    back = parser.add_mutually_exclusive_group()
    back.add_argument(
        "--undo", action="store_true", help="take back what was done last, in any album"
    )
    back.add_argument("--redo", action="store_true", help="do again what was taken back last")
    parser.set_defaults(run=_run)


def _label(text: str) -> str:
    if len(text) > LONGEST_LABEL:
        raise argparse.ArgumentTypeError(f"must have at most {LONGEST_LABEL} letters")
    if not text.isprintable():  # a sidecar could not say it
        raise argparse.ArgumentTypeError("must be letters that can be shown")
    return text


def _run(options: argparse.Namespace) -> None:
    marks = Marks(options.stars, Flag(options.flag) if options.flag else None, options.label)
    with opened_store(Meter()) as store:
        if options.undo or options.redo:
            _step(store, options)
            return
        if not options.photos:
            raise InputInvalid("Name the photos to rate.")
        photos = known_photos(store, options.photos, split_pairs=options.split_pairs)
        if marks != Marks():
            _rate(store, photos, marks)
        elif not options.xmp:
            _history(store, photos)
        if options.xmp:
            _write_xmp(store, _plan(store, photos, marks), options)


def _step(store: Store, options: argparse.Namespace) -> None:
    is_redo = options.redo
    step = redo(store) if is_redo else undo(store)
    if step is None:
        raise InputInvalid(
            "There is nothing to do again." if is_redo else "There is nothing to undo."
        )
    print(f"{'done again' if is_redo else 'taken back'}: the step of {local_time(step.done_at)}")
    for path in step.paths[:NAMED]:
        print(f"  {path}")
    if len(step.paths) > NAMED:
        print(f"  and {len(step.paths) - NAMED} more files")
    _write_again(store, step.paths, options)


def _write_again(store: Store, paths: Sequence[Path], options: argparse.Namespace) -> None:
    """Sidecars that say what the step had said: written, or the way to do so told."""
    there = [path for path in paths if path.is_file()]
    plan = plan_again(store, known_photos(store, there), there) if there else []
    if options.xmp:
        _write_xmp(store, plan, options)
    elif plan:
        first = shlex.quote(str(plan[0].shown))
        print(f"the sidecars of {len({one.shown for one in plan})} photos still say otherwise: ")
        print(f"write them with `photoaes rate {first} --xmp`, or next time --undo --xmp")


def _rate(store: Store, photos: Paired, marks: Marks) -> None:
    paths = [photo.path for photo in photos.photos]
    changed = rate_photos(store, photos, paths, marks, "command line")
    print(f"{changed} of {len(_files(photos))} files changed")


def _plan(store: Store, photos: Paired, marks: Marks) -> list[SidecarPlan]:
    """The marks just given, else those that the photos have and the sidecars do not say."""
    if marks != Marks():
        return sidecar_plan(photos, {photo.path: marks for photo in photos.photos})
    paths = [photo.path for photo in photos.photos]
    again = plan_again(store, photos, paths)
    rest = said_by_people(store, set(paths) - {one.shown for one in again})
    return again + sidecar_plan(photos, rest)


def _write_xmp(store: Store, plan: list[SidecarPlan], options: argparse.Namespace) -> None:
    job = write_back(store, plan, use_adobe_name=options.adobe_names)
    written = finished(job, Meter(quiet=True))
    print(f"{written.count} sidecars written")
    if written.problems:
        raise InputInvalid("\n".join(written.problems))


def _files(photos: Paired) -> list[Path]:
    return [member for photo in photos.photos for member in photos.members(photo.path)]


def _history(store: Store, photos: Paired) -> None:
    for photo in photos.photos:
        print(photo.path)
        for change in history(store, photo.path):
            old, new = ("none" if one is None else one for one in (change.old, change.new))
            when = local_time(change.done_at)
            print(f"  {when}  {change.kind}  {change.field}: {old} -> {new}")
