"""What the desktop, the disk and the environment hand to the window."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QUrl

from photoaes.album.last_view import LastView, load_view, save_view
from photoaes.gui.kit.drops import dropped_path
from tests.patience import PATIENCE_S

ALBUM = Path("/album")


def dropped(*urls: str) -> Path | None:
    data = QMimeData()
    data.setUrls([QUrl(url) for url in urls])
    return dropped_path(data)


def test_the_first_file_of_this_computer_counts() -> None:
    assert dropped("https://example.org/a.jpg", "file:///b%20c.jpg") == Path("/b c.jpg")
    assert dropped("data:image/png;base64,AAAA", "smb://nas/a.jpg", "trash:/a", "") is None
    assert dropped("file://nas/share/a.jpg") is None


def test_names_that_are_no_letters_are_found() -> None:
    data = QMimeData()
    data.setData("text/uri-list", b"file:///a%FFb.jpg\r\n")
    assert dropped_path(data) == Path(os.fsdecode(b"/a\xffb.jpg"))


def _view_file(folder: Path) -> Path:
    save_view(folder, ALBUM, LastView())
    [path] = folder.glob("*.json")
    return path


@pytest.mark.parametrize(
    "change",
    [
        {"offset": 10**30},
        {"offset": "x"},
        {"zoom": [1e999, 0, 0]},
        {"zoom": [1]},
        {"page": 3},
        {"key": {}},
        {"choice": {"least": 10**30}},
        {"choice": {"dates": ["2025-99-99x"]}},
        {"choice": {"relation": "~", "least": 3}},
        {"choice": {"inverted": ["nothing"]}},
        {"choice": {"unknown": 1}},
        {"choice": {"suggested": [1]}},
        {"selected": [1]},
        {"named": {"similar": "abc"}},
        {"current": "a\0b"},
    ],
)
def test_a_state_that_no_window_left_is_not_restored(
    tmp_path: Path, change: dict[str, Any]
) -> None:
    path = _view_file(tmp_path)
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    assert load_view(tmp_path, ALBUM) is None


@settings(max_examples=150)
@given(st.binary(max_size=200) | st.recursive(st.none(), st.lists).map(lambda v: repr(v).encode()))
def test_a_broken_state_raises_nothing(tmp_path: Path, data: bytes) -> None:
    _view_file(tmp_path).write_bytes(data)
    assert load_view(tmp_path, ALBUM) is None


def test_deep_and_endless_states(tmp_path: Path) -> None:
    path = _view_file(tmp_path)
    path.write_text("[" * 100_000)
    assert load_view(tmp_path, ALBUM) is None
    path.unlink()
    os.mkfifo(path)
    assert load_view(tmp_path, ALBUM) is None


_START = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMessageBox
from photoaes import app
from photoaes.__main__ import entry
QMessageBox.critical = lambda parent, title, text: print("TOLD:", text)
run = app.QApplication.exec
"""
_FOR_A_MOMENT = """
app.QApplication.exec = lambda self: (QTimer.singleShot(1500, self.quit), run())[1]
entry()
"""
# In what Python does at its end the import that a thread has begun goes on, until nothing is left
# to import into.
_UNTIL_TORCH = """
import atexit, time
atexit.register(time.sleep, 3)
def execute(application):
    timer = QTimer(application)
    timer.timeout.connect(lambda: "torch" in sys.modules and application.quit())
    timer.start(1)
    return run()
app.QApplication.exec = execute
entry()
"""


def started(
    *arguments: str, until: str = _FOR_A_MOMENT, **environment: str
) -> subprocess.CompletedProcess[str]:
    everything = {**os.environ, "QT_QPA_PLATFORM": "offscreen"} | environment
    return subprocess.run(
        [sys.executable, "-c", _START + until, *arguments],
        env={name: value for name, value in everything.items() if value != "-"},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )


@pytest.mark.parametrize("home", ["file", "nowhere"])
def test_a_window_without_a_place_for_ratings_says_so(tmp_path: Path, home: str) -> None:
    (tmp_path / "file").write_text("no folder")
    if home == "file":
        window = started(PHOTOAES_HOME=str(tmp_path / "file"))
    else:
        window = started(PHOTOAES_HOME="-", HOME="")
    assert window.returncode == 1, window.stderr
    assert "TOLD:" in window.stdout
    assert "Traceback" not in window.stderr


def test_a_window_opens_with_broken_habits_and_an_odd_environment(tmp_path: Path) -> None:
    data = tmp_path / "home" / "data"
    data.mkdir(parents=True)
    (data / "preferences.json").write_text(
        json.dumps(
            {
                "geometry": "AAAA" * 999,
                "panels": "//8=",
                "recent": ["/gone", "\udcff", "x" * 4000],
                "edge": 10**400,
                "theme": None,
                "left_panel": "yes",
            }
        )
    )
    (data / "photoaes.log").mkdir()
    window = started(
        tmp_path.as_uri(),
        PHOTOAES_HOME=str(tmp_path / "home"),
        LANG="xx_YY.nonsense",
        XDG_CACHE_HOME="relative",
        TMPDIR="/gone",
        COLUMNS="0",
        TZ="nonsense",
    )
    assert window.returncode == 0, window.stderr
    assert "Traceback" not in window.stderr


def test_a_window_that_is_closed_while_torch_is_imported_ends_without_a_word(
    tmp_path: Path,
) -> None:
    window = started(until=_UNTIL_TORCH, PHOTOAES_HOME=str(tmp_path))
    assert (window.returncode, window.stdout, window.stderr) == (0, "", "")


# As where torch takes half a minute on a busy computer: nothing breaks an import off.
_BUSY = """
import time
from photoaes import interrupts
interrupts._SECONDS = 1.0
app.QApplication.exec = lambda self: (
    self.aboutToQuit.connect(lambda: time.sleep(3600)), print("shown", flush=True), run()
)[-1]
entry()
"""
_REFUSED = """
QMessageBox.critical = lambda *_: (print("shown", flush=True), QMessageBox(text="no").exec())
entry()
"""


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("until", [_BUSY, _REFUSED])
def test_a_window_that_is_busy_or_refuses_hears_signals(
    tmp_path: Path, number: signal.Signals, until: str
) -> None:
    home = tmp_path / "home"
    if until == _REFUSED:
        home.write_text("no folder")
    with subprocess.Popen(
        [sys.executable, "-c", _START + until],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PHOTOAES_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as window:
        assert window.stdout is not None
        assert window.stdout.readline() == "shown\n"
        time.sleep(1)
        window.send_signal(number)
        told = window.communicate(timeout=PATIENCE_S)[1]
    assert window.returncode == 128 + number, told
    assert "Traceback" not in told
