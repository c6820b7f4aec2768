"""The program's entry: a command, or the window."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from photoaes import cli


def main(arguments: Sequence[str] | None = None) -> int:
    """`photoaes COMMAND ...` runs a command; `photoaes [FOLDER]` opens the window."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given and (given[0].startswith("-") or given[0] in cli.names()):
        return cli.main(given)
    from photoaes import app

    return app.main(given)


if __name__ == "__main__":
    sys.exit(main())
