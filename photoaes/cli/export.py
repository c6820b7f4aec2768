"""`photoaes export`: copy or link the best photos of an album that was ranked before."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from photoaes.album.export.contact_sheet import write_contact_sheet
from photoaes.album.export.exporting import ExportPlan, Mode, plan_export
from photoaes.album.export.names import DEFAULT, FIELDS
from photoaes.album.export.web_page import write_web_page
from photoaes.album.photo import Photo
from photoaes.album.ranking import RankedPhoto, choose, rank
from photoaes.album.store.lessons import ratings_for_fit
from photoaes.album.store.opening import Store
from photoaes.album.store.profiles import Profile, load_profile
from photoaes.album.store.rating_log import said_by_people
from photoaes.cli.choice import add_choice, choice_of
from photoaes.cli.commands import Commands
from photoaes.cli.opened import add_split_pairs, finished, opened_album, opened_cache, opened_store
from photoaes.cli.progress import Meter
from photoaes.cli.sidecar_options import add_xmp
from photoaes.cli.wording import inside_album, receipt_told
from photoaes.jobs.choose import best_of_bursts, rejected_photos, scores_by_path
from photoaes.jobs.export import Files, export_photos, files_to_export, left_behind
from photoaes.jobs.keep import receipt_of

NAMED = 10  # files that stay behind


def add_command(commands: Commands) -> None:
    """Add `export` to the command line."""
    parser = commands.add_parser(
        "export",
        help="copy or link the best photos of a ranked album",
        description="By the scores of a taste profile that `photoaes rank --save` has kept. A plan "
        "is shown first; nothing is overwritten; a receipt tells how the photos were ranked.",
    )
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="the album")
    parser.add_argument("to", metavar="DIR", type=Path, help="where to; made if it is not there")
    parser.add_argument("--profile", required=True, help="name of the taste profile")
    add_choice(parser)
    parser.add_argument(
        "--mode", choices=[mode.value for mode in Mode], default="copy", help="default copy"
    )
    parser.add_argument(
        "--names", default=DEFAULT, help=f"template of {', '.join(FIELDS)} (default {DEFAULT})"
    )
    parser.add_argument(
        "--files",
        choices=[files.value for files in Files],
        default=Files.BOTH.value,
        help="of a JPEG with a RAW file beside it (default both)",
    )
    add_split_pairs(parser)
    parser.add_argument(
        "--sidecars",
        action="store_true",
        help="copy the photos' own sidecars, edits of other programs and Live Photos' films too",
    )
    add_xmp(parser, "write stars and scores into sidecars beside the copies")
    parser.add_argument("--contact-sheet", action="store_true", help="an HTML page to send")
    parser.add_argument("--web-page", action="store_true", help="a folder for any server")
    parser.add_argument("--plan", action="store_true", help="show the plan and stop")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> None:
    meter = Meter()
    with opened_store(meter) as store:
        album, _ = opened_album(store, options, meter)
        profile = load_profile(store, options.profile)
        chosen = _chosen(options, store, album.photos, profile, meter)
        paths = [photo.path for photo in chosen]
        marks = said_by_people(store, paths) if options.xmp else None
    files = files_to_export(album.paired, paths, Files(options.files), sidecars=options.sidecars)
    plan = plan_export(
        chosen, options.to, mode=Mode(options.mode), template=options.names, files=files
    )
    _show(plan, left_behind(files))
    if told := inside_album(plan.target, options.folder):
        print(told)
    if options.plan:
        return
    job = export_photos(plan, receipt_of(profile), marks, use_adobe_name=options.adobe_names)
    print(receipt_told(finished(job, meter)))
    if options.contact_sheet:
        for done, total in write_contact_sheet(chosen, options.to, album.folder.name):
            meter.show("Contact sheet", done, total)
    if options.web_page:
        for done, total in write_web_page(chosen, options.to, album.folder.name):
            meter.show("Web page", done, total)


def _chosen(
    options: argparse.Namespace,
    store: Store,
    photos: Sequence[Photo],
    profile: Profile,
    meter: Meter,
) -> list[RankedPhoto]:
    scores = scores_by_path(store, photos, profile)
    paths = [photo.path for photo in photos]
    ratings = ratings_for_fit(store, paths)
    ranked = rank(scores, ratings, rejected_photos(store, paths))
    best = None
    if options.one_per_group:
        with opened_cache() as cache:
            job = best_of_bursts(store, cache, profile.bank_digest, photos, scores)
            best = finished(job, meter)
    return choose(ranked, choice_of(options), best)


def _show(plan: ExportPlan, behind: Sequence[Path]) -> None:
    renamed = f", {plan.renamed} get a number" if plan.renamed else ", no name collides"
    print(f"{len(plan.files)} files, {plan.size / 1e6:.0f} MB{renamed}: {plan.target}")
    for path in plan.missing:
        print(f"missing: {path}")
    for path in behind[:NAMED]:
        print(f"stays behind: {path}")
    if len(behind) > NAMED:
        print(f"and {len(behind) - NAMED} more files")
    if behind:
        print("edits, films and notes of the photos go along with --sidecars")
