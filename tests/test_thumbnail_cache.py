"""Thumbnails by the freedesktop specification: shared, valid, safe to lose."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from photoaes.errors import PhotoUnreadable
from photoaes.images import open_image
from photoaes.images.thumbnail_cache import ThumbnailCache, size_for


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "a photo \u00e9.jpg"
    Image.new("RGB", (600, 300), (200, 30, 30)).save(path)
    return path


def test_name_place_and_facts_are_those_of_the_specification(tmp_path: Path, photo: Path) -> None:
    image = ThumbnailCache(tmp_path / "thumbnails").thumbnail(photo, 256)
    assert image.size == (256, 128)
    uri = photo.as_uri()
    assert "%C3%A9" in uri
    file = tmp_path / "thumbnails" / "large" / (hashlib.md5(uri.encode()).hexdigest() + ".png")
    with Image.open(file) as kept:
        assert kept.text["Thumb::URI"] == uri  # type: ignore[attr-defined]
        assert kept.text["Thumb::MTime"] == str(int(photo.stat().st_mtime))  # type: ignore[attr-defined]
    assert file.stat().st_mode & 0o777 == 0o600


def test_another_program_s_thumbnail_is_used(tmp_path: Path, photo: Path) -> None:
    cache = ThumbnailCache(tmp_path / "thumbnails")
    cache.thumbnail(photo, 128)
    [file] = (tmp_path / "thumbnails" / "normal").iterdir()
    with Image.open(file) as kept:
        facts = kept.text  # type: ignore[attr-defined]
    from PIL.PngImagePlugin import PngInfo

    theirs = PngInfo()
    for name in ("Thumb::URI", "Thumb::MTime"):
        theirs.add_text(name, facts[name])
    Image.new("RGB", (128, 64), (0, 0, 255)).save(file, pnginfo=theirs)
    assert cache.thumbnail(photo, 128).getpixel((5, 5)) == (0, 0, 255)


def test_a_changed_photo_gets_a_new_one(tmp_path: Path, photo: Path) -> None:
    cache = ThumbnailCache(tmp_path / "thumbnails")
    cache.thumbnail(photo, 128)
    Image.new("RGB", (600, 300), (0, 200, 0)).save(photo)
    os.utime(photo, (1_000_000_000, 1_000_000_000))
    red, green, _ = cache.thumbnail(photo, 128).getpixel((5, 5))  # type: ignore[misc]
    assert green > 150 > red


@pytest.mark.parametrize("later_ns", [0, 1_000_000])
def test_an_edit_within_the_second_gets_a_new_one(
    tmp_path: Path, photo: Path, later_ns: int
) -> None:
    cache = ThumbnailCache(tmp_path / "thumbnails")
    begin = 1_000_000_000 * 10**9
    os.utime(photo, ns=(begin, begin))
    cache.thumbnail(photo, 128)
    Image.new("RGB", (600, 300), (0, 200, 0)).save(photo, quality=95)
    os.utime(photo, ns=(begin, begin + later_ns))
    red, green, _ = cache.thumbnail(photo, 128).getpixel((5, 5))  # type: ignore[misc]
    assert green > 150 > red


def test_a_damaged_thumbnail_is_made_anew(tmp_path: Path, photo: Path) -> None:
    cache = ThumbnailCache(tmp_path / "thumbnails")
    cache.thumbnail(photo, 128)
    [file] = (tmp_path / "thumbnails" / "normal").iterdir()
    file.write_bytes(file.read_bytes()[:50])
    assert cache.thumbnail(photo, 128).size == (128, 64)


def test_a_failure_is_remembered_until_the_file_changes(tmp_path: Path) -> None:
    cache = ThumbnailCache(tmp_path / "thumbnails")
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"no image at all")
    for _ in range(2):
        with pytest.raises(PhotoUnreadable) as told:
            cache.thumbnail(broken, 128)
        assert told.value.reason
    Image.new("RGB", (60, 60)).save(broken)
    os.utime(broken, (1_000_000_000, 1_000_000_000))
    assert cache.thumbnail(broken, 128).size == (60, 60)


def test_without_a_folder_to_write_to_it_does_without(tmp_path: Path, photo: Path) -> None:
    blocked = tmp_path / "thumbnails"
    blocked.write_text("a file where the folder should be")
    assert ThumbnailCache(blocked).thumbnail(photo, 128).size == (128, 64)


def test_sizes() -> None:
    assert [size_for(edge) for edge in (10, 128, 129, 600, 5000)] == [128, 128, 256, 1024, 1024]


def _replaced(photo: Path) -> None:
    """By nonsense of the same size and time: who opens it is told."""
    status = photo.stat()
    photo.write_bytes(b"x" * status.st_size)
    os.utime(photo, ns=(status.st_atime_ns, status.st_mtime_ns))


def test_one_decoding_serves_a_larger_picture_and_the_thumbnail(tmp_path: Path) -> None:
    photo = tmp_path / "a.jpg"
    noise = Image.effect_noise((1600, 1200), 90).convert("RGB")
    noise.resize((200, 150)).resize((1600, 1200)).save(photo, quality=90)
    plain = ThumbnailCache(tmp_path / "plain").thumbnail(photo, 256)
    cache = ThumbnailCache(tmp_path / "thumbnails")
    image = cache.opened(photo, 300, 256)
    assert image.tobytes() == open_image(photo, min_edge=300).tobytes(), "as the model knows it"
    _replaced(photo)
    found = cache.thumbnail(photo, 256)
    assert found.size == plain.size == (256, 192)
    difference = ImageChops.difference(found, plain)
    assert ImageStat.Stat(difference).mean[0] < 4


def test_a_photo_smaller_than_the_thumbnail_makes_none(tmp_path: Path, photo: Path) -> None:
    cache = ThumbnailCache(tmp_path / "thumbnails")
    assert cache.opened(photo, 100, 1024).size == (300, 150)
    assert not (tmp_path / "thumbnails").exists()
    assert cache.thumbnail(photo, 1024).size == (600, 300)


def test_a_damaged_photo_is_noted_by_who_opens_it(tmp_path: Path, photo: Path) -> None:
    cache = ThumbnailCache(tmp_path / "thumbnails")
    data = photo.read_bytes()
    broken = tmp_path / "b.jpg"
    broken.write_bytes(data[:200])
    with pytest.raises(PhotoUnreadable):
        cache.opened(broken, 100, 128)
    assert [one.name for one in (tmp_path / "thumbnails").iterdir()] == ["fail"]
    with pytest.raises(PhotoUnreadable):
        cache.opened(tmp_path / "none.jpg", 100, 128)
