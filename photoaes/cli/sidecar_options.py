"""The options of commands that write sidecars."""

from __future__ import annotations

import argparse


def add_xmp(parser: argparse.ArgumentParser, text: str) -> None:
    """Add --xmp, and how new sidecars are named."""
    parser.add_argument("--xmp", action="store_true", help=text)
    parser.add_argument(
        "--adobe-names",
        action="store_true",
        help="new sidecars are IMG.xmp, as Lightroom and Capture One want it beside a RAW file, "
        "not IMG.CR2.xmp; those that exist keep their names",
    )
