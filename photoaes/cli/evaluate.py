"""`photoaes evaluate`: the K-shot protocol on people's ratings."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from photoaes.cli import report
from photoaes.cli.commands import Commands
from photoaes.cli.evaluation_options import add_data, add_output, add_protocol
from photoaes.cli.evaluation_tables import print_agreement, print_comparison, print_rows
from photoaes.cli.progress import Meter
from photoaes.errors import InputInvalid
from photoaes.settings import banks_folder, starter_bank_folder

if TYPE_CHECKING:
    from photoaes.offline.databases import RaterTable
    from photoaes.offline.evaluation.contest import Contest

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
linear:tasks=beauty+sharpness  finetune:lr=1e-5
ridge, gp and logistic also learn on any tower of open_clip's, frozen:
ridge:tower=ViT-B-16/datacomp_xl_s13b_b90k  ridge:tower=ViT-B-16/weights.safetensors"""


def add_command(commands: Commands) -> None:
    """Add `evaluate` to the command line."""
    parser = commands.add_parser(
        "evaluate",
        help="judge personalisation on people's ratings",
        description=DESCRIPTION,
        epilog=METHODS_TEXT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_data(parser)
    add_protocol(parser)
    add_output(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> None:
    from photoaes.offline.evaluation.protocol import compare, summarise
    from photoaes.offline.evaluation.result_files import read_results

    report.check(options)
    if options.dry_run:
        _say_cost(options)
        return
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
    from photoaes.offline.evaluation.speed import frames_per_second

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
    facts = contest.run()
    if options.speed:
        facts["frames_per_second"] = frames_per_second(contest.bank, contest.device.torch)
    note_run(results, facts)
    judge_or_pool = contest.judging(options.jobs)
    run = evaluate(
        judge_or_pool, contest.names, contest.ratings, contest.plan, results, contest.seen
    )
    for event in run:
        meter.show("Judging", event.step, event.steps)


def _say_cost(options: argparse.Namespace) -> None:
    from photoaes.offline.evaluation.cost import evaluation_cost

    contest = _contest(options)
    plan = contest.plan
    print(
        f"{len(plan.people)} people, {len(contest.photos.asked)} photos; "
        f"{contest.device.description}; {contest.bank.name}"
    )
    _say_missing(contest, Meter())
    for line in evaluation_cost(contest).lines():
        print(line)


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
    from photoaes.offline.evaluation.evaluate import EvaluationPlan
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
        with_photos(table, photos.asked if options.dry_run else photos.names),
        photos,
        EvaluationPlan(
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
