"""What `photoaes rank` leaves: a table or JSON of the whole ranking, and a few lines to read."""

from __future__ import annotations

import argparse
import csv
import json
import stat
import sys
from collections.abc import Sequence, Set
from pathlib import Path
from typing import Any

from photoaes import __version__
from photoaes.album.ranking import RankedPhoto
from photoaes.errors import InputInvalid
from photoaes.jobs.rank import RankResult
from photoaes.new_files import new_text_file
from photoaes.plain_files import opened_plain

_COLUMNS = ("rank", "path", "score", "stars", "rating", "kept")
_HEADS = (",".join(_COLUMNS).encode(), b'{\n  "program": "photoaes ')


def check_target(path: Path) -> None:
    """Only an earlier ranking gives way to a new one: not the table with the stars, nor what
    another program has put beside a photo. Raises InputInvalid."""
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode) or not status.st_size:
            return
        with opened_plain(path) as file:
            head = file.read(100)
    except FileNotFoundError:
        return
    except OSError as error:
        raise InputInvalid(f"Cannot write {path}: {error.strerror}.", path) from error
    if not head.startswith(_HEADS):
        raise InputInvalid(
            f"{path} holds something else than a ranking. Choose another name.", path
        )


def write_ranking(options: argparse.Namespace, result: RankResult, kept: Set[int]) -> None:
    """The whole ranking, to --out and with --json to stdout; `kept` are the ranks to keep.

    Raises InputInvalid if the file cannot be written; then an older one is as it was.
    """
    if options.json:
        json.dump(_document(options, result, kept), sys.stdout, indent=2)
        print()
    if not options.out:
        return
    try:
        with new_text_file(options.out, over=True) as file:
            if options.out.suffix.lower() == ".json":
                json.dump(_document(options, result, kept), file, indent=2)
            else:
                table = csv.writer(file)
                table.writerow(_COLUMNS)
                table.writerows(_row(photo, photo.rank in kept) for photo in result.ranked)
    except OSError as error:
        raise InputInvalid(f"Cannot write {options.out}: {error.strerror}.", options.out) from error


def _row(photo: RankedPhoto, kept: bool) -> tuple[object, ...]:
    rating = "" if photo.rating is None else photo.rating
    return (
        photo.rank,
        str(photo.path),
        f"{photo.score:.5f}",
        f"{photo.stars:.2f}",
        rating,
        int(kept),
    )


def _document(options: argparse.Namespace, result: RankResult, kept: Set[int]) -> dict[str, Any]:
    """All that a script wants, and all that is needed to rank the same again."""
    return {
        "program": f"photoaes {__version__}",
        "bank": {"name": result.bank, "digest": result.bank_digest},
        "seed": options.seed,
        "device": result.device,
        "rated": result.rated,
        "seconds": {stage: round(value, 2) for stage, value in result.seconds.items()},
        "photos": [
            {
                "rank": photo.rank,
                "path": str(photo.path),
                "score": round(photo.score, 5),
                "stars": round(photo.stars, 2),
                "rating": photo.rating,
                "kept": photo.rank in kept,
            }
            for photo in result.ranked
        ],
        "unreadable": [
            {"path": str(problem.path), "reason": problem.reason} for problem in result.unreadable
        ],
        "coefficients": result.coefficients,
    }


def report(options: argparse.Namespace, result: RankResult, kept: Sequence[RankedPhoto]) -> None:
    """What a person wants to know at the end: the best photos, the bad files, where things lie."""
    for photo in kept if options.out is None and options.export is None else kept[:5]:
        print(f"{photo.rank:>6}  {photo.stars:.1f}  {photo.path}")
    if not kept:
        print("no photo meets all limits", file=sys.stderr)
    for problem in result.unreadable:
        print(f"unreadable: {problem}", file=sys.stderr)
    if options.out:
        print(f"{len(result.ranked)} photos ranked, {len(kept)} of them kept: {options.out}")
    if options.export:
        print(f"{len(kept)} photos copied to {options.export}")
