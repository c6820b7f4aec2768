"""`photoaes scan`: make an album known, and say what was found in it."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from photoaes.album.exclusions import Reason
from photoaes.album.store.conflicts import open_conflicts
from photoaes.album.store.doubts import doubts
from photoaes.album.store.missing import missing, purge
from photoaes.album.store.opening import Store
from photoaes.cli.commands import Commands
from photoaes.cli.opened import add_split_pairs, opened_album, opened_store
from photoaes.cli.progress import Meter
from photoaes.cli.questions import say_doubts
from photoaes.errors import PhotoUnreadable
from photoaes.jobs.read_album import Found, OpenedAlbum

_SOURCES = {
    "xmp": "XMP",
    "iptc": "IPTC",
    "changed": "their last change",
    "sidecar": "sidecars",
    "name": "their names",
}


_LEFT_OUT: dict[Reason, str] = {
    "system": "folders of systems and catalogues",
    "excluded": "that you exclude",
    "exported": "copies that photoaes has exported",
    "link": "links to folders that are in the album already or hold it",
    "locked": "folders that cannot be read",
}


def add_command(commands: Commands) -> None:
    """Add `scan` to the command line."""
    parser = commands.add_parser(
        "scan",
        help="make an album known and take over its stars",
        description="Looks at every photo below FOLDER, follows those that were moved or renamed, "
        "and takes over stars, flags and labels that other programs have left in sidecars and "
        "photos, where you have not given any here. Nothing in FOLDER is written.",
    )
    parser.add_argument(
        "folder", metavar="FOLDER", type=Path, help="the album, with its subfolders"
    )
    add_split_pairs(parser)
    parser.add_argument(
        "--forget-missing",
        action="store_true",
        help="forget photos of this folder that are gone, with their stars; for good. Not while a "
        "drive with some of them is away",
    )
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> None:
    meter = Meter()
    with opened_store(meter) as store:
        album, found = opened_album(store, options, meter)
        _report(album, found)
        say_doubts(doubts(store, album.folder))
        if count := len(open_conflicts(store, album.folder)):
            print(f"{count} marks were changed here and outside: `photoaes settle` lists them")
        _report_missing(store, missing(store, album.folder), forget=options.forget_missing)


def _report_missing(store: Store, gone: list[Path], *, forget: bool) -> None:
    if gone and forget:
        forgotten = purge(store, gone)
        print(f"{forgotten} missing photos forgotten, with their stars")
        if kept := len({*gone} & {*missing(store)}):
            print(
                f"{kept} kept: see `photoaes settle`, a photo in the album may be the missing one"
            )
    elif gone:
        print(f"{len(gone)} missing in all, first {gone[0]}; stars kept until --forget-missing")


def _report_unopened(problems: Sequence[PhotoUnreadable]) -> None:
    """By kind, with one of each: an album may have thousands."""
    by_kind: dict[str, list[PhotoUnreadable]] = {}
    for problem in problems:
        by_kind.setdefault(problem.path.suffix.lower() if problem.path else "", []).append(problem)
    for suffix, same in by_kind.items():
        print(f"not read: {suffix}, {len(same)}, such as {same[0].path}: {same[0].reason}")


def _report(album: OpenedAlbum, found: Found) -> None:
    parts = [f"{count} {kind}" for kind, count in vars(album.summary).items() if count]
    beside = sum(map(len, album.paired.companions.values()))
    raws = f" and {beside} RAW files beside them" if beside else ""
    print(f"{len(album.photos)} photos{raws}: {', '.join(parts)}")
    left_out = album.met.left_out
    for reason, count in left_out.counts.items():
        print(f"left out: {count} {_LEFT_OUT[reason]}, such as {left_out.examples[reason]}")
    for kind, count in album.met.not_read.counts.items():
        print(f"not read: {kind}, {count}, such as {album.met.not_read.examples[kind]}")
    _report_unopened(found.unopened)
    if found.stars or found.flags or found.labels:
        print(f"found {found.stars} stars, {found.flags} flags, {found.labels} labels")
    if found.dated:
        by = Counter(one.partition(" ")[0] for one in found.dated)
        listed = ", ".join(f"{_SOURCES[word]} {count}" for word, count in by.most_common())
        print(f"{len(found.dated)} files without the camera's time; dated by {listed}")
    for one in found.changed:
        print(f"{one.path}: {one.field} {one.ours} -> {one.theirs}, changed in {one.source}")
    for one in found.conflicts:
        print(f"{one.path}: {one.field} {one.ours} is kept, {one.source} says {one.theirs}")
    for field, count in Counter(found.noticed).items():
        print(f"{count} photos have marks of {field} that photoaes does not read")
    for line in found.disagreements:
        print(line)
    for line in found.unread:
        print(f"not understood: {line}")
