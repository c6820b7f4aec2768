"""Names that belong together: pairs of phones and sister folders, umlauts, companions."""

import unicodedata
from pathlib import Path

import pytest

from photoaes.album.companions import find_companions
from photoaes.album.export.exporting import Mode, plan_export
from photoaes.album.folding import folded, rest_behind
from photoaes.album.pairs import folders_of_kinds, pair
from photoaes.album.photo import scan
from photoaes.album.ranking import RankedPhoto
from photoaes.album.sidecars.names import find_sidecars, is_full_name, match_sidecars
from photoaes.jobs.export import Files, files_to_export, left_behind
from tests.album.test_pairs import grouped

NFC = "Müller"
NFD = unicodedata.normalize("NFD", NFC)


def test_one_name_in_two_forms() -> None:
    assert NFC != NFD
    assert folded(f"{NFD}.JPG") == folded(f"{NFC}.jpg") == "müller.jpg"
    assert rest_behind(NFC, f"{NFD}.jpg.xmp") == ".jpg.xmp"
    assert rest_behind(NFD.upper(), f"{NFC}.jpg") == ".jpg"
    assert rest_behind("IMG_1", "img_1.CR2") == ".CR2"
    assert rest_behind("IMG_1", "IMG_2.CR2") is None


def test_a_sidecar_in_the_other_form(tmp_path: Path) -> None:
    photo, sidecar = tmp_path / f"{NFD}.jpg", tmp_path / f"{NFC}.jpg.xmp"
    assert match_sidecars([photo.name], [sidecar.name]) == {photo.name: [sidecar.name]}
    assert is_full_name(sidecar, photo)
    for path in (photo, sidecar):
        path.write_bytes(b"x")
    assert find_sidecars([photo]) == {photo: [sidecar]}


def test_pairs_in_the_other_form() -> None:
    assert grouped(f"{NFD}.cr2", f"{NFC}.jpg") == [[f"{NFC}.jpg", f"{NFD}.cr2"]]


@pytest.mark.parametrize(
    ("picture", "raw"),
    [
        ("PXL_20231118_101010123.MP.jpg", "PXL_20231118_101010123.dng"),
        (
            "PXL_20240101_101010123.RAW-01.COVER.jpg",
            "PXL_20240101_101010123.RAW-02.ORIGINAL.dng",
        ),
        (
            "PXL_20240101_101010123.RAW-01.MP.COVER.jpg",
            "PXL_20240101_101010123.RAW-02.ORIGINAL.dng",
        ),
        ("PXL_20240101_101010123.NIGHT.jpg", "PXL_20240101_101010123.dng"),
        ("20240101_101010.jpg", "20240101_101010_RAW.dng"),
        ("IMG_1234.HEIC", "IMG_1234.DNG"),
        ("IMG_E1234.JPG", "IMG_1234.DNG"),
        ("JPG/DSC_0001.JPG", "RAW/DSC_0001.NEF"),
        ("DSC_0001.JPG", "RAW/DSC_0001.NEF"),
        ("jpeg/DSC_0001.JPG", "DSC_0001.NEF"),
        ("trip/JPEGs/DSC_0001.JPG", "trip/NEF/DSC_0001.NEF"),
    ],
)
def test_pairs_of_phones_and_sister_folders(picture: str, raw: str) -> None:
    assert grouped(picture, raw) == grouped(raw, picture) == [[picture, raw]]


def test_no_pairs() -> None:
    for one, other in (
        ("PXL_20231118_101010123~2.jpg", "PXL_20231118_101010123.dng"),  # an edit
        ("PXL_20231118_101010124.jpg", "PXL_20231118_101010123.dng"),
        ("day 1/JPG/DSC_1.JPG", "day 2/RAW/DSC_1.NEF"),
        ("best/DSC_1.JPG", "RAW/DSC_1.NEF"),
        ("IMG_E12.JPG", "IMG_12.DNG"),
    ):
        assert grouped(one, other) == [[one], [other]]


def test_a_raw_of_a_sister_folder_is_found_from_one_photo(tmp_path: Path) -> None:
    for name in ("JPG/a.jpg", "RAW/a.nef", "best/a.jpg"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_bytes(b"x")
    folders = folders_of_kinds(tmp_path / "JPG")
    assert set(folders) == {tmp_path / "JPG", tmp_path, tmp_path / "RAW"}
    assert folders_of_kinds(tmp_path / "best") == [tmp_path / "best"]


COMPANIONS = (
    "IMG_1.AAE",
    "IMG_1.MOV",
    "IMG_1.jpg.dop",
    "IMG_1.jpg.pp3",
    "IMG_1.jpg.xmp",
    "IMG_O1.AAE",
)
OTHERS = ("IMG_10.MOV", "IMG_1.txt", "IMG_1 (2).MOV", "IMG_2.jpg.pp3", "notes.json")


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    folder = tmp_path / "album"
    folder.mkdir()
    for name in ("IMG_1.jpg", *COMPANIONS, *OTHERS):
        (folder / name).write_bytes(b"x")
    return folder / "IMG_1.jpg"


def test_companions(photo: Path) -> None:
    assert [one.name for one in find_companions([photo])[photo]] == sorted(COMPANIONS)


def test_companions_go_along_with_an_export_or_are_named(photo: Path, tmp_path: Path) -> None:
    paired = pair(scan(photo.parent))
    alone = files_to_export(paired, [photo], Files.BOTH)
    assert {one.name for one in left_behind(alone)} == set(COMPANIONS)
    files = files_to_export(paired, [photo], Files.BOTH, sidecars=True)
    assert left_behind(files) == []
    ranked = [RankedPhoto(photo, 1, 5.0, 3.0, None)]
    plan = plan_export(ranked, tmp_path / "out", mode=Mode.SYMLINK, files=files)
    assert {one.name for one in plan.files} == {
        "0001_IMG_1.jpg", "0001_IMG_1.jpg.xmp", "0001_IMG_1.jpg.pp3", "0001_IMG_1.jpg.dop",
        "0001_IMG_1.AAE", "0001_IMG_1.MOV", "0001_IMG_1IMG_O1.AAE",
    }  # fmt: skip
    linked = {one.source.suffix for one in plan.files if one.mode is Mode.SYMLINK}
    assert linked == {".jpg", ".MOV"}
