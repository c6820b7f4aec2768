"""`photoaes settle`: what only a person can tell, listed and answered."""

from __future__ import annotations

import argparse
from pathlib import Path

from photoaes.album.store.doubts import Doubt, doubts, settle
from photoaes.album.store.opening import Store
from photoaes.cli.commands import Commands
from photoaes.cli.opened import opened_store
from photoaes.cli.progress import Meter
from photoaes.cli.questions import say_doubts


def add_command(commands: Commands) -> None:
    """Add `settle` to the command line."""
    parser = commands.add_parser(
        "settle",
        help="answer what photoaes could not tell about photos and their stars",
        description="Without an answer everything that is open is listed. A photo that replaced "
        "another one under its name has no stars until you say whether it is the same photo. "
        "PATH is a photo, or a folder for all photos in it.",
    )
    parser.add_argument("path", metavar="PATH", type=Path)
    answer = parser.add_mutually_exclusive_group()
    answer.add_argument(
        "--same", action="store_true", help="it is the same photo: it gets the stars back"
    )
    answer.add_argument(
        "--other", action="store_true", help="it is another photo: the stars are not its own"
    )
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> None:
    path = options.path.resolve()
    with opened_store(Meter()) as store:
        found = _doubts(store, path)
        if options.same or options.other:
            settled = sum(settle(store, one.path, is_same=options.same) for one in found)
            print(f"{settled} photos settled")
        elif found:
            say_doubts(found)
        else:
            print("There is nothing to settle.")


def _doubts(store: Store, path: Path) -> list[Doubt]:
    return [one for one in doubts(store) if path in (one.path, *one.path.parents)]
