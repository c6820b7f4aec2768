"""The sections about task vectors and coefficients, and about the agreement that is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from photoaes.offline.evaluation.calibration import Told, bins
from photoaes.offline.evaluation.result_files import Coefficient
from photoaes.offline.report.coefficients import Relations, relations
from photoaes.offline.report.document import Data, Figure, Section, Table
from photoaes.offline.report.plots.lines import Lines, Point, Series
from photoaes.offline.report.plots.matrix import Matrix
from photoaes.offline.report.plots.panels import Density, Panel, Panels
from photoaes.offline.report.similarity import BankSimilarity
from photoaes.offline.report.task_counts import Curve
from photoaes.offline.report.words import decimal, file_stem, percent

COSINES_FILE, COUNTS_FILE = "report-cosines.csv", "report-task-counts.csv"
COEFFICIENTS_FILE, AGREEMENT_FILE = "report-coefficients.csv", "report-agreement.csv"


@dataclass(frozen=True)
class Level:
    """An SROCC that somebody has printed."""

    method: str
    shots: int
    srocc: float


def similarity(bank: BankSimilarity | None) -> Section | None:
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
    rows = [
        (one, other, float(bank.cosines[i, j]))
        for i, one in enumerate(bank.tasks)
        for j, other in enumerate(bank.tasks)
    ]
    figure = Figure("figure-cosines", Matrix(bank.tasks, bank.cosines), caption)
    data = Data(COSINES_FILE, ("task", "other", "cosine"), rows)
    return Section("Task vectors beside each other", [figure, data])


def task_counts(
    curves: Sequence[Curve], bank: BankSimilarity | None, printed: Sequence[Level] = ()
) -> Section | None:
    """SROCC over the number of task vectors (Figure 5), with what others have printed as levels;
    None where nothing was run for it."""
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
    caption = (
        f"{label}: mean over people with 95 % intervals. The numbers stand at even steps. The "
        "paper's Figure 5 adds experts in the same way."
    )
    if bank is not None:
        caption += f" The bank's tasks, in the order in which they are added: {_listed(bank)}."
    if printed:
        caption += " Dotted: what the paper prints of others."
    rows: list[tuple[object, ...]] = [
        (curve.method, curve.shots, "all" if n is None else n, row.mean, *row.interval)
        for curve in curves
        for n, row in curve.points
    ]
    rows += [(f"{one.method}, printed", one.shots, "", one.srocc, "", "") for one in printed]
    levels = [(f"{one.method}, printed, K = {one.shots}", one.srocc) for one in printed]
    data = Data(COUNTS_FILE, ("method", "shots", "tasks", "srocc", "low", "high"), rows)
    figure = Figure("figure-task-counts", Lines(series, names, "task vectors", levels), caption)
    return Section("Number of task vectors", [figure, data])


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
    figures = [figure for group in groups for figure in (_density(group), _scatter(group))]
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
    plot = Panels(panels, "told", "came true", diagonal=True)
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
        [Figure("figure-agreement", plot, caption), text, Table(header, rows, 1), data],
    )


def _density(group: Relations) -> Figure:
    """All tasks together, as the paper draws it: a 2-D histogram."""
    every = group.every
    caption = (
        f"Coefficients of {group.method} at K = {group.shots} over zero-shot SROCC, all tasks "
        f"together, how many draws lie where: r = {decimal(every.plcc, sign=True)}, "
        f"SROCC {decimal(every.srocc, sign=True)}, {len(every.points)} draws."
    )
    plot = Density(every.points, "zero-shot SROCC", "mean coefficient")
    return Figure(f"figure-coefficients-{file_stem(group.method)}-{group.shots}", plot, caption)


def _scatter(group: Relations) -> Figure:
    panels = [
        Panel(one.task, f"r = {decimal(one.plcc, sign=True)}", one.points) for one in group.tasks
    ]
    plot = Panels(panels, "zero-shot SROCC", "mean coefficient")
    name = f"figure-coefficients-{file_stem(group.method)}-{group.shots}-tasks"
    return Figure(name, plot, f"The same task by task; {group.method}, K = {group.shots}.")


def _told_panel(shots: int, draws: Sequence[Told]) -> Panel:
    points = [(told.told, told.true) for told in draws]
    means = [(row.told, row.true) for row in bins(draws)]
    return Panel(f"K = {shots}", f"{len(draws)} draws", points, means)


def _listed(bank: BankSimilarity) -> str:
    return ", ".join(bank.tasks)
