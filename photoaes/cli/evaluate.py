"""`photoaes evaluate`: the K-shot protocol on any table of rater, image and score."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from photoaes.cli.commands import Commands
from photoaes.cli.progress import Meter
from photoaes.errors import InputInvalid
from photoaes.settings import banks_folder, starter_bank_folder

if TYPE_CHECKING:
    from photoaes.offline.protocol import Row


def add_command(commands: Commands) -> None:
    """Add `evaluate` to the command line."""
    parser = commands.add_parser(
        "evaluate",
        help="judge personalisation on people's ratings",
        description="For each person K photos are learned from and all others are judged on. "
        "Prints the mean SROCC over people with 95 % bootstrap intervals for the general score "
        "(K=0), the adaptive initialisation and the paper's fit. A broken run goes on.",
    )
    parser.add_argument("--images", type=Path, required=True, metavar="DIR")
    parser.add_argument(
        "--ratings", type=Path, required=True, metavar="CSV", help="columns rater,image,score"
    )
    parser.add_argument("--shots", type=int, nargs="+", default=[10, 50], metavar="K")
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
    parser.add_argument("--device", default="auto")
    parser.add_argument("--seed", type=int, default=0)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> None:
    from photoaes.offline.evaluate import read_results
    from photoaes.offline.protocol import summarise

    if not options.summary:
        _evaluate(options)
    results = [result for path in options.results for result in read_results(path)]
    if not results:
        raise InputInvalid("There is nothing to sum up: no person has enough ratings.")
    _print(summarise(results, options.seed))


def _evaluate(options: argparse.Namespace) -> None:
    from photoaes.model.device import choose_device
    from photoaes.model.fitting import FitSettings, Merger
    from photoaes.model.packs import find_bank
    from photoaes.offline.databases import read_ratings, read_table
    from photoaes.offline.evaluate import Plan, evaluate
    from photoaes.offline.protocol import MIN_QUERY
    from photoaes.offline.train import read_photos

    table = read_ratings(options.ratings)
    people = _chosen(table.people(min(options.shots) + MIN_QUERY), options)
    names = sorted({name for person in people for name in table.ratings[person]})
    seen = [row["image"] for _, row in read_table(options.seen, ("image",))] if options.seen else []
    bank = find_bank(options.bank, starter_bank_folder(), banks_folder())
    device = choose_device(options.device)
    preprocessing = bank.backbone.preprocessing
    photos = read_photos([options.images / name for name in names], preprocessing)
    merger = Merger(
        bank.model(), bank.theta_pre(), bank.task_vectors(), preprocessing, device.torch
    )
    meter = Meter()
    meter.say(f"{len(people)} people, {len(names)} photos; {device.description}; {bank.name}")
    plan = Plan(tuple(people), tuple(options.shots), options.trials, options.seed)
    settings = FitSettings(steps=options.steps, temperature=options.temperature, seed=options.seed)
    pixels = dict(zip(names, photos, strict=True))
    for event in evaluate(merger, pixels, table.ratings, plan, settings, options.results[0], seen):
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
    print("| K | method | people | draws | SROCC | 95 % | against K=0 | 95 % |")
    print("|---|---|---|---|---|---|---|---|")
    for row in rows:
        print(
            f"| {row.shots} | {row.method} | {row.people} | {row.draws} | {row.mean:.3f} "
            f"| {row.interval[0]:.3f} .. {row.interval[1]:.3f} | {row.gain:+.3f} "
            f"| {row.gain_interval[0]:+.3f} .. {row.gain_interval[1]:+.3f} |"
        )
