"""What was printed for experts on their own databases: Tables 8 to 12, PLCC/SROCC, and Table 5.

Copied from the project's guide (method, section 3), which read them in the paper.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from photoaes.model.bank.manifest import Task
from photoaes.offline.databases.catalogue import DATABASES
from photoaes.offline.report.document import Block, Data, Section, Table
from photoaes.offline.report.words import decimal

FILE, SPEED_FILE = "report-expert-figures.csv", "report-speed.csv"
OURS = "here"
# By the databases' short names, and by those of the authors' checkpoints.
TABLES: Mapping[str, tuple[str, str]] = {
    "ava": ("T8", """
NIMA .636/.612
Hosu .757/.756
PA-IAA -/.666
HLA-GCN .687/.665
MUSIQ-single .731/.719
MUSIQ .738/.726
VILA-R .774/.774
TANet .765/.758
TAVAR .736/.725
CSKD .779/.770
The paper, B/16 .780/.781
The paper, L/14 .804/.808
"""),
    "tad66k": ("T9", """
PAM .440/.422
NIMA .405/.390
HLA-GCN .493/.486
TANet .531/.513
The paper, B/16 .521/.491
The paper, L/14 .523/.492
"""),
    "para": ("T10", """
PARA .936/.902
CSKD .951/.926
The paper, B/16 .945/.921
The paper, L/14 .945/.917
"""),
    "koniq": ("T11", """
BRISQUE .681/.665
ILNIQE .523/.507
SFA .872/.856
DBCNN .884/.875
MetaIQA .887/.805
BIQA .917/.906
MUSIQ .928/.916
CLIP-IQA .909/.895
The paper, B/16 .941/.925
The paper, L/14 .933/.918
"""),
    "spaq": ("T12", """
BRISQUE .817/.809
ILNIQE .721/.713
DBCNN .915/.911
Fang .909/.908
BIQA .928/.925
MUSIQ .921/.917
CLIP-IQA .866/.864
The paper, B/16 .882/.914
The paper, L/14 .874/.912
"""),
}  # fmt: skip
ALSO = {"tad": "tad66k", "aes": "flickr-aes"}
# Table 5, on an RTX 3090.
SPEEDS = (("The paper, B/16", 417.95), ("The paper, L/14", 94.41), ("MTCL", 359.05))


@dataclass(frozen=True)
class Speed:
    """Photos a second that the merged model scores, and where that was measured."""

    model: str
    device: str
    frames_per_second: float


def experts_beside_published(tasks: Sequence[Task]) -> Section | None:
    """Each expert's held-out PLCC and SROCC under its table; None for experts of no table."""
    rows: list[tuple[str, str, str, float | None, float | None]] = []
    for name, (table, _) in TABLES.items():
        rows += [(table, name, method, p, s) for method, p, s in _printed(name)]
        own = [task for task in tasks if ALSO.get(task.name, task.name) == name]
        rows += [
            (table, name, f"{OURS}: {t.name}", t.figures.get("plcc"), t.figures.get("srocc"))
            for t in own
        ]
    if not any(row[2].startswith(OURS) for row in rows):
        return None
    judged = frozenset(i for i, row in enumerate(rows) if row[2].startswith(OURS))
    table_rows = [[t, n, m, decimal(p), decimal(s)] for t, n, m, p, s in rows]
    text = (
        "PLCC and SROCC of each expert on its database's test split, as the paper prints them in "
        f"Tables 8 to 12 with the rivals that it names; lines with {OURS} are this bank's, with "
        "a dash where the bank was imported and its experts were not judged on photos. Which split "
        "was taken: " + "; ".join(f"{t.name}: {t.source}" for t in tasks) + "."
    )
    shown = Table(["table", "database", "method", "PLCC", "SROCC"], table_rows, 3, judged)
    data = Data(FILE, ("table", "database", "method", "plcc", "srocc"), rows)
    return Section("Experts on their own databases", [text, shown, data])


def expert_table(database: str, experts: Sequence[tuple[str, Mapping[str, float], str]]) -> Section:
    """One of Tables 8 to 12; experts are given by name, figures and source."""
    table, _ = TABLES[database]
    rows: list[tuple[str, str, float | None, float | None]] = []
    rows += [("paper", *printed) for printed in _printed(database)]
    own = [one for one in experts if ALSO.get(one[0], one[0]) == database]
    rows += [(OURS, name, f.get("plcc"), f.get("srocc")) for name, f, _ in own]
    shown = [[source, method, decimal(p), decimal(s)] for source, method, p, s in rows]
    judged = frozenset(i for i, row in enumerate(rows) if row[0] == OURS)
    number = int(table[1:])
    title = f"Table {number}: the expert of {DATABASES[database].publication.title}"
    told = "; ".join(source for _, _, source in own) or "this bank has no such expert"
    blocks: list[Block] = [
        f"PLCC and SROCC on the test split. {told}.",
        Table(["source", "method", "PLCC", "SROCC"], shown, 2, judged),
        Data(f"table-{number:02}.csv", ("source", "method", "plcc", "srocc"), rows),
    ]
    return Section(title, blocks)


def _printed(database: str) -> Iterator[tuple[str, float | None, float | None]]:
    """The lines of a table: method, PLCC, SROCC; None for a dash."""
    for line in TABLES[database][1].strip().splitlines():
        method, _, values = line.rpartition(" ")
        plcc, srocc = (float(v) if v != "-" else None for v in values.split("/"))
        yield method, plcc, srocc


def speeds(measured: Sequence[Speed]) -> Section | None:
    """Frames a second (Table 5); None where none were measured."""
    if not measured:
        return None
    rows = [(method, "RTX 3090", value) for method, value in SPEEDS]
    rows += [(f"{OURS}: {one.model}", one.device, one.frames_per_second) for one in measured]
    shown = [[method, device, f"{value:.2f}"] for method, device, value in rows]
    judged = frozenset(range(len(SPEEDS), len(rows)))
    blocks: list[Block] = [
        "Photos a second that the merged model scores, without decoding them (Table 5).",
        Table(["method", "device", "frames a second"], shown, 2, judged),
        Data(SPEED_FILE, ("method", "device", "frames_per_second"), rows),
    ]
    return Section("Speed", blocks)
