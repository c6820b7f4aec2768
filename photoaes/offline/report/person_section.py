"""People one by one: each expert alone (Figure 2), the gain over their mean (Figure 7), and every
person's SROCC (Figures 8 to 13)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from photoaes.offline.evaluation.protocol import EXPERTS_ALIKE, Result
from photoaes.offline.evaluation.result_files import ExpertScore
from photoaes.offline.report.document import Block, Data, Figure, Section
from photoaes.offline.report.numbers import Numbers
from photoaes.offline.report.plots.bars import Bars, GroupedBars
from photoaes.offline.report.words import decimal

EXPERTS_FILE, PEOPLE_FILE = "report-experts.csv", "report-person-srocc.csv"
GAINS_FILE = "report-gains-over-experts.csv"
SHOWN = 4
# A person and K, or those and a task.
Key = tuple[int, str]


def experts_alone(experts: Sequence[ExpertScore]) -> Section | None:
    """SROCC of each expert for four people (Figure 2); None where nothing is known of experts."""
    means = _expert_means(experts)
    if not means:
        return None
    shots = max(k for k, _, _ in means)
    people = sorted({person for k, person, _ in means if k == shots})
    tasks = list(dict.fromkeys(one.task for one in experts))
    shown = people[:SHOWN]
    groups = [(p, [means.get((shots, p, task)) for task in tasks]) for p in shown]
    caption = (
        f"SROCC of each expert alone (the paper's Figure 2), for the first {len(shown)} people by "
        f"name: {', '.join(shown)}; on the photos judged on at K = {shots}, mean over draws. The "
        f"experts stand in the bank's order: {', '.join(tasks)}. All people are in the file."
    )
    rows = [(k, person, task, value) for (k, person, task), value in sorted(means.items())]
    data = Data(EXPERTS_FILE, ("shots", "person", "task", "srocc"), rows)
    return Section(
        "Each expert alone",
        [Figure("figure-experts", GroupedBars(groups, tasks, "SROCC"), caption), data],
    )


def gains_over_experts(numbers: Numbers, experts: Sequence[ExpertScore]) -> Section | None:
    """Each person's gain over the mean of the experts' SROCCs (Figure 7)."""
    base = experts_mean(experts)
    found = {
        shots: sorted(
            ((p, value - base[k, p]) for (k, p), value in own.items() if (k, p) in base),
            key=lambda item: (-item[1], item[0]),
        )
        for shots in numbers.shots
        if (own := _people(numbers.results, numbers.method, shots))
    }
    found = {shots: people for shots, people in found.items() if people}
    if not found:
        return None
    every = [gain for people in found.values() for _, gain in people]
    blocks: list[Block] = [
        f"Each bar is a person: the SROCC of {numbers.method} less the mean of the SROCCs that the "
        "experts have alone on the same photos, mean over draws. The paper's Figure 7 is this at "
        "K = 100. It is not the gain over K=0, which is the SROCC of the experts' mean score and "
        "much higher."
    ]
    for shots, people in found.items():
        label = f"Gain of {numbers.method} over the experts' mean SROCC at K = {shots}"
        plot = Bars(people, (min(every), max(every)), "gain over experts")
        mean = float(np.mean([gain for _, gain in people]))
        caption = f"{label}: {len(people)} people, mean {decimal(mean, sign=True)}."
        blocks.append(Figure(f"figure-gains-over-experts-{shots}", plot, caption))
    rows = [(shots, person, gain) for shots, people in found.items() for person, gain in people]
    blocks.append(Data(GAINS_FILE, ("shots", "person", "gain_over_experts"), rows))
    return Section("Gain over the experts' mean SROCC", blocks)


def everybody(numbers: Numbers, experts: Sequence[ExpertScore]) -> Section:
    """Each person's SROCC at each K, with every method in the file (Figures 8 to 13)."""
    found = {shots: _people(numbers.results, numbers.method, shots) for shots in numbers.shots}
    found = {shots: people for shots, people in found.items() if people}
    every = [value for people in found.values() for value in people.values()]
    blocks: list[Block] = [
        f"The SROCC of {numbers.method} for every person, mean over draws, best first (the paper's "
        f"Figures 8 to 13). The file has all methods, {EXPERTS_ALIKE} among them where it was run, "
        "and the mean of the experts' SROCCs."
    ]
    for shots, people in found.items():
        bars = sorted(((p, v) for (_, p), v in people.items()), key=lambda bar: (-bar[1], bar[0]))
        label = f"SROCC of {numbers.method} at K = {shots}"
        plot = Bars(bars, (min(every), max(every)), "SROCC")
        caption = f"{label}: {len(bars)} people. Dashed: the mean."
        blocks.append(Figure(f"figure-person-srocc-{shots}", plot, caption))
    rows = [
        (shots, person, method, value)
        for method in numbers.methods
        for shots in numbers.shots
        for (_, person), value in _people(numbers.results, method, shots).items()
    ]
    rows += [(k, person, "experts' mean", v) for (k, person), v in experts_mean(experts).items()]
    blocks.append(Data(PEOPLE_FILE, ("shots", "person", "method", "srocc"), rows))
    return Section("SROCC of each person", blocks)


def experts_mean(experts: Sequence[ExpertScore]) -> dict[Key, float]:
    """The mean over experts of each one's mean SROCC over draws, by K and person."""
    found: dict[Key, list[float]] = {}
    for (shots, person, _), value in _expert_means(experts).items():
        found.setdefault((shots, person), []).append(value)
    return {key: float(np.mean(values)) for key, values in sorted(found.items())}


def _expert_means(experts: Sequence[ExpertScore]) -> dict[tuple[int, str, str], float]:
    found: dict[tuple[int, str, str], list[float]] = {}
    for one in experts:
        if not np.isnan(one.srocc):
            found.setdefault((one.shots, one.person, one.task), []).append(one.srocc)
    return {key: float(np.mean(values)) for key, values in found.items()}


def _people(results: Sequence[Result], method: str, shots: int) -> dict[Key, float]:
    found: dict[Key, list[float]] = {}
    for one in results:
        if (one.method, one.shots) == (method, shots):
            found.setdefault((shots, one.person), []).append(one.srocc)
    return {key: float(np.mean(values)) for key, values in sorted(found.items())}
