"""`photoaes faces`: look for faces and closed eyes in an album."""

from __future__ import annotations

import argparse
from pathlib import Path

from photoaes.album.store.scores import load_columns
from photoaes.cli.commands import Commands
from photoaes.cli.opened import add_split_pairs, finished, opened_album, opened_store
from photoaes.cli.progress import Meter
from photoaes.jobs.find_faces import find_faces


def add_command(commands: Commands) -> None:
    """Add `faces` to the command line."""
    parser = commands.add_parser(
        "faces",
        help="look for faces and closed eyes in an album",
        description="Looks at the photos below FOLDER on which nobody has looked for faces, and "
        "lists those on which somebody has closed eyes. Of a burst, a photo with open eyes is "
        "best before one with closed ones. Sideways faces and small ones, below a twenty-fifth of "
        "the photo's longer side, are not told.",
    )
    parser.add_argument("folder", metavar="FOLDER", type=Path)
    add_split_pairs(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> None:
    meter = Meter()
    with opened_store(meter) as store:
        album, _ = opened_album(store, options, meter)
        finished(find_faces(store, album.photos), meter)
        columns = load_columns(store, album.photos, "", None)
    with_faces, closed = columns.faces > 0, columns.closed_eyes > 0
    print(
        f"{len(columns)} photos, {with_faces.sum()} with faces, {closed.sum()} of these with "
        "closed eyes"
    )
    for place in closed.nonzero()[0].tolist():
        print(columns.paths[place])
