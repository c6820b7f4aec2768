"""The sections about task vectors and coefficients, and about the agreement that is told."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from photoaes.offline.evaluation.calibration import Told, bins
from photoaes.offline.evaluation.result_files import Coefficient
from photoaes.offline.report.coefficients import Relations, relations
from photoaes.offline.report.document import Data, Figure, Section, Table
from photoaes.offline.report.plots.lines import Point, Series, lines_plot
from photoaes.offline.report.plots.matrix import matrix_plot
from photoaes.offline.report.plots.panels import Panel, panels_plot
from photoaes.offline.report.similarity import BankFacts
from photoaes.offline.report.task_counts import Curve
from photoaes.offline.report.words import decimal, percent

COSINES_FILE, COUNTS_FILE = "report-cosines.csv", "report-task-counts.csv"
COEFFICIENTS_FILE, AGREEMENT_FILE = "report-coefficients.csv", "report-agreement.csv"


def similarity(bank: BankFacts | None) -> Section | None:
    """How alike the task vectors are (Figure 4); None without a bank, or with one task alone."""
    if bank is None or len(bank.tasks) < 2:
        return None
    apart = bank.cosines[~np.eye(len(bank.tasks), dtype=bool)]
    largest = float(apart[np.abs(apart).argmax()])
    label = "Cosine similarity of the task vectors"
    caption = (
        f"{label} of {bank.name}, over all layers of the backbone together, without the head. "
        f"Without the diagonal the mean is {decimal(float(apart.mean()))}, and the value farthest "
        f"from zero {decimal(largest)}. The paper (Figure 4) finds its own typically orthogonal."
    )
    svg = matrix_plot(bank.tasks, bank.cosines, label)
    rows = [(task, *map(float, row)) for task, row in zip(bank.tasks, bank.cosines, strict=True)]
    data = Data(COSINES_FILE, ("task", *bank.tasks), rows)
    return Section("Task vectors beside each other", [Figure(svg, caption), data])


def task_counts(curves: Sequence[Curve], bank: BankFacts | None) -> Section | None:
    """SROCC over the number of task vectors (Figure 5); None where nothing was run for it."""
    if not curves:
        return None
    counts = sorted({n for curve in curves for n, _ in curve.points if n is not None})
    unknown = any(n is None for curve in curves for n, _ in curve.points)
    places = {n: place for place, n in enumerate([*counts, *([None] if unknown else [])])}
    series = [
        Series(
            f"{curve.method}, K = {curve.shots}",
            [Point(places[n], row.mean, row.interval) for n, row in curve.points],
        )
        for curve in curves
    ]
    names = ["all" if n is None else str(n) for n in places]
    label = "SROCC over the number of task vectors"
    svg = lines_plot(series, names, "task vectors", label)
    caption = (
        f"{label}: mean over people with 95 % intervals. The numbers stand at even steps. The "
        "paper's Figure 5 adds experts in the same way."
    )
    if bank is not None:
        caption += f" The bank's tasks, in the order in which they are added: {_listed(bank)}."
    rows = [
        (curve.method, curve.shots, "all" if n is None else n, row.mean, *row.interval)
        for curve in curves
        for n, row in curve.points
    ]
    data = Data(COUNTS_FILE, ("method", "shots", "tasks", "srocc", "low", "high"), rows)
    return Section("Number of task vectors", [Figure(svg, caption), data])


def coefficients(draws: Sequence[Coefficient]) -> Section | None:
    """Fitted coefficients over zero-shot SROCC (Figure 6); None where none were kept."""
    groups = relations(draws)
    if not groups:
        return None
    text = (
        "Each dot is a draw: how well an expert alone orders the person's query photos (zero-shot "
        "SROCC), and the coefficient that its task vector was given, mean over layers. r is the "
        "correlation (PLCC) of the two, also in the table; the paper (Figure 6) finds it positive."
    )
    # Each is as high as a screen: only the first is seen without asking.
    figures = [_scatter(group, folded=index > 0) for index, group in enumerate(groups)]
    rows = [
        (group.method, group.shots, one.task, *point)
        for group in groups
        for one in group.tasks
        for point in one.points
    ]
    header = ("method", "shots", "task", "zero_shot", "coefficient")
    data = Data(COEFFICIENTS_FILE, header, rows)
    title = "Coefficients and zero-shot SROCC"
    return Section(title, [text, _correlations(groups), *figures, data])


def _correlations(groups: Sequence[Relations]) -> Table:
    """r of each task: a column for each method and K."""
    header = ["task", *(f"{group.method}, K = {group.shots}" for group in groups)]
    tasks = dict.fromkeys(one.task for group in groups for one in group.tasks)
    found = [{one.task: one.plcc for one in (*group.tasks, group.every)} for group in groups]
    rows = [
        [task, *(decimal(r.get(task), sign=True) for r in found)]
        for task in (*tasks, groups[0].every.task)
    ]
    return Table(header, rows, 1, frozenset({len(rows) - 1}))


def agreement(draws: Sequence[Told]) -> Section | None:
    """The agreement that people are told beside what came true; None without such draws."""
    if not draws:
        return None
    table = bins(draws)
    shots = sorted({told.shots for told in draws})
    panels = [_told_panel(k, [told for told in draws if told.shots == k]) for k in shots]
    label = "Agreement told, and what came true"
    svg = panels_plot(panels, "told", "came true", label, diagonal=True)
    caption = (
        f"{label}, as a share of pairs; the two axes have scales of their own. Each small dot is a "
        "draw; the line joins the means of five equal parts of the draws, by what was told. On the "
        "dashed line what was told came true. What came true is itself of few photos: single draws "
        "scatter by chance."
    )
    header = ["K", "draws", "pairs told", "came true", "within the margin"]
    rows = [
        [str(b.shots), str(b.draws), decimal(b.told), decimal(b.true), percent(b.within)]
        for b in table
    ]
    text = "The margin is the one told, widened by what chance adds; it should hold 95 % of draws."
    data = Data(
        AGREEMENT_FILE,
        ("shots", "draws", "told", "true", "within"),
        [(b.shots, b.draws, b.told, b.true, b.within) for b in table],
    )
    return Section(
        "Agreement that people are told",
        [Figure(svg, caption), text, Table(header, rows, 1, grouped=True), data],
    )


def _scatter(group: Relations, folded: bool) -> Figure:
    panels = [
        Panel(one.task, f"r = {decimal(one.plcc, sign=True)}", one.points) for one in group.tasks
    ]
    every = group.every
    label = f"Coefficients of {group.method} at K = {group.shots}"
    svg = panels_plot(panels, "zero-shot SROCC", "mean coefficient", label)
    caption = (
        f"{label}. All tasks together: r = {decimal(every.plcc, sign=True)}, "
        f"SROCC {decimal(every.srocc, sign=True)}, {len(every.points)} dots."
    )
    return Figure(svg, caption, folded)


def _told_panel(shots: int, draws: Sequence[Told]) -> Panel:
    points = [(told.told, told.true) for told in draws]
    means = [(row.told, row.true) for row in bins(draws)]
    return Panel(f"K = {shots}", f"{len(draws)} draws", points, means)


def _listed(bank: BankFacts) -> str:
    return ", ".join(bank.tasks)
