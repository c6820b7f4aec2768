"""General scores come by themselves, from where one looks, and are in nobody's way."""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path
from threading import Event

import numpy as np
import pytest
from PIL import Image

from photoaes.gui.state import surveying
from photoaes.jobs.survey import wanted_next
from tests.gui.conftest import Person
from tests.originals import contents
from tests.patience import PATIENCE_S


def _scored(person: Person) -> int:
    columns = person.session.columns
    assert columns is not None
    return int((~np.isnan(columns.general)).sum())


def test_scores_come_unasked_and_learning_opens_no_photo_again(person: Person, album: Path) -> None:
    before = contents(album)
    (album / "broken.jpg").write_bytes(b"\xff\xd8\xff nothing")
    person.open(album)
    told: list[object] = []
    person.parts.surveying.progressed.connect(told.append)
    person.act("score_ahead")
    person.wait(lambda: _scored(person) == 16 and told[-1] is None)
    assert person.session.standing.stars is not None
    assert person.window.actions_by_name["score_ahead"].isChecked()
    counts = [(one.done, one.total) for one in told if one is not None]  # type: ignore[attr-defined]
    assert counts[-1] == (16, 17) or counts[-1] == (17, 17)
    assert counts == sorted(counts)
    (album / "broken.jpg").unlink()
    assert contents(album) == before
    for path in album.rglob("*.jpg"):
        status = path.stat()
        path.write_bytes(b"x" * status.st_size)  # what opens it now is told
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    person.rate("1112223334445555")
    person.act("personalize")
    person.wait(lambda: not person.learning.is_working)
    assert person.learning.result is not None
    assert len(person.learning.result.sharpness) == 0, "all were measured before"


def test_it_rests_while_a_person_rates_and_ends_with_a_word(
    person: Person, album: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(surveying, "REST_S", PATIENCE_S)
    person.open(album)
    person.press("3")
    survey = person.parts.surveying
    person.act("score_ahead")
    person.qtbot.wait(400)
    assert _scored(person) == 0, "a star was given just now"
    monkeypatch.setattr(surveying, "REST_S", 0.1)
    person.press("4")
    person.wait(lambda: _scored(person) > 0)
    person.act("score_ahead")
    assert not survey.is_wanted
    now = _scored(person)
    person.work_through()
    assert _scored(person) == now


def test_what_is_scored_stays_and_the_rest_follows(
    person: Person, album: Path, tmp_path: Path
) -> None:
    person.open(album)
    person.act("score_ahead")
    person.wait(lambda: _scored(person) == 16)
    Image.new("RGB", (60, 40), (200, 10, 10)).save(album / "day 2" / "new.jpg")
    other = tmp_path / "Other"
    other.mkdir()
    Image.new("RGB", (60, 40), (9, 200, 10)).save(other / "x.jpg")
    person.open(other)
    person.open(album)
    person.parts.surveying.want(True)
    person.wait(lambda: _scored(person) == 17)


def test_another_album_is_opened_without_waiting_for_scores(
    person: Person, album: Path, tmp_path: Path
) -> None:
    other = tmp_path / "Other"
    other.mkdir()
    Image.new("RGB", (60, 40), (9, 200, 10)).save(other / "x.jpg")
    person.open(album)
    ends = Event()

    def busy() -> Generator[None, None, None]:
        while not ends.wait(0.01):
            yield

    person.parts.worker.add(busy(), done=lambda _: None, failed=lambda _: None)
    person.act("score_ahead")
    survey = person.parts.surveying
    person.wait(lambda: survey._run is not None)
    run = survey._run
    person.window.dropped.emit(other)
    ends.set()
    assert run is not None
    assert run.cancelled
    person.wait(lambda: person.session.folder == other)


def test_a_bank_that_is_broken_is_no_trouble_before_it_is_wanted(
    person: Person, album: Path, tmp_path: Path
) -> None:
    person.open(album)
    person.learning.set_bank(tmp_path / "nowhere")
    person.act("score_ahead")
    person.wait(lambda: not person.parts.surveying.is_wanted)
    assert _scored(person) == 0


def test_photos_in_sight_come_first(person: Person, album: Path) -> None:
    person.open(album)
    columns = person.session.columns
    assert columns is not None
    rows, tried = np.array([5, 4, 3, 2, 9]), np.zeros(16, bool)
    tried[3] = True
    assert wanted_next(columns, rows, 1, tried, 3) == [4, 2, 9]
    assert wanted_next(columns, rows, 1, tried, 6) == [4, 2, 9, 5, 0, 1]
    columns.general[:] = 1.0
    assert wanted_next(columns, rows, 1, tried, 3) == []
    assert surveying.FEW <= surveying.MANY
