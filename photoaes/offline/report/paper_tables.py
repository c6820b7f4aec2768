"""Tables 2 to 7 of the paper, each with this reproduction's rows beside the printed ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from photoaes.offline.databases.catalogue import DATABASES
from photoaes.offline.evaluation.protocol import TableRow
from photoaes.offline.report.document import Block, Data, Section, Table
from photoaes.offline.report.numbers import Numbers
from photoaes.offline.report.published import SHOTS, published
from photoaes.offline.report.words import NONE, spread

OURS = "here"
# What is the paper's method in our words; its full-size L/14 where the bank is one.
FITTED = "paper"


@dataclass(frozen=True)
class PaperTable:
    """A table of the paper: whose people it is about, and our methods that stand for its rows."""

    number: int
    title: str
    database: str
    rows: Mapping[str, str]


def tables(mse: str = "paper:loss=mse,steps=1000") -> tuple[PaperTable, ...]:
    """Tables 2 to 7; `mse` is the method of Table 7's squared error, at twice the steps."""
    across = {
        "the paper's method": FITTED,
        "the same as the authors' code does it": "released",
        "K=0, nothing learned": "K=0",
        "ridge on the embedding": "ridge",
        "our posterior": "ours",
    }
    return (
        PaperTable(2, "SROCC on REAL-CUR", "real-cur", across),
        PaperTable(3, "SROCC on AADB", "aadb", across),
        PaperTable(4, "SROCC on Flickr-AES", "flickr-aes", across),
        PaperTable(
            5,
            "full fine-tuning",
            "real-cur",
            {"the paper's method": FITTED, "best-fit full fine-tune": "finetune"},
        ),
        PaperTable(
            6,
            "initialisation",
            "real-cur",
            {
                "uniform": "paper:initialisation=uniform",
                "best fit": "paper:initialisation=best",
                "adaptive": FITTED,
            },
        ),
        PaperTable(
            7,
            "loss and coefficients",
            "real-cur",
            {
                "MSE loss, twice the steps": mse,
                "one coefficient per expert": "paper:coefficients=task",
                "full method": FITTED,
            },
        ),
    )


def methods_for(database: str, mse: str = "paper:loss=mse,steps=1000") -> list[str]:
    """All methods that the tables want of a database's people; the paper's own is the last."""
    wanted = [m for table in tables(mse) if table.database == database for m in table.rows.values()]
    return [*(m for m in dict.fromkeys(wanted) if m != FITTED), FITTED]


def paper_table(table: PaperTable, numbers: Numbers | None) -> Section:
    """The printed lines and ours, those that were not run named."""
    lines = [one for one in published(table.database) if one.table == f"T{table.number}"]
    rows: list[tuple[str, str, int, float | None, float | None]] = []
    for line in lines:
        for shots, value in zip(SHOTS, line.values, strict=True):
            srocc, deviation = (value.srocc, value.deviation) if value else (None, None)
            rows.append(("paper", line.method, shots, srocc, deviation))
    shown = [["paper", line.method, *(_printed(v) for v in line.values)] for line in lines]
    left_out = []
    for name, method in table.rows.items():
        found = [numbers.row(shots, method) if numbers else None for shots in SHOTS]
        if not any(found):
            left_out.append(method)
            continue
        label = name if name == method else f"{name} ({method})"
        shown.append([OURS, label, *map(_measured, found)])
        rows += [
            (OURS, label, shots, row.mean if row else None, row.deviation if row else None)
            for shots, row in zip(SHOTS, found, strict=True)
        ]
    judged = frozenset(i for i, row in enumerate(shown) if row[0] == OURS)
    header = ["source", "method", *(f"K = {shots}" for shots in SHOTS)]
    title = DATABASES[table.database].publication.title
    blocks: list[Block] = [
        f"Mean SROCC over the people of {title} and, in brackets, the SD over draws.",
        Table(header, shown, 2, judged),
    ]
    if left_out:
        blocks.append(f"Not run here: {', '.join(left_out)}.")
    data = Data(table_file(table.number), ("source", "method", "shots", "srocc", "sd"), rows)
    return Section(f"Table {table.number}: {table.title}", [*blocks, data])


def table_file(number: int) -> str:
    """The CSV with a table's numbers."""
    return f"table-{number:02}.csv"


def _printed(value: object) -> str:
    srocc, deviation = getattr(value, "srocc", None), getattr(value, "deviation", None)
    return spread(srocc, deviation) if srocc is not None else NONE


def _measured(row: TableRow | None) -> str:
    return spread(row.mean, row.deviation) if row else NONE


def without_run(title: str, why: str, names: Sequence[str]) -> Section:
    """A table or figure that this run has nothing for."""
    return Section(title, [f"Not run: {why}.", *(f"Wanted: {name}." for name in names)])
