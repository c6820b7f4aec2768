"""Files of an evaluation: results, coefficients, and what it takes to do the same again.

R.csv                person,shots,trial,method,srocc,pairs,plcc: a draw by a method
R.coefficients.csv   person,shots,trial,method,task,coefficient,zero_shot: of methods that
                     fit coefficients, each task's mean over layers, and the SROCC that its
                     expert alone has with the query's ratings
R.experts.csv        person,shots,trial,task,srocc: each expert alone on a draw's query
R.json               the bank, the seed and the settings of the run
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from photoaes import checked
from photoaes.errors import InputInvalid
from photoaes.new_files import appended, write_file
from photoaes.offline.evaluation.protocol import Result
from photoaes.offline.evaluation.records import read_records
from photoaes.plain_files import read_plain

COLUMNS = ("person", "shots", "trial", "method", "srocc", "pairs", "plcc")
Run = Mapping[str, Any]
MAX_RESULTS, MAX_RUN = 1 << 30, 1 << 20
# What must not change between the parts of one run: the draws and all that the scores depend on.
FIXED = (
    "bank_digest",
    "bank_prior",
    "seed",
    "scale",
    "steps",
    "temperature",
    "images",
    "seen",
    "min_query",
)
# What earlier versions, which did not note it, had.
EARLIER = {"min_query": 15}
MISSING = "people_missing"


@dataclass(frozen=True)
class Coefficient:
    """A fit's mean coefficient of a task and that expert's own SROCC, nan where undefined."""

    person: str
    shots: int
    trial: int
    method: str
    task: str
    coefficient: float
    zero_shot: float


@dataclass(frozen=True)
class ExpertScore:
    """The SROCC that one expert alone has with a draw's query ratings, nan where undefined."""

    person: str
    shots: int
    trial: int
    task: str
    srocc: float


def experts_file(results: Path) -> Path:
    """Where the experts' own SROCCs on the draws in a file of results lie."""
    return results.with_suffix(".experts.csv")


def coefficients_file(results: Path) -> Path:
    """Where the coefficients of the draws in a file of results lie."""
    return results.with_suffix(".coefficients.csv")


def run_file(results: Path) -> Path:
    """Where the description of the run behind a file of results lies."""
    return results.with_suffix(".json")


def read_results(path: Path) -> list[Result]:
    """The results of an earlier run, none where there was none. Raises InputInvalid."""
    try:
        text = read_plain(path, MAX_RESULTS).decode()
        reader = csv.DictReader(io.StringIO(text, newline=""))
        rows = [(reader.line_num, row) for row in reader]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, csv.Error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputInvalid(f"{path.name} cannot be read: {reason}.", path) from error
    if rows and not set(COLUMNS[:-1]) <= set(rows[0][1]):
        raise InputInvalid(f"{path.name} holds no results of an evaluation.", path)
    return [_result(path, line, row) for line, row in rows]


def _result(path: Path, line: int, row: Mapping[str, str]) -> Result:
    try:
        return Result(
            row["person"],
            int(row["shots"]),
            int(row["trial"]),
            row["method"],
            float(row["srocc"]),
            float(row["pairs"]),
            float(row.get("plcc") or "nan"),  # not measured by the first version
            path.stem,
        )
    except (TypeError, ValueError, OverflowError) as error:
        raise InputInvalid(
            f"{path.name}, line {line}, is no result or was cut short: delete it to go on.", path
        ) from error


def read_experts(results: Path) -> list[ExpertScore]:
    """Those beside a file of results, none where there are none. Raises InputInvalid."""
    path = experts_file(results)
    return read_records(path, ExpertScore) if path.exists() else []


def append_results(path: Path, results: Iterable[Result]) -> None:
    """Add results to the file."""
    _append(path, COLUMNS, ([getattr(r, column) for column in COLUMNS] for r in results))


def append_coefficients(results: Path, coefficients: Sequence[Coefficient]) -> None:
    """Write further coefficients beside the results."""
    if coefficients:
        columns = tuple(Coefficient.__dataclass_fields__)
        rows = ([getattr(c, column) for column in columns] for c in coefficients)
        _append(coefficients_file(results), columns, rows)


def append_experts(results: Path, experts: Sequence[ExpertScore]) -> None:
    """Write further SROCCs of experts beside the results."""
    if experts:
        columns = tuple(ExpertScore.__dataclass_fields__)
        rows = ([getattr(one, column) for column in columns] for one in experts)
        _append(experts_file(results), columns, rows)


def _append(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    fresh = not path.exists()
    path.parent.mkdir(parents=True, exist_ok=True)
    text = io.StringIO(newline="")
    table = csv.writer(text)
    if fresh:
        table.writerow(columns)
    table.writerows(rows)
    # In one piece: a run that is killed leaves no half line.
    with appended(path) as file:
        file.write(text.getvalue().encode())


def read_run(results: Path) -> Run | None:
    """The description beside a file of results; None where there is none, as of older versions.

    Raises InputInvalid if it cannot be read.
    """
    path = run_file(results)
    try:
        run = checked.read_json(path, MAX_RUN)
    except FileNotFoundError:
        return None
    except (OSError, checked.Wrong) as error:
        raise InputInvalid(f"{path} cannot be read: {error}.", path) from error
    if not isinstance(run, dict):
        raise InputInvalid(f"{path.name} describes no evaluation.", path)
    return run


def note_run(results: Path, run: Run) -> None:
    """Write the run's description, or check that it goes on as it began.

    Raises InputInvalid where the results so far are of another bank, seed or setting.
    """
    path = run_file(results)
    before = read_run(results) if results.exists() else None
    if before is not None:
        before, now = EARLIER | dict(before), EARLIER | dict(run)
        changed = [key for key in FIXED if before.get(key) != now.get(key)]
        if changed:
            raise InputInvalid(
                f"{results.name} was begun with another {', '.join(changed)}: choose another file "
                "for --results, or delete it.",
                results,
            )
        run = {**run, MISSING: _with_earlier(before, run)}
    path.parent.mkdir(parents=True, exist_ok=True)
    write_file(path, f"{json.dumps(run, indent=2)}\n".encode(), over=True)


def _with_earlier(before: Run, run: Run) -> list[Any]:
    """Who is missing, also at those K that an earlier part of the run was for."""
    earlier, now = before.get(MISSING), list(run.get(MISSING, ()))
    kept = earlier if isinstance(earlier, list) else []
    other = [
        one
        for one in kept
        if isinstance(one, dict) and one.get("shots") not in run.get("shots", ())
    ]
    return [*other, *now]
