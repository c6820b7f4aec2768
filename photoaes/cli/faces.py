"""`photoaes faces`: look for faces in an album, for closed eyes and lacking focus."""

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
        help="look for faces, closed eyes and lacking focus in an album",
        description="Looks at the photos below FOLDER on which nobody has looked for faces, and "
        "lists those on which somebody has closed eyes or is out of focus. Of a burst, a photo "
        "with open eyes and faces in focus is the best. Eyes of faces from the side, and faces "
        "below a fortieth of the photo's longer side, are not told.",
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
    with_faces = int((columns.faces > 0).sum())
    closed, soft = columns.closed_eyes > 0, columns.soft_faces > 0
    print(
        f"{len(columns)} photos, {with_faces} with faces, of these {closed.sum()} with closed eyes "
        f"and {soft.sum()} with faces out of focus"
    )
    for place in (closed | soft).nonzero()[0].tolist():
        faults = "closed eyes" * bool(closed[place]), "out of focus" * bool(soft[place])
        print(f"{columns.paths[place]}: {', '.join(filter(None, faults))}")
