"""The sections made of results alone: the tables, SROCC over K, and each person's gain."""

from __future__ import annotations

from collections.abc import Sequence

from photoaes.offline.evaluation.protocol import EXPERTS_ALIKE, TableRow
from photoaes.offline.report.document import Block, Data, Figure, Section, Table
from photoaes.offline.report.numbers import Difference, Numbers, person_gains
from photoaes.offline.report.plots.bars import Bars
from photoaes.offline.report.plots.lines import Lines, Point, Series
from photoaes.offline.report.words import NONE, chance, decimal, interval, percent, spread

SROCC_FILE, COMPARISON_FILE = "report-srocc.csv", "report-comparison.csv"
GAINS_FILE = "report-gains.csv"


def overview(numbers: Numbers) -> Section:
    """Mean SROCC of each method and K, as the paper's tables print it."""
    rows = []
    for method in numbers.methods:
        found = [numbers.row(shots, method) for shots in numbers.shots]
        rows.append([method, *(spread(r.mean, r.deviation) if r else NONE for r in found)])
    header = ["method", *(f"K = {shots}" for shots in numbers.shots)]
    text = (
        "Mean SROCC over people; in brackets the SD over trials of that mean, which is what the "
        "paper prints. It counts complete trials only (those in which all people were judged) and "
        "is left out where there are fewer than two. It is no error over people: see the "
        "intervals below."
    )
    if EXPERTS_ALIKE in numbers.methods:
        text += (
            f" The method {EXPERTS_ALIKE} is the mean of the experts' z-scores, with nothing "
            "learned from a person."
        )
    text += _unequal(numbers)
    table = Table(header, rows, len(header), _judged(rows, numbers))
    return Section("SROCC by method and K", [text, table])


def details(numbers: Numbers) -> Section:
    """Everything about each method and K, and how many results are in nothing."""
    rows = [
        [
            str(row.shots), row.method, str(row.people), str(row.draws), decimal(row.mean),
            interval(row.interval), decimal(row.deviation), decimal(row.plcc), decimal(row.pairs),
        ]
        for row in numbers.rows
    ]  # fmt: skip
    header = ["K", "method", "people", "draws", "SROCC", "95 % interval", "SD over trials", "PLCC",
              "pairs"]  # fmt: skip
    judged = frozenset(i for i, row in enumerate(rows) if row[1] == numbers.method)
    text = (
        "A person's draws are averaged first. The 95 % intervals are percentiles of a bootstrap "
        "over people. Pairs is the share of the pairs of photos with different ratings that the "
        "scores order as the person did. PLCC is left out where a draw has none on file."
    )
    if numbers.undefined:
        text += (
            f" {numbers.undefined} results have no SROCC, because all ratings or all scores are "
            "equal; they are in no figure of this report."
        )
    table = Table(header, rows, 2, judged)
    return Section("Each method in detail", [text, table, _srocc_data(numbers.rows)])


def comparison(numbers: Numbers) -> Section | None:
    """The judged method against each other one; None where it can be compared with nothing."""
    if not numbers.differences:
        return None
    rows = [_difference(difference) for difference in numbers.differences]
    header = ["K", f"{numbers.method} above", "people", "by", "95 % interval", "people worse off",
              "Wilcoxon p", "p after Holm"]  # fmt: skip
    text = (
        f"How much higher the SROCC of {numbers.method} is than another method's, on the same "
        "people and draws, each person's draws averaged first. Worse off are the people for whom "
        "it is lower. Holm's correction is over the methods of the same K."
    )
    table = Table(header, rows, 2)
    return Section(
        "The judged method against the others", [text, table, _comparison_data(numbers.differences)]
    )


