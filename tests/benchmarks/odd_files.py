"""Every odd, broken and hostile file through `photoaes rank`: one table of outcomes.

    python -m tests.benchmarks.odd_files DATA/odd [--bank BANK]

Files whose name is no photo's get a photo's suffix, so that none is passed over. The command runs
as a person runs it, once over all of them, with its peak memory measured.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from photoaes.images import IMAGE_EXTENSIONS
from tests.benchmarks.machine import machine_line

TIMEOUT = 600


def _album(odd: Path, folder: Path) -> dict[str, Path]:
    """Copies of all files in one folder, by their new path."""
    copies = {}
    for number, path in enumerate(sorted(p for p in odd.rglob("*") if p.is_file())):
        suffix = "" if path.suffix.lower() in IMAGE_EXTENSIONS else ".jpg"
        copy = folder / f"{number:03}-{path.name}{suffix}"
        shutil.copyfile(path, copy)
        copies[str(copy)] = path
    return copies


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("odd", type=Path)
    parser.add_argument("--bank")
    options = parser.parse_args()
    print(machine_line())
    with tempfile.TemporaryDirectory() as scratch:
        album = Path(scratch) / "album"
        album.mkdir()
        copies = _album(options.odd, album)
        command = [sys.executable, "-m", "photoaes", "rank", str(album), "--json", "--quiet"]
        if options.bank:
            command += ["--bank", options.bank]
        begun = time.monotonic()
        run = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT, check=False)
        seconds = time.monotonic() - begun
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**10
    print(f"exit code {run.returncode}, {seconds:.0f} s, peak memory {peak:.0f} MiB")
    if run.returncode:
        print(run.stderr)
        sys.exit(1)
    found = json.loads(run.stdout)
    outcomes = {photo["path"]: "ranked" for photo in found["photos"]}
    outcomes |= {photo["path"]: photo["reason"] for photo in found["unreadable"]}
    print(f"{len(copies)} files, {len(copies.keys() - outcomes.keys())} without an outcome")
    table = Counter((copies[path].parent.name, outcome) for path, outcome in outcomes.items())
    print("| folder | outcome | files |\n|---|---|---|")
    for (folder, outcome), count in sorted(table.items(), key=lambda row: (row[0][0], -row[1])):
        print(f"| {folder} | {outcome} | {count} |")


if __name__ == "__main__":
    main()
