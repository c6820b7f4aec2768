"""Marks while somebody else is at the store, or there are very many: in turn, and never lost."""

from __future__ import annotations

from pathlib import Path
from threading import Event, Thread

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from photoaes import app
from photoaes.album.store.feature_cache import FeatureCache
from photoaes.album.store.lessons import ratings_for_fit
from photoaes.album.store.opening import FILE_NAME, Store, open_store
from photoaes.gui.kit import writer
from photoaes.preferences import Preferences
from tests.gui.conftest import Person
from tests.patience import PATIENCE_S


class AtTheStore:
    """Another thread that has the store until it is let go; nobody waits for it any longer than the
    window does."""

    def __init__(self, store: Store) -> None:
        self._there, self._go, self._patch = Event(), Event(), pytest.MonkeyPatch()
        self._thread = Thread(target=self._stay, args=(store,))

    def _stay(self, store: Store) -> None:
        with store.turn():
            self._there.set()
            self._go.wait(PATIENCE_S)

    def __enter__(self) -> AtTheStore:
        self._patch.setattr(writer, "WAIT_S", 0.03)
        self._thread.start()
        assert self._there.wait(PATIENCE_S)
        return self

    def let_go(self) -> None:
        self._go.set()

    def __exit__(self, *_: object) -> None:
        self._patch.undo()
        self._go.set()
        self._thread.join()


def test_a_star_does_not_wait_for_the_store_and_shows_once_it_is_saved(
    person: Person, album: Path
) -> None:
    person.open(album)
    with AtTheStore(person.session.store) as other:
        for photo, stars in ((0, 5), (1, 4), (2, 3)):
            person.session.set_stars(np.array([photo]), stars)
        person.session.marking.undo()
        assert person.stars() == {}
        other.let_go()
        # All three are saved before the last one is taken back again.
        person.wait(lambda: not person.session.marking.is_busy)
    assert sorted(person.stars().values()) == [4, 5]
    assert sorted(ratings_for_fit(person.session.store).values()) == [4, 5]
    person.act("redo")
    assert sorted(person.stars().values()) == [3, 4, 5]


def test_marks_of_many_and_of_one_keep_their_order(
    person: Person, album: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("photoaes.gui.kit.writer.WAIT_S", 0)
    person.open(album)
    every = np.arange(16)
    person.session.set_stars(every, 2)
    person.session.set_stars(np.array([3]), 5)
    person.session.set_stars(every[8:], 4)
    person.wait(lambda: sorted(person.stars().values()) == [2] * 7 + [4] * 8 + [5])
    for left in ([2] * 15 + [5], [2] * 16, []):
        person.act("undo")
        person.wait(lambda wanted=left: sorted(person.stars().values()) == wanted)  # type: ignore[misc]
    assert ratings_for_fit(person.session.store) == {}


def test_what_was_asked_for_is_written_when_the_window_is_closed(
    qtbot: QtBot, qapp: QApplication, album: Path, tmp_path: Path
) -> None:
    with open_store(tmp_path / FILE_NAME) as store, FeatureCache(None) as cache:
        window, parts = app.build(store, cache, Preferences())
        qtbot.addWidget(window)
        window.show()
        person = Person(qtbot, window, parts)
        person.open(album)
        with AtTheStore(store) as other:
            person.session.set_stars(np.arange(16), 3)
            window.close()
            other.let_go()
            parts.stop()
        assert list(ratings_for_fit(store).values()) == [3] * 16


def test_a_star_given_while_the_album_is_read_anew_stays(person: Person, album: Path) -> None:
    person.open(album)
    person.act("select_all")
    person.act("rescan")
    person.session.set_stars(np.array([2]), 5)
    person.wait(lambda: not person.parts.opening.is_busy)
    person.wait(lambda: list(person.stars().values()) == [5])
    assert len(person.session.selection.photos()) == 16


def test_a_full_disk_is_told_and_shows_no_star(
    person: Person, album: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("photoaes.gui.kit.writer.WAIT_S", 0)
    person.open(album)
    told: list[Exception] = []
    person.session.marking.not_saved.connect(told.append)
    person.session.store.connection.execute("PRAGMA query_only = ON")
    person.session.set_stars(np.arange(16), 3)
    person.wait(lambda: bool(told))
    person.session.store.connection.execute("PRAGMA query_only = OFF")
    assert person.stars() == {}
    for box in person.window.findChildren(QMessageBox):
        box.close()


def test_the_sentence_with_undo_goes_once_undo_would_take_back_something_else(
    person: Person, album: Path
) -> None:
    person.open(album)
    status = person.window.status
    person.act("select_all")
    person.press("3")
    assert "16 photos changed" in status._message.text()
    assert status._undo.isVisible()
    person.act("undo")
    assert "Undone for 16 photos" in status._message.text()
    assert not status._undo.isVisible()
    person.act("redo")
    assert "Done again for 16 photos" in status._message.text()
    person.act("select_all")
    person.press("x")
    assert status._undo.isVisible()
    person.act("select_none")
    person.press("p")
    assert not status._undo.isVisible()
    assert not status._message.isVisible()
