"""`photoaes sample`: the sample album, to try photoaes out."""

from __future__ import annotations

import argparse
from pathlib import Path

from photoaes.cli.commands import Commands
from photoaes.cli.opened import finished
from photoaes.cli.progress import Meter
from photoaes.jobs.sample import copy_ratings, copy_sample
from photoaes.settings import cache_folder, sample_album_folder


def add_command(commands: Commands) -> None:
    """Add `sample` to the command line."""
    parser = commands.add_parser(
        "sample",
        help="copy the sample album",
        description="Copies some sixty scenes, made by code since no photo may be shipped, and "
        "ratings.csv: the stars of an invented person, for trying out `photoaes rank`.",
    )
    parser.add_argument(
        "folder", metavar="FOLDER", type=Path, nargs="?", help="default: in the cache folder"
    )
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> None:
    folder = options.folder or cache_folder() / "sample album"
    finished(copy_sample(sample_album_folder(), folder), Meter())
    copy_ratings(sample_album_folder(), folder)
    print(folder)
