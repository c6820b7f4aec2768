"""`--report` of `photoaes evaluate`: what the report needs from the command line."""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from photoaes import __version__
from photoaes.errors import InputInvalid
from photoaes.settings import banks_folder, starter_bank_folder

if TYPE_CHECKING:
    from photoaes.model.bank.manifest import Bank
    from photoaes.offline.evaluation.protocol import Result
    from photoaes.offline.report.similarity import BankSimilarity


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options that are about the report."""
    group = parser.add_argument_group("report")
    group.add_argument(
        "--report",
        type=Path,
        metavar="DIR",
        help="write report.md, report.html, figures and all numbers as CSV here; with --database "
        "also what was published for it",
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
        if options.told:
            raise InputInvalid("--told is for the report: give --report DIR.")
        return
    if options.agreement:
        raise InputInvalid("--agreement judges no methods: give its file to --told next time.")
    from photoaes.offline.report.files import FILES, what_is_missing

    if sentence := what_is_missing():
        print(f"photoaes: {sentence}", file=sys.stderr)
    ours = {(options.report / name).resolve() for name in FILES}
    for path in filter(None, [*options.results, options.ratings, options.seen, options.told]):
        if path.resolve() in ours:
            raise InputInvalid(f"The report would overwrite {path}: choose another folder.", path)
    if options.told and not options.told.is_file():
        raise InputInvalid(f"There is no file {options.told}.", options.told)


def write(options: argparse.Namespace, results: Sequence[Result]) -> None:
    """Write the report of these results."""
    from photoaes.offline.evaluation.calibration import Told
    from photoaes.offline.evaluation.records import read_records
    from photoaes.offline.evaluation.result_files import read_experts
    from photoaes.offline.report.coefficients import read_coefficients
    from photoaes.offline.report.files import write_report
    from photoaes.offline.report.runs import people_missing, run_facts, speeds_of
    from photoaes.offline.report.sections import Evaluation, sections
    from photoaes.offline.report.similarity import bank_facts

    bank = _bank_of(options)
    facts = bank_facts(bank) if bank else None
    evaluation = Evaluation(
        [*_found(options, results), *_given(options), *run_facts(options.results), *_bank(facts)],
        results,
        options.methods[-1],
        options.seed,
        options.database[0] if options.database else None,
        facts,
        [one for path in options.results for one in read_coefficients(path)],
        read_records(options.told, Told) if options.told else (),
        people_missing(options.results),
        [one for path in options.results for one in read_experts(path)],
        speeds_of(options.results),
    )
    print(f"\nReport: {write_report(options.report, sections(evaluation))}")


def _bank_of(options: argparse.Namespace) -> Bank | None:
    """The bank that the results are of, if it is the named one or the bundled one.

    Raises InputInvalid if another one was named than their files say.
    """
    from photoaes.model.bank.packs import find_bank
    from photoaes.offline.report.runs import bank_digests

    known = bank_digests(options.results)
    if not (known or options.bank):
        return None
    bank = find_bank(options.bank, starter_bank_folder(), banks_folder())
    if bank.digest() in known or (options.bank and not known):
        return bank
    if options.bank:
        raise InputInvalid(f"The results are of another bank than {bank.name}.", bank.folder)
    return None


def _found(options: argparse.Namespace, results: Sequence[Result]) -> list[tuple[str, str]]:
    """What the results themselves prove."""
    files = [f"{path.name} (sha256 {_digest(path)})" for path in options.results if path.exists()]
    return [
        ("Results", ", ".join(files)),
        ("People", str(len({result.person for result in results}))),
        ("K", _listed(sorted({result.shots for result in results}))),
        ("Trials", str(len({result.trial for result in results}))),
        ("Methods", _listed(dict.fromkeys(result.method for result in results))),
        ("Judged method", options.methods[-1]),
        ("Report made", f"{date.today().isoformat()} with photoaes {__version__}"),
    ]


def _given(options: argparse.Namespace) -> list[tuple[str, str]]:
    """What the command line says and no file: after a run it is true, else it is only said."""
    facts = []
    if options.database:
        facts.append(("Database, as given", options.database[0]))
    elif not options.summary:
        facts.append(("Ratings, as given", options.ratings.name))
    if options.bank and options.summary:
        facts.append(("Bank, as given", options.bank))
    return facts


def _bank(bank: BankSimilarity | None) -> list[tuple[str, str]]:
    if bank is None:
        return []
    counts = f"{bank.coefficients} without the head's layers, {bank.coefficients_with_head} with"
    return [
        ("Tasks of the bank", _listed(bank.tasks)),
        ("Coefficients a person", counts),
    ]


def _listed(values: Iterable[object]) -> str:
    return ", ".join(map(str, values))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]
