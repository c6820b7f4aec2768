"""`photoaes scan`: make an album known, and say what was found in it."""

from __future__ import annotations

import argparse
from pathlib import Path

from photoaes.cli.commands import Commands
from photoaes.cli.opened import OpenedAlbum, open_album, opened_store
from photoaes.cli.progress import Meter


def add_command(commands: Commands) -> None:
    """Add `scan` to the command line."""
    parser = commands.add_parser(
        "scan",
        help="make an album known and take over its stars",
        description="Looks at every photo below FOLDER, follows those that were moved or renamed, "
        "and takes over stars, flags and labels that other programs have left in sidecars and "
        "photos, where you have not given any here. Nothing in FOLDER is written.",
    )
    parser.add_argument("folder", metavar="FOLDER", type=Path)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> None:
    meter = Meter()
    with opened_store(meter) as store:
        _report(open_album(store, options.folder, meter))


def _report(album: OpenedAlbum) -> None:
    summary, imported = album.summary, album.imported
    parts = [f"{count} {kind}" for kind, count in vars(summary).items() if count]
    print(f"{len(album.photos)} photos: {', '.join(parts)}")
    if imported.stars or imported.flags or imported.labels:
        print(f"found {imported.stars} stars, {imported.flags} flags, {imported.labels} labels")
    for conflict in imported.conflicts:
        print(
            f"{conflict.path}: {conflict.field} {conflict.ours} is kept, "
            f"{conflict.source} says {conflict.theirs}"
        )
    for line in album.unread:
        print(f"not understood: {line}")
