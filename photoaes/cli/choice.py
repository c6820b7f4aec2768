"""Which of the ranked photos to keep: options that several commands share."""

from __future__ import annotations

import argparse

from photoaes.album.ranking import Choice


def add_choice(parser: argparse.ArgumentParser) -> None:
    """Add --top, --percent, --min-stars and --one-per-group."""
    best = parser.add_argument_group("which photos to keep (every limit given must hold)")
    best.add_argument("--top", type=_count, metavar="N", help="the best N")
    best.add_argument("--percent", type=_percent, metavar="P", help="the best P percent")
    best.add_argument("--min-stars", type=_stars, metavar="S", help="at least S of your stars")
    best.add_argument(
        "--one-per-group",
        action="store_true",
        help="of photos that show the same only the best, chosen before all other limits",
    )


def choice_of(options: argparse.Namespace) -> Choice:
    """Which photos to choose, from --top, --percent and --min-stars."""
    return Choice(options.top, options.percent, options.min_stars)


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError("must be a whole number, at least 1")
    return int(text)


def _stars(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 5:
        raise argparse.ArgumentTypeError("must be a number from 0 to 5")
    return value


def _percent(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value <= 100:
        raise argparse.ArgumentTypeError("must be a number above 0 and at most 100")
    return value
