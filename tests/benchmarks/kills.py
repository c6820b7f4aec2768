"""Whole commands are killed (kill -9) at random moments: ranking, learning and installing.

    OMP_NUM_THREADS=1 python -m tests.benchmarks.kills [--each 143] [rank] [learn] [install]

Children are forked from a process that has imported all, since imports are slow. Before each kill a
star is given and told; after it every star told is in the store, no original has changed, the same
command runs to its end, and no file of the killed run is left. With `PHOTOAES_KILLS=143` the tests
of kill -9 (rating, opening, exporting, sidecars) and these three make 1,001.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from photoaes.cli import main as run
from photoaes.settings import banks_folder, cache_folder, data_folder, sample_album_folder
from tests.benchmarks.machine import machine_line
from tests.tiny import tiny_bank

PHOTOS = 16
KINDS = ("rank", "learn", "install")


def main() -> None:
    """Prints a line a kind."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--each", type=int, default=143)
    parser.add_argument("kinds", nargs="*", default=list(KINDS))
    options = parser.parse_args()
    print(machine_line())
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PHOTOAES_HOME"] = str(Path(folder) / "home")
        paths = _album(Path(folder) / "album")
        tiny_bank(Path(folder) / "tiny")
        for kind in options.kinds:
            _kill(kind, Path(folder), paths, options.each)


def _album(folder: Path) -> list[Path]:
    folder.mkdir()
    found = sorted(sample_album_folder().rglob("*.[jJ][pP][gG]"))[:PHOTOS]
    return [Path(shutil.copy(path, folder)) for path in found]


def _command(kind: str, folder: Path, number: int) -> list[str]:
    album = str(folder / "album")
    return {
        "rank": ["rank", album, "--out", str(folder / "out.csv"), "--export", str(folder / "best")],
        "learn": ["rank", album, "--save", f"me {number}"],
        "install": ["bank", "install", str(folder / "tiny")],
    }[kind]


def _kill(kind: str, folder: Path, paths: Sequence[Path], each: int) -> None:
    before, moments, told = _checksums(folder / "album"), random.Random(kind), {}
    killed, begun = 0, time.perf_counter()
    for index, path in enumerate(paths):  # what is learned from
        told[path.name] = 1 + index % 5
        _whole(["rate", str(path), "--stars", str(told[path.name])])
    needed = _whole(_command(kind, folder, 0))
    for number in range(1, each + 1):
        _make_anew(kind, folder, is_cold=number % 3 == 0)
        path, stars = paths[number % PHOTOS], 1 + moments.randrange(5)
        _whole(["rate", str(path), "--stars", str(stars)])
        told[path.name] = stars
        killed += _killed(_command(kind, folder, number), moments.uniform(0, needed))
        assert _stars(folder) | told == _stars(folder), (kind, number)
        if kind == "install" and (banks_folder() / "tiny").exists():  # it was done, so it is whole
            _whole(["bank", "verify", str(banks_folder() / "tiny")])
            _whole(["bank", "remove", "tiny"])
        # As long as just now: on a shared machine the slowest is no measure of the next.
        needed = 0.5 * needed + 0.5 * _whole(_command(kind, folder, 1000 + number))
        left = [p for root in (folder, data_folder()) for p in root.rglob(".photoaes-*")]
        assert not left, (kind, number, left)
        assert _checksums(folder / "album") == before, (kind, number)
        if number % 10 == 0:
            print(f"{kind}: {number} rounds, {killed} killed", flush=True)
    seconds = time.perf_counter() - begun
    print(f"{kind}: {each} rounds, {killed} killed before their end, {len(told)} photos rated, "
          f"{each} stars told, none lost; {seconds:.0f} s", flush=True)  # fmt: skip


def _make_anew(kind: str, folder: Path, is_cold: bool) -> None:
    """So that the command has work to do: with and without what was seen in the photos."""
    shutil.rmtree(folder / "best", ignore_errors=True)
    if kind == "install":
        shutil.rmtree(banks_folder(), ignore_errors=True)
    elif is_cold:
        shutil.rmtree(cache_folder(), ignore_errors=True)


def _forked(command: Sequence[str]) -> int:
    child = os.fork()
    if child == 0:
        with Path(os.environ["PHOTOAES_HOME"]).with_suffix(".log").open("a") as log:
            os.dup2(log.fileno(), 1)
            os.dup2(log.fileno(), 2)
            code = run(list(command))
            sys.stdout.flush()
            os._exit(code)
    return child


def _whole(command: Sequence[str]) -> float:
    """Runs it to its end, and says how long it took."""
    begun = time.perf_counter()
    code = os.waitpid(_forked(command), 0)[1]
    if code:
        log = Path(os.environ["PHOTOAES_HOME"]).with_suffix(".log")
        raise AssertionError((command, code, log.read_text()[-2000:]))
    return time.perf_counter() - begun


def _killed(command: Sequence[str], seconds: float) -> bool:
    child = _forked(command)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def _stars(folder: Path) -> dict[str, int]:
    """What the store says, in a child of its own."""
    table = folder / "stars.csv"
    table.unlink(missing_ok=True)
    _whole(["ratings", "export", str(folder / "album"), "--csv", str(table)])
    lines = table.read_text().splitlines()[1:]
    return {Path(path).name: int(stars) for path, stars in (line.rsplit(",", 1) for line in lines)}


def _checksums(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir()}


if __name__ == "__main__":
    main()
