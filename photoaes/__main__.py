"""The program's entry: a command, or the window."""

from __future__ import annotations

import os
import sys

from photoaes import interrupts

# Next to nothing is imported here: until `main` runs, Python's own words answer a signal.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn


def main(arguments: Sequence[str] | None = None) -> int:
    """`photoaes COMMAND ...` runs a command; `photoaes [FOLDER]` opens the window."""
    interrupts.end_at_once()
    _open_streams()
    # Inside, so that a signal meanwhile finds the handler there.
    try:
        from photoaes import cli
        from photoaes.local_urls import local_path
        from photoaes.noise import quiet_libraries
    except (ImportError, MemoryError) as error:
        if not _is_of_memory(error):
            raise
        print("photoaes: There is not enough free memory to start.", file=sys.stderr)
        return 1

    given = list(sys.argv[1:] if arguments is None else arguments)
    if given and (named := local_path(given[0])) is not None:  # as some desktops hand over files
        given[0] = named
    if given and _is_lost_path(given[0]):
        shown = given[0].encode("unicode_escape").decode()
        print(f"photoaes: There is no folder or photo {shown[:200]}.", file=sys.stderr)
        return 1
    if given and (given[0] in cli.names() or not _is_there(given[0])):
        verbose = "--verbose" in given
        with quiet_libraries(verbose=verbose):
            return cli.main([one for one in given if one != "--verbose"], is_program=True)
    if not _has_display():
        print("photoaes: there is no display for the window. `photoaes rank` works without.")
        return 1
    from photoaes.window_libraries import libraries_problem

    if (problem := libraries_problem()) is not None:
        print(f"photoaes: {problem}", file=sys.stderr)
        return 1
    from photoaes import app

    return app.main(given)


def _open_streams() -> None:
    """Where somebody has closed them (`2>&-`, some services): else the next file that is opened,
    a photo's copy perhaps, gets their number, and what libraries say is written into it."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free
        if getattr(sys, name) is None:
            mode = "w" if number else "r"
            stream = open(number, mode, encoding="utf-8", closefd=False)  # noqa: PTH123, SIM115
            setattr(sys, name, stream)


def _is_of_memory(error: ImportError | MemoryError) -> bool:
    """Whether a limit on memory kept a library from being loaded."""
    words = ("failed to map segment", "annot allocate memory")
    return isinstance(error, MemoryError) or any(one in str(error) for one in words)


def _is_lost_path(word: str) -> bool:
    """Neither command nor option, but the name of something that is not there."""
    return os.sep in word and not word.startswith("-") and not _is_there(word)


def _is_there(path: str) -> bool:
    try:
        return os.path.exists(path)  # noqa: PTH110 (Path raises for names that are too long)
    except ValueError:
        return False


def _has_display() -> bool:
    """Qt would end the program with a message for programmers."""
    told = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform != "linux" or any(os.environ.get(name) for name in told)


def entry() -> NoReturn:
    """`main` as a program. What a command or the window wanted to say and keep is out by then:
    Python's own end, which may take a second with torch and in which nobody handles signals, is
    left out. Where a thread still imports torch, as in a window that is closed at once, libraries
    would be taken away under it, with tracebacks."""
    interrupts.end_at_once()
    import contextlib

    code = main()
    if (widgets := sys.modules.get("PySide6.QtWidgets")) and (
        application := widgets.QApplication.instance()
    ):
        application.shutdown()  # Qt hands over what is on the clipboard
    with contextlib.suppress(OSError, ValueError, AttributeError):
        sys.stdout.flush()
    with contextlib.suppress(OSError, ValueError, AttributeError):
        sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    entry()
