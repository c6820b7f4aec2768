"""`photoaes clock`: cameras whose clocks were wrong."""

from __future__ import annotations

import argparse
from datetime import timedelta
from pathlib import Path

from photoaes.album.store.clocks import cameras_of, parse_duration, set_clocks
from photoaes.cli.commands import Commands
from photoaes.cli.opened import add_split_pairs, opened_album, opened_store
from photoaes.cli.progress import Meter
from photoaes.errors import InputInvalid


def add_command(commands: Commands) -> None:
    """Add `clock` to the command line."""
    parser = commands.add_parser(
        "clock",
        help="put right the times of a camera whose clock was wrong",
        description="Without a camera, the cameras of the album are listed. The files are not "
        "changed: photoaes adds the difference where it sorts, so that photos of two cameras "
        "follow each other as they were taken.",
    )
    parser.add_argument("folder", metavar="FOLDER", type=Path)
    parser.add_argument("camera", metavar="CAMERA", nargs="?", help="as it is listed")
    wrong = parser.add_mutually_exclusive_group()
    wrong.add_argument("--late", metavar="TIME", help="the clock was so late: 1h, 30m, 1:02:03")
    wrong.add_argument(
        "--ahead", metavar="TIME", help="the clock was so far ahead; 0 takes it back"
    )
    add_split_pairs(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> None:
    meter = Meter(quiet=True)
    with opened_store(meter) as store:
        album, _ = opened_album(store, options, meter)
        cameras = cameras_of(store, album.folder)
        if options.camera is not None:
            if options.camera not in cameras:
                known = ", ".join(cameras) or "none"
                raise InputInvalid(f"No photo here is by {options.camera}. There are: {known}.")
            set_clocks(store, album.folder, {options.camera: _seconds(options)})
            cameras = cameras_of(store, album.folder)
    for camera, (count, seconds) in cameras.items():
        moved = f", {_told(seconds)}" if seconds else ""
        print(f"{camera}: {count} photos{moved}")


def _seconds(options: argparse.Namespace) -> int:
    if options.late is not None:
        return parse_duration(options.late)
    if options.ahead is not None:
        return -parse_duration(options.ahead)
    raise InputInvalid("Say how wrong the clock was: --late 1h or --ahead 1h.")


def _told(seconds: int) -> str:
    way = "late" if seconds > 0 else "ahead"
    return f"whose clock was {timedelta(seconds=abs(seconds))} {way}"
