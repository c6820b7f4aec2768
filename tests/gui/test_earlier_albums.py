"""A taste that is known from an earlier album is at hand in the next one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from photoaes.album.store.profiles import profiles, remove_profile
from photoaes.gui.state.stage import Stage
from tests.gui.conftest import Person


def _next_album(folder: Path) -> Path:
    """Twelve photos that are more or less red."""
    folder.mkdir()
    rng = np.random.default_rng(7)
    for number in range(12):
        pixels = rng.normal((20 * number, 90, 90), 20, (64, 96, 3)).clip(0, 255).astype(np.uint8)
        Image.fromarray(pixels).save(folder / f"{number:02}.jpg")
    return folder


@pytest.fixture
def known(person: Person, album: Path) -> Person:
    """Somebody who likes red, as the first album has shown."""
    person.open(album)
    person.rate("1112223334445555")
    person.act("personalize")
    person.wait(lambda: not person.learning.is_working)
    assert person.learning.stage() is Stage.LEARNED
    return person


def _advice(person: Person) -> str:
    return person.window.taste.advice.text()


def test_the_next_album_needs_no_stars(known: Person, tmp_path: Path) -> None:
    known.open(_next_album(tmp_path / "next"))
    known.wait(lambda: known.learning.stage() is Stage.READY)
    assert known.stars() == {}
    assert "16 photos that you rated in earlier albums" in _advice(known)
    known.window.taste.start.click()
    known.wait(lambda: not known.learning.is_working)
    taste = known.learning.taste
    assert taste is not None
    assert (taste.rated, taste.earlier) == (0, 16)
    assert known.learning.stage() is Stage.LEARNED
    # From there on single stars count at once, and taking them back too.
    known.session.set_stars(np.array([0]), 5)
    known.wait(lambda: known.learning.taste is not None and known.learning.taste.rated == 1)
    known.session.set_stars(np.array([0]), 0)
    known.wait(lambda: known.learning.taste is not None and known.learning.taste.rated == 0)


def test_back_in_the_first_album_its_own_stars_are_not_counted_twice(
    known: Person, album: Path, tmp_path: Path
) -> None:
    known.open(_next_album(tmp_path / "next"))
    known.wait(lambda: sum(known.learning.support.earlier) == 16)
    known.open(album)
    known.wait(lambda: known.learning.support.count == 16)
    known.work_through()
    assert known.learning.support.earlier == [0] * 5
    assert "earlier" not in _advice(known)


def test_a_deleted_profile_teaches_nothing(known: Person, tmp_path: Path) -> None:
    known.open(_next_album(tmp_path / "next"))
    known.wait(lambda: known.learning.stage() is Stage.READY)
    [profile] = profiles(known.session.store)
    remove_profile(known.session.store, profile.name)
    known.learning.look_back()
    known.wait(lambda: known.learning.stage() is Stage.FEW)
    known.wait(lambda: not known.window.taste.start.isEnabled())


def test_what_learns_is_not_broken_off_to_look_back(known: Person, tmp_path: Path) -> None:
    known.open(_next_album(tmp_path / "next"))
    known.wait(lambda: known.learning.stage() is Stage.READY)
    known.window.taste.start.click()
    known.learning.look_back()
    known.wait(lambda: not known.learning.is_working)
    assert known.learning.stage() is Stage.LEARNED
