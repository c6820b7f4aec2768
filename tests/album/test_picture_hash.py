"""The hash of the picture: the same whatever the metadata, another one for other pixels."""

from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from photoaes.album.look import alike, look
from photoaes.album.store.identity import fingerprint
from tests.album.pictures import START, saved_again, scene, with_xmp, write_photo
from tests.album.xmp_files import rated
from tests.photo_files import write_dng


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".tif", ".webp", ".avif"])
def test_metadata_change_the_file_and_not_the_picture(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    prints = set()
    for number, days, orientation in ((1, 0, 1), (1, 3, 1), (1, 0, 6), (2, 0, 1)):
        taken = START + timedelta(days=days)
        write_photo(path, scene(number), taken, keyword=f"day {days}", orientation=orientation)
        prints.add(fingerprint(path))
    assert len({one.content for one in prints}) == 4
    assert len({one.picture for one in prints}) == 2
    assert None not in {one.picture for one in prints}


def test_png_chunks_may_be_cut_anywhere(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    notes = PngImagePlugin.PngInfo()
    notes.add_itxt("XML:com.adobe.xmp", rated(4).decode())
    scene(1, (400, 300)).save(path)
    before = fingerprint(path).picture
    scene(1, (400, 300)).save(path, pnginfo=notes)
    assert fingerprint(path).picture == before


def test_jpeg_with_new_segments_and_with_something_appended(tmp_path: Path) -> None:
    """A phone's film behind the picture is no part of it."""
    path = write_photo(tmp_path / "a.jpg", scene(1))
    before = fingerprint(path)
    with_xmp(path)
    path.write_bytes(path.read_bytes() + b"film" * 99)
    assert fingerprint(path).picture == before.picture
    assert fingerprint(path).content != before.content


def test_of_a_raw_the_sensors_data_count(tmp_path: Path) -> None:
    """Programs make previews anew; the turn is a tag."""
    path = tmp_path / "a.dng"
    write_dng(path, Image.new("RGB", (64, 48), "red"), 1)
    before = fingerprint(path)
    write_dng(path, Image.new("RGB", (64, 48), "blue"), 6)
    assert fingerprint(path).content != before.content
    assert fingerprint(path).picture == before.picture


def test_where_no_picture_is_found(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    for data in (b"", b"no picture", b"\xff\xd8\xff", b"\xff\xd8\xff\xe1\0", b"II*\0\x08\0\0\0"):
        path.write_bytes(data)
        found = fingerprint(path)
        assert found.picture in (None, found.content)
    path.write_bytes(b"no picture")
    assert fingerprint(path).picture is None
    assert fingerprint(tmp_path / "none.jpg").content is None


def test_kinds_without_known_metadata_are_pictures_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.bmp"
    scene(1).save(path)
    found = fingerprint(path)
    assert found.picture == found.content


def test_odd_files_raise_nothing(shared_data: Path) -> None:
    for path in (shared_data / "odd").rglob("*"):
        if path.is_file():
            fingerprint(path)


def test_every_real_camera_file_has_a_picture(shared_data: Path) -> None:
    for path in (shared_data / "odd" / "cameras").rglob("*.jpg"):
        assert fingerprint(path).picture, path


def test_look_survives_an_edit_and_tells_scenes_apart() -> None:
    image = scene(1, (300, 200))
    edits = (saved_again(image), image.convert("L"), image.rotate(90, expand=True))
    for edit in edits:
        assert alike(look(image), look(edit))
    for number in range(2, 40):
        assert not alike(look(image), look(scene(number, (300, 200))))
    assert alike(look(Image.new("L", (9, 9), 7)), look(Image.new("L", (9, 9), 7)))
