"""Whole banks by strangers, mutated, through verify, install and rank: a table of what came of it.

    OMP_NUM_THREADS=1 python -m tests.benchmarks.mutated_banks [--banks 200]

In process, with an audit hook: whoever opens a connection or asks for an address is told. A bank's
manifest is mutated, or one of its files: flipped bits, cut, grown, gone, a link, a pipe, a folder.
"""

from __future__ import annotations

import argparse
import contextlib
import copy
import io
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from PIL import Image

from photoaes.cli import main as run
from photoaes.model.bank.manifest import Bank
from tests.benchmarks.machine import machine_line
from tests.model.strange_banks import entries_of, mutated, say
from tests.tiny import tiny_bank

ASKED: list[str] = []


def main() -> None:
    """Prints counts by command and outcome, the slowest, and the connections."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--banks", type=int, default=200)
    options = parser.parse_args()
    print(machine_line())
    sys.addaudithook(_hear)
    with tempfile.TemporaryDirectory() as folder:
        root, dice = Path(folder), random.Random(8)
        os.environ["PHOTOAES_HOME"] = str(root / "home")
        (root / "album").mkdir()
        for n in range(3):
            Image.new("RGB", (60, 40), (80 * n, 90, 30)).save(root / f"album/{n}.jpg")
        counts: Counter[tuple[str, str, str]] = Counter()
        slowest = (0.0, "")
        for number in range(options.banks):
            shutil.rmtree(root / "bank", ignore_errors=True)
            # Else a bank of the same digest ranks by what was seen before, without its tensors.
            shutil.rmtree(root / "home", ignore_errors=True)
            kind = _mutate(tiny_bank(root / "bank"), dice)
            for name, command in _commands(root).items():
                outcome, seconds = _outcome(command)
                counts[name, kind, outcome] += 1
                slowest = max(slowest, (seconds, f"{name}, {kind}, bank {number}"))
    for (name, kind, outcome), count in sorted(counts.items()):
        print(f"{name:8} {kind:9} {outcome:10} {count}")
    print(f"slowest: {slowest[0]:.1f} s, {slowest[1]}; connections: {len(ASKED)} {ASKED[:3]}")


def _hear(event: str, arguments: tuple[object, ...]) -> None:
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.bind"):
        ASKED.append(f"{event} {arguments}")


def _commands(root: Path) -> dict[str, list[str]]:
    bank = str(root / "bank")
    return {
        "verify": ["bank", "verify", bank],
        "install": ["bank", "install", bank],
        "list": ["bank", "list"],
        "rank": ["rank", str(root / "album"), "--bank", bank, "--quiet"],
    }


def _outcome(command: Sequence[str]) -> tuple[str, float]:
    begun, said = time.perf_counter(), io.StringIO()
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            code = run(list(command))
    except BaseException as error:  # noqa: BLE001 - this is what is looked for
        return f"RAISED {type(error).__name__}: {error}"[:90], time.perf_counter() - begun
    text = said.getvalue()
    outcome = "TRACEBACK" if "Traceback" in text else {0: "used", 1: "refused"}.get(code, str(code))
    return outcome, time.perf_counter() - begun


def _mutate(bank: Bank, dice: random.Random) -> str:
    if dice.random() < 0.6:
        said = entries_of(bank)
        for _ in range(dice.randint(1, 3)):
            said = mutated(copy.deepcopy(said), dice)
        say(bank, said)
        return "manifest"
    path = dice.choice(sorted(p for p in bank.folder.iterdir() if p.is_file()))
    kind = dice.choice([*BYTES, *THINGS])
    data = path.read_bytes()
    path.unlink()
    if kind in BYTES:
        path.write_bytes(BYTES[kind](data, dice))
    else:
        THINGS[kind](path, dice)
    return kind


def _flipped(data: bytes, dice: random.Random) -> bytes:
    found = bytearray(data)
    for _ in range(dice.randint(1, 20)):
        found[dice.randrange(len(found))] ^= 1 << dice.randrange(8)
    return bytes(found)


BYTES: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "flipped": _flipped,
    "cut": lambda data, dice: data[: dice.randrange(len(data))],
    "grown": lambda data, dice: data + dice.randbytes(dice.randint(1, 100_000)),
    "noise": lambda data, dice: dice.randbytes(len(data)),
}
LINKS = ("/dev/zero", "/etc/passwd", "nowhere")
THINGS: dict[str, Callable[[Path, random.Random], None]] = {
    "gone": lambda path, dice: None,
    "link": lambda path, dice: path.symlink_to(dice.choice(LINKS)),
    "pipe": lambda path, dice: os.mkfifo(path),
    "folder": lambda path, dice: path.mkdir(),
}


if __name__ == "__main__":
    main()
