"""The options of `photoaes evaluate`."""

from __future__ import annotations

import argparse
from pathlib import Path

from photoaes.cli import report
from photoaes.cli.commands import add_device, add_missing, add_scale

DEFAULT_METHODS = ("K=0", "general", "linear", "stack", "ridge", "ours-ungated", "ours")
# As in offline.evaluation.protocol, which loads scipy: a test holds the two together.
MIN_QUERY = 5


def add_data(parser: argparse.ArgumentParser) -> None:
    """Add the options for the bank, the people's ratings and their photos."""
    parser.add_argument(
        "--database",
        nargs=2,
        metavar=("NAME", "DIR"),
        help="a published one with single people's ratings, in its folder: flickr-aes, aadb, "
        "real-cur, para or lapis; the people are those that papers test on",
    )
    parser.add_argument("--images", type=Path, metavar="DIR", help="instead: photos")
    parser.add_argument(
        "--ratings", type=Path, metavar="CSV", help="and a table: columns rater,image,score"
    )
    add_scale(parser)
    parser.add_argument("--bank", help="folder or name of a bank (default: the bundled one)")
    parser.add_argument(
        "--seen",
        type=Path,
        metavar="CSV",
        help="column image: photos that the bank knows; never judged on",
    )
    add_missing(parser)
    parser.add_argument("--people", type=int, help="only so many people, drawn by the seed")
    parser.add_argument(
        "--share",
        default="1/1",
        metavar="I/N",
        help="only every Nth of them from the Ith, to run several at once",
    )


def add_protocol(parser: argparse.ArgumentParser) -> None:
    """What is judged, how often, and where it runs."""
    parser.add_argument(
        "--methods",
        nargs="+",
        default=DEFAULT_METHODS,
        metavar="METHOD",
        help="see below (default: seven quick ones)",
    )
    parser.add_argument(
        "--shots",
        type=int,
        nargs="+",
        default=[0, 1, 5, 10, 25, 50, 100],
        metavar="K",
        help="how many photos to learn from (default 0 1 5 10 25 50 100)",
    )
    parser.add_argument(
        "--min-query",
        type=int,
        default=MIN_QUERY,
        metavar="N",
        help="judge nobody at a K that leaves fewer photos (default 5, the fewest that the paper's "
        "people leave; who is missing is named)",
    )
    parser.add_argument(
        "--trials", type=int, default=10, help="draws of K photos a person (default 10)"
    )
    parser.add_argument("--temperature", type=float, default=0.1, help="T (paper 1; default 0.1)")
    parser.add_argument("--steps", type=int, default=500, help="of the paper's fit (default 500)")
    parser.add_argument("--seed", type=int, default=0)
    add_device(parser)
    parser.add_argument(
        "--jobs", type=int, default=1, metavar="N", help="processes at once (default 1)"
    )
    parser.add_argument(
        "--cache", type=Path, metavar="DIR", help="keep the photos' features here for next time"
    )


def add_output(parser: argparse.ArgumentParser) -> None:
    """Add the options for the results' files and for what is printed."""
    parser.add_argument(
        "--results",
        type=Path,
        nargs="+",
        required=True,
        metavar="CSV",
        help="each draw's results, written to the first; all are summed up",
    )
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help="judge nothing: say how many hours and how much disk it will take, from a few steps",
    )
    parser.add_argument(
        "--speed",
        action="store_true",
        help="also measure how many photos a second the merged model scores (Table 5)",
    )
    parser.add_argument("--summary", action="store_true", help="run nothing, only sum up")
    parser.add_argument(
        "--agreement",
        type=Path,
        metavar="CSV",
        help="instead: set the agreement that people would be told beside what comes true",
    )
    report.add_arguments(parser)
