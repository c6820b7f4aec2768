"""The worker's contract: order, cancelling, silence, errors, and no lost reference."""

from __future__ import annotations

import threading
import time
from collections.abc import Generator, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from photoaes.errors import InputInvalid
from photoaes.gui.kit.worker import Worker
from tests.patience import PATIENCE_MS, PATIENCE_S


@pytest.fixture
def worker(qtbot: QtBot) -> Iterator[Worker]:
    made = Worker()
    yield made
    made.stop()


class Heard:
    """What arrived, and on which thread."""

    def __init__(self) -> None:
        self.events: list[Any] = []
        self.results: list[Any] = []
        self.errors: list[Exception] = []
        self.threads: set[int] = set()

    def start(self, worker: Worker, job: Generator[Any, None, Any]) -> None:
        def note(values: list[Any], into: list[Any]) -> None:
            self.threads.add(threading.get_ident())
            into.extend(values)

        worker.start(
            job,
            done=lambda value: note([value], self.results),
            failed=lambda error: note([error], self.errors),
            progress=lambda events: note(events, self.events),
        )


def _count(to: int, seconds: float = 0.0) -> Generator[int, None, str]:
    for number in range(to):
        time.sleep(seconds)
        yield number
    return "counted"


def test_all_events_arrive_in_order_in_the_gui_thread(qtbot: QtBot, worker: Worker) -> None:
    heard = Heard()
    heard.start(worker, _count(500))
    qtbot.waitUntil(lambda: heard.results == ["counted"], timeout=PATIENCE_MS)
    assert heard.events == list(range(500))
    assert heard.threads == {threading.get_ident()}


def test_a_new_job_silences_the_one_before(qtbot: QtBot, worker: Worker) -> None:
    first, second = Heard(), Heard()
    first.start(worker, _count(1000, 0.01))
    qtbot.waitUntil(lambda: len(first.events) > 2, timeout=PATIENCE_MS)
    told = len(first.events)
    second.start(worker, _count(3))
    qtbot.waitUntil(lambda: second.results == ["counted"], timeout=PATIENCE_MS)
    assert first.results == []
    assert len(first.events) == told


def test_cancelling_frees_what_the_job_holds(qtbot: QtBot, worker: Worker) -> None:
    freed = threading.Event()

    def job() -> Generator[int, None, None]:
        try:
            while True:
                time.sleep(0.005)
                yield 1
        finally:
            freed.set()

    heard = Heard()
    heard.start(worker, job())
    qtbot.waitUntil(lambda: bool(heard.events), timeout=PATIENCE_MS)
    worker.cancel()
    assert freed.wait(PATIENCE_S)
    qtbot.wait(50)
    assert heard.results == []


def test_errors_arrive_as_they_are(
    qtbot: QtBot, worker: Worker, caplog: pytest.LogCaptureFixture
) -> None:
    def job() -> Generator[int, None, None]:
        yield 1
        raise InputInvalid("The folder is gone.")

    heard = Heard()
    heard.start(worker, job())
    qtbot.waitUntil(lambda: bool(heard.errors), timeout=PATIENCE_MS)
    assert str(heard.errors[0]) == "The folder is gone."
    assert not caplog.records  # a sentence for the user is no bug


def test_a_bug_is_logged_with_its_traceback(
    qtbot: QtBot, worker: Worker, caplog: pytest.LogCaptureFixture
) -> None:
    def job() -> Generator[int, None, None]:
        yield 1
        raise ZeroDivisionError

    heard = Heard()
    heard.start(worker, job())
    qtbot.waitUntil(lambda: bool(heard.errors), timeout=PATIENCE_MS)
    assert isinstance(heard.errors[0], ZeroDivisionError)
    assert caplog.records[0].exc_info is not None


def test_ten_thousand_signals_lose_no_reference(qtbot: QtBot) -> None:
    """PySide6 6.12.0 on CPython 3.11 drops references to None and True, and aborts."""

    class Sender(QObject):
        sent = Signal(object, bool)

    sender, heard = Sender(), []
    sender.sent.connect(lambda value, flag: heard.append((value, flag)))
    for _ in range(10_000):
        sender.sent.emit(None, True)
    assert heard == [(None, True)] * 10_000
