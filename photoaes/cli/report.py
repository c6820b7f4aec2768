"""`--report` of `photoaes evaluate`: what the report needs from the command line."""

from __future__ import annotations

import argparse
import hashlib
import platform
from collections.abc import Iterable, Sequence
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from photoaes import __version__
from photoaes.errors import InputInvalid
from photoaes.settings import banks_folder, starter_bank_folder

if TYPE_CHECKING:
    from photoaes.offline.protocol import Result
    from photoaes.offline.report.similarity import BankFacts

# As in offline.report.published, which is not to be loaded for --help.
DATABASES = ("flickr-aes", "real-cur", "aadb")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options that are about the report."""
    group = parser.add_argument_group("report")
    group.add_argument(
        "--report",
        type=Path,
        metavar="DIR",
        help="write report.md, report.html and their numbers as CSV here",
    )
    group.add_argument(
        "--database",
        choices=DATABASES,
        metavar="NAME",
        help=f"the photos are this published database ({', '.join(DATABASES)}): the report sets "
        "the published figures beside",
    )
    group.add_argument(
        "--told",
        type=Path,
        metavar="CSV",
        help="what an earlier run wrote with --agreement, for the report",
    )


def check(options: argparse.Namespace) -> None:
    """Whether the report can be made, before hours are spent on what is to stand in it.

    Raises InputInvalid for options that do not fit, and for files that it would overwrite.
    """
    if not options.report:
        if options.database or options.told:
            raise InputInvalid("--database and --told are for the report: give --report DIR.")
        return
    if options.agreement:
        raise InputInvalid("--agreement judges no methods: give its file to --told next time.")
    from photoaes.offline.report.files import FILES

    ours = {(options.report / name).resolve() for name in FILES}
    for path in filter(None, [*options.results, options.ratings, options.told]):
        if path.resolve() in ours:
            raise InputInvalid(f"The report would overwrite {path}: choose another folder.", path)
    if options.told and not options.told.is_file():
        raise InputInvalid(f"There is no file {options.told}.", options.told)


def write(options: argparse.Namespace, results: Sequence[Result]) -> None:
    """Write the report of these results."""
    from photoaes.model.packs import find_bank
    from photoaes.offline.calibration import Told
    from photoaes.offline.report.coefficients import read_coefficients
    from photoaes.offline.report.files import write_report
    from photoaes.offline.report.records import read_records
    from photoaes.offline.report.sections import Evaluation, sections
    from photoaes.offline.report.similarity import bank_facts

    # Results do not say which bank they are of: without a run it is the one named, or none.
    bank = None
    if options.bank or not options.summary:
        bank = find_bank(options.bank, starter_bank_folder(), banks_folder())
    facts = bank_facts(bank) if bank else None
    evaluation = Evaluation(
        [*_found(options, results), *_given(options, facts), *_made()],
        results,
        options.methods[-1],
        options.seed,
        options.database,
        facts,
        [one for path in options.results for one in read_coefficients(path)],
        read_records(options.told, Told) if options.told else (),
    )
    write_report(options.report, sections(evaluation))
    print(f"\nReport: {options.report / 'report.html'}")


def _found(options: argparse.Namespace, results: Sequence[Result]) -> list[tuple[str, str]]:
    """What the files prove."""
    files = [f"{path.name} (sha256 {_digest(path)})" for path in options.results if path.exists()]
    return [
        ("Results", ", ".join(files)),
        ("People", str(len({result.person for result in results}))),
        ("K", _listed(sorted({result.shots for result in results}))),
        ("Trials", str(len({result.trial for result in results}))),
        ("Methods", _listed(dict.fromkeys(result.method for result in results))),
        ("Judged method", options.methods[-1]),
        *([("Database, as given", options.database)] if options.database else []),
    ]


def _given(options: argparse.Namespace, bank: BankFacts | None) -> list[tuple[str, str]]:
    """What the run was told, and the bank; little is known where nothing was run."""
    named = [] if bank is None else _bank(bank)
    if options.summary:
        unknown = "not in the files of results, which this report only sums up"
        return [*named, ("Images, ratings, seed, settings", unknown)]
    low, high = options.scale
    return [
        *named,
        ("Images", options.images.resolve().name),
        ("Ratings", f"{options.ratings.name}, from {low:g} to {high:g}"),
        ("Photos that the bank knows", options.seen.name if options.seen else "none named"),
        ("Seed, as given", str(options.seed)),
        ("Temperature, as given", f"{options.temperature:g}"),
        ("Steps, as given", str(options.steps)),
        ("Share of the people", options.share),
        ("Earlier results", "those in the files were kept; their settings are not on file"),
        ("Machine", _machine(options.device)),
    ]


def _bank(bank: BankFacts) -> list[tuple[str, str]]:
    return [
        ("Bank, as given", f"{bank.name}, digest {bank.digest}"),
        ("Tasks", ", ".join(bank.tasks)),
        (
            "Coefficients a person",
            f"{bank.coefficients} without the head's layers, {bank.coefficients_with_head} with",
        ),
    ]


def _made() -> list[tuple[str, str]]:
    versions = f"photoaes {__version__}, torch {metadata.version('torch')}"
    return [("Report made", f"{date.today().isoformat()} with {versions}")]


def _machine(device: str) -> str:
    from photoaes.model.device import choose_device

    system = f"{platform.platform()}, Python {platform.python_version()}"
    return f"{choose_device(device).description}; {system}"


def _listed(values: Iterable[object]) -> str:
    return ", ".join(map(str, values))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]
