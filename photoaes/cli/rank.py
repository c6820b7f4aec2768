"""`photoaes rank`: the main job without a window."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from photoaes.album.export.exporting import plan_export
from photoaes.album.export.receipt import Receipt
from photoaes.album.pairs import Paired, pair
from photoaes.album.photo import Photo, Walked
from photoaes.album.ranking import RankedPhoto, choose, sunk
from photoaes.album.ratings import read_ratings
from photoaes.album.store.lessons import ratings_for_fit
from photoaes.album.store.profiles import check_bank, check_name, load_profile
from photoaes.cli.choice import add_choice, choice_of
from photoaes.cli.commands import Commands, add_device
from photoaes.cli.opened import (
    Memory,
    add_split_pairs,
    finished,
    opened_album,
    opened_memory,
    say_not_read,
)
from photoaes.cli.progress import Meter
from photoaes.cli.ranking_output import check_target, report, write_ranking
from photoaes.cli.ranking_run import RankingRun
from photoaes.cli.wording import inside_album, receipt_told
from photoaes.errors import InputInvalid
from photoaes.jobs.choose import best_of_bursts, rejected_photos
from photoaes.jobs.export import Files, export_photos, files_to_export, left_behind
from photoaes.jobs.lesson import Lesson, lesson_of
from photoaes.jobs.rank import RankResult, check_ratings
from photoaes.jobs.read import find_photos, no_photos
from photoaes.settings import banks_folder, excluded, starter_bank_folder

NAMED = 10  # photos that are left out


def add_command(commands: Commands) -> None:
    """Add `rank` to the command line."""
    parser = commands.add_parser(
        "rank",
        help="rank a folder of photos by your taste",
        description="Learns from the ratings, ranks every photo below FOLDER and, if you wish, "
        "copies the best. Without --ratings it learns from the stars that photoaes knows; without "
        "any the order is general. Originals are never changed. What was seen in the photos is "
        "kept, so that the same album is ranked again in seconds; with --ratings alone nothing "
        "is kept.",
    )
    parser.add_argument(
        "folder", metavar="FOLDER", type=Path, help="the album, with its subfolders"
    )
    parser.add_argument("--ratings", type=Path, metavar="CSV", help="columns path,stars (1 to 5)")
    parser.add_argument(
        "--method",
        choices=("taste", "paper"),
        default="taste",
        help="how to learn: our posterior over what the photos' features say (default), or the "
        "paper's fit of the coefficients, exact and slower",
    )
    parser.add_argument("--bank", help="folder or name of a bank (default: the bundled one)")
    parser.add_argument("--profile", metavar="NAME", help="rank by this profile, learn nothing")
    parser.add_argument("--save", metavar="NAME", help="keep what is learned as a taste profile")
    parser.add_argument(
        "--anyway",
        action="store_true",
        help="rank by the taste alone, even if stars that were held out do not speak for it yet",
    )
    add_split_pairs(parser)
    add_choice(parser)
    output = parser.add_argument_group("output")
    output.add_argument("--out", type=Path, metavar="FILE", help="the whole ranking, .csv or .json")
    output.add_argument("--json", action="store_true", help="print the ranking as JSON on stdout")
    output.add_argument("--export", type=Path, metavar="DIR", help="copy the kept photos to DIR")
    output.add_argument(
        "--sidecars",
        action="store_true",
        help="with --export: the photos' sidecars, edits and Live Photos' films go along",
    )
    output.add_argument("--quiet", action="store_true", help="no progress on stderr")
    add_device(parser)
    parser.add_argument("--seed", type=int, default=0, help="same seed, same ranking (default 0)")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> None:
    _check_options(options)
    meter = Meter(options.quiet)
    with _memory(options, meter) as memory:
        _rank(options, memory, meter)


def _memory(
    options: argparse.Namespace, meter: Meter
) -> contextlib.AbstractContextManager[Memory | None]:
    """The memory, unless everything is given and nothing is to be kept."""
    if options.ratings and not options.save and not options.one_per_group:
        return contextlib.nullcontext()
    return opened_memory(meter)


def _rank(options: argparse.Namespace, memory: Memory | None, meter: Meter) -> None:
    paired = _photos(options, memory, meter)
    profile = load_profile(memory.store, options.profile) if memory and options.profile else None
    ratings = _ratings(options, memory, paired, meter)
    if memory and options.save:
        _check_save(memory, options, ratings)
    lesson = None if profile else _lesson(options, memory, paired.photos, ratings)
    # Everything that can be wrong with the input is said before torch takes its seconds.
    from photoaes.model.bank.packs import find_bank

    bank = find_bank(options.bank, starter_bank_folder(), banks_folder())
    if profile:
        check_bank(profile, bank.digest())
    meter.say(f"{len(paired.photos)} photos, {len(ratings)} rated; {bank.name}")
    _tell_of_ratings(options, lesson, ratings, meter)
    run = RankingRun(options, memory, paired.photos, ratings, bank, meter)
    if profile:
        result = run.by_profile(profile)
    elif options.method == "paper":
        result = run.by_the_paper()
    else:
        assert lesson is not None
        result = run.by_taste(lesson)
    if memory:
        paths = [photo.path for photo in result.ranked]
        ranked = sunk(result.ranked, rejected_photos(memory.store, paths))
        result = replace(result, ranked=ranked)
    best = None
    if memory and options.one_per_group:
        best = _best(memory, result, paired.photos, meter)
    kept = choose(result.ranked, choice_of(options), best)
    write_ranking(options, result, {photo.rank for photo in kept})
    if options.export:
        _export(options, paired, result, kept, meter)
    if not options.json:
        report(options, result, kept)


def _tell_of_ratings(
    options: argparse.Namespace,
    lesson: Lesson | None,
    ratings: Mapping[Path, int],
    meter: Meter,
) -> None:
    """What of them does not teach."""
    if lesson is None or options.method == "paper":
        return
    if not ratings and not lesson.pairs:
        meter.say("No ratings were given: the order is general, not yours.")
    elif count := len(ratings) - len(lesson.ratings):
        meter.say(f"{count} of the rated photos are not in this album and teach nothing.")


def _lesson(
    options: argparse.Namespace,
    memory: Memory | None,
    photos: Sequence[Photo],
    ratings: Mapping[Path, int],
) -> Lesson:
    """Stars and, where they are known, pairs; earlier albums are for the line to add."""
    known = lesson_of(memory.store, photos) if memory and not options.ratings else None
    pairs = known.pairs if known else ()
    taught = ratings if pairs else check_ratings(photos, ratings)
    return Lesson(taught, pairs)


def _photos(options: argparse.Namespace, memory: Memory | None, meter: Meter) -> Paired:
    if memory:
        album = opened_album(memory.store, options, meter)[0]
        say_not_read(album.met, meter)
        return album.paired
    folder, met = options.folder.resolve(), Walked()
    files = finished(find_photos(folder, met, excluded()), meter)
    if not files:
        raise no_photos(folder, met)
    say_not_read(met, meter)
    return pair(files, split=options.split_pairs)


def _ratings(
    options: argparse.Namespace, memory: Memory | None, paired: Paired, meter: Meter
) -> dict[Path, int]:
    if memory and not options.ratings:
        return ratings_for_fit(memory.store, [photo.path for photo in paired.photos])
    if not options.ratings:
        return {}
    files = (file.path for file in paired.files())
    found = read_ratings(options.ratings, options.folder.resolve(), files)
    for problem in found.problems:
        meter.say(f"left out: {problem}")
    table = found.stars
    primaries = paired.primaries()
    # Where the table names both files of a photo, the one that is shown counts.
    raws = {primaries[path]: stars for path, stars in table.items() if path in primaries}
    return raws | {path: stars for path, stars in table.items() if path not in primaries}


def _best(memory: Memory, result: RankResult, photos: Sequence[Photo], meter: Meter) -> set[Path]:
    """One of each group of photos that show the same; the others are named."""
    scores = {one.path: one.score for one in result.ranked}
    scored = [photo for photo in photos if photo.path in scores]
    job = best_of_bursts(*memory, result.bank_digest, scored, scores)
    best = finished(job, meter)
    if out := [one for one in result.ranked if one.path not in best]:
        meter.say(f"{len(out)} photos that show the same as others are left out:")
        for one in out[:NAMED]:
            meter.say(f"  {one.path}")
        if len(out) > NAMED:
            meter.say(f"  and {len(out) - NAMED} more, which --out lists")
    return best


def _export(
    options: argparse.Namespace,
    paired: Paired,
    result: RankResult,
    kept: Sequence[RankedPhoto],
    meter: Meter,
) -> None:
    paths = [photo.path for photo in kept]
    files = files_to_export(paired, paths, Files.BOTH, sidecars=options.sidecars)
    if behind := left_behind(files):
        meter.say(
            f"{len(behind)} sidecars, edits, films and notes stay behind, such as {behind[0]}; "
            "--sidecars takes them along"
        )
    plan = plan_export(kept, options.export, files=files)
    receipt = Receipt(
        result.bank,
        result.bank_digest,
        options.seed,
        rated=result.rated,
        coefficients=result.coefficients,
        readout=result.readout,
    )
    if told := inside_album(plan.target, options.folder):
        meter.say(told)
    meter.say(receipt_told(finished(export_photos(plan, receipt), meter)))


def _check_save(memory: Memory, options: argparse.Namespace, ratings: Mapping[Path, int]) -> None:
    # Learned from the stars that are known, a profile goes on; from a table, it is another's.
    if options.ratings or options.method == "paper":
        check_name(memory.store, options.save)
    if not ratings:
        raise InputInvalid(
            "No photo of this album is rated, so there is no taste to save. Give stars with "
            "`photoaes rate` or --ratings first, or leave out --save."
        )


def _check_options(options: argparse.Namespace) -> None:
    if options.out and options.out.suffix.lower() not in (".csv", ".json"):
        raise InputInvalid(f"{options.out.name} must end in .csv or .json.", options.out)
    if options.out and not options.out.parent.is_dir():
        raise InputInvalid(f"There is no folder {options.out.parent} for --out.", options.out)
    if options.out:
        check_target(options.out)
    if options.save is not None and not options.save.strip():
        raise InputInvalid("--save wants a name for the taste.")
    if options.profile is not None and not options.profile.strip():
        raise InputInvalid("--profile wants the name of a taste; `photoaes profile list` has them.")
    if options.profile and options.method == "paper":
        raise InputInvalid("With --profile nothing is learned: leave out --method.")
    if options.profile and (options.save or options.ratings):
        raise InputInvalid("With --profile nothing is learned: leave out --ratings and --save.")
