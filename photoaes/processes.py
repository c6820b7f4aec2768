"""Processes that work for this one: Ctrl-C is told to this one alone, and they end with it.

A terminal tells Ctrl-C to all processes at once, and each would end with a traceback; a process
that is ended by the system takes nobody along, and they would go on for nobody.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import connection, resource_tracker
from typing import Any


@contextmanager
def process_pool(
    workers: int, begin: Callable[..., object], *arguments: Any
) -> Iterator[ProcessPoolExecutor]:
    """A pool of so many, each of which calls `begin` first. If the block raises or is closed, what
    was begun is not waited for; it is given up as soon as this process ends.

    All work is to be submitted within `deaf`, since that is when processes are begun.
    """
    # "spawn": a forked torch may hang on the threads that its parent had.
    context = multiprocessing.get_context("spawn")
    with _safe_path():  # its locks have a process of Python's own that looks after them
        pool = ProcessPoolExecutor(workers, context, _begin, (begin, *arguments))
    is_done = False
    try:
        yield pool
        is_done = True
    finally:
        pool.shutdown(wait=is_done, cancel_futures=True)


@contextmanager
def deaf() -> Iterator[None]:
    """Processes that are begun in here do not hear Ctrl-C, nor that the terminal is closed; and
    they import nothing from the folder that one is in, which may be a stranger's photos."""
    with _safe_path():
        if not hasattr(signal, "pthread_sigmask"):
            yield
            return
        resource_tracker.ensure_running()  # else it begins in here, and opens their ears again
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGHUP})
        try:
            yield
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _safe_path() -> Iterator[None]:
    """Python begins them by `-c`, which else looks for modules in the working directory first."""
    before = os.environ.get("PYTHONSAFEPATH")
    os.environ["PYTHONSAFEPATH"] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ["PYTHONSAFEPATH"]
        else:
            os.environ["PYTHONSAFEPATH"] = before


def _begin(begin: Callable[..., object], *arguments: Any) -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    begin(*arguments)


def _end_with(parent: int) -> None:
    connection.wait([parent])
    os._exit(1)
