"""`photoaes reproduce`: every table and figure of the paper, from the databases' folders."""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from photoaes.cli import bank, evaluate
from photoaes.cli.commands import Commands, add_device, add_missing
from photoaes.errors import InputInvalid
from photoaes.settings import banks_folder, starter_bank_folder

if TYPE_CHECKING:
    from photoaes.model.bank.manifest import Bank
    from photoaes.offline.report.sections import Evaluation

# In the order in which the paper's Figure 5 adds experts, and of its Tables 2 to 4.
EXPERTS = ("ava", "flickr-aes", "tad66k", "para", "koniq", "spaq")
JUDGED = ("real-cur", "aadb", "flickr-aes")
FOLDERS = tuple(dict.fromkeys((*EXPERTS, *JUDGED)))
DESCRIPTION = """\
Runs stage one for each of the six databases, or imports the authors' checkpoints, judges
people on Flickr-AES, AADB and REAL-CUR by all methods of the paper, and writes OUT/report:
Tables 2 to 12 and Figures 2 and 4 to 13 beside what the paper prints. Each step is a command
of its own, which is printed; run again, it goes on where it was. A database whose folder is
not given is left out, and that is said in its place."""
QUICK = """a few steps, trials and people, to see that everything works: its numbers mean nothing"""


def add_command(commands: Commands) -> None:
    """Add `reproduce` to the command line."""
    parser = commands.add_parser(
        "reproduce",
        help="the paper's tables and figures, from the databases' folders",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("out", metavar="OUT", type=Path, help="folder; everything goes there")
    parser.add_argument(
        "--data",
        nargs="+",
        required=True,
        metavar="NAME=DIR",
        help=f"the databases' folders: {', '.join(FOLDERS)}; or one folder with folders of these "
        "names",
    )
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--bank", help="an existing bank: no stage one")
    source.add_argument(
        "--checkpoints", nargs="+", metavar="FILE", type=Path, help="the authors': no stage one"
    )
    parser.add_argument(
        "--without", nargs="+", default=[], metavar="EXPERT", help="of the authors', such as para"
    )
    source.add_argument("--student", type=Path, metavar="DIR", help="a small tower, for stage one")
    source.add_argument("--model", default="ViT-L-14", help="for stage one (default ViT-L-14)")
    parser.add_argument("--quick", action="store_true", help=QUICK)
    parser.add_argument("--temperature", type=float, default=0.1, help="T (paper 1; default 0.1)")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="processes at once")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--dry-run", action="store_true", help="say hours and disk, run nothing")
    add_missing(parser)
    add_device(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> None:
    from photoaes.offline.report.files import what_is_missing

    folders = _folders(options.data)
    if sentence := what_is_missing():
        print(f"photoaes: {sentence}", file=sys.stderr)
    for command in _commands(options, folders):
        print(f"$ photoaes {shlex.join(command)}", flush=True)
        if not (options.dry_run and command[1] == "import"):  # which writes a bank
            _execute(command)
    if not options.dry_run:
        _report(options, folders)


def _folders(given: Sequence[str]) -> dict[str, Path]:
    """Raises InputInvalid for a name that is no database's, or if none is there."""
    found: dict[str, Path] = {}
    for one in given:
        name, equals, folder = one.partition("=")
        if not equals:
            found |= {n: Path(one) / n for n in FOLDERS if (Path(one) / n).is_dir()}
        elif name in FOLDERS:
            found[name] = Path(folder)
        else:
            raise InputInvalid(f"There is no {name!r} in the paper: {', '.join(FOLDERS)}.")
    if not found:
        raise InputInvalid(f"{given[0]} has no folder named as a database: {', '.join(FOLDERS)}.")
    return found


def _commands(options: argparse.Namespace, folders: dict[str, Path]) -> Iterator[list[str]]:
    """What is left to do, one command after the other."""
    yield from _stage_one(options, folders)
    if options.dry_run and not _has_bank(options):
        print("The evaluations are told once there is a bank.")
        return
    for name in JUDGED:
        if name in folders:
            yield _evaluation(options, name, folders[name])


def _stage_one(options: argparse.Namespace, folders: dict[str, Path]) -> Iterator[list[str]]:
    if options.bank:
        return
    if options.checkpoints:
        if not _has_bank(options):
            yield _importing(options)
        return
    wanted = [name for name in EXPERTS if name in folders]
    if not wanted:
        raise InputInvalid("No folder of a database to train on: give --bank or --checkpoints.")
    for name in wanted:
        if name not in _tasks(options.out / "bank"):
            yield _training(options, name, folders[name])


def _importing(options: argparse.Namespace) -> list[str]:
    command = ["bank", "import", _bank_name(options), *map(str, options.checkpoints)]
    return [*command, *(["--without", *options.without] if options.without else [])]


def _training(options: argparse.Namespace, name: str, folder: Path) -> list[str]:
    command = ["bank", "train", str(options.out / "bank"), "--database", name, str(folder)]
    command += (
        ["--student", str(options.student)] if options.student else ["--model", options.model]
    )
    command += ["--head-steps", "20", "--steps", "4"] if options.quick else []
    command += ["--dry-run"] if options.dry_run else []
    return [*command, "--seed", str(options.seed), *_shared(options)]


def _evaluation(options: argparse.Namespace, name: str, folder: Path) -> list[str]:
    from photoaes.offline.report.paper_tables import methods_for

    methods = methods_for(name, _mse(options))
    if name == "real-cur":
        count = len(_bank(options).tasks)
        methods = [*(f"paper:tasks={n}" for n in range(1, count)), *methods]
    command = ["evaluate", "--database", name, str(folder), "--bank", _bank_name(options)]
    command += ["--shots", "10", "100", "--trials", "2" if options.quick else "10", "--speed"]
    command += ["--steps", "3", "--people", "4"] if options.quick else []
    command += ["--temperature", str(options.temperature), "--seed", str(options.seed)]
    command += ["--jobs", str(options.jobs), "--cache", str(options.out / f"cache-{name}")]
    command += ["--results", str(_results(options, name)), "--methods", *methods]
    command += ["--dry-run"] if options.dry_run else []
    return [*command, *_shared(options)]


def _shared(options: argparse.Namespace) -> list[str]:
    return ["--device", options.device, "--missing-at-most", str(options.missing_at_most)]


def _mse(options: argparse.Namespace) -> str:
    return f"paper:loss=mse,steps={6 if options.quick else 1000}"


def _results(options: argparse.Namespace, name: str) -> Path:
    return Path(options.out) / f"{name}.csv"


def _bank_name(options: argparse.Namespace) -> str:
    if options.bank:
        return str(options.bank)
    if options.checkpoints:  # one for each set of files: another set is another bank
        names = sorted(path.name for path in options.checkpoints)
        letter = "L" if "_L_" in names[0] else "B"
        return f"paper-{letter}" if len(names) == len(EXPERTS) else f"paper-{letter}-{len(names)}"
    return str(options.out / "bank")


def _bank(options: argparse.Namespace) -> Bank:
    from photoaes.model.bank.packs import find_bank

    return find_bank(_bank_name(options), starter_bank_folder(), banks_folder())


def _has_bank(options: argparse.Namespace) -> bool:
    if options.checkpoints:
        return bool(_tasks(banks_folder() / _bank_name(options)))
    return bool(options.bank or _tasks(Path(_bank_name(options))))


def _tasks(folder: Path) -> list[str]:
    from photoaes.model.bank.manifest import read_bank
    from photoaes.model.bank.schema import MANIFEST

    return [task.name for task in read_bank(folder).tasks] if (folder / MANIFEST).is_file() else []


def _execute(command: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="photoaes")
    commands = parser.add_subparsers(required=True)
    bank.add_command(commands)
    evaluate.add_command(commands)
    parsed = parser.parse_args(command)
    parsed.run(parsed)


def _report(options: argparse.Namespace, folders: dict[str, Path]) -> None:
    from photoaes.offline.report.files import HTML, MARKDOWN, write_report
    from photoaes.offline.report.paper_report import PAPER_FILES, TITLE, Reproduction, paper_report
    from photoaes.offline.report.paper_tables import tables
    from photoaes.offline.report.runs import run_facts
    from photoaes.offline.report.similarity import bank_facts

    judged = [name for name in JUDGED if name in folders]
    facts = [
        ("Folders", ", ".join(f"{name}: {folder}" for name, folder in folders.items())),
        ("Left out", ", ".join(n for n in FOLDERS if n not in folders) or "nothing"),
        ("Quick", "yes: a few steps, the numbers mean nothing" if options.quick else "no"),
        *run_facts([_results(options, name) for name in judged]),
    ]
    run = Reproduction(
        facts,
        bank_facts(_bank(options)),
        {name: _judged(options, name) for name in judged},
        tables(_mse(options)),
    )
    folder = Path(options.out) / "report"
    written = write_report(folder, paper_report(run), TITLE, (MARKDOWN, HTML, *PAPER_FILES))
    print(f"Report: {written}")


def _judged(options: argparse.Namespace, name: str) -> Evaluation:
    from photoaes.offline.evaluation.result_files import read_experts, read_results
    from photoaes.offline.report.coefficients import read_coefficients
    from photoaes.offline.report.runs import people_missing, speeds_of
    from photoaes.offline.report.sections import Evaluation

    path = _results(options, name)
    return Evaluation(
        (),
        read_results(path),
        "paper",
        options.seed,
        name,
        coefficients=read_coefficients(path),
        missing=people_missing([path]),
        experts=read_experts(path),
        speeds=speeds_of([path]),
    )
