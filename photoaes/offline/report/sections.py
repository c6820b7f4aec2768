"""What stands in a report, in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from photoaes.errors import InputInvalid
from photoaes.offline.evaluation.calibration import Told
from photoaes.offline.evaluation.missing_people import MissingPerson
from photoaes.offline.evaluation.protocol import Result
from photoaes.offline.evaluation.result_files import Coefficient, ExpertScore
from photoaes.offline.report import (
    bank_sections,
    people_section,
    person_section,
    published_section,
    result_sections,
)
from photoaes.offline.report.document import Section, Table
from photoaes.offline.report.numbers import numbers_of
from photoaes.offline.report.published_experts import (
    Speed,
    experts_beside_published,
    speeds,
)
from photoaes.offline.report.similarity import BankSimilarity
from photoaes.offline.report.task_counts import curves, without_count


@dataclass(frozen=True)
class Evaluation:
    """All that a report is made of.

    `facts` say what was run, as pairs of name and value; `method` is the judged one. `database`
    is the short name of a published one, `seed` the bootstrap's. Whatever is empty or None has no
    section.
    """

    facts: Sequence[tuple[str, str]]
    results: Sequence[Result]
    method: str
    seed: int = 0
    database: str | None = None
    bank: BankSimilarity | None = None
    coefficients: Sequence[Coefficient] = ()
    told: Sequence[Told] = ()
    missing: Sequence[MissingPerson] = ()
    experts: Sequence[ExpertScore] = ()
    speeds: Sequence[Speed] = ()


def sections(evaluation: Evaluation) -> list[Section]:
    """The report's sections. Raises InputInvalid if no result has a defined SROCC."""
    numbers = numbers_of(evaluation.results, evaluation.method, evaluation.seed)
    if not numbers.rows:
        raise InputInvalid("There is nothing to report: no result has an SROCC.")
    bank = evaluation.bank
    by_count = curves(numbers.rows, len(bank.tasks) if bank else None)
    drawn = {(curve.shots, curve.method) for curve in by_count}
    hidden = []
    for row in numbers.rows:
        method, count = without_count(row.method)
        if count is not None and (row.shots, method) in drawn:
            hidden.append(row.method)
    found = [
        Section("What was run", [Table(("", ""), evaluation.facts, 2)]),
        people_section.people_judged(evaluation.results, evaluation.missing),
        result_sections.overview(numbers),
        result_sections.over_shots(numbers, hidden),
        published_section.beside_published(numbers, evaluation.database),
        result_sections.details(numbers),
        result_sections.comparison(numbers),
        result_sections.gains(numbers),
        person_section.gains_over_experts(numbers, evaluation.experts),
        person_section.everybody(numbers, evaluation.experts),
        person_section.experts_alone(evaluation.experts),
        experts_beside_published(bank.experts if bank else ()),
        speeds(evaluation.speeds),
        bank_sections.task_counts(by_count, bank),
        bank_sections.coefficients(evaluation.coefficients),
        bank_sections.similarity(bank),
        bank_sections.agreement(evaluation.told),
    ]
    return [section for section in found if section is not None]
