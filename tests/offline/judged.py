"""Small results of an evaluation, made up, and reports of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import numpy as np

from photoaes.model.bank.manifest import Task
from photoaes.offline.evaluation.calibration import Told
from photoaes.offline.evaluation.protocol import EXPERTS_ALIKE, Result
from photoaes.offline.evaluation.result_files import Coefficient, ExpertScore
from photoaes.offline.report.document import Section, Table
from photoaes.offline.report.markdown import markdown
from photoaes.offline.report.page import page
from photoaes.offline.report.published_experts import Speed
from photoaes.offline.report.sections import Evaluation, sections
from photoaes.offline.report.similarity import bank_facts
from tests.tiny import TASKS, tiny_bank

AVA = Task("ava", "", "AVA; split: a list", "", (1, 10), {"plcc": 0.75, "srocc": 0.5})
FACTS = (("Results", "results.csv"),)


def some_results(
    methods: Sequence[str] = (EXPERTS_ALIKE, "linear", "ours"),
    people: int = 6,
    shots: Sequence[int] = (10, 100),
    trials: int = 3,
) -> list[Result]:
    rng = np.random.default_rng(0)
    found = []
    for k, trial, place in np.ndindex(len(shots), trials, len(methods)):
        for person in range(people):
            srocc = float(0.2 + 0.1 * place + rng.normal(0, 0.1))
            given = f"p{person}", shots[k], trial, methods[place]
            found.append(Result(*given, srocc, 0.5 + srocc / 3, srocc + 0.01, "results"))
    return found


def some_coefficients() -> list[Coefficient]:
    rng = np.random.default_rng(0)
    return [
        Coefficient(f"p{person}", 10, 0, "linear", task, value, value * sign)
        for task, sign in zip(TASKS, (1, -1), strict=True)
        for person, value in enumerate(rng.normal(0, 0.3, 8).tolist())
    ]


def some_experts(people: int = 6, shots: Sequence[int] = (10, 100)) -> list[ExpertScore]:
    rng = np.random.default_rng(1)
    return [
        ExpertScore(f"p{person}", k, trial, task, float(rng.normal(0.2, 0.1)))
        for k in shots
        for trial in range(3)
        for person in range(people)
        for task in TASKS
    ]


def some_told() -> list[Told]:
    rng = np.random.default_rng(0)
    return [
        Told(f"p{i}", k, 0, 0.6 + 0.01 * i, 0.1, float(rng.uniform(0.5, 0.8)), 0.6, 0.6, 0.5)
        for k in (5, 10)
        for i in range(10)
    ]


def whole_report(folder: Path) -> list[Section]:
    """A report with everything that one can have; a bank is made in the folder."""
    methods = (EXPERTS_ALIKE, "linear:tasks=1", "linear", "ours")
    return sections(
        Evaluation(
            FACTS,
            some_results(methods),
            "ours",
            database="real-cur",
            bank=replace(bank_facts(tiny_bank(folder / "bank")), experts=(AVA,)),
            coefficients=some_coefficients(),
            told=some_told(),
            experts=some_experts(),
            speeds=[Speed("ViT-B-16", "CPU", 3.25)],
        )
    )


def page_of(title: str, found: Sequence[Section]) -> Element:
    """The report's page, without figures, as any parser of XML reads it."""
    return fromstring(page(title, markdown(title, found), {}))


def titles(found: Sequence[Section]) -> list[str]:
    return [section.title for section in found]


def table_of(found: Sequence[Section], title: str) -> Table:
    (section,) = (one for one in found if one.title == title)
    return next(block for block in section.blocks if isinstance(block, Table))


def cells(text: str, title: str) -> list[list[str]]:
    """The rows of the first table under a heading of a Markdown text."""
    lines = text.split(f"## {title}\n")[1].split("\n## ")[0].splitlines()
    rows = [line for line in lines if line.startswith("|")][2:]
    return [[cell.strip("* ") for cell in row.strip("|").split(" | ")] for row in rows]
