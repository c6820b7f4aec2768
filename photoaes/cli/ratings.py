"""`photoaes ratings`: stars into and out of the store, as a table or as sidecars."""

from __future__ import annotations

import argparse
import csv
import io
from collections import Counter
from pathlib import Path

from photoaes.album import atomic
from photoaes.album.marks import Flag, Marks
from photoaes.album.ratings import RatingTable, read_ratings
from photoaes.album.store.marks_import import (
    Imported,
    clear_machine_stars,
    import_marks,
    set_machine_stars,
)
from photoaes.album.store.opening import Store
from photoaes.album.store.profiles import load_profile
from photoaes.album.store.rating_log import Wish, said_by_people
from photoaes.album.store.sharing import share_marks
from photoaes.cli.commands import Commands
from photoaes.cli.opened import add_split_pairs, finished, opened_album, opened_store
from photoaes.cli.progress import Meter
from photoaes.cli.sidecar_options import add_xmp
from photoaes.errors import InputInvalid
from photoaes.jobs.choose import stars_to_fill
from photoaes.jobs.sidecars import SidecarPlan, sidecar_plan
from photoaes.jobs.write_back import write_back


def add_command(commands: Commands) -> None:
    """Add `ratings` and what it can do to the command line."""
    parser = commands.add_parser("ratings", help="import, export and fill in the stars of an album")
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    taken = actions.add_parser(
        "import",
        help="take over stars from a table path,stars",
        description="Fills in photos that you have not rated here; your own stars stay. Stars in "
        "sidecars and photos are taken over by `photoaes scan`.",
    )
    taken.add_argument("folder", metavar="FOLDER", type=Path)
    taken.add_argument("table", metavar="CSV", type=Path)
    add_split_pairs(taken)
    taken.set_defaults(run=_import)
    given = actions.add_parser("export", help="write stars to a table, or to sidecars")
    given.add_argument("folder", metavar="FOLDER", type=Path)
    given.add_argument("--csv", type=Path, metavar="FILE", help="table path,stars; a new file")
    add_xmp(given, "sidecars beside the photos")
    add_split_pairs(given)
    given.set_defaults(run=_export)
    _add_fill(actions)
    cleared = actions.add_parser("unfill", help="take back all stars that `fill` has made")
    cleared.add_argument("folder", metavar="FOLDER", type=Path)
    add_split_pairs(cleared)
    cleared.set_defaults(run=_unfill)


def _add_fill(actions: Commands) -> None:
    parser = actions.add_parser(
        "fill",
        help="make stars of the scores of a taste profile",
        description="Only for photos that nobody has rated. These stars are marked as made by the "
        "machine: nothing is ever learned from them, they are not written into sidecars and "
        "tables, and `photoaes rate --undo` or `photoaes ratings unfill` takes them back.",
    )
    parser.add_argument("folder", metavar="FOLDER", type=Path)
    parser.add_argument("--profile", required=True, help="name of the taste profile")
    parser.add_argument("--plan", action="store_true", help="say how many of each, and stop")
    add_split_pairs(parser)
    parser.set_defaults(run=_fill)


def _fill(options: argparse.Namespace) -> None:
    meter = Meter()
    with opened_store(meter) as store:
        album, _ = opened_album(store, options, meter)
        profile = load_profile(store, options.profile)
        stars = stars_to_fill(store, album, profile)
        for value, count in sorted(Counter(stars.values()).items(), reverse=True):
            print(f"{value} stars: {count} photos")
        if options.plan:
            return
        files = {m: value for path, value in stars.items() for m in album.paired.members(path)}
        changed = set_machine_stars(store, files, profile.name)
    print(f"{changed} files got stars")


def _unfill(options: argparse.Namespace) -> None:
    meter = Meter()
    with opened_store(meter) as store:
        album, _ = opened_album(store, options, meter)
        changed = clear_machine_stars(store, (file.path for file in album.paired.files()))
    print(f"{changed} files lost stars that the machine had given")


def _import(options: argparse.Namespace) -> None:
    meter = Meter()
    with opened_store(meter) as store:
        album, _ = opened_album(store, options, meter)
        primaries = album.paired.primaries()
        files = [file.path for file in album.paired.files()]
        table = read_ratings(options.table, album.folder, files)
        wishes = [
            Wish(primaries.get(path, path), Marks(stars)) for path, stars in table.stars.items()
        ]
        rejects = Marks(flag=Flag.REJECT)
        wishes += [Wish(primaries.get(path, path), rejects) for path in table.rejected]
        imported = import_marks(store, wishes, str(options.table), is_undoable=True)
        share_marks(store, album.paired.companions)
    _say_imported(imported, table)


def _say_imported(imported: Imported, table: RatingTable) -> None:
    others = len(imported.conflicts) + len(imported.unknown)
    found = len(table.stars) + len(table.rejected)
    same = found - imported.stars - imported.flags - others
    parts = [f"{imported.stars} photos rated"]
    if imported.flags:
        parts.append(f"{imported.flags} rejected")
    if same > 0:
        parts.append(f"{same} had these stars already")
    print(", ".join(parts))
    for one in imported.conflicts:
        ours = f"{one.ours} stars are" if one.field == "stars" else f"{one.ours} is"
        print(f"{one.path}: your {ours} kept, not {one.theirs}")
    for path in imported.unknown:
        print(f"{path}: not a photo of this album")
    for problem in table.problems:
        print(f"left out: {problem}")


def _export(options: argparse.Namespace) -> None:
    if not options.csv and not options.xmp:
        raise InputInvalid("Say where to: --csv FILE, --xmp, or both.")
    meter = Meter()
    with opened_store(meter) as store:
        album, _ = opened_album(store, options, meter)
        said = said_by_people(store, (photo.path for photo in album.photos))
        marked = [(one.path, said[one.path]) for one in album.photos if one.path in said]
        if options.csv:
            _write_table(options.csv, album.folder, marked)
        if options.xmp:
            _write_sidecars(store, sidecar_plan(album.paired, said), options.adobe_names, meter)


def _write_table(table: Path, folder: Path, marked: list[tuple[Path, Marks]]) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(("path", "stars"))
    rows = [(path.relative_to(folder), marks.stars) for path, marks in marked if marks.stars]
    writer.writerows(rows)
    try:
        is_new = atomic.replace(table, text.getvalue().encode(errors="surrogateescape"), None)
    except OSError as error:
        raise InputInvalid(f"Cannot write {table}: {error.strerror}.", table) from error
    if not is_new:
        raise InputInvalid(f"There is a file {table} already. Choose another name.", table)
    print(f"{len(rows)} stars: {table}")


def _write_sidecars(
    store: Store, plan: list[SidecarPlan], use_adobe_name: bool, meter: Meter
) -> None:
    written = finished(write_back(store, plan, use_adobe_name=use_adobe_name), meter)
    print(f"{written.count} sidecars written")
    if written.problems:
        raise InputInvalid("Not all sidecars could be written:\n" + "\n".join(written.problems))
