"""The web page of the best: a folder for any server, which tells nothing of the originals."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

from photoaes.album.exclusions import NO_MEDIA
from photoaes.album.export.web_page import EDGE, NAME, write_web_page
from photoaes.album.photo import scan
from photoaes.album.ranking import RankedPhoto
from photoaes.errors import ExportFailed


def _photo(path: Path, rank: int) -> RankedPhoto:
    return RankedPhoto(path, rank, 4.0, 4.0, None)


def _run(photos: list[RankedPhoto], target: Path, title: str) -> Path:
    job = write_web_page(photos, target, title)
    seen = []
    while True:
        try:
            seen.append(next(job))
        except StopIteration as ended:
            assert seen == [(n + 1, len(photos)) for n in range(len(photos))]
            return Path(ended.value)


@pytest.fixture
def photos(tmp_path: Path) -> list[RankedPhoto]:
    exif = Image.Exif()
    exif[0x010E] = "at my home"
    Image.new("RGB", (3000, 2000), (200, 90, 30)).save(tmp_path / "secret name.jpg", exif=exif)
    Image.new("RGB", (200, 300), (20, 90, 230)).save(tmp_path / "small.png")
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8 nothing")
    names = ("secret name.jpg", "broken.jpg", "small.png")
    return [_photo(tmp_path / name, rank) for rank, name in enumerate(names, start=1)]


def test_each_photo_has_a_small_and_a_large_picture_and_neighbours(
    photos: list[RankedPhoto], tmp_path: Path
) -> None:
    folder = _run(photos, tmp_path / "out", "<b>Trip & \udcff</b>")
    assert folder == tmp_path / "out" / NAME
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert "&lt;b&gt;Trip &amp;" in page
    pictures = set(re.findall(r'src="([^"]+)"', page))
    assert pictures == {"0001.jpg", "small-0001.jpg", "0003.jpg", "small-0003.jpg"}
    targets = set(re.findall(r'href="#(p\d+)"', page))
    assert targets == set(re.findall(r'id="(p\d+)"', page)) == {"p1", "p2"}
    closing = re.findall(r'class="close" href="#(s\d+)"', page)
    assert closing == re.findall(r'id="(s\d+)"', page) == ["s1", "s2"], "back to where one was"
    assert re.findall(r'width="(\d+)" height="(\d+)"', page) == [("1920", "1280"), ("200", "300")]
    with Image.open(folder / "0001.jpg") as large:
        assert large.size == (EDGE, EDGE * 2 // 3)
        assert not large.getexif()
    assert "secret" not in page
    assert "http" not in page.replace("http-equiv", "")
    assert b"at my home" not in (folder / "0001.jpg").read_bytes()


def test_a_page_that_is_there_is_kept_and_none_is_ranked_as_photos(
    photos: list[RankedPhoto], tmp_path: Path
) -> None:
    album = tmp_path / "album"
    first = _run(photos[:1], album, "one")
    before = (first / "index.html").read_bytes()
    second = _run(photos[2:], album, "two")
    assert second.name == f"{NAME}-2"
    assert (first / "index.html").read_bytes() == before
    assert (first / NO_MEDIA).exists()
    assert scan(album) == []


def test_a_folder_that_cannot_be_written_is_told_and_nothing_is_left(
    photos: list[RankedPhoto], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(ExportFailed, match="Cannot write"):
        _run(photos, tmp_path / "file", "x")
    job = write_web_page(photos, tmp_path / "out", "x")
    next(job)
    job.close()
    assert list((tmp_path / "out").iterdir()) == []