def over_shots(numbers: Numbers, hidden: Sequence[str] = ()) -> Section:
    """SROCC over K, without those of the methods `hidden`, which have a figure of their own.

    The judged method is drawn in any case, and all are where no other is left.
    """
    kept = [m for m in numbers.methods if m not in hidden or m == numbers.method]
    methods = kept or numbers.methods
    places = {shots: place for place, shots in enumerate(numbers.shots)}
    series = [
        Series(
            method,
            [
                Point(places[row.shots], row.mean, row.interval)
                for row in numbers.rows
                if row.method == method
            ],
            method == numbers.method,
        )
        for method in methods
    ]
    names = [str(shots) for shots in numbers.shots]
    plot = Lines(series, names, "K, photos that the person rated")
    caption = (
        "Mean SROCC over people for each K, with 95 % intervals over people. The K stand at even "
        "steps, and the methods side by side at each of them. The judged method is the thick line."
    )
    if len(methods) < len(numbers.methods):
        caption += " Methods with fewer task vectors are drawn below, by their number."
    figure = Figure("figure-srocc", plot, caption)
    return Section("SROCC over K", [figure, _srocc_data(numbers.rows)])


def gains(numbers: Numbers) -> Section | None:
    """Each person's gain over K=0, at each K; None without K=0 or anything to set against it."""
    if numbers.method == EXPERTS_ALIKE:
        return None
    found = {
        shots: person_gains(numbers.results, shots, numbers.method, EXPERTS_ALIKE)
        for shots in numbers.shots
    }
    found = {shots: people for shots, people in found.items() if people}
    if not found:
        return None
    every = [gain for people in found.values() for _, gain in people]
    text = (
        f"Each bar is a person: the gain over K=0 of {numbers.method} in SROCC, mean over the "
        "draws that both have. K=0 is the mean of the experts' z-scores, with nothing learned from "
        "the person."
    )
    blocks: list[Block] = [text]
    for shots, people in found.items():
        label = f"Gain over K=0 of {numbers.method} at K = {shots}"
        plot = Bars(people, (min(every), max(every)), "gain over K=0")
        better = sum(gain > 0 for _, gain in people)
        caption = f"{label}: {len(people)} people, {better} of them above K=0. Dashed: the mean."
        blocks.append(Figure(f"figure-gains-{shots}", plot, caption))
    rows = [(shots, person, gain) for shots, people in found.items() for person, gain in people]
    blocks.append(Data(GAINS_FILE, ("shots", "person", "gain_over_k0"), rows))
    return Section("Gain over K=0 of each person", blocks)


def _unequal(numbers: Numbers) -> str:
    """A warning where one K has methods that were judged on other people or draws."""
    draws = {shots: {r.draws for r in numbers.rows if r.shots == shots} for shots in numbers.shots}
    unequal = [str(shots) for shots, counts in draws.items() if len(counts) > 1]
    if not unequal:
        return ""
    return (
        f" At K = {', '.join(unequal)} not all methods were judged on the same people and draws: "
        "there only the comparison with the judged method, which is on shared draws, is fair."
    )


def _judged(rows: Sequence[Sequence[str]], numbers: Numbers) -> frozenset[int]:
    return frozenset(i for i, row in enumerate(rows) if row[0] == numbers.method)


def _difference(difference: Difference) -> list[str]:
    c = difference.comparison
    return [
        str(c.shots), c.other, str(c.people), decimal(c.gain, sign=True),
        interval(c.interval, sign=True), percent(c.worse), chance(c.p), chance(difference.p_holm),
    ]  # fmt: skip


def _srocc_data(rows: Sequence[TableRow]) -> Data:
    header = ("shots", "method", "people", "draws", "srocc", "low", "high", "sd_over_trials",
              "plcc", "pairs")  # fmt: skip
    return Data(
        SROCC_FILE,
        header,
        [
            (
                r.shots,
                r.method,
                r.people,
                r.draws,
                r.mean,
                *r.interval,
                r.deviation,
                r.plcc,
                r.pairs,
            )
            for r in rows
        ],
    )


def _comparison_data(differences: Sequence[Difference]) -> Data:
    header = ("shots", "method", "other", "people", "gain", "low", "high", "worse", "p", "p_holm")
    compared = [(d.comparison, d.p_holm) for d in differences]
    return Data(
        COMPARISON_FILE,
        header,
        [
            (c.shots, c.method, c.other, c.people, c.gain, *c.interval, c.worse, c.p, p_holm)
            for c, p_holm in compared
        ],
    )
