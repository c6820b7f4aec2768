"""The published figures for a database, with ours beside them."""

from __future__ import annotations

import math

from photoaes.offline.databases.catalogue import DATABASES
from photoaes.offline.evaluation.protocol import TableRow
from photoaes.offline.report.document import Data, Section, Table
from photoaes.offline.report.numbers import Numbers
from photoaes.offline.report.published import SHOTS, Printed, PublishedLine, published
from photoaes.offline.report.words import NONE, spread

FILE = "report-published.csv"
OURS = "here"


def beside_published(numbers: Numbers, database: str | None) -> Section | None:
    """Published figures and ours at the same K; None for a database without any, and for None."""
    lines = published(database)
    if database is None or not lines:
        return None
    ours = _ours(numbers)
    rows = [[line.table, line.method, *map(_shown, line.values)] for line in lines + ours]
    judged = frozenset(i for i, row in enumerate(rows) if row[:2] == [OURS, numbers.method])
    header = ["table", "method", *(f"K = {shots}" for shots in SHOTS)]
    text = _text(DATABASES[database].publication.title)
    if not ours:
        text += " This evaluation has no results at these K."
    table = Table(header, rows, len(header), judged)
    return Section("Published figures", [text, table, _data(lines + ours)])


def _text(database: str) -> str:
    return (
        f"Mean SROCC and, in brackets, SD over draws, as published for {database}. T2 to T7 are "
        "the tables of Yun and Choo (ECCV 2024), copied from this project's guide; lines marked "
        f"{OURS} are this evaluation's, at the same K. They can be compared only if people, photos "
        "and draws are alike. The published numbers are probably optimistic: the authors' code "
        "reports the highest of six evaluations on the photos judged on, while ours are of the "
        "last step. Whether the printed tables were made so is not known."
    )


def _ours(numbers: Numbers) -> list[PublishedLine]:
    """The methods that were run at one of these K at least."""
    lines = []
    for method in numbers.methods:
        rows = [numbers.row(shots, method) for shots in SHOTS]
        if any(rows):
            lines.append(PublishedLine(method, OURS, tuple(map(_measured, rows))))
    return lines


def _measured(row: TableRow | None) -> Printed | None:
    if row is None:
        return None
    return Printed(row.mean, None if math.isnan(row.deviation) else row.deviation)


def _shown(value: Printed | None) -> str:
    return spread(value.srocc, value.deviation) if value else NONE


def _data(lines: list[PublishedLine]) -> Data:
    rows = [
        (line.table, line.method, shots, value.srocc, value.deviation)
        for line in lines
        for shots, value in zip(SHOTS, line.values, strict=True)
        if value
    ]
    return Data(FILE, ("table", "method", "shots", "srocc", "sd"), rows)
