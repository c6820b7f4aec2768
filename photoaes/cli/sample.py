"""`photoaes sample`: render the sample album."""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

from photoaes.cli.commands import Commands
from photoaes.cli.progress import Meter
from photoaes.settings import cache_folder


def add_command(commands: Commands) -> None:
    """Add `sample` to the command line."""
    parser = commands.add_parser(
        "sample",
        help="render the sample album",
        description="Renders some sixty scenes, since no photo may be shipped, and writes "
        "ratings.csv: the stars of an invented person, for trying out `photoaes rank`.",
    )
    parser.add_argument(
        "folder", metavar="FOLDER", type=Path, nargs="?", help="default: in the cache folder"
    )
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> None:
    from photoaes.sample import demo_ratings, make_album

    folder = options.folder or cache_folder() / "sample album"
    meter = Meter()
    for progress in make_album(folder):
        meter.show("Rendering the sample album", *progress)
    table = folder / "ratings.csv"
    with table.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("path", "stars"))
        writer.writerows(demo_ratings().items())
    print(folder)
