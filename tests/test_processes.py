"""Processes that work for another one hear no Ctrl-C, and do not outlive it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.patience import PATIENCE_S

ROOT = Path(__file__).parents[1]
_PROGRAM = """
import os, sys, time
from concurrent.futures import wait
from pathlib import Path
from photoaes.processes import deaf, process_pool

folder = Path(sys.argv[1])

def begin(text):
    (folder / f"{os.getpid()}.{text}").touch()

def work(seconds):
    time.sleep(seconds)
    return os.getpid()

if __name__ == "__main__":
    try:
        with process_pool(2, begin, "worker") as pool:
            with deaf():
                futures = [pool.submit(work, float(sys.argv[2])) for _ in range(4)]
            wait(futures)
            print(len({one.result() for one in futures}))
    except KeyboardInterrupt:
        os._exit(130)
"""

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="what Linux tells")


def _begun(folder: Path, seconds: float) -> subprocess.Popen[str]:
    (folder / "program.py").write_text(_PROGRAM)
    return subprocess.Popen(
        [sys.executable, str(folder / "program.py"), str(folder), str(seconds)],
        # Python's own tracker of semaphores would tell what a process that is killed leaves to it.
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"},
        cwd=folder / "album" if (folder / "album").exists() else folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )


def _workers(folder: Path) -> list[int]:
    return [int(one.stem) for one in folder.glob("*.worker")]


def _is_there(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.parametrize(
    ("send", "number"),
    [(os.killpg, signal.SIGINT), (os.kill, signal.SIGTERM), (os.kill, signal.SIGKILL)],
)
def test_workers_end_with_whom_they_work_for(
    send: Callable[[int, int], None], number: signal.Signals, tmp_path: Path
) -> None:
    with _begun(tmp_path, 600) as program:
        _until(lambda: len(_workers(tmp_path)) == 2)
        send(program.pid, number)
        told = program.communicate(timeout=PATIENCE_S)
    assert told == ("", "")
    assert program.returncode == (130 if number == signal.SIGINT else -number)
    _until(lambda: not any(map(_is_there, _workers(tmp_path))))


def test_what_is_done_is_waited_for(tmp_path: Path) -> None:
    with _begun(tmp_path, 0.01) as program:
        told = program.communicate(timeout=PATIENCE_S)
    assert program.returncode == 0
    assert (told[0].strip() in ("1", "2"), told[1]) == (True, "")
    assert not any(map(_is_there, _workers(tmp_path)))


@pytest.mark.parametrize("name", ["multiprocessing", "grp", "signal"])
def test_nothing_is_imported_from_the_folder_that_one_is_in(name: str, tmp_path: Path) -> None:
    (tmp_path / "album").mkdir()
    planted = f"open({str(tmp_path / 'met')!r}, 'w').close()"
    (tmp_path / "album" / f"{name}.py").write_text(planted)
    with _begun(tmp_path, 0.01) as program:
        told = program.communicate(timeout=PATIENCE_S)
    assert program.returncode == 0, told[1]
    assert not (tmp_path / "met").exists()
