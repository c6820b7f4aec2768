"""Commands on a disk without room, as far as a limit on the size of files makes one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.patience import PATIENCE_S

_LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, ({most}, {most}))
from photoaes.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


def run_without_room(
    home: Path, *arguments: object, most: int = 0, **environment: str
) -> subprocess.CompletedProcess[str]:
    """`photoaes` where no file may grow beyond `most` bytes: with 0 nothing at all is written."""
    return subprocess.run(
        [sys.executable, "-c", _LIMITED.format(most=most), *map(str, arguments)],
        env={**os.environ, "PHOTOAES_HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1"}
        | environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
