"""The whole paper beside this reproduction: Tables 2 to 12, Figures 2 and 4 to 13, in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from photoaes.offline.databases.catalogue import DATABASES
from photoaes.offline.report import bank_sections, people_section, person_section
from photoaes.offline.report.document import Block, Data, Figure, Section, Table
from photoaes.offline.report.numbers import Numbers, numbers_of
from photoaes.offline.report.paper_tables import (
    FITTED,
    PaperTable,
    paper_table,
    table_file,
    without_run,
)
from photoaes.offline.report.published import SHOTS, published
from photoaes.offline.report.published_experts import TABLES, expert_table, speeds
from photoaes.offline.report.sections import Evaluation
from photoaes.offline.report.similarity import BankSimilarity
from photoaes.offline.report.task_counts import curves

TITLE = "The paper, reproduced"
# Two each, K = 10 and 100: the paper's text does not say which database comes first.
EVERYBODY = (("flickr-aes", 8), ("real-cur", 10), ("aadb", 12))
PAPER_FILES = (
    "paper-items.csv",
    *(table_file(number) for number in range(2, 13)),
    "table-05-speed.csv",
    *(f"figure-{number:02}.csv" for number in (2, *range(4, 14))),
    *(f"people-{name}.csv" for name, _ in EVERYBODY),
)


@dataclass(frozen=True)
class Reproduction:
    """What was run: a database's evaluation by its name, the bank, and facts for the first page."""

    facts: Sequence[tuple[str, str]]
    bank: BankSimilarity | None
    evaluations: Mapping[str, Evaluation]
    tables: Sequence[PaperTable]
    trained: Sequence[str] = ()


def paper_report(run: Reproduction) -> list[Section]:
    """All sections; what was not run stands in its place with the reason."""
    numbers = {
        name: numbers_of(one.results, FITTED, one.seed)
        for name, one in run.evaluations.items()
        if one.results
    }
    items = [paper_table(table, numbers.get(table.database)) for table in run.tables]
    items[3:4] = [_with_speed(items[3], run)]
    items += [expert_table(name, _experts(run)) for name in TABLES]
    items += _figures(run, numbers)
    people = [
        _named(
            people_section.people_judged(one.results, one.missing),
            f"People judged: {DATABASES[name].publication.title}",
            f"people-{name}.csv",
        )
        for name, one in run.evaluations.items()
    ]
    what = Section("What was run", [Table(("", ""), run.facts, 2)])
    return [what, _overview(items), *items, *people]


def _overview(items: Sequence[Section]) -> Section:
    """Each item, and the file with its numbers."""
    rows = []
    for item in items:
        files = [block.file for block in item.blocks if isinstance(block, Data)]
        name, _, about = item.title.partition(": ")
        rows.append([name, about, ", ".join(files) or "not run"])
    data = Data("paper-items.csv", ("item", "about", "file"), rows)
    text = "Each table and figure of the paper, and the file whose rows are its numbers."
    return Section("Items", [text, Table(["item", "about", "numbers"], rows, 3), data])


def _with_speed(section: Section, run: Reproduction) -> Section:
    measured = [one for e in run.evaluations.values() for one in e.speeds]
    found = speeds(list({(one.model, one.device): one for one in measured}.values()))
    if found is None:
        return section
    blocks = [
        replace(block, file="table-05-speed.csv") if isinstance(block, Data) else block
        for block in found.blocks
    ]
    return Section(section.title, [*section.blocks, *blocks])


def _experts(run: Reproduction) -> Sequence[tuple[str, Mapping[str, float], str]]:
    return [(t.name, t.figures, t.source) for t in (run.bank.experts if run.bank else ())]


def _figures(run: Reproduction, numbers: Mapping[str, Numbers]) -> list[Section]:
    bank, real, flickr = (
        run.bank,
        run.evaluations.get("real-cur"),
        run.evaluations.get("flickr-aes"),
    )
    experts = next((e.experts for e in run.evaluations.values() if e.experts), ())
    rows = numbers["real-cur"].rows if "real-cur" in numbers else ()
    by_count = curves(rows, len(bank.tasks) if bank else None)
    fitted = [c for c in (real.coefficients if real else ()) if c.method == FITTED]
    gains = None
    if flickr and "flickr-aes" in numbers:
        at_hundred = _at(numbers["flickr-aes"], (100,))
        gains = person_section.gains_over_experts(at_hundred, flickr.experts)
    found = [
        (2, "experts alone, four people", person_section.experts_alone(experts)),
        (4, "cosines of the task vectors", bank_sections.similarity(bank)),
        (5, "number of experts, REAL-CUR", bank_sections.task_counts(by_count, bank, _rivals())),
        (6, "coefficients and zero-shot SROCC, REAL-CUR", bank_sections.coefficients(fitted)),
        (7, "gain over the experts' mean SROCC, Flickr-AES, K = 100", gains),
    ]
    for name, number in EVERYBODY:
        found += [
            (number + place, _about(name, shots), _everybody(run, numbers.get(name), name, shots))
            for place, shots in enumerate((10, 100))
        ]
    return [_figure(number, about, section) for number, about, section in found]


def _rivals() -> list[bank_sections.Level]:
    """MTCL's lines in Figure 5, which are its values in Table 2."""
    (mtcl,) = (one for one in published("real-cur") if one.method == "MTCL")
    return [
        bank_sections.Level("MTCL", shots, value.srocc)
        for shots, value in zip(SHOTS, mtcl.values, strict=True)
        if value
    ]


def _about(name: str, shots: int) -> str:
    return f"every person of {DATABASES[name].publication.title}, K = {shots}"


def _everybody(run: Reproduction, own: Numbers | None, name: str, shots: int) -> Section | None:
    if own is None or shots not in own.shots:
        return None
    experts = [one for one in run.evaluations[name].experts if one.shots == shots]
    return person_section.everybody(_at(own, (shots,)), experts)


def _at(numbers: Numbers, shots: Sequence[int]) -> Numbers:
    """The numbers of some K alone."""
    return replace(
        numbers,
        results=[one for one in numbers.results if one.shots in shots],
        rows=[row for row in numbers.rows if row.shots in shots],
    )


def _figure(number: int, about: str, section: Section | None) -> Section:
    title = f"Figure {number}: {about}"
    if section is None:
        return without_run(title, "what it is made of was not run", ())
    return _named(section, title, f"figure-{number:02}.csv")


def _named(section: Section, title: str, file: str) -> Section:
    """Under the paper's name, its figures and numbers in files named like it."""
    stem, drawn = file.removesuffix(".csv"), 0
    blocks: list[Block] = []
    for block in section.blocks:
        if isinstance(block, Figure):
            drawn += 1
            block = replace(block, name=stem if drawn == 1 else f"{stem}-{drawn}")
        elif isinstance(block, Data):
            block = replace(block, file=file)
        blocks.append(block)
    return Section(title, blocks)
