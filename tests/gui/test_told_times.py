"""Days, and how long something takes yet, as a person would say them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QLocale

from photoaes.gui.kit.numerals import day
from photoaes.gui.kit.pace import Pace
from photoaes.jobs.events import Progress
from tests.gui.conftest import Person


def test_progress_tells_how_long_it_takes(person: Person) -> None:
    now = [0.0]
    status = person.window.status
    status._paces["Looking at new files"] = Pace(lambda: now[0])
    for second, done in ((0, 0), (1, 50), (2, 100)):
        now[0] = second
        status.progress(Progress("Looking at new files", done, 1100))
    assert status._stage.text().endswith("100 of 1,100, 50 a second, 20 s left")
    status.progress(Progress("Another", 0, 10))
    assert "left" not in status._stage.text()


def test_the_time_left_is_that_of_the_pace_of_now() -> None:
    """What is known already goes by in a moment; the rest does not."""
    now = [0.0]
    pace = Pace(lambda: now[0])
    pace.at("Scoring", 0, 19_434)
    now[0] = 4.0
    pace.at("Scoring", 7_177, 19_434)
    for second in range(5, 65):
        now[0] = float(second)
        left = pace.at("Scoring", 7_177 + 5 * (second - 4), 19_434)
    assert left is not None
    assert left.rate == pytest.approx(5, rel=0.05)
    assert left.seconds > 30 * 60
    now[0] += 60  # it rested
    pace.at("Scoring", 7_480, 19_434)
    for _ in range(30):
        now[0] += 1
        left = pace.at("Scoring", 7_480 + round(5 * (now[0] - 124)), 19_434)
    assert left is not None
    assert left.rate == pytest.approx(5, rel=0.05)


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(0.2, "1 s left"), (89, "89 s left"), (600, "10 min left"), (8760, "2.4 h left")],
)
def test_time_left_is_in_the_unit_that_a_person_would_say(
    person: Person, seconds: float, told: str
) -> None:
    assert person.window.status.left(seconds) == told


@pytest.mark.parametrize(
    ("language", "long", "short"),
    [
        ("C", "29 November 2026", "29 Nov 2026"),
        ("en_US", "November 29, 2026", "Nov 29, 2026"),
        ("de_DE", "29. November 2026", "29. Nov. 2026"),
        ("ja_JP", "2026年11月29日", "2026年11月29日"),
    ],
)
def test_a_day_is_written_with_its_month(language: str, long: str, short: str) -> None:
    """Figures alone were "29 11 2026" on desktops without a language."""
    before, date = QLocale(), QDate(2026, 11, 29)
    QLocale.setDefault(QLocale(language))
    try:
        assert (day(date), day(date, "MMM")) == (long, short)
    finally:
        QLocale.setDefault(before)


def test_learning_says_how_long_it_takes_yet(person: Person, album: Path) -> None:
    person.open(album)
    now = [0.0]
    learning, wording = person.learning, person.window.taste._wording
    wording._pace = Pace(lambda: now[0])
    learning.is_working = True
    learning.progress = Progress("Looking at photos", 10, 20_000)
    wording.advice(learning)
    now[0] = 60.0
    learning.progress = Progress("Looking at photos", 610, 20_000)
    assert "about 32 minutes left for this step" in wording.advice(learning)
    learning.progress = Progress("Looking at photos", 610, 200_000)
    assert "about 6 hours left" in wording.advice(learning)
    learning.is_working, learning.progress = False, None
