"""The real window, offscreen: real store, real worker, real tiny bank, real photos."""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from photoaes import app
from photoaes.album.store.feature_cache import FeatureCache
from photoaes.album.store.opening import FILE_NAME, Store, open_store
from photoaes.gui.kit import theme
from photoaes.gui.state.learning import Learning
from photoaes.gui.state.session import Session
from photoaes.gui.window.main_window import MainWindow
from photoaes.gui.window.parts import Parts
from photoaes.preferences import Preferences
from tests.patience import PATIENCE_S
from tests.tiny import tiny_bank


class Person:
    """Somebody at the window: does what a person can do, by keys and mouse."""

    def __init__(self, qtbot: QtBot, window: MainWindow, parts: Parts) -> None:
        self.qtbot, self.window, self.parts = qtbot, window, parts

    @property
    def session(self) -> Session:
        return self.parts.session

    @property
    def learning(self) -> Learning:
        return self.parts.learning

    def open(self, folder: Path) -> None:
        """Drop the folder on the window and wait until it is read."""
        self.window.dropped.emit(folder)
        self.wait(lambda: self.session.columns is not None and not self.parts.opening.is_busy)

    def press(self, keys: str) -> None:
        """Keys, one after the other, on what has the focus."""
        for key in keys:
            QTest.keyClicks(self._page(), key)
            self.settle()

    def tap(self, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        """A key without a letter."""
        QTest.keyClick(self._page(), key, modifier or Qt.KeyboardModifier.NoModifier)

    def settle(self) -> None:
        """Where another thread is at the store, marks show a moment later."""
        if self.session.marking.is_busy:
            self.wait(lambda: not self.session.marking.is_busy)

    def _page(self) -> QWidget:
        page = self.window.pages.currentWidget()
        assert page is not None
        return page

    def click(self, text: str) -> None:
        """The button that says this."""
        buttons = self.window.findChildren(QPushButton)
        next(one for one in buttons if one.text() == text and one.isVisible()).click()

    def act(self, name: str) -> None:
        """An action from the menu."""
        self.window.actions_by_name[name].trigger()
        self.settle()

    def rate(self, stars: str) -> None:
        """Rate photo after photo from the first one on."""
        self.window.grid.setFocus()
        self.tap(Qt.Key.Key_Home)
        for number in stars:
            self.press(number)
            self.tap(Qt.Key.Key_Right)

    def wait(self, until: Callable[[], bool]) -> None:
        """Until it is so, however busy the machine."""
        self.qtbot.waitUntil(until, timeout=int(1000 * PATIENCE_S))

    def work_through(self) -> None:
        """Until all is done that the worker was asked for, also by the last stars."""
        self.wait(lambda: not self.learning._live._timer.isActive())
        done: list[object] = []
        self.parts.worker.add((_ for _ in ()), done=done.append, failed=done.append)
        self.wait(lambda: bool(done))

    def shown(self) -> list[str]:
        """The names in the grid, in order."""
        columns = self.session.columns
        return [] if columns is None else [columns.paths[i].name for i in self.session.shown.rows]

    def stars(self) -> dict[str, int]:
        """The stars of all rated photos."""
        columns = self.session.columns
        assert columns is not None
        pairs = zip(columns.paths, columns.stars.tolist(), strict=True)
        return {path.name: stars for path, stars in pairs if stars > 0}


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """Sixteen photos that differ in brightness and colour, in two folders."""
    folder = tmp_path / "Trip"
    rng = np.random.default_rng(3)
    for number in range(16):
        path = folder / ("day 1" if number < 9 else "day 2") / f"IMG_{number:02}.jpg"
        path.parent.mkdir(parents=True, exist_ok=True)
        base = np.array([number * 15, 90, 255 - number * 15])
        pixels = np.clip(base + rng.normal(0, 30, (40, 60, 3)), 0, 255).astype(np.uint8)
        size = (64, 96) if number % 5 == 4 else (96, 64)
        Image.fromarray(pixels).resize(size).save(path)
    return folder


@pytest.fixture(scope="session")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bank")
    tiny_bank(folder)
    return folder


@pytest.fixture(autouse=True)
def _garbage_is_collected_here() -> Iterator[None]:
    """As in the program (`app.collect_here`): on a worker's thread windows would be destroyed."""
    gc.disable()
    yield
    gc.collect(0)
    gc.enable()


@pytest.fixture(autouse=True)
def _no_thread_is_left() -> Iterator[None]:
    """None that goes on: one that a stopped window no longer waits for may take its time to end."""
    before = set(threading.enumerate())
    yield
    left = [thread for thread in threading.enumerate() if thread not in before]
    for thread in left:
        thread.join(PATIENCE_S)
    assert not any(thread.is_alive() for thread in left), f"threads left behind: {left}"


@pytest.fixture(autouse=True)
def _disks_may_be_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A star is there within the call that gives it, however busy the machine."""
    monkeypatch.setattr("photoaes.gui.kit.writer.WAIT_S", PATIENCE_S)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / FILE_NAME) as opened:
        yield opened


@pytest.fixture
def person(qtbot: QtBot, qapp: QApplication, bank: Path, store: Store) -> Iterator[Person]:
    theme.apply(qapp, "dark")
    with FeatureCache(None) as cache:
        window, parts = app.build(store, cache, Preferences(score_ahead=False))
        parts.learning.set_bank(bank)
        qtbot.addWidget(window)
        window.show()
        qapp.processEvents()
        window.setWindowState(Qt.WindowState.WindowNoState)  # the offscreen screen is small
        window.resize(1280, 720)
        qapp.processEvents()
        assert (window.width(), window.height()) == (1280, 720)
        yield Person(qtbot, window, parts)
        parts.stop()


class Desktop:
    """What a desktop opens files with: a program that notes them, or fails as where there is none.

    xdg-open takes what is put first on the way to programs.
    """

    def __init__(self, folder: Path) -> None:
        self._program, self._list = folder / "xdg-open", folder / "opened"
        folder.mkdir()
        self.has_programs(True)

    def has_programs(self, has: bool) -> None:
        """Whether it knows a program for what it is asked to open."""
        note = f'printf "%s\\0" "$1" >> "{self._list}"'
        self._program.write_text(f"#!/bin/sh\n{note if has else 'exit 3'}\n")
        self._program.chmod(0o755)

    def opened(self) -> list[Path]:
        """What was opened, in turn."""
        if not self._list.exists():
            return []
        return [Path(os.fsdecode(one)) for one in self._list.read_bytes().split(b"\0")[:-1]]


@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desktop:
    found = Desktop(tmp_path / "bin")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
    return found


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    before = QLocale()
    german = QLocale("de_DE")
    QLocale.setDefault(german)
    installed = app.translate(qapp, german)
    assert installed
    yield
    for translator in installed:
        qapp.removeTranslator(translator)
    QLocale.setDefault(before)
