"""`photoaes rank`: the main job without a window."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Generator, Sequence, Set
from pathlib import Path
from typing import Any

from photoaes import __version__
from photoaes.album.export import export, plan_export
from photoaes.album.photo import scan
from photoaes.album.ranking import Choice, RankedPhoto, choose
from photoaes.album.ratings import read_ratings
from photoaes.album.receipt import Receipt
from photoaes.cli.commands import Commands
from photoaes.cli.progress import Meter
from photoaes.errors import InputInvalid
from photoaes.jobs import Events, Progress, RankResult, rank_album
from photoaes.settings import banks_folder, starter_bank_folder


def add_command(commands: Commands) -> None:
    """Add `rank` to the command line."""
    parser = commands.add_parser(
        "rank",
        help="rank a folder of photos by your taste",
        description="Learns from the ratings, ranks every photo below FOLDER and, if you wish, "
        "copies the best. Without --ratings the order is general. Originals are never changed.",
    )
    parser.add_argument("folder", metavar="FOLDER", type=Path)
    parser.add_argument("--ratings", type=Path, metavar="CSV", help="columns path,stars (1 to 5)")
    parser.add_argument("--bank", help="folder or name of a bank (default: the bundled one)")
    best = parser.add_argument_group("which photos to keep (every limit given must hold)")
    best.add_argument("--top", type=_count, metavar="N", help="the best N")
    best.add_argument("--percent", type=_percent, metavar="P", help="the best P percent")
    best.add_argument("--min-stars", type=float, metavar="S", help="at least S of your stars")
    output = parser.add_argument_group("output")
    output.add_argument("--out", type=Path, metavar="FILE", help="the whole ranking, .csv or .json")
    output.add_argument("--json", action="store_true", help="print the ranking as JSON on stdout")
    output.add_argument("--export", type=Path, metavar="DIR", help="copy the kept photos to DIR")
    output.add_argument("--quiet", action="store_true", help="no progress on stderr")
    parser.add_argument("--device", default="auto", help="auto (default), cuda, mps or cpu")
    parser.add_argument("--seed", type=int, default=0, help="same seed, same ranking (default 0)")
    parser.set_defaults(run=_run)


def _count(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return value


def _percent(text: str) -> float:
    value = float(text)
    if not 0 < value <= 100:
        raise argparse.ArgumentTypeError("must be above 0 and at most 100")
    return value


def _run(options: argparse.Namespace) -> None:
    _check_outputs(options)
    meter = Meter(options.quiet)
    photos = scan(options.folder)
    if not photos:
        raise InputInvalid(f"There are no photos in {options.folder}.", options.folder)
    ratings = read_ratings(options.ratings, options.folder) if options.ratings else {}

    # Everything that can be wrong with the input is said before torch takes its seconds.
    from photoaes.model.device import choose_device
    from photoaes.model.fitting import FitSettings
    from photoaes.model.packs import find_bank

    bank = find_bank(options.bank, starter_bank_folder(), banks_folder())
    device = choose_device(options.device)
    settings = FitSettings(seed=options.seed)
    meter.say(f"{len(photos)} photos, {len(ratings)} rated; {device.description}; {bank.name}")
    result = _finished(rank_album(photos, ratings, bank, device, settings), meter)
    kept = choose(result.ranked, Choice(options.top, options.percent, options.min_stars))
    _write(options, result, {photo.rank for photo in kept})
    if options.export:
        _export(options, result, kept, meter)
    if not options.json:
        _report(options, result, kept)


def _export(
    options: argparse.Namespace, result: RankResult, kept: Sequence[RankedPhoto], meter: Meter
) -> None:
    plan = plan_export(kept, options.export)
    receipt = Receipt(
        result.bank,
        result.bank_digest,
        options.seed,
        rated=result.rated,
        coefficients=result.coefficients,
    )
    for event in export(plan, receipt):
        meter.show("Copying", event.done, event.total)


def _check_outputs(options: argparse.Namespace) -> None:
    if options.out and options.out.suffix.lower() not in (".csv", ".json"):
        raise InputInvalid(f"{options.out.name} must end in .csv or .json.", options.out)


def _finished(job: Generator[Events, None, RankResult], meter: Meter) -> RankResult:
    try:
        while True:
            event = next(job)
            if isinstance(event, Progress):
                meter.show(event.stage, event.done, event.total)
            else:
                meter.say(event.text)
    except StopIteration as finished:
        result: RankResult = finished.value
        return result
    finally:
        job.close()


def _write(options: argparse.Namespace, result: RankResult, kept: Set[int]) -> None:
    """The whole ranking; `kept` are the ranks within the limits."""
    if options.json:
        json.dump(_document(options, result, kept), sys.stdout, indent=2)
        print()
    if not options.out:
        return
    partial = options.out.with_name(f".{options.out.name}.partial")
    try:
        with partial.open("w", newline="", encoding="utf-8", errors="surrogateescape") as file:
            if options.out.suffix.lower() == ".json":
                json.dump(_document(options, result, kept), file, indent=2)
            else:
                table = csv.writer(file)
                table.writerow(("rank", "path", "score", "stars", "rating", "kept"))
                table.writerows(_row(photo, photo.rank in kept) for photo in result.ranked)
        partial.replace(options.out)
    except OSError as error:
        partial.unlink(missing_ok=True)
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


def _report(options: argparse.Namespace, result: RankResult, kept: Sequence[RankedPhoto]) -> None:
    for photo in kept if options.out is None and options.export is None else kept[:5]:
        print(f"{photo.rank:>6}  {photo.stars:.1f}  {photo.path}")
    for problem in result.unreadable:
        print(f"unreadable: {problem}", file=sys.stderr)
    if options.out:
        print(f"{len(result.ranked)} photos ranked, {len(kept)} of them kept: {options.out}")
    if options.export:
        print(f"{len(kept)} photos copied to {options.export}")
