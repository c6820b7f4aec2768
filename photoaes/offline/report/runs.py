"""What the files of an evaluation say of how it was run: R.json beside each R.csv."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePath

from photoaes.offline.evaluation.missing_people import MissingPerson, from_records
from photoaes.offline.evaluation.result_files import MISSING, Run, read_run
from photoaes.offline.report.published_experts import Speed


def run_facts(results: Sequence[Path]) -> list[tuple[str, str]]:
    """Names and values, each value once; where the files differ, all of theirs."""
    found = {path: read_run(path) for path in results}
    runs = [run for run in found.values() if run is not None]
    facts = [
        (name, "; ".join(dict.fromkeys(text for run in runs if (text := said(run)))))
        for name, said in _FACTS.items()
    ]
    without = [path.name for path, run in found.items() if run is None]
    if without:
        unknown = "bank, images, seed, settings and machine: no .json stands beside them"
        facts.append((f"Not on file for {', '.join(without)}", unknown))
    return [(name, text) for name, text in facts if text]


def bank_digests(results: Sequence[Path]) -> set[str]:
    """Of the banks that the results are of, as far as it is on file."""
    runs = [read_run(path) for path in results]
    return {run["bank_digest"] for run in runs if run is not None and "bank_digest" in run}


def people_missing(results: Sequence[Path]) -> list[MissingPerson]:
    """Who was not judged, as the runs noted it."""
    runs = [read_run(path) for path in results]
    return [one for run in runs if run is not None for one in from_records(run.get(MISSING))]


def speeds_of(results: Sequence[Path]) -> list[Speed]:
    """What the runs measured of the merged model, each once."""
    found: dict[tuple[str, str], Speed] = {}
    for run in filter(None, map(read_run, results)):
        value = run.get("frames_per_second")
        if isinstance(value, float):
            key = str(run.get("backbone", run.get("bank"))), str(run.get("device"))
            found[key] = Speed(*key, value)
    return list(found.values())


def _bank(run: Run) -> str:
    return f"{run['bank']}, digest {run['bank_digest']}" if "bank_digest" in run else ""


def _images(run: Run) -> str:
    folders = ", ".join(PurePath(folder).name for folder in run.get("images", ()))
    return f"{folders}: {run['photos']} photos" if "photos" in run else folders


def _seen(run: Run) -> str:
    return f"{run['seen']} photos, never judged on" if "seen" in run else ""


def _scale(run: Run) -> str:
    return " to ".join(f"{end:g}" for end in run.get("scale", ()))


def _device(run: Run) -> str:
    exact = f"; exact fits in {run['exact_fits_in']}" if "exact_fits_in" in run else ""
    return f"{run['device']}{exact}" if "device" in run else ""


def _program(run: Run) -> str:
    names = (("photoaes", "photoaes"), ("torch", "torch"), ("python", "Python"))
    return ", ".join(f"{name} {run[key]}" for key, name in names if key in run)


def _text(key: str, run: Run) -> str:
    return str(run.get(key, ""))


_FACTS = {
    "Bank": _bank,
    "Ratings": lambda run: _text("ratings", run),
    "People and splits": lambda run: _text("people_from", run),
    "Fewest photos judged on": lambda run: _text("min_query", run),
    "Images": _images,
    "Known to the bank": _seen,
    "Scale of the ratings": _scale,
    "Seed": lambda run: _text("seed", run),
    "Temperature": lambda run: _text("temperature", run),
    "Steps": lambda run: _text("steps", run),
    "Device": _device,
    "Machine": lambda run: _text("machine", run),
    "Run with": _program,
}
