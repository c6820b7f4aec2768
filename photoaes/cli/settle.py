"""`photoaes settle`: what only a person can tell, listed and answered."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from photoaes.album.store.conflicts import OpenConflict, open_conflicts, settle_conflict
from photoaes.album.store.doubts import Doubt, doubts, settle
from photoaes.album.store.opening import Store
from photoaes.cli.commands import Commands
from photoaes.cli.opened import add_split_pairs, opened_store
from photoaes.cli.progress import Meter
from photoaes.cli.questions import say_conflicts, say_doubts
from photoaes.errors import InputInvalid
from photoaes.jobs.open_album import known_photos


def add_command(commands: Commands) -> None:
    """Add `settle` to the command line."""
    parser = commands.add_parser(
        "settle",
        help="answer what photoaes could not tell about photos and their stars",
        description="Without an answer everything that is open is listed. A photo that replaced "
        "another one under its name has no stars until you say whether it is the same photo; "
        "marks that were changed here and in another program stay yours until you say which "
        "count. PATH is a photo, or a folder for all photos in it.",
    )
    parser.add_argument("path", metavar="PATH", type=Path)
    answer = parser.add_mutually_exclusive_group()
    answer.add_argument(
        "--same", action="store_true", help="it is the same photo: it gets the stars back"
    )
    answer.add_argument(
        "--other", action="store_true", help="it is another photo: the stars are not its own"
    )
    answer.add_argument("--mine", action="store_true", help="the marks given here count")
    answer.add_argument("--theirs", action="store_true", help="those of the other program count")
    add_split_pairs(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> None:
    path = options.path.resolve()
    with opened_store(Meter()) as store:
        asked = [one for one in doubts(store) if path in (one.path, *one.path.parents)]
        contested = [one for one in open_conflicts(store) if path in (one.path, *one.path.parents)]
        if options.same or options.other:
            print(f"{_settle_doubts(store, asked, is_same=options.same)} photos settled")
        elif options.mine or options.theirs:
            print(f"{_settle_conflicts(store, contested, options)} marks settled")
        elif asked or contested:
            say_doubts(asked)
            say_conflicts(contested)
        elif not path.exists():
            raise InputInvalid(f"There is no photo or folder {path}.", path)
        else:
            print("There is nothing to settle.")


def _settle_doubts(store: Store, found: Sequence[Doubt], *, is_same: bool) -> int:
    return sum(settle(store, one.path, is_same=is_same) for one in found)


def _settle_conflicts(
    store: Store, found: Sequence[OpenConflict], options: argparse.Namespace
) -> int:
    settled = 0
    for path in dict.fromkeys(one.path for one in found):
        paired = known_photos(store, [path], split_pairs=options.split_pairs)
        files = [file.path for file in paired.files()]
        settled += settle_conflict(store, path, take_theirs=options.theirs, files=files)
    return settled
