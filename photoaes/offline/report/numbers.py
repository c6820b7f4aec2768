"""The report's numbers, as far as `protocol` does not give them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from photoaes.offline.evaluation.protocol import Comparison, Result, TableRow, compare, summarise


@dataclass(frozen=True)
class Difference:
    """A comparison, and its p after Holm's correction over the methods of the same K."""

    comparison: Comparison
    p_holm: float


@dataclass(frozen=True)
class Numbers:
    """What the tables and plots show, in the order of K.

    `method` is the judged one, which may have no results; `undefined` results are in no row.
    """

    method: str
    results: Sequence[Result]
    rows: Sequence[TableRow]
    differences: Sequence[Difference]
    undefined: int

    @property
    def shots(self) -> list[int]:
        """The K for which there are results, ascending."""
        return sorted({row.shots for row in self.rows})

    @property
    def methods(self) -> list[str]:
        """In the order of their first result, the judged one last."""
        names = dict.fromkeys(row.method for row in self.rows)
        return sorted(names, key=lambda name: name == self.method)

    def row(self, shots: int, method: str) -> TableRow | None:
        """The line of one K and method, None where it was not run."""
        found = (row for row in self.rows if (row.shots, row.method) == (shots, method))
        return next(found, None)


def numbers_of(results: Sequence[Result], method: str, seed: int = 0) -> Numbers:
    """Everything about `method` and those that it is compared with; `seed` is the bootstrap's."""
    defined = [result for result in results if not np.isnan(result.srocc)]
    rows = sorted(summarise(defined, seed), key=lambda row: row.shots)
    differences = _differences(compare(defined, method, seed))
    return Numbers(method, defined, rows, differences, len(results) - len(defined))


def person_gains(
    results: Iterable[Result], shots: int, method: str, other: str
) -> list[tuple[str, float]]:
    """How much higher each person's SROCC is with `method`, best first.

    The mean over the draws that both methods have; nobody where they share none.
    """
    found: dict[str, dict[tuple[str, str, int], float]] = {method: {}, other: {}}
    for r in results:
        if r.shots == shots and r.method in found and not np.isnan(r.srocc):
            found[r.method][r.person, r.part, r.trial] = r.srocc
    gains: dict[str, list[float]] = {}
    for key in sorted(found[method].keys() & found[other].keys()):
        gains.setdefault(key[0], []).append(found[method][key] - found[other][key])
    means = [(person, float(np.mean(values))) for person, values in gains.items()]
    return sorted(means, key=lambda item: (-item[1], item[0]))


def holm(p_values: Sequence[float]) -> list[float]:
    """Holm's step-down correction, in the given order; nan stays nan and counts as no test."""
    corrected = [float("nan")] * len(p_values)
    tested = sorted((p, index) for index, p in enumerate(p_values) if not np.isnan(p))
    highest = 0.0
    for rank, (p, index) in enumerate(tested):
        highest = max(highest, min(1.0, (len(tested) - rank) * p))
        corrected[index] = highest
    return corrected


def _differences(compared: Sequence[Comparison]) -> list[Difference]:
    found = []
    for shots in sorted({c.shots for c in compared}):
        own = [c for c in compared if c.shots == shots]
        corrected = holm([c.p for c in own])
        found += [Difference(c, p) for c, p in zip(own, corrected, strict=True)]
    return found
