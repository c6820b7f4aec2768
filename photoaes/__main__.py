"""The program's entry: a command, or the window."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from photoaes import cli


def main(arguments: Sequence[str] | None = None) -> int:
    """`photoaes COMMAND ...` runs a command; `photoaes [FOLDER]` opens the window."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    is_path = bool(given) and given[0] not in cli.names() and Path(given[0]).exists()
    if given and not is_path:
        return cli.main(given)
    if not _has_display():
        print("photoaes: there is no display for the window. `photoaes rank` works without.")
        return 1
    from photoaes import app

    return app.main(given)


def _has_display() -> bool:
    """Qt would end the program with a message for programmers."""
    told = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform != "linux" or any(os.environ.get(name) for name in told)


if __name__ == "__main__":
    sys.exit(main())
