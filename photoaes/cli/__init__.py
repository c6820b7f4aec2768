"""The command line: one file a command, none of which imports torch before it has to."""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from photoaes import __version__
from photoaes.cli import (
    bank,
    clock,
    doctor,
    evaluate,
    export,
    faces,
    help,
    profile,
    rank,
    rate,
    ratings,
    reproduce,
    sample,
    scan,
    score,
    settle,
)
from photoaes.cli.border import Met, drop_output, is_of_memory, sentence
from photoaes.cli.terminal import harmless_stream
from photoaes.errors import PhotoaesError
from photoaes.interrupts import code_of, end_at_once, interrupt, word_of

COMMANDS = (
    rank,
    score,
    scan,
    rate,
    settle,
    clock,
    faces,
    export,
    profile,
    ratings,
    sample,
    doctor,
    help,
    bank,
    evaluate,
    reproduce,
)
EXIT_OK, EXIT_FAILED = 0, 1


def main(arguments: Sequence[str] | None = None, *, is_program: bool = False) -> int:
    """Run one command; returns 0, 1 after an error that was explained, 130 when cancelled, 143
    when the system wants it to end and 129 when its terminal is closed. Signals are exceptions
    while it runs, if it `is_program`.

    argparse itself exits with 2 for a wrong option.
    """
    # torch's threads spin while they wait for each other. On a computer that also does something
    # else this made a fit twelve times slower; sleeping costs nothing measurable otherwise.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    # Names of files need not be text in the terminal's encoding; they go out as the bytes they are.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="surrogateescape")
    out, err = harmless_stream(sys.stdout), harmless_stream(sys.stderr)
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        return _run(arguments, is_program)


def _run(arguments: Sequence[str] | None, is_program: bool) -> int:
    try:
        if is_program:
            _run_interruptible(arguments)
        else:
            _run_command(arguments)
    except KeyboardInterrupt as error:
        _say(f"\nphotoaes: {word_of(error)}.")
        return code_of(error)
    except BrokenPipeError:  # the reader of our output, such as `head`, has gone
        drop_output()
        return EXIT_FAILED
    except (PhotoaesError, *Met) as error:
        return _failed(error)
    except (ImportError, RuntimeError) as error:
        if not is_of_memory(error):
            raise
        return _failed(error)
    return EXIT_OK


def _run_interruptible(arguments: Sequence[str] | None) -> None:
    """A signal is an exception in here alone, where somebody waits for it."""
    try:
        interrupt()
        _run_command(arguments)
    finally:
        end_at_once()


def _run_command(arguments: Sequence[str] | None) -> None:
    try:
        parsed = _parser().parse_args(arguments)
        parsed.run(parsed)
    finally:  # also where argparse ends it, after --help
        if sys.stdout is not None:
            sys.stdout.flush()


def _failed(error: BaseException) -> int:
    _say(f"photoaes: {sentence(error)}")
    drop_output()
    return EXIT_FAILED


def _say(text: str) -> None:
    with contextlib.suppress(OSError):  # then nobody can be told
        print(text, file=sys.stderr)


def names() -> list[str]:
    """The names of all commands."""
    return [module.__name__.rpartition(".")[2] for module in COMMANDS]


class _Parser(argparse.ArgumentParser):
    """As argparse's, which is silent where its words cannot be written. An empty path (a variable
    that a script has not set) is refused: it would be the folder in which we were started."""

    def _get_value(self, action: argparse.Action, arg_string: str) -> Any:
        if action.type is Path and not arg_string:
            raise argparse.ArgumentError(action, "must not be empty")
        return super()._get_value(action, arg_string)

    def _print_message(self, message: str, file: Any = None) -> None:
        stream = sys.stderr if file is None else file
        if message and stream is not None:
            stream.write(message)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="photoaes",
        description="Learns your taste from a few stars and ranks the whole album, offline.",
    )
    # Taken out of the arguments by the entry, wherever it stands.
    parser.add_argument("--verbose", action="store_true", help="show what libraries say at the end")
    parser.add_argument("--version", action="version", version=f"photoaes {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for module in COMMANDS:
        module.add_command(commands)
    return parser
