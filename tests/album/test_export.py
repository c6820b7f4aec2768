"""Copies of the best: whole, never over another file, originals untouched."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from photoaes.album.export import export
from photoaes.album.ranking import RankedPhoto
from photoaes.errors import InputInvalid


@pytest.fixture
def photos(tmp_path: Path) -> list[RankedPhoto]:
    chosen = []
    for number, folder in enumerate(("one", "two"), start=1):
        path = tmp_path / folder / "a.jpg"
        path.parent.mkdir()
        path.write_bytes(f"photo {number}".encode())
        os.utime(path, ns=(0, number * 10**18))
        chosen.append(RankedPhoto(path, number, 5.0, 3.0, None))
    return chosen


def test_copies_carry_rank_content_and_time(photos: list[RankedPhoto], tmp_path: Path) -> None:
    copies = list(export(photos, tmp_path / "best" / "of"))
    assert [copy.name for copy in copies] == ["0001_a.jpg", "0002_a.jpg"]
    for copy, photo in zip(copies, photos, strict=True):
        assert copy.read_bytes() == photo.path.read_bytes()
        assert copy.stat().st_mtime_ns == photo.path.stat().st_mtime_ns
    assert sorted(p.name for p in (tmp_path / "best" / "of").iterdir()) == [
        "0001_a.jpg",
        "0002_a.jpg",
    ]


def test_a_taken_name_gets_a_number(photos: list[RankedPhoto], tmp_path: Path) -> None:
    (tmp_path / "best").mkdir()
    (tmp_path / "best" / "0001_a.jpg").write_bytes(b"mine")
    for _ in range(2):
        list(export(photos[:1], tmp_path / "best"))
    assert (tmp_path / "best" / "0001_a.jpg").read_bytes() == b"mine"
    assert (tmp_path / "best" / "0001_a-2.jpg").read_bytes() == b"photo 1"
    assert (tmp_path / "best" / "0001_a-3.jpg").read_bytes() == b"photo 1"


def test_a_vanished_photo_is_named_and_leaves_no_half_file(
    photos: list[RankedPhoto], tmp_path: Path
) -> None:
    photos[1].path.unlink()
    copies = export(photos, tmp_path / "best")
    next(copies)
    with pytest.raises(InputInvalid, match=r"a\.jpg could not be copied"):
        next(copies)
    assert [p.name for p in (tmp_path / "best").iterdir()] == ["0001_a.jpg"]


def test_a_file_in_the_way_of_the_folder_is_said(photos: list[RankedPhoto], tmp_path: Path) -> None:
    (tmp_path / "best").write_bytes(b"")
    with pytest.raises(InputInvalid, match="Cannot make the folder"):
        list(export(photos, tmp_path / "best"))
