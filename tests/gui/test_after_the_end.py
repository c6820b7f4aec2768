"""What events ask for that were under way when the window ended its threads."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtGui import QPixmap

from photoaes.album.store.lessons import ratings_for_fit
from tests.gui.conftest import Person


def test_nothing_is_begun_that_needs_a_thread(person: Person, album: Path) -> None:
    person.open(album)
    person.parts.stop()
    parts, photo = person.parts, person.session.photos[0].path
    parts.absence.look()
    parts.absence.wait_for(album)
    for aids in (parts.aids, parts.aids.beside(person.window)):
        aids.with_histogram = True
        aids.look_at(photo, QPixmap(8, 8))
    parts.thumbnails.want([photo], 1024)
    parts.images.want([(photo, True)])
    parts.preparing.want([photo], 1024)
    parts.opening.open(album)
    parts.asking.ask("whether", lambda: True)
    person.qtbot.wait(50)
    parts.stop()


def test_a_star_is_kept_all_the_same(person: Person, album: Path) -> None:
    person.open(album)
    person.parts.stop()
    person.session.set_stars(np.array([0]), 4)
    assert list(ratings_for_fit(person.session.store).values()) == [4]
