"""A job whose events are told otherwise is still that job: its result, its errors, its end."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from photoaes.running import retold

closed: list[str] = []


def _job(*, fails: bool = False) -> Generator[int, None, str]:
    try:
        yield from range(3)
        if fails:
            raise ValueError("broken")
        return "done"
    finally:
        closed.append("job")


def _twice_if_odd(number: int) -> list[str]:
    return [str(number)] * 2 if number % 2 else []


def test_events_are_told_otherwise_and_the_result_is_passed_on() -> None:
    def told() -> Generator[str, None, None]:
        yield (yield from retold(_job(), _twice_if_odd))

    assert list(told()) == ["1", "1", "done"]


def test_an_error_of_the_job_is_passed_on() -> None:
    with pytest.raises(ValueError, match="broken"):
        list(retold(_job(fails=True), _twice_if_odd))


def test_closing_closes_the_job_at_once() -> None:
    closed.clear()
    job = retold(_job(), _twice_if_odd)
    next(job)
    job.close()
    assert closed == ["job"]
