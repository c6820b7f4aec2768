"""RAW and JPEG of one exposure are one photo, whatever the case of their names."""

from pathlib import Path

from photoaes.album.pairs import Group, pairs
from photoaes.album.photo import Photo


def photos(*names: str) -> list[Photo]:
    return [Photo(Path("/album", name), 1, 1) for name in names]


def grouped(*names: str, split: bool = False) -> list[list[str]]:
    groups = pairs(photos(*names), split=split)
    return [[str(one.path.relative_to("/album")) for one in group.members] for group in groups]


def test_raw_and_jpeg_are_one_photo() -> None:
    assert grouped("a.CR2", "A.jpg", "b.jpg") == [["A.jpg", "a.CR2"], ["b.jpg"]]
    assert grouped("x.DNG", "x.HEIC") == [["x.HEIC", "x.DNG"]]
    assert grouped("a.CR2", "a.jpg", split=True) == [["a.CR2"], ["a.jpg"]]
    assert pairs([]) == []


def test_only_in_one_folder() -> None:
    assert grouped("one/a.nef", "two/a.jpg") == [["one/a.nef"], ["two/a.jpg"]]


def test_no_raw_no_pair() -> None:
    assert grouped("a.jpg", "a.png", "a.JPG") == [["a.jpg"], ["a.png"], ["a.JPG"]]


def test_several_of_a_kind() -> None:
    expected = [["a.jpg", "a.CR2", "a.dng"], ["a.tif"]]
    assert grouped("a.CR2", "a.dng", "a.jpg", "a.tif") == expected
    assert grouped("a.jpg", "a.tif", "a.dng", "a.CR2") == expected
    assert grouped("a.jpeg", "a.JPG", "a.cr2") == [["a.jpeg"], ["a.JPG", "a.cr2"]]
    assert grouped("a.CR2", "a.dng") == [["a.CR2"], ["a.dng"]]
    assert grouped("a.cr2", "a.bmp") == [["a.cr2"], ["a.bmp"]]


def test_nothing_is_lost() -> None:
    album = photos("a.cr2", "a.jpg", "a.JPG", "A.tif", "b.nef", "c.heic", "c.dng", "d", ".jpg")
    members = [member for group in pairs(album) for member in group.members]
    assert sorted(members, key=str) == sorted(album, key=str)
    assert pairs(album[:1]) == [Group(album[0])]
