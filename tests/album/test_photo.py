"""The walk over a folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from photoaes.album.photo import scan
from photoaes.errors import InputInvalid


def _touch(path: Path, content: bytes = b"x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def _names(folder: Path) -> list[str]:
    return [str(photo.path.relative_to(folder)) for photo in scan(folder)]


def test_photos_of_all_folders_in_natural_order(tmp_path: Path) -> None:
    for name in ("b/IMG_10.jpg", "b/IMG_9.JPG", "a/x.heic", "c.NEF", "b/notes.txt", "d.webp"):
        _touch(tmp_path / name)
    assert _names(tmp_path) == ["a/x.heic", "b/IMG_9.JPG", "b/IMG_10.jpg", "c.NEF", "d.webp"]


def test_a_photo_carries_size_and_time(tmp_path: Path) -> None:
    path = _touch(tmp_path / "a.jpg", b"12345")
    os.utime(path, ns=(1, 1_700_000_000_123_456_789))
    (photo,) = scan(tmp_path)
    assert (photo.size, photo.mtime_ns) == (5, 1_700_000_000_123_456_789)


def test_hidden_files_and_folders_are_left_out(tmp_path: Path) -> None:
    for name in (".thumbs/a.jpg", "._b.jpg", "c.jpg"):
        _touch(tmp_path / name)
    assert _names(tmp_path) == ["c.jpg"]


def test_links_to_photos_count_and_loops_of_folders_end(tmp_path: Path) -> None:
    _touch(tmp_path / "real" / "a.jpg")
    (tmp_path / "real" / "loop").symlink_to(tmp_path)
    (tmp_path / "b.jpg").symlink_to(tmp_path / "real" / "a.jpg")
    (tmp_path / "broken.jpg").symlink_to(tmp_path / "nowhere.jpg")
    assert _names(tmp_path) == ["b.jpg", "real/a.jpg"]


@pytest.mark.parametrize("name", ["new\nline.jpg", "q'\"uote.jpg", "🏔.jpg", "bad\udcff.jpg"])
def test_odd_names_are_photos(tmp_path: Path, name: str) -> None:
    _touch(tmp_path / name)
    assert [photo.path.name for photo in scan(tmp_path)] == [name]


def test_a_folder_named_like_a_photo_is_a_folder(tmp_path: Path) -> None:
    _touch(tmp_path / "trip.jpg" / "a.jpg")
    assert _names(tmp_path) == ["trip.jpg/a.jpg"]


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputInvalid, match="no folder"):
        scan(tmp_path / "gone")
    with pytest.raises(InputInvalid, match="no folder"):
        scan(_touch(tmp_path / "file.jpg"))
