"""Questions to the file system that the GUI thread must not wait for."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from threading import Thread

from PySide6.QtCore import QObject, Signal

PATIENCE_S = 1.0  # for what is under way when the program ends


class Asking(QObject):
    """Each question has a thread of its own, which ends with the program: a server that is away may
    answer late, or never."""

    answered = Signal(object, object)  # the question and the answer

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._threads: list[Thread] = []
        self._is_stopped = False

    def ask(self, question: object, work: Callable[[], object]) -> None:
        """`work` raises nothing, and does not touch the window."""
        if self._is_stopped:
            return
        self._threads = [one for one in self._threads if one.is_alive()]
        thread = Thread(target=self._answer, args=(question, work), name="asking", daemon=True)
        self._threads.append(thread)
        thread.start()

    def stop(self) -> None:
        """Wait a moment for what is about to answer, and for nothing else."""
        self._is_stopped = True
        end = time.monotonic() + PATIENCE_S
        for thread in self._threads:
            thread.join(max(0.0, end - time.monotonic()))

    def _answer(self, question: object, work: Callable[[], object]) -> None:
        answer = work()
        with suppress(RuntimeError):  # the window is gone
            if not self._is_stopped:
                self.answered.emit(question, answer)
