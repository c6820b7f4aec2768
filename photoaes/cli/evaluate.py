"""`photoaes evaluate`: the K-shot protocol on any table of rater, image and score."""

from __future__ import annotations

import argparse
import csv
from collections.abc import Sequence
from dataclasses import astuple, fields
from pathlib import Path
from typing import TYPE_CHECKING

from photoaes.cli import report
from photoaes.cli.commands import Commands
from photoaes.cli.progress import Meter
from photoaes.errors import InputInvalid
from photoaes.settings import banks_folder, starter_bank_folder

if TYPE_CHECKING:
    from photoaes.offline.calibration import Told
    from photoaes.offline.protocol import Comparison, Row

# As in offline.methods, which is not to be loaded for --help.
EXACT = ("initialisation", "paper")
QUICK = ("K=0", "general", "linear", "stack", "ridge", "ours-ungated", "ours")
METHODS = (*EXACT, *QUICK)


def add_command(commands: Commands) -> None:
    """Add `evaluate` to the command line."""
    parser = commands.add_parser(
        "evaluate",
        help="judge personalisation on people's ratings",
        description="For each person K photos are learned from and all others are judged on. "
        "Prints mean SROCC over people with 95 % bootstrap intervals and pair accuracy for each "
        "method, and how the last of them compares with each other. A broken run goes on. "
        f"Methods: {', '.join(METHODS)}; those in {', '.join(EXACT)} run the model anew for each "
        "person.",
    )
    parser.add_argument("--images", type=Path, required=True, metavar="DIR")
    parser.add_argument(
        "--ratings", type=Path, required=True, metavar="CSV", help="columns rater,image,score"
    )
    parser.add_argument(
        "--scale", type=float, nargs=2, default=[1, 5], metavar=("LOW", "HIGH"), help="of scores"
    )
    parser.add_argument("--methods", nargs="+", choices=METHODS, default=QUICK, metavar="METHOD")
    parser.add_argument("--shots", type=int, nargs="+", default=[0, 5, 10, 25, 50], metavar="K")
    parser.add_argument("--trials", type=int, default=3)
    parser.add_argument("--people", type=int, help="only so many people, drawn by the seed")
    parser.add_argument(
        "--share",
        default="1/1",
        metavar="I/N",
        help="only every Nth of them from the Ith, to run several at once",
    )
    parser.add_argument("--bank", help="folder or name of a bank (default: the bundled one)")
    parser.add_argument(
        "--seen",
        type=Path,
        metavar="CSV",
        help="column image: photos that the bank knows; never judged on",
    )
    parser.add_argument("--temperature", type=float, default=0.1, help="T (paper 1; default 0.1)")
    parser.add_argument("--steps", type=int, default=500)
    parser.add_argument(
        "--results",
        type=Path,
        nargs="+",
        required=True,
        metavar="CSV",
        help="each draw's results, written to the first; all are summed up",
    )
    parser.add_argument("--summary", action="store_true", help="run nothing, only sum up")
    parser.add_argument(
        "--cache", type=Path, metavar="DIR", help="keep the photos' features here for next time"
    )
    parser.add_argument(
        "--agreement",
        type=Path,
        metavar="CSV",
        help="instead: set the agreement that people would be told beside what comes true",
    )
    parser.add_argument("--device", default="auto")
    parser.add_argument("--seed", type=int, default=0)
    report.add_arguments(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> None:
    from photoaes.offline.evaluate import read_results
    from photoaes.offline.protocol import compare, summarise

    report.check(options)
    if not options.summary:
        _evaluate(options)
    if options.agreement:
        return
    results = [result for path in options.results for result in read_results(path)]
    if not results:
        raise InputInvalid("There is nothing to sum up: no person has enough ratings.")
    _print(summarise(results, options.seed))
    print()
    _print_comparison(compare(results, options.methods[-1], options.seed))
    if options.report:
        report.write(options, results)


def _evaluate(options: argparse.Namespace) -> None:
    from photoaes.model.device import choose_device
    from photoaes.model.fitting import FitSettings
    from photoaes.model.packs import find_bank
    from photoaes.offline.calibration import calibration
    from photoaes.offline.databases import read_ratings, read_table
    from photoaes.offline.evaluate import Plan, evaluate
    from photoaes.offline.material import gather
    from photoaes.offline.protocol import MIN_QUERY

    table = read_ratings(options.ratings)
    people = _chosen(table.people(min(options.shots) + MIN_QUERY), options)
    names = sorted({name for person in people for name in table.ratings[person]})
    seen = [row["image"] for _, row in read_table(options.seen, ("image",))] if options.seen else []
    bank = find_bank(options.bank, starter_bank_folder(), banks_folder())
    device = choose_device(options.device)
    meter = Meter()
    meter.say(f"{len(people)} people, {len(names)} photos; {device.description}; {bank.name}")
    settings = FitSettings(
        steps=options.steps, temperature=options.temperature, seed=options.seed, mixed=True
    )
    paths = [options.images / name for name in names]
    material = gather(bank, paths, settings, device.torch, options.cache)
    plan = Plan(
        tuple(people),
        tuple(options.shots),
        options.trials,
        tuple(options.methods),
        tuple(options.scale),
        options.seed,
    )
    if options.agreement:
        _print_agreement(calibration(material, names, table.ratings, plan, seen), options.agreement)
        return
    run = evaluate(material, names, table.ratings, plan, options.results[0], seen)
    for event in run:
        meter.show("Judging", event.step, event.steps)


def _chosen(people: Sequence[str], options: argparse.Namespace) -> list[str]:
    """The people that the seed draws, or the share of them that this run is for."""
    import numpy as np

    part, _, parts = options.share.partition("/")
    if not (part.isdecimal() and parts.isdecimal() and 1 <= int(part) <= int(parts)):
        raise InputInvalid("--share wants I/N, such as 1/2 and 2/2 for two runs.")
    order = np.random.default_rng(options.seed).permutation(len(people))
    drawn = [people[i] for i in order][: options.people]
    return drawn[int(part) - 1 :: int(parts)]


def _print(rows: Sequence[Row]) -> None:
    print("| K | method | people | draws | SROCC | 95 % | SD of trials | PLCC | pairs |")
    print("|---|---|---|---|---|---|---|---|---|")
    for row in sorted(rows, key=lambda row: row.shots):
        low, high = row.interval
        print(
            f"| {row.shots} | {row.method} | {row.people} | {row.draws} | {row.mean:.3f} "
            f"| {low:.3f} .. {high:.3f} | {row.deviation:.3f} | {row.plcc:.3f} | {row.pairs:.3f} |"
        )


def _print_comparison(rows: Sequence[Comparison]) -> None:
    print("| K | SROCC of | above | by | 95 % | people worse off | Wilcoxon p |")
    print("|---|---|---|---|---|---|---|")
    for row in sorted(rows, key=lambda row: row.shots):
        low, high = row.interval
        print(
            f"| {row.shots} | {row.method} | {row.other} | {row.gain:+.3f} "
            f"| {low:+.3f} .. {high:+.3f} | {row.worse:.0%} | {row.p:.1g} |"
        )


def _print_agreement(draws: Sequence[Told], file: Path) -> None:
    from photoaes.offline.calibration import bins

    with file.open("w", newline="", encoding="utf-8") as out:
        table = csv.writer(out)
        table.writerow(field.name for field in fields(draws[0]))
        table.writerows(astuple(told) for told in draws)
    print("| K | draws | pairs told | came true | within the margin |")
    print("|---|---|---|---|---|")
    for row in bins(draws):
        print(f"| {row.shots} | {row.draws} | {row.told:.3f} | {row.true:.3f} | {row.within:.0%} |")
