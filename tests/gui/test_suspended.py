"""A lid that is closed and a clock that is set back, with the window open."""

import os
import signal
import subprocess
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

import numpy as np
import pytest

from photoaes.album.store import rating_log
from photoaes.gui.state.stage import Stage
from tests.gui.conftest import Person

LID = "sleep $1; kill -STOP $0; sleep 1.5; kill -CONT $0"


def closed_lid(*, in_s: float) -> subprocess.Popen[bytes]:
    """This very process is stopped in so many seconds, and goes on a second and a half later."""
    return subprocess.Popen(["sh", "-c", LID, str(os.getpid()), str(in_s)])


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="no process is stopped here")
def test_a_lid_that_is_closed_while_photos_are_read_and_a_taste_is_learned(
    person: Person, album: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("photoaes.prefetch.SECONDS", 0.8)  # all that is begun is late by then
    with closed_lid(in_s=0.02):
        person.open(album)
    assert len(person.shown()) == 16
    person.rate("512345123451")
    with closed_lid(in_s=0.05):
        person.act("personalize")
        person.wait(lambda: not person.learning.is_working)
    assert person.learning.stage() in (Stage.LEARNED, Stage.NOT_BETTER)
    columns = person.session.columns
    assert columns is not None
    assert not np.isnan(columns.score).any(), "no photo was given up"
    person.window.grid.setFocus()
    person.press("3")
    assert len(person.stars()) >= 12


class _YearAgo(datetime):
    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return datetime.now(tz or UTC) - timedelta(days=365)


def test_stars_after_a_clock_was_set_back_are_the_newer_ones(
    person: Person, album: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person.open(album)
    person.rate("2")
    monkeypatch.setattr(rating_log, "datetime", _YearAgo)
    person.rate("5")
    assert list(person.stars().values()) == [5]
    person.act("undo")
    assert list(person.stars().values()) == [2]
    person.open(album)
    assert list(person.stars().values()) == [2]
