"""The contact sheet: whole, safe and without secrets."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Generator
from pathlib import Path

import pytest
from PIL import Image

from photoaes.album.export.contact_sheet import write_contact_sheet
from photoaes.album.ranking import RankedPhoto
from photoaes.errors import ExportFailed


def _photo(folder: Path, name: str, rank: int, rating: int | None = None) -> RankedPhoto:
    exif = Image.Exif()
    exif[0x010F] = "SECRETCAM"
    Image.new("RGB", (900, 600), (rank * 40, 90, 90)).save(folder / name, "JPEG", exif=exif)
    return RankedPhoto(folder / name, rank, 5.0, 3.0, rating)


def _all(steps: Generator[tuple[int, int], None, Path]) -> tuple[list[tuple[int, int]], Path]:
    progress = []
    try:
        while True:
            progress.append(next(steps))
    except StopIteration as finished:
        path: Path = finished.value
        return progress, path


def test_one_file_holds_every_picture_small_and_in_order(tmp_path: Path) -> None:
    photos = [_photo(tmp_path, "a.jpg", 1, 5), _photo(tmp_path, "b.jpg", 2)]
    progress, path = _all(write_contact_sheet(photos, tmp_path / "out", "Lofoten 2025"))
    assert progress == [(1, 2), (2, 2)]
    page = path.read_text(encoding="utf-8")
    pictures = [base64.b64decode(found) for found in re.findall(r"base64,([^\"]+)", page)]
    assert [Image.open(io.BytesIO(p)).size for p in pictures] == [(480, 320)] * 2
    assert page.index("a.jpg") < page.index("b.jpg")
    assert page.count("★") == 5
    assert "http" not in page.replace("http-equiv", "")
    assert not any(b"SECRETCAM" in picture for picture in pictures)
    assert str(tmp_path) not in page


@pytest.mark.parametrize(
    "name", ["<script>alert(1)<.jpg", "q\"uo'te&.jpg", "bad\udcff.jpg", "n\nl.jpg"]
)
def test_odd_names_neither_break_nor_run_in_the_page(tmp_path: Path, name: str) -> None:
    _, path = _all(write_contact_sheet([_photo(tmp_path, name, 1)], tmp_path / "out", name))
    page = path.read_text(encoding="utf-8")
    assert "<script" not in page
    assert page.count("<figure>") == 1


def test_a_damaged_photo_is_left_out_and_an_older_sheet_kept(tmp_path: Path) -> None:
    good, bad = _photo(tmp_path, "a.jpg", 1), _photo(tmp_path, "b.jpg", 2)
    bad.path.write_bytes(b"")
    _, first = _all(write_contact_sheet([good, bad], tmp_path / "out", "x"))
    _, second = _all(write_contact_sheet([good], tmp_path / "out", "x"))
    assert first.read_text(encoding="utf-8").count("<figure>") == 1
    assert (first.name, second.name) == ("contact-sheet.html", "contact-sheet-2.html")


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    photo = _photo(tmp_path, "a.jpg", 1)
    with pytest.raises(ExportFailed, match="Cannot write to"):
        _all(write_contact_sheet([photo], photo.path, "x"))
