"""Who was judged at each K, and who was not and why."""

from __future__ import annotations

from collections.abc import Sequence

from photoaes.offline.evaluation.missing_people import MissingPerson, without_srocc
from photoaes.offline.evaluation.protocol import Result
from photoaes.offline.report.document import Block, Data, Section, Table

FILE = "report-people.csv"
# Of own tables hundreds may have rated too little; the file beside the report names all of them.
SHOWN = 60


def people_judged(results: Sequence[Result], missing: Sequence[MissingPerson]) -> Section:
    """A line a K, and a line for everybody who is missing there."""
    draws: dict[tuple[int, str], set[tuple[str, int]]] = {}
    for result in results:
        if result.srocc == result.srocc:
            draws.setdefault((result.shots, result.person), set()).add((result.part, result.trial))
    told = {(one.shots, one.person): one for one in (*missing, *without_srocc(results))}
    lost = [one for key, one in sorted(told.items()) if key not in draws]
    shots = sorted({k for k, _ in draws} | {one.shots for one in lost})
    counts = [
        [str(k), str(sum(key[0] == k for key in draws)), str(sum(one.shots == k for one in lost))]
        for k in shots
    ]
    text = "How many people each K is judged on, and how many are missing."
    blocks: list[Block] = [text, Table(["K", "people judged", "missing"], counts, 1)]
    if lost:
        rows = [[str(one.shots), one.person, one.why] for one in lost[:SHOWN]]
        blocks.append(Table(["K", "not judged", "why"], rows, 3))
    if len(lost) > SHOWN:
        blocks.append(f"And {len(lost) - SHOWN} more, in the file.")
    table = [(k, person, 1, len(found), "") for (k, person), found in sorted(draws.items())]
    table += [(one.shots, one.person, 0, 0, one.why) for one in lost]
    blocks.append(Data(FILE, ("shots", "person", "judged", "draws", "why"), table))
    return Section("People judged", blocks)
