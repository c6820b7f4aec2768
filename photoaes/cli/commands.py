"""What a command adds itself to, whose type argparse has no public name for; a shared option."""

import argparse
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from photoaes.offline.databases.gaps import Limit

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def add_scale(parser: argparse.ArgumentParser) -> None:
    """Add --scale, of people's ratings."""
    parser.add_argument(
        "--scale",
        type=float,
        nargs=2,
        default=[1, 5],
        metavar=("LOW", "HIGH"),
        help="of scores (default 1 5)",
    )


def add_device(parser: argparse.ArgumentParser) -> None:
    """Add --device."""
    parser.add_argument("--device", default="auto", help="auto (default), cuda, mps or cpu")


def add_missing(parser: argparse.ArgumentParser) -> None:
    """Add --missing-at-most, of a database's photos."""
    parser.add_argument(
        "--missing-at-most",
        type=_limit,
        default="1%",
        metavar="N or P%",
        help="go on without photos that are missing or damaged, up to so many (default 1%%); they "
        "are listed",
    )


def _limit(text: str) -> "Limit":
    from photoaes.offline.databases.gaps import read_limit

    try:
        return read_limit(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
