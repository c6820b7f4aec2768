"""Prefetching: in order, bounded, and gone when closed."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from photoaes.prefetch import prefetch, prefetch_many

ROOT = Path(__file__).parents[1]


def _slower_first(number: int) -> int:
    time.sleep(0.02 if number % 3 == 0 else 0)
    return number * number


def test_results_come_in_order() -> None:
    found = list(prefetch(_slower_first, range(20), workers=4, ahead=6))
    assert found == [n * n for n in range(20)]


def test_no_more_than_the_window_is_asked_for() -> None:
    asked: list[int] = []

    def items() -> Iterator[int]:
        for number in range(1000):
            asked.append(number)
            yield number

    results = prefetch(_slower_first, items(), workers=2, ahead=5)
    next(results)
    assert len(asked) == 5
    results.close()


def test_a_failure_is_raised_at_its_place() -> None:
    results = prefetch(lambda n: 1 // (2 - n), range(4), workers=2, ahead=4)
    assert [next(results), next(results)] == [0, 1]
    with pytest.raises(ZeroDivisionError):
        next(results)


def test_closing_leaves_no_thread() -> None:
    results = prefetch(_slower_first, range(100), workers=3, ahead=10)
    next(results)
    results.close()
    assert not [t for t in threading.enumerate() if t.name.startswith("decode")]


@pytest.fixture
def free(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """What hangs does until this is set. It is given up after a moment, which is long enough for
    what does not hang, however busy the machine."""
    monkeypatch.setattr("photoaes.prefetch.SECONDS", 0.3)
    monkeypatch.setattr("photoaes.prefetch._GRACE", 1.0)
    free = threading.Event()
    yield free
    free.set()


def test_what_hangs_is_given_up_and_the_rest_goes_on(free: threading.Event) -> None:
    def opened(item: int) -> int:
        if item == 2:
            free.wait()
        return item

    found = list(prefetch(opened, range(6), workers=1, ahead=3, late=lambda item: -item))
    assert found == [0, 1, -2, 3, 4, 5]


def test_many_are_handed_over_together_and_found_in_order() -> None:
    found = list(prefetch_many(lambda n: n * n, range(100), most=2, late=lambda n: -n))
    assert found == [n * n for n in range(100)]


def test_of_many_the_one_that_hangs_is_given_up(free: threading.Event) -> None:
    def opened(item: int) -> int:
        if item == 21:
            free.wait()
        return item

    found = list(prefetch_many(opened, range(60), most=2, late=lambda item: -item))
    assert found == [-n if n == 21 else n for n in range(60)]


def _threads() -> int:
    return len([one for one in threading.enumerate() if one.name.startswith("decode")])


def test_many_threads_wait_for_a_slow_drive_and_one_works_on_a_fast_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def most_seen() -> int:
        def slow(_: int) -> int:
            time.sleep(0.002)
            return _threads()

        return max(prefetch_many(slow, range(1600), most=4, late=lambda _: 0))

    assert most_seen() == 4
    # As if all of it were work; a busy machine would let real work wait too.
    monkeypatch.setattr("photoaes.prefetch.time.thread_time", time.perf_counter)
    assert most_seen() == 1


STOPPED = """
import time
from photoaes import prefetch

prefetch.SECONDS = 1.0

def slow(item):
    for _ in range(8):  # not asleep all the time, so that a part is left when it goes on
        time.sleep(0.1)
    return item

print("begun", flush=True)
print(list(prefetch.prefetch(slow, range(3), workers=3, ahead=3, late=lambda item: "given up")))
"""


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="no process is stopped here")
def test_who_was_stopped_gives_up_no_file_that_does_not_hang() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", STOPPED], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        time.sleep(0.2)
        process.send_signal(signal.SIGSTOP)
        time.sleep(2)
        process.send_signal(signal.SIGCONT)
        assert process.stdout.readline() == "[0, 1, 2]\n"


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="no process is stopped here")
@pytest.mark.parametrize("command", ["scan", "rank"])
def test_a_command_goes_on_after_it_was_stopped(command: str, tmp_path: Path) -> None:
    """Nothing is left out, whenever it was stopped."""
    environment = {**os.environ, "PHOTOAES_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    album = ROOT / "resources/sample-album/1 Mountains"
    with subprocess.Popen(
        [sys.executable, "-m", "photoaes", command, str(album)],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        for _ in range(3):
            time.sleep(0.7)
            process.send_signal(signal.SIGSTOP)
            time.sleep(0.5)
            process.send_signal(signal.SIGCONT)
        said, problems = process.communicate()
    assert process.returncode == 0, problems
    assert f"{len(list(album.iterdir()))} photos" in said + problems
    assert "Traceback" not in problems
