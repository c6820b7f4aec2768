"""`photoaes rank`: the main job without a window."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Generator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from photoaes.album.export.exporting import plan_export
from photoaes.album.export.receipt import Receipt
from photoaes.album.pairs import Paired, pair
from photoaes.album.photo import Photo
from photoaes.album.ranking import RankedPhoto, choose
from photoaes.album.ratings import read_ratings
from photoaes.album.store.identity import content_hash
from photoaes.album.store.profiles import (
    Profile,
    SupportPhoto,
    check_bank,
    check_name,
    load_profile,
    save_profile,
)
from photoaes.album.store.rating_log import ratings_for_fit
from photoaes.cli.choice import add_choice, choice_of
from photoaes.cli.commands import Commands, add_device
from photoaes.cli.opened import Memory, add_split_pairs, finished, opened_album, opened_memory
from photoaes.cli.progress import Meter
from photoaes.cli.ranking_output import report, write_ranking
from photoaes.errors import InputInvalid
from photoaes.jobs.choose import best_of_bursts
from photoaes.jobs.events import Events, ScoredPhoto
from photoaes.jobs.export import Files, export_photos, files_to_export, left_behind
from photoaes.jobs.keep import keep_scored, keep_seen
from photoaes.jobs.measure import Features, Measured, measured_once
from photoaes.jobs.rank_paper import RankResult, rank_album
from photoaes.jobs.rank_taste import rank_by_profile, rank_by_taste
from photoaes.jobs.read import find_photos
from photoaes.settings import banks_folder, excluded, starter_bank_folder

if TYPE_CHECKING:
    from photoaes.model.bank.manifest import Bank

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
    add_split_pairs(parser)
    add_choice(parser)
    output = parser.add_argument_group("output")
    output.add_argument("--out", type=Path, metavar="FILE", help="the whole ranking, .csv or .json")
    output.add_argument("--json", action="store_true", help="print the ranking as JSON on stdout")
    output.add_argument("--export", type=Path, metavar="DIR", help="copy the kept photos to DIR")
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
        _check_save(memory, options.save, ratings)
    # Everything that can be wrong with the input is said before torch takes its seconds.
    from photoaes.model.bank.packs import find_bank

    bank = find_bank(options.bank, starter_bank_folder(), banks_folder())
    if profile:
        check_bank(profile, bank.digest())
    scored: list[ScoredPhoto] = []
    job = _job(options, memory, paired.photos, ratings, profile, bank, meter)
    result = finished(job, meter, scored.append)
    best = _keep(options, memory, ratings, result, scored, meter) if memory else None
    if best is not None and (out := [one for one in result.ranked if one.path not in best]):
        meter.say(f"{len(out)} photos that show the same as others are left out:")
        for one in out[:NAMED]:
            meter.say(f"  {one.path}")
        if len(out) > NAMED:
            meter.say(f"  and {len(out) - NAMED} more, which --out lists")
    kept = choose(result.ranked, choice_of(options), best)
    write_ranking(options, result, {photo.rank for photo in kept})
    if options.export:
        _export(options, paired, result, kept, meter)
    if not options.json:
        report(options, result, kept)


def _job(
    options: argparse.Namespace,
    memory: Memory | None,
    photos: Sequence[Photo],
    ratings: Mapping[Path, int],
    profile: Profile | None,
    bank: Bank,
    meter: Meter,
) -> Generator[Events | Measured, None, RankResult]:
    """What the options ask for; with a memory no photo is measured that was measured before."""
    from photoaes.model.device import choose_device
    from photoaes.model.paper.fit_settings import FitSettings

    device = choose_device(options.device)
    meter.say(f"{len(photos)} photos, {len(ratings)} rated; {device.description}; {bank.name}")

    def job(known: Mapping[Path, Features]) -> Generator[Events | Measured, None, RankResult]:
        if known:
            meter.say(f"{len(known)} of them were looked at before and are not opened again")
        if profile:
            return rank_by_profile(photos, ratings, profile, bank, device, known)
        return rank_by_taste(photos, ratings, bank, device, known)

    if options.method == "paper" and not profile:
        return rank_album(photos, ratings, bank, device, FitSettings(seed=options.seed))
    return measured_once(job, *memory, photos, bank.digest()) if memory else job({})


def _photos(options: argparse.Namespace, memory: Memory | None, meter: Meter) -> Paired:
    if memory:
        return opened_album(memory.store, options, meter)[0].paired
    folder = options.folder.resolve()
    files = finished(find_photos(folder, exclude=excluded()), meter)
    if not files:
        raise InputInvalid(f"There are no photos in {folder}.", folder)
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


def _keep(
    options: argparse.Namespace,
    memory: Memory,
    ratings: Mapping[Path, int],
    result: RankResult,
    scored: Sequence[ScoredPhoto],
    meter: Meter,
) -> set[Path] | None:
    """Save the profile if asked to, and what is known of the photos; with --one-per-group the best.

    A fit that nobody has named is not kept: its scores belong to no profile.
    """
    if options.save:
        save_profile(memory.store, _profile(options, ratings, result))
    name = options.save or options.profile
    if name is None and result.rated:
        keep_seen(*memory, result.bank_digest, scored)
    else:
        keep_scored(*memory, result.bank_digest, name, scored)
    if not options.one_per_group:
        return None
    scores = {one.photo.path: one.score for one in scored}
    photos = [one.photo for one in scored]
    return finished(best_of_bursts(*memory, result.bank_digest, photos, scores), meter)


def _profile(
    options: argparse.Namespace, ratings: Mapping[Path, int], result: RankResult
) -> Profile:
    hashes = ((content_hash(path), stars) for path, stars in ratings.items())
    return Profile(
        options.save,
        result.bank,
        result.bank_digest,
        options.seed,
        result.coefficients,
        tuple(SupportPhoto(digest.hex(), stars) for digest, stars in hashes if digest),
        {},
        datetime.now(UTC).isoformat(timespec="seconds"),
        result.readout,
    )


def _export(
    options: argparse.Namespace,
    paired: Paired,
    result: RankResult,
    kept: Sequence[RankedPhoto],
    meter: Meter,
) -> None:
    files = files_to_export(paired, [photo.path for photo in kept], Files.BOTH)
    if behind := left_behind(files):
        meter.say(f"{len(behind)} edits, films and notes stay behind, such as {behind[0]}")
    plan = plan_export(kept, options.export, files=files)
    receipt = Receipt(
        result.bank,
        result.bank_digest,
        options.seed,
        rated=result.rated,
        coefficients=result.coefficients,
        readout=result.readout,
    )
    finished(export_photos(plan, receipt), meter)


def _check_save(memory: Memory, name: str, ratings: Mapping[Path, int]) -> None:
    check_name(memory.store, name)
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
    if options.profile and options.method == "paper":
        raise InputInvalid("With --profile nothing is learned: leave out --method.")
    if options.profile and (options.save or options.ratings):
        raise InputInvalid("With --profile nothing is learned: leave out --ratings and --save.")
