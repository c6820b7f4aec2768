"""What a command adds itself to, whose type argparse has no public name for; a shared option."""

import argparse
from typing import TypeAlias

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
