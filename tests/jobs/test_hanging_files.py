"""A file whose reading does not end is given up, named, and known again once it can be read."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from photoaes.album.metadata.photo_file import read_file_and_size
from photoaes.album.store.opening import Store, open_store
from photoaes.album.store.rating_log import known_all
from photoaes.jobs import read
from photoaes.jobs.open_album import open_album
from photoaes.jobs.read_album import Found, OpenedAlbum, read_album
from photoaes.running import finished
from tests.photo_files import smooth


@pytest.fixture
def store() -> Iterator[Store]:
    with open_store(None) as opened:
        yield opened


@pytest.fixture
def album(tmp_path: Path) -> Path:
    for name in "abc":
        smooth((32 + ord(name), 24)).save(tmp_path / f"{name}.jpg")
    (tmp_path / "b.jpg.xmp").write_text(
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
        'xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="4"/></rdf:RDF></x:xmpmeta>'
    )
    return tmp_path


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """A drive that hangs at b.jpg until the event is set; nobody waits longer than a moment, which
    is long enough for what does not hang, however busy the machine."""
    back = threading.Event()
    monkeypatch.setattr("photoaes.prefetch.SECONDS", 0.2)
    monkeypatch.setattr("photoaes.prefetch._GRACE", 1.0)
    yield back
    back.set()


def scanned(store: Store, album: Path) -> tuple[OpenedAlbum, Found]:
    opened = finished(open_album(store, album))
    return opened, finished(read_album(store, opened))


@pytest.mark.parametrize("step", ["fingerprint", "read_file_and_size"])
def test_a_scan_goes_on_and_takes_the_photo_up_later(
    store: Store,
    album: Path,
    impatient: threading.Event,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
) -> None:
    real = getattr(read, step)

    def hanging(path: Path) -> object:
        if path.name == "b.jpg":
            impatient.wait()
        return real(path)

    monkeypatch.setattr(read, step, hanging)
    opened, found = scanned(store, album)
    assert [photo.path.name for photo in opened.photos] == ["a.jpg", "b.jpg", "c.jpg"]
    assert known_all(store, (photo.path for photo in opened.photos))
    if step == "read_file_and_size":
        assert [one.path and one.path.name for one in found.unopened] == ["b.jpg"]
        assert "could not be opened within" in str(found.unopened[0])
        assert found.stars == 0
    impatient.set()
    _, found = scanned(store, album)
    assert not found.unopened
    assert found.stars == (1 if step == "read_file_and_size" else 0)


def test_stars_from_outside_stay_while_the_file_hangs(
    store: Store,
    album: Path,
    impatient: threading.Event,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, found = scanned(store, album)
    assert found.stars == 1
    real = read_file_and_size

    def hanging(path: Path) -> object:
        impatient.wait()
        return real(path)

    monkeypatch.setattr(read, "read_file_and_size", hanging)
    for name in "abc":
        smooth((32 + ord(name), 25)).save(album / f"{name}.jpg")  # edited: read anew
    opened, found = scanned(store, album)
    assert len(found.unopened) == 3
    from photoaes.album.store.rating_log import said_by_people

    said = said_by_people(store, [photo.path for photo in opened.photos])
    assert said[album / "b.jpg"].stars == 4
