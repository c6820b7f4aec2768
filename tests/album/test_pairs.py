"""RAW and JPEG of one exposure are one photo, whatever the case of their names."""

from pathlib import Path

from photoaes.album.pairs import Paired, pair
from photoaes.album.photo import Photo


def photos(*names: str) -> list[Photo]:
    return [Photo(Path("/album", name), 1, 1) for name in names]


def grouped(*names: str, split: bool = False) -> list[list[str]]:
    groups = pair(photos(*names), split=split).groups()
    return [[str(one.path.relative_to("/album")) for one in group] for group in groups]


def test_raw_and_jpeg_are_one_photo() -> None:
    assert grouped("a.CR2", "A.jpg", "b.jpg") == [["A.jpg", "a.CR2"], ["b.jpg"]]
    assert grouped("x.DNG", "x.HEIC") == [["x.HEIC", "x.DNG"]]
    assert grouped("a.CR2", "a.jpg", split=True) == [["a.CR2"], ["a.jpg"]]
    assert pair([]) == Paired((), {})


def test_only_in_one_folder() -> None:
    assert grouped("one/a.nef", "two/a.jpg") == [["one/a.nef"], ["two/a.jpg"]]
    assert grouped("a/x.nef", "A/x.jpg") == [["a/x.nef"], ["A/x.jpg"]]


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
    members = [member for group in pair(album).groups() for member in group]
    assert sorted(members, key=str) == sorted(album, key=str)


def test_members_and_primaries() -> None:
    found = pair(photos("a.cr2", "a.jpg", "b.jpg"))
    jpeg, raw, other = Path("/album/a.jpg"), Path("/album/a.cr2"), Path("/album/b.jpg")
    assert found.members(jpeg) == (jpeg, raw)
    assert found.members(other) == (other,)
    assert found.primaries() == {raw: jpeg}
