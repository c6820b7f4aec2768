"""Where a command meets the system: a sentence and an exit value, never a traceback."""

from __future__ import annotations

import io
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from photoaes.__main__ import main as entry
from photoaes.cli import main, names
from photoaes.cli.border import sentence
from photoaes.cli.terminal import Harmless, harmless
from photoaes.errors import PhotoaesError
from photoaes.settings import data_folder
from tests.patience import PATIENCE_S

posix = pytest.mark.skipif(os.name != "posix", reason="what POSIX has")
ROOT = Path(__file__).parents[2]


def _run(
    *arguments: str | bytes, shell: str = 'exec "$@"', **more: str | None
) -> subprocess.CompletedProcess[bytes]:
    """`photoaes` in a process of its own; None takes a variable out of the environment."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **more}
    return subprocess.run(
        ["/bin/sh", "-c", shell, "sh", sys.executable, "-m", "photoaes", *arguments],
        env={name: value for name, value in environment.items() if value is not None},
        capture_output=True,
        timeout=PATIENCE_S,
        check=False,
    )


@posix
@pytest.mark.parametrize(
    "argument",
    [
        b"\xff\xfe",
        b"a" * 300,
        b"a" * 5000,
        b"/a" * 3000,
        b"/dev/null",
        b"/proc/self/mem",
        b"\n",
    ],
)
def test_odd_paths_get_a_sentence(argument: bytes, tmp_path: Path) -> None:
    for command in ("rank", "scan"):
        done = _run(command, argument, PHOTOAES_HOME=str(tmp_path))
        assert done.returncode == 1
        assert done.stderr.startswith(b"photoaes: ")
        assert b"Traceback" not in done.stderr
        assert len(done.stderr) < 1000 or len(argument) > 300


@posix
def test_a_working_directory_that_is_gone(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    shell = f'cd {gone} && rmdir {gone} && exec "$@"'
    done = _run("scan", ".", shell=shell, PHOTOAES_HOME=str(tmp_path / "home"))
    assert done.returncode == 1
    assert b"no longer there" in done.stderr


@posix
@pytest.mark.parametrize("home", [None, ""])
def test_nobody_is_at_home(home: str | None, tmp_path: Path) -> None:
    done = _run("doctor", HOME="" if home is None else home, PHOTOAES_HOME=None)
    assert done.returncode == 1
    assert b"Set HOME" in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_output_that_does_not_fit(tmp_path: Path) -> None:
    done = _run("bank", "list", shell='exec "$@" >/dev/full', PHOTOAES_HOME=str(tmp_path))
    assert (done.returncode, done.stderr.count(b"\n")) == (1, 1)
    assert b"No space left" in done.stderr
    done = _run("bank", "list", shell='exec "$@" >/dev/full 2>/dev/full')
    assert done.returncode == 1


@posix
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", "<&- >&- 2>&-"])
def test_streams_that_are_closed_are_no_obstacle(closed: str, tmp_path: Path) -> None:
    """Nor are their numbers given to files, into which libraries would then write."""
    shutil.copy(next((ROOT / "resources" / "sample-album").rglob("*.JPG")), tmp_path)
    shell = f'exec "$@" {closed}'
    done = _run("scan", str(tmp_path), shell=shell, PHOTOAES_HOME=str(tmp_path / "home"))
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False)
    assert (b"1 new" in done.stdout) == (">&-" not in closed or closed == "2>&-")
    opened = "import os; from photoaes.__main__ import _open_streams; _open_streams(); "
    code = opened + "raise SystemExit(0 if os.open('.', os.O_RDONLY) > 2 else 7)"
    run = ["/bin/sh", "-c", shell, "sh", sys.executable, "-c", code]
    assert subprocess.run(run, cwd=ROOT, check=False).returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_progress_that_nobody_can_be_told_stops_no_work(tmp_path: Path) -> None:
    shutil.copy(next((ROOT / "resources" / "sample-album").rglob("*.JPG")), tmp_path)
    shell, home = 'exec "$@" 2>/dev/full', str(tmp_path / "home")
    done = _run("scan", str(tmp_path), shell=shell, PHOTOAES_HOME=home)
    assert (done.returncode, b"1 new" in done.stdout) == (0, True)


def test_a_name_cannot_steer_the_terminal() -> None:
    assert harmless("a\x1b[2J\x9b1m\u202eb\rc\r\n\td\ud800\udcff") == (
        "a\\x1b[2J\\x9b1m\\u202eb\\rc\r\n\td\\ud800\udcff"
    )


def test_a_terminal_without_our_signs_gets_others() -> None:
    old = io.TextIOWrapper(io.BytesIO(), "ascii", "surrogateescape")
    print("★ \udcff", file=Harmless(old))
    old.flush()
    assert old.buffer.getvalue() == b"\\u2605 \\udcff\n"


@posix
def test_names_are_shown_without_their_escapes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "steers\x1b[2J\x07"
    folder.mkdir()
    (folder / "broken\x1b]0;title\x07.jpg").write_bytes(b"no photo")
    for command in (["scan", str(folder)], ["rank", str(folder)], ["rank", f"{folder}/none"]):
        main(command)
    told = capsys.readouterr()
    assert "\x1b" not in told.out + told.err
    assert "\\x1b[2J" in told.out + told.err


words = st.sampled_from([*names(), "list", "verify", "--top", "--out", "--json", "--bank"])
odd_words = st.text(
    st.characters(exclude_categories=(), codec=None), max_size=12
) | st.sampled_from(
    ["\0", "\udcff", "a" * 5000, "-", "--", "/dev/null", "nan", "-1", "1e999", "9" * 5000, "{x.y}"]
)


@settings(max_examples=int(os.environ.get("PHOTOAES_FUZZ", "60")))
@given(arguments=st.lists(words | odd_words, min_size=1, max_size=5))
def test_any_arguments_are_run_or_refused(
    arguments: list[str], capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    if arguments[0] in ("sample", "doctor"):  # these work, and take their time
        return
    try:
        code = main([*arguments[:1], str(tmp_path), *arguments[1:]])
    except SystemExit as exit:
        code = int(exit.code or 0)
    told = capsysbinary.readouterr()
    assert code in (0, 1, 2)
    assert b"Traceback" not in told.err


def test_what_the_system_raises_is_a_sentence_and_a_bug_is_none() -> None:
    for error in (OSError(28, "No space left on device"), MemoryError(), PhotoaesError("a.")):
        assert sentence(error)
    assert sentence(UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates not allowed"))
    assert sentence(KeyError("x")) is None
    nowhere = FileNotFoundError(2, "No usable temporary directory found in ['/tmp']")
    assert "set TMPDIR" in str(sentence(nowhere))


_WORDS = {signal.SIGINT: b"cancelled.", signal.SIGTERM: b"terminated."}
if os.name == "posix":
    _WORDS[signal.SIGHUP] = b"hung up."


def _wait_for_handlers(process: subprocess.Popen[bytes]) -> None:
    """Until our first lines have run: before, Python itself answers a signal."""
    status, bit = Path(f"/proc/{process.pid}/status"), 1 << (signal.SIGTERM - 1)
    while process.poll() is None:
        [caught] = [line for line in status.read_text().splitlines() if line.startswith("SigCgt")]
        if int(caught.split()[1], 16) & bit:
            return
        time.sleep(0.001)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="what Linux tells")
@pytest.mark.parametrize("command", ["rank", "scan"])
@pytest.mark.parametrize("number", list(_WORDS))
def test_interrupted_at_any_moment(number: signal.Signals, command: str, tmp_path: Path) -> None:
    """Imports, looking for photos, measuring and Python's end alike: one word."""
    moments, album = random.Random(f"{number} {command}"), ROOT / "resources" / "sample-album"
    environment = {**os.environ, "PHOTOAES_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    for _ in range(int(os.environ.get("PHOTOAES_KILLS", "2"))):
        with subprocess.Popen(
            [sys.executable, "-m", "photoaes", command, str(album)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=environment,
        ) as process:
            _wait_for_handlers(process)
            time.sleep(moments.uniform(0, 4 if command == "rank" else 1))
            is_late = process.poll() is not None
            process.send_signal(number)
            told = process.communicate(timeout=PATIENCE_S)[1]
        assert b"Traceback" not in told, told
        if process.returncode == 0:  # it was done, or just about to be
            assert is_late or b"cancelled" not in told
            continue
        assert process.returncode == 128 + number, told
        word = _WORDS[number]
        assert told.count(b"photoaes: " + word) == 1
        assert told.rstrip().endswith(word)


def test_a_folder_that_cannot_be_made_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("PHOTOAES_HOME", str(tmp_path / "file"))
    assert main(["scan", str(tmp_path)]) == 1
    assert str(data_folder().parent) in capsys.readouterr().err


def test_a_path_that_leads_nowhere_is_no_unknown_command(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for path in ("/no/such/folder", "file:///no/such/folder", "no/such", "/" + "x" * 9000):
        assert entry([path]) == 1
        said = capsys.readouterr().err
        assert "There is no folder or photo" in said
        assert len(said) < 300
