"""What a person at the window waits for, with an album of 100,000 photos.

    python -m tests.benchmarks.window PHOTOS [--photos 100000] [--learn]

The album is hard links of real photos; the window is real, offscreen. A stall is a gap of more than
50 ms between two turns of the event loop: while an album opens, while very many photos are marked,
and while pages are scrolled through as fast as they paint. `--learn` presses Personalize, scrolls
and rates while photos are looked at, learned and scored by the merged model, which takes its time.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import numpy as np
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollBar

from photoaes import app
from photoaes.album.filter_choice import FilterChoice
from photoaes.album.ordering import SortKey
from photoaes.album.store.feature_cache import FeatureCache
from photoaes.album.store.opening import open_store
from photoaes.gui.kit import theme
from photoaes.gui.window.main_window import MainWindow
from photoaes.gui.window.parts import Parts
from photoaes.preferences import Preferences
from tests.benchmarks.album import _make as make_album
from tests.benchmarks.machine import machine_line

STALL = 0.05
PAGES = 400
PEERS = (
    "Peers, their own figures (users.md): TagStudio 650,000 entries; Cullimingo's goal: 2,000 RAW, "
    "first thumbnails < 2 s; Qt's list view in icon mode 0.5 s for a layout of 100,000, its sort "
    "proxy with a Python role 34 s."
)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("photos_folder", type=Path)
    parser.add_argument("--photos", type=int, default=100_000)
    parser.add_argument("--learn", action="store_true")
    options = parser.parse_args()
    print(machine_line())
    with tempfile.TemporaryDirectory(dir=options.photos_folder.parent) as folder:
        os.environ["PHOTOAES_HOME"] = folder
        _row("process to window", *_start_time())
        make_album(options.photos_folder, Path(folder) / "album", options.photos)
        _measure(Path(folder), options.learn)
    print(PEERS)


def _measure(folder: Path, with_learning: bool) -> None:
    application = QApplication([])
    theme.apply(application, "dark")
    with open_store(folder / "bench.db") as store, FeatureCache(None) as cache:
        collector = app.collect_here(application)
        window, parts = app.build(store, cache, Preferences())
        window.setWindowState(Qt.WindowState.WindowNoState)  # the offscreen screen is small
        window.resize(1280, 800)
        window.show()
        for name in ("first opening", "second opening", "third opening", "fourth opening"):
            begun, gaps = time.perf_counter(), _Gaps()
            window.dropped.emit(folder / "album")
            _until(lambda: parts.session.columns is not None, gaps)
            shown = time.perf_counter() - begun
            _until(lambda: not parts.opening.is_busy, gaps)
            _row(f"{name}: photos shown", shown)
            _row(f"{name}: all read", time.perf_counter() - begun)
            _stalls(name, gaps)
            if name != "fourth opening":
                parts.session.close_album()
        _thumbnails(window, parts)
        _scrolling(window)
        _orders(parts)
        _rating(window, parts)
        if with_learning:
            _learning(window, parts)
        _marking(window, parts)
        collector.stop()
        print(f"| memory after all that | {_resident():.0f} MiB |")
        parts.stop()


def _start_time() -> tuple[float, ...]:
    """A fresh process until its window is shown; torch comes later."""
    code = (
        "import sys; from PySide6.QtCore import QTimer; from photoaes import app\n"
        "QTimer.singleShot(0, lambda: __import__('os')._exit(0))\n"
        "sys.exit(app.main())"
    )
    times = []
    for _ in range(5):
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=False)
        times.append(time.perf_counter() - begun)
    return tuple(times)


class _Gaps:
    """Times between two turns of the event loop that were longer than a stall."""

    def __init__(self) -> None:
        self.found: list[float] = []
        self.longest = self.own = 0.0
        self._last, self._work = time.perf_counter(), time.thread_time()

    def turn(self) -> None:
        QCoreApplication.processEvents()
        now, work = time.perf_counter(), time.thread_time()
        self.longest = max(self.longest, now - self._last)
        self.own = max(self.own, work - self._work)
        if now - self._last > STALL:
            self.found.append(now - self._last)
        self._last, self._work = now, work


def _until(ready: Callable[[], bool], gaps: _Gaps, limit: float = 600.0) -> None:
    end = time.perf_counter() + limit
    while not ready() and time.perf_counter() < end:
        gaps.turn()
        time.sleep(0.001)


def _thumbnails(window: MainWindow, parts: Parts) -> None:
    """After a jump to the middle: from the jump to the first and to all thumbnails in sight."""
    grid, columns = window.grid, parts.session.columns
    assert columns is not None
    first, everything = [], []
    for share in (0.2, 0.5, 0.8):
        grid.verticalScrollBar().setValue(int(share * grid.verticalScrollBar().maximum()))
        begun = time.perf_counter()
        rows = [
            int(parts.session.shown.rows[row])
            for row in grid.places.rows_between(
                grid.verticalOffset(), grid.verticalOffset() + grid.viewport().height()
            )
        ]
        paths = [columns.paths[row] for row in rows]

        def have(wanted: Callable[..., bool], paths: list[Path] = paths) -> bool:
            return wanted(parts.thumbnails.pixmap(path, 256) is not None for path in paths)

        _until(lambda: have(any), _Gaps(), 30)
        first.append(time.perf_counter() - begun)
        _until(lambda: have(all), _Gaps(), 30)
        everything.append(time.perf_counter() - begun)
    _row("first thumbnail after a jump", *first)
    _row(f"all {len(paths)} thumbnails in sight", *everything)


def _scrolling(window: MainWindow) -> None:
    bar, gaps = window.grid.verticalScrollBar(), _Gaps()
    bar.setValue(0)
    gaps.turn()
    gaps.found.clear()
    turns = []
    for _ in range(PAGES):
        begun = time.perf_counter()
        bar.setValue((bar.value() + bar.pageStep()) % max(bar.maximum(), 1))
        gaps.turn()
        turns.append(time.perf_counter() - begun)
    _row(f"a page scrolled and painted, of {PAGES}", *turns)
    worst = f"longest {1000 * max(gaps.found, default=0):.0f} ms"
    print(f"| stalls over 50 ms while scrolling | {len(gaps.found)} of {PAGES}, {worst} |")


def _orders(parts: Parts) -> None:
    session = parts.session
    for key in (SortKey.NAME, SortKey.DATE, SortKey.STARS):
        _timed(f"sort by {key.value}, painted", partial(session.sort, key, descending=True))
    _timed("filter by text, painted", lambda: session.filter(FilterChoice(text="99").conditions()))
    _timed("show all again, painted", lambda: session.filter([]))


def _rating(window: MainWindow, parts: Parts) -> None:
    window.grid.setFocus()
    times = []
    for number in range(50):
        parts.session.selection.make_current(int(parts.session.shown.rows[number]))
        QCoreApplication.processEvents()
        begun = time.perf_counter()
        QTest.keyClicks(window.grid, str(number % 5 + 1))
        QCoreApplication.processEvents()
        times.append(time.perf_counter() - begun)
    _row("one star: on the disk and painted", *times)


def _learning(window: MainWindow, parts: Parts) -> None:
    """Personalize, with a page scrolled and a star given every second meanwhile."""
    learning, bar = parts.learning, window.grid.verticalScrollBar()
    first: list[float] = []
    due = begun = time.perf_counter()
    parts.session.scores_changed.connect(lambda: first.append(time.perf_counter() - begun))
    gaps = _Gaps()
    learning.personalize()

    def is_over() -> bool:
        nonlocal due
        if time.perf_counter() > due:
            due += 1
            bar.setValue((bar.value() + bar.pageStep()) % max(bar.maximum(), 1))
            QTest.keyClicks(window.grid, str(int(due) % 5 + 1))
        return not learning.is_working

    _until(is_over, gaps)
    _row("Personalize: the first scores", first[0])
    _row("Personalize: the merged model's order", time.perf_counter() - begun)
    gaps.turn()
    _stalls("Personalize", gaps)


def _marking(window: MainWindow, parts: Parts) -> None:
    """All photos of the album at once, while pages are scrolled through."""
    marking, every = parts.session.marking, np.arange(parts.session.count)
    work: dict[str, Callable[[], None]] = {
        "five stars for every photo": lambda: parts.session.set_stars(every, 5),
        "a label for every photo": lambda: parts.session.set_label(every, "Red"),
        "undo that": marking.undo,
        "undo the stars": marking.undo,
        "redo the stars": marking.redo,
    }
    for name, act in work.items():
        ended: list[bool] = []
        marking.saving.connect(lambda is_saving, ended=ended: is_saving or ended.append(True))
        begun, gaps = time.perf_counter(), _Gaps()
        act()
        bar = window.grid.verticalScrollBar()

        def is_over(ended: list[bool] = ended, bar: QScrollBar = bar) -> bool:
            bar.setValue((bar.value() + bar.pageStep()) % max(bar.maximum(), 1))
            # Few photos are marked at once, without a word about saving.
            return bool(ended) or not marking.is_busy

        _until(is_over, gaps)
        _row(name, time.perf_counter() - begun)
        gaps.turn()
        _stalls(name, gaps)


def _stalls(name: str, gaps: _Gaps) -> None:
    """On a busy machine a turn waits for others; own work is what the window's thread does."""
    text = f"{1000 * gaps.longest:.0f} ms (own work {1000 * gaps.own:.0f} ms)"
    print(f"| {name}: longest turn | {text}, {len(gaps.found)} stalls |", flush=True)


def _timed(name: str, work: Callable[[], object]) -> None:
    begun = time.perf_counter()
    work()
    QCoreApplication.processEvents()
    _row(name, time.perf_counter() - begun)


def _row(name: str, *seconds: float) -> None:
    middle, worst = statistics.median(seconds), max(seconds)
    more = f" (worst {1000 * worst:,.0f} ms)" if len(seconds) > 1 else ""
    print(f"| {name} | {1000 * middle:,.1f} ms{more} |", flush=True)


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


if __name__ == "__main__":
    main()
