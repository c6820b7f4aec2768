"""Nothing in a folder that a photographer would call a photo is skipped without a word."""

import os
from pathlib import Path

import pytest

from photoaes.__main__ import main
from photoaes.album.photo import Walked, walk
from tests.photo_files import quarters


def walked(folder: Path) -> Walked:
    met = Walked()
    list(walk(folder, met))
    return met


def test_kinds_that_are_not_read_are_counted(tmp_path: Path) -> None:
    quarters().save(tmp_path / "photo.jpg")
    for name in ("a.xcf", "b.XCF", "c.exr", "d.jxr", "e.jpg_original", "f.fits"):
        (tmp_path / name).write_bytes(b"whatever")
    (tmp_path / "notes.txt").write_text("no photo")
    (tmp_path / "film.mov").write_bytes(b"no photo")
    quarters().save(tmp_path / "RESCUED0001", "JPEG")
    (tmp_path / "README").write_text("no photo either")
    os.mkfifo(tmp_path / "PIPE")
    met = walked(tmp_path)
    assert dict(met.not_read.counts) == {
        "GIMP": 2,
        "OpenEXR": 1,
        "JPEG XR": 1,
        "copy that a program left": 1,
        "astronomical (FITS)": 1,
        "picture without an ending in its name": 1,
    }
    assert met.not_read.examples["GIMP"] == str(tmp_path / "a.xcf")


def test_photos_that_are_elsewhere_or_were_cut_off_are_counted(tmp_path: Path) -> None:
    quarters().save(tmp_path / "photo.jpg")
    for name in (".IMG_1.HEIC.icloud", ".film.mov.icloud", "b.jpg.crdownload", "c.nef.part",
                 "film.mp4.part", "notes.tmp"):  # fmt: skip
        (tmp_path / name).write_bytes(b"whatever")
    (tmp_path / "link.jpg").symlink_to("nowhere.jpg")
    (tmp_path / "text").symlink_to("nowhere")
    assert dict(walked(tmp_path).not_read.counts) == {
        "photo that iCloud keeps elsewhere": 1,
        "photo that was not fetched to its end": 2,
        "link that leads nowhere": 1,
    }


def test_what_is_excluded_is_not_missed(tmp_path: Path) -> None:
    (tmp_path / ".photoaesignore").write_text("*.xcf\n")
    (tmp_path / "a.xcf").write_bytes(b"whatever")
    assert not walked(tmp_path).not_read.counts


def test_a_scan_names_kinds_and_files_that_cannot_be_opened(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    quarters().save(tmp_path / "photo.jpg")
    (tmp_path / "layers.xcf").write_bytes(b"whatever")
    (tmp_path / "one.tif").write_bytes(b"II*\0\x08\0\0\0\0\0\0\0")
    (tmp_path / "two.tif").write_bytes(b"II*\0\x08\0\0\0\0\0\0\0")
    assert main(["scan", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert f"not read: GIMP, 1, such as {tmp_path / 'layers.xcf'}" in said
    assert f"not read: .tif, 2, such as {tmp_path / 'one.tif'}: the file is damaged" in said


@pytest.mark.parametrize("command", [["scan"], ["rank"]])
def test_a_folder_of_other_kinds_says_which(
    tmp_path: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "layers.xcf").write_bytes(b"whatever")
    assert main([*command, str(tmp_path)]) == 1
    assert "but others: 1 GIMP" in capsys.readouterr().err


def test_a_folder_that_cannot_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quarters().save(tmp_path / "photo.jpg")
    (tmp_path / "locked").mkdir()
    real = os.scandir

    def refused(path: str) -> object:
        # Root may read any folder: the system's refusal is put in its mouth.
        if path == str(tmp_path / "locked"):
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", refused)
    assert walked(tmp_path).left_out.examples["locked"] == str(tmp_path / "locked")
