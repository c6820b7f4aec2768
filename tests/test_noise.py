"""Libraries in C do not reach the terminal, and no command opens a socket."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.patience import PATIENCE_S

ROOT = Path(__file__).parents[1]
posix = pytest.mark.skipif(os.name != "posix", reason="descriptors of POSIX")
# An audit hook sees every socket, whoever opens it.
WATCH = """
import sys
def watch(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.bind"):
        print("SOCKET", event, arguments[1:], flush=True)
sys.addaudithook(watch)
from photoaes.__main__ import main
sys.exit(main(sys.argv[1:]))
"""
NOISE = """
import os, sys, time
from photoaes.noise import quiet_libraries
with quiet_libraries(verbose=len(sys.argv) > 1):
    os.write(2, b"TIFFReadDirectory: odd" + bytes([27]) + b"[2J" + bytes([10]))
    print("our word", file=sys.stderr)
    time.sleep(0.2)
print("after", file=sys.stderr)
"""


def _run(code: str, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env={**os.environ, "PHOTOAES_HOME": str(home), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )


@posix
@pytest.mark.parametrize("verbose", [False, True])
def test_what_libraries_say_is_kept_from_the_terminal(tmp_path: Path, verbose: bool) -> None:
    told = _run(NOISE, tmp_path, *(["--verbose"] if verbose else [])).stderr
    assert told.startswith("our word\n")
    assert told.endswith("after\n")
    assert ("Libraries said 1 lines" in told) == verbose
    assert "\x1b" not in told


def test_scanning_checking_installing_and_ranking_open_no_socket(tmp_path: Path) -> None:
    bank, album = ROOT / "resources/starter-bank", ROOT / "resources/sample-album/3 Town"
    for arguments in (
        ["scan", str(album)],
        ["bank", "verify", str(bank)],
        ["bank", "install", str(bank)],
        ["rank", str(album), "--bank", "starter-bank"],
    ):
        done = _run(WATCH, tmp_path, *arguments)
        assert done.returncode == 0, done.stderr
        assert "SOCKET" not in done.stdout
