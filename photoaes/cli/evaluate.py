"""`photoaes evaluate`: the K-shot protocol on people's ratings."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from photoaes.cli import report
from photoaes.cli.commands import Commands, add_device, add_missing, add_scale
from photoaes.cli.evaluation_tables import print_agreement, print_comparison, print_rows
from photoaes.cli.progress import Meter
from photoaes.errors import InputInvalid
from photoaes.settings import banks_folder, starter_bank_folder

if TYPE_CHECKING:
    from photoaes.offline.databases import RaterTable
    from photoaes.offline.evaluation.contest import Contest

DEFAULT_METHODS = ("K=0", "general", "linear", "stack", "ridge", "ours-ungated", "ours")
# As in offline.evaluation.protocol, which loads scipy: a test holds the two together.
MIN_QUERY = 5
NAMED = 3
DESCRIPTION = """\
For each person K photos are learned from and all others are judged on. Prints mean
SROCC over people with 95 % bootstrap intervals, PLCC and pair accuracy for each method,
and how the last of them compares with each other. A run that was broken off goes on
with the same command."""
METHODS_TEXT = """\
methods (any number side by side; the last one is judged against the others):
  K=0 general best initialisation paper released finetune linear stack ridge gp logistic
  ours-ungated ours

initialisation, paper, released and finetune run the model anew for each person.
Options of a method follow it: paper:loss=mse,steps=1000  linear:coefficients=task
paper:initialisation=uniform  paper:temperature=1  linear:pairs=halves  linear:tasks=3
linear:tasks=beauty+sharpness  finetune:lr=1e-5"""


def add_command(commands: Commands) -> None:
    """Add `evaluate` to the command line."""
    parser = commands.add_parser(
        "evaluate",
        help="judge personalisation on people's ratings",
        description=DESCRIPTION,
        epilog=METHODS_TEXT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _add_data(parser)
    _add_protocol(parser)
    _add_output(parser)
    parser.set_defaults(run=_run)


def _add_data(parser: argparse.ArgumentParser) -> None:
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


def _add_protocol(parser: argparse.ArgumentParser) -> None:
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


def _add_output(parser: argparse.ArgumentParser) -> None:
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
        "--agreement",
        type=Path,
        metavar="CSV",
        help="instead: set the agreement that people would be told beside what comes true",
    )
    report.add_arguments(parser)


def _run(options: argparse.Namespace) -> None:
    from photoaes.offline.evaluation.protocol import compare, summarise
    from photoaes.offline.evaluation.result_files import read_results

    report.check(options)
    if options.min_query < 2:
        raise InputInvalid("--min-query wants 2 or more: one photo has no order.")
    if not options.summary:
        _evaluate(options)
    if options.agreement:
        return
    results = [result for path in options.results for result in read_results(path)]
    if not results:
        raise InputInvalid("There is nothing to sum up: no person has enough ratings.")
    print_rows(summarise(results, options.seed))
    print()
    print_comparison(compare(results, options.methods[-1], options.seed))
    if options.report:
        report.write(options, results)


def _evaluate(options: argparse.Namespace) -> None:
    from photoaes.offline.databases.gaps import in_words, write_gaps
    from photoaes.offline.evaluation.calibration import calibration
    from photoaes.offline.evaluation.evaluate import evaluate
    from photoaes.offline.evaluation.result_files import note_run

    contest = _contest(options)
    meter = Meter()
    meter.say(contest.described())
    _say_missing(contest, meter)
    if contest.photos.gaps:
        listed = options.results[0].with_suffix(".skipped.csv")
        write_gaps(listed, contest.photos.gaps)
        meter.say(in_words(contest.photos.gaps, listed))
    if options.agreement:
        judge, plan = contest.judge(), contest.plan
        told = calibration(judge.material, judge.names, contest.ratings, plan, contest.seen)
        print_agreement(told, options.agreement)
        return
    results = options.results[0]
    note_run(results, contest.run())
    judge_or_pool = contest.judging(options.jobs)
    run = evaluate(
        judge_or_pool, contest.names, contest.ratings, contest.plan, results, contest.seen
    )
    for event in run:
        meter.show("Judging", event.step, event.steps)


def _say_missing(contest: Contest, meter: Meter) -> None:
    """Of each K who is not judged, the first few by name."""
    for shots in contest.plan.shots:
        lost = [one for one in contest.missing if one.shots == shots]
        if lost:
            named = "; ".join(f"{one.person}: {one.why}" for one in lost[:NAMED])
            more = f"; and {len(lost) - NAMED} more" if len(lost) > NAMED else ""
            meter.say(f"K = {shots}: {len(lost)} people are not judged ({named}{more})")


def _contest(options: argparse.Namespace) -> Contest:
    from photoaes.model.bank.packs import find_bank
    from photoaes.model.device import choose_device
    from photoaes.model.paper.fit_settings import FitSettings
    from photoaes.offline.databases import read_table
    from photoaes.offline.evaluation.contest import Contest
    from photoaes.offline.evaluation.evaluate import Plan
    from photoaes.offline.evaluation.photo_set import photo_set, with_photos

    table = _table(options)
    able = table.people(min(options.shots) + options.min_query)
    people = _chosen(able, options)
    seen = [row["image"] for _, row in read_table(options.seen, ("image",))] if options.seen else []
    bank = find_bank(options.bank, starter_bank_folder(), banks_folder())
    photos = photo_set(
        table, people, bank.backbone.preprocessing, options.cache, options.missing_at_most
    )
    return Contest(
        bank,
        with_photos(table, photos.names),
        photos,
        Plan(
            tuple(people),
            tuple(options.shots),
            options.trials,
            tuple(options.methods),
            table.scale,
            options.seed,
            options.min_query,
        ),
        FitSettings(
            steps=options.steps, temperature=options.temperature, seed=options.seed, mixed=True
        ),
        choose_device(options.device),
        frozenset(seen),
        options.cache,
        options.results[0].stem,
        options.database[0] if options.database else options.ratings.name,
        tuple(person for person in table.expected() if person not in set(able)),
    )


def _table(options: argparse.Namespace) -> RaterTable:
    """The ratings that the options name, with their scale and the photos' folders."""
    from photoaes.offline.databases import read_ratings
    from photoaes.offline.databases.catalogue import published, rater_databases

    if options.database:
        name, folder = options.database
        raters = published(name).raters
        if raters is None:
            known = ", ".join(rater_databases())
            raise InputInvalid(f"{name} has no single people's ratings; these have: {known}.")
        return raters(Path(folder))
    if not (options.images and options.ratings):
        raise InputInvalid("Name a --database and its folder, or --images and --ratings.")
    plain = read_ratings(options.ratings)
    return replace(plain, scale=tuple(options.scale), folders=(options.images,))


def _chosen(people: Sequence[str], options: argparse.Namespace) -> list[str]:
    """The people that the seed draws, or the share of them that this run is for."""
    import numpy as np

    part, _, parts = options.share.partition("/")
    if not (part.isdecimal() and parts.isdecimal() and 1 <= int(part) <= int(parts)):
        raise InputInvalid("--share wants I/N, such as 1/2 and 2/2 for two runs.")
    order = np.random.default_rng(options.seed).permutation(len(people))
    drawn = [people[i] for i in order][: options.people]
    return drawn[int(part) - 1 :: int(parts)]
