"""The drive of an album goes away, and comes back."""

from __future__ import annotations

import errno
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtWidgets import QLabel

from photoaes.album.ordering import SortKey
from photoaes.errors import PhotoUnreadable
from photoaes.images.thumbnail_cache import ThumbnailCache
from photoaes.images.trouble import Trouble, is_lasting, trouble_of
from tests.gui.conftest import Person
from tests.patience import PATIENCE_S


def _pulled(album: Path) -> Path:
    """The drive is pulled out; where it is meanwhile."""
    return album.rename(album.with_name("elsewhere"))


def _texts(person: Person) -> list[str]:
    said: list[str] = []
    person.session.told.connect(lambda text, _: said.append(text))
    return said


def test_what_is_known_stays_on_show_and_all_comes_back_by_itself(
    person: Person, album: Path
) -> None:
    person.open(album)
    person.rate("112233445511")
    person.act("personalize")
    person.wait(lambda: not person.learning.is_working)
    session, said = person.session, _texts(person)
    session.sort(SortKey.SCORE, True)
    shown = person.shown()
    assert session.columns is not None
    scores = session.columns.general.copy()
    there = _pulled(album)
    person.wait(lambda: session.is_away)
    assert any("is not there now, or empty" in text for text in said)
    said.clear()
    person.act("rescan")
    person.wait(lambda: any("is not there now, or empty" in text for text in said))
    person.wait(lambda: not person.parts.opening.is_busy)
    assert person.shown() == shown
    assert person.window.pages.currentWidget() is person.window.grid
    assert len(person.stars()) == 12
    there.rename(album)
    person.wait(lambda: not session.is_away and not person.parts.opening.is_busy)
    assert person.shown() == shown
    assert session.columns is not None
    assert len(person.stars()) == 12
    assert (session.columns.general == scores).all()
    first = session.photos[0].path
    person.window.grid._want_thumbnails()
    person.wait(lambda: person.parts.thumbnails.pixmap(first, 256) is not None)


def test_tiles_say_not_there_and_damaged_is_another_thing(person: Person, album: Path) -> None:
    (album / "day 1" / "IMG_99.jpg").write_bytes(b"\xff\xd8\xff\xe0 not a photo")
    person.open(album)
    thumbnails = person.parts.thumbnails
    broken = album / "day 1" / "IMG_99.jpg"
    gone = album / "day 2" / "IMG_15.jpg"
    person.wait(lambda: thumbnails.problem(broken) is not None)
    there = _pulled(album)
    thumbnails.want([gone.with_name("IMG_14.jpg"), gone], 1024)
    person.wait(lambda: thumbnails.problem(gone) is not None)
    assert _trouble(person, gone) is Trouble.AWAY
    assert _trouble(person, broken) is Trouble.DAMAGED
    there.rename(album)
    person.wait(lambda: thumbnails.problem(gone) is None)
    assert _trouble(person, broken) is Trouble.DAMAGED


def test_a_drive_that_was_away_but_for_a_moment_leaves_no_photo_out(
    person: Person, album: Path
) -> None:
    """It is back before anybody looks."""
    person.open(album)
    is_back, thumbnails = Event(), person.parts.thumbnails
    photo = album / "day 2" / "IMG_15.jpg"
    person.parts.absence._pool.submit(lambda: is_back.wait(PATIENCE_S))
    there = _pulled(album)
    thumbnails.want([photo], 1024)
    person.wait(lambda: thumbnails.problem(photo) is not None)
    there.rename(album)
    is_back.set()
    person.wait(lambda: thumbnails.problem(photo) is None)
    assert not person.session.is_away


def _trouble(person: Person, photo: Path) -> Trouble | None:
    problem = person.parts.thumbnails.problem(photo)
    return None if problem is None else problem.trouble


def test_an_empty_mount_point_is_an_album_that_is_away(person: Person, album: Path) -> None:
    person.open(album)
    there = _pulled(album)
    album.mkdir()
    person.wait(lambda: person.session.is_away)
    person.act("rescan")
    person.wait(lambda: not person.parts.opening.is_busy)
    assert len(person.shown()) == 16
    album.rmdir()
    there.rename(album)
    person.wait(lambda: not person.session.is_away)


def test_an_album_that_is_not_there_at_the_start_opens_once_it_is(
    person: Person, album: Path
) -> None:
    there = _pulled(album)
    person.window.dropped.emit(album)
    window = person.window
    person.wait(lambda: window.pages.currentWidget() is window.message)
    said = " ".join(label.text() for label in window.message.findChildren(QLabel))
    assert "plug that in" in said
    there.rename(album)
    person.wait(lambda: len(person.shown()) == 16)


def test_no_sentence_claims_that_every_photo_is_rated(person: Person, album: Path) -> None:
    person.open(album)
    said = _texts(person)
    _pulled(album)
    person.wait(lambda: person.session.is_away)
    person.act("suggest")
    assert not any("Every photo is rated" in text for text in said)


@pytest.mark.parametrize(
    ("number", "is_there", "expected"),
    [
        (errno.ENOENT, False, Trouble.AWAY),
        (errno.EIO, False, Trouble.AWAY),
        (errno.EIO, True, Trouble.DAMAGED),
        (errno.ESTALE, True, Trouble.AWAY),
        (errno.EHOSTDOWN, False, Trouble.AWAY),
        (errno.EACCES, True, Trouble.REFUSED),
        (None, True, Trouble.DAMAGED),
    ],
)
def test_what_the_system_says_tells_trouble_apart(
    number: int | None, is_there: bool, expected: Trouble
) -> None:
    problem = PhotoUnreadable(Path("a.jpg"), "some reason")
    problem.__cause__ = OSError(number, "said") if number else OSError("truncated")
    assert trouble_of(problem, is_there=is_there) is expected
    assert is_lasting(problem) is (number is None)


def test_a_photo_that_was_refused_is_not_remembered_as_damaged(tmp_path: Path) -> None:
    """Through the disk's cache of failures, which stays until the file changes."""
    cache = ThumbnailCache(tmp_path / "thumbnails")
    link = tmp_path / "a.jpg"
    link.symlink_to(link)  # the system refuses it: a loop
    with pytest.raises(PhotoUnreadable):
        cache.thumbnail(link, 128)
    broken = tmp_path / "b.jpg"
    broken.write_bytes(b"\xff\xd8\xff\xe0 not a photo")
    with pytest.raises(PhotoUnreadable):
        cache.thumbnail(broken, 128)
    assert len(list((tmp_path / "thumbnails" / "fail").rglob("*.png"))) == 1
