"""Marks in files beside photos: whose they are, what they say, and that later ones are seen."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from photoaes.album.marks import Flag, Marks
from photoaes.album.sidecars.beside import find_beside, match_beside
from photoaes.album.sidecars.names import find_sidecars
from photoaes.album.sidecars.reading import read_marks
from photoaes.album.sidecars.takeout import match_takeouts
from photoaes.album.sidecars.xmp_marks import statement
from photoaes.album.store.opening import Store, open_store
from photoaes.album.store.rating_log import set_stars
from photoaes.jobs.open_album import open_album
from photoaes.jobs.read_album import Found, read_album
from photoaes.jobs.sidecars import SidecarPlan
from photoaes.jobs.write_back import write_back
from photoaes.running import finished
from tests.album.pictures import shot
from tests.album.stores import marks
from tests.album.xmp_files import packet

PICK, REJECT = Marks(flag=Flag.PICK), Marks(flag=Flag.REJECT)
TAKEOUT = '{"photoTakenTime": {}, "favorited": true}'
LONG = "A very long name of a photo 2023-05-14 at the seaside.jpg"
NIKON = packet(' xmlns:nine="http://ns.nikon.com/nine/1.0/" nine:Rating="4"').decode()


def _scanned(store: Store, folder: Path) -> Found:
    return finished(read_album(store, finished(open_album(store, folder))))


@pytest.mark.parametrize(
    ("photos", "name", "whose"),
    [
        (["a.jpg", "a(1).jpg"], "a.jpg.json", "a.jpg"),
        (["a.jpg", "a(1).jpg"], "a.jpg(1).json", "a(1).jpg"),
        (["a.jpg", "a(1).jpg"], "a.jpg.supplemental-metadata(1).json", "a(1).jpg"),
        (["a.jpg"], "a.jpg.supplemental-metadata(1).json", None),
        (["a(1).jpg"], "a(1).jpg.json", "a(1).jpg"),
        (["a.jpg"], "a.jpg.s.json", "a.jpg"),
        (["a.jpg"], "a.jpg..json", "a.jpg"),
        (["a.jpg"], "a.jpg.other.json", None),
        ([LONG], f"{LONG[:46]}.json", LONG),
        ([LONG, LONG.replace("seaside", "shore")], f"{LONG[:46]}.json", None),
        (["a.jpg"], "A.json", "a.jpg"),
        (["a.jpg", "a.png"], "a.json", None),
        (["a.HEIC.jpg"], "a.HEIC.json", "a.HEIC.jpg"),
    ],
)
def test_the_takeout_of_a_photo(photos: list[str], name: str, whose: str | None) -> None:
    assert match_takeouts(photos, [name, *photos]) == ({whose: name} if whose else {})


def test_an_edit_has_the_takeout_of_its_original() -> None:
    photos = ["a.jpg", "a-edited.jpg", "b-bearbeitet(1).jpg", "b(1).jpg"]
    names = ["a.jpg.json", "b.jpg(1).json"]
    assert match_takeouts(photos, names) == dict.fromkeys(photos[:2], names[0]) | dict.fromkeys(
        photos[2:], names[1]
    )


def test_two_photos_of_one_name_have_their_own_takeouts(tmp_path: Path) -> None:
    first, second = shot(tmp_path / "a.jpg", 0), shot(tmp_path / "a(1).jpg", 1)
    (tmp_path / "a.jpg.supplemental-metadata.json").write_text(TAKEOUT)
    trashed = TAKEOUT.replace("favorited", "trashed")
    (tmp_path / "a.jpg.supplemental-metadata(1).json").write_text(trashed)
    with open_store(None) as store:
        _scanned(store, tmp_path)
        assert [marks(store, first), marks(store, second)] == [PICK, REJECT]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.jpg.pp3", "[X]\nRank=1\n[General]\nColorLabel=2\nRank=4\n", Marks(4, None, "Yellow")),
        ("a.jpg.pp3", "[General]\nRank=0\nInTrash=true\n", Marks(0, Flag.REJECT)),
        ("a.jpg.arp", "[General]\r\nRank=2\r\nInTrash=false\r\n", Marks(2)),
        ("a.jpg.pp3", "[General]\nRank=9\nColorLabel=x\n", Marks()),
        ("A.JPG.dop", "Sidecar = {\nx = {\nRating = 3,\n}\n{\nRating = 1,\n}\n", Marks(3)),
        ("a.jpg.dop", "\0\xff Rating = 77,\n", Marks()),
        ("a.on1", json.dumps({"photos": {"id": {"metadata": {"Rating": 5}}}}), Marks(5)),
        ("a.on1", json.dumps({"photos": {"id": {"metadata": {"Rating": True}}}}), Marks()),
        ("a.on1", json.dumps({"photos": [1]}), Marks()),
        ("a.on1", "[" * 100_000, Marks()),
    ],
)  # fmt: skip
def test_what_developers_say(tmp_path: Path, name: str, content: str, expected: Marks) -> None:
    photo = shot(tmp_path / "a.jpg", 0)
    (tmp_path / name).write_text(content)
    assert read_marks([photo], {}, None, find_beside([photo])[photo]).marks == expected


def test_noughts_of_cameras_and_developers_are_silence(tmp_path: Path) -> None:
    photo = shot(tmp_path / "a.jpg", 0)
    (tmp_path / "a.jpg.pp3").write_text("[General]\nRank=0\n")
    (tmp_path / "a.on1").write_text(json.dumps({"photos": {"i": {"metadata": {"Rating": 2}}}}))
    beside = find_beside([photo])[photo]
    assert read_marks([photo], {}, None, beside).marks.stars == 2
    (tmp_path / "a.jpg.xmp").write_bytes(packet(' xmp:Rating="0"'))
    assert read_marks([photo], find_sidecars([photo]), None, beside).marks.stars == 0


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.jpg.json", TAKEOUT, PICK),
        (".picasa.ini", "[a.jpg]\nstar=yes\n", PICK),
        ("NKSC_PARAM/a.jpg.nksc", NIKON, Marks(stars=4)),
        ("a.jpg.pp3", "[General]\nRank=4\n", Marks(stars=4)),
        ("a.jpg.dop", "Rating = 4,\n", Marks(stars=4)),
    ],
)
def test_marks_that_come_beside_the_photo_later(
    tmp_path: Path, name: str, content: str, expected: Marks
) -> None:
    photo = shot(tmp_path / "a.jpg", 0)
    with open_store(None) as store:
        _scanned(store, tmp_path)
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content)
        _scanned(store, tmp_path)
        assert marks(store, photo) == expected
        assert _scanned(store, tmp_path) == Found()
        # Ours is written into a sidecar; nothing is new then.
        set_stars(store, [photo], 1)
        finished(write_back(store, [SidecarPlan(photo, Marks(1), photo)]))
        assert _scanned(store, tmp_path) == Found()
        assert marks(store, photo).stars == 1


def test_a_folder_without_such_files_has_none() -> None:
    assert match_beside(["a.jpg"], ["a.jpg", "a.jpg.xmp", "a.txt", "b.pp3"]) == {}


def test_a_sidecar_is_not_that_of_a_name_in_another_case(tmp_path: Path) -> None:
    photos = [
        shot(tmp_path / name, number)
        for number, name in enumerate(("a.jpg", "A.JPG", "e\u0301.jpg", "\xe9.jpg"))
    ]
    with open_store(None) as store:
        _scanned(store, tmp_path)
        for stars, photo in enumerate(photos, start=1):
            set_stars(store, [photo], stars)
            finished(write_back(store, [SidecarPlan(photo, Marks(stars), photo)]))
            assert _scanned(store, tmp_path) == Found()
        assert [marks(store, photo).stars for photo in photos] == [1, 2, 3, 4]
    for stars, photo in enumerate(photos, start=1):
        sidecar = photo.with_name(f"{photo.name}.xmp")
        assert find_sidecars([photo]) == {photo: [sidecar]}
        assert statement(sidecar.read_bytes()).marks.stars == stars


def test_windows_vistas_namespace() -> None:
    old = ' xmlns:M="http://ns.microsoft.com/photo/1.0" M:Rating="50"'
    assert statement(packet(old)).marks.stars == 3
