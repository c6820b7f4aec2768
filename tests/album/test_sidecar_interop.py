"""Ratings to and from exiftool and exiv2: what they read of ours, what we read of theirs."""

import shutil
import subprocess
from pathlib import Path

import pytest

from photoaes.album.marks import Flag, Marks
from photoaes.album.sidecars.names import find_sidecars
from photoaes.album.sidecars.reading import Reading, SourceKind, read_marks
from photoaes.album.sidecars.writing import write_marks
from photoaes.album.sidecars.xmp import properties
from photoaes.album.sidecars.xmp_marks import SCORE, WrittenScore, statement
from tests.photo_files import quarters, write_dng

needs_exiftool = pytest.mark.skipif(
    not shutil.which("exiftool"),
    reason="exiftool is missing: apt-get install libimage-exiftool-perl",
)
needs_exiv2 = pytest.mark.skipif(
    not shutil.which("exiv2"), reason="exiv2 is missing: apt-get install exiv2"
)
OURS = Marks(4, Flag.PICK, "Rot & Grün")


def run(*command: str | Path) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def exiftool(path: Path) -> dict[str, str]:
    """All XMP that exiftool sees, and its complaints."""
    lines = run("exiftool", "-s", "-G1", "-XMP:all", "-Warning", "-Error", path).splitlines()
    pairs = (line.split(":", 1) if "] :" not in line else line.split("] :", 1) for line in lines)
    return {" ".join(tag.split()): value.strip() for tag, value in pairs}


def exiv2(path: Path, key: str) -> str:
    return run("exiv2", "-PXv", "-K", key, path).strip()


def reading(photo: Path) -> Reading:
    return read_marks([photo], find_sidecars([photo]))


@pytest.fixture
def jpeg(tmp_path: Path) -> Path:
    quarters().save(tmp_path / "a.jpg")
    return tmp_path / "a.jpg"


@needs_exiftool
def test_exiftool_reads_ours(jpeg: Path) -> None:
    [path] = write_marks(jpeg, OURS, WrittenScore(6.5, "Anna"))
    found = exiftool(path)
    assert found["[XMP-xmp] Rating"] == "4"
    assert found["[XMP-xmp] Label"] == "Rot & Grün"
    assert "[XMP-xmp] MetadataDate" in found
    assert not any(tag.endswith(("Warning", "Error")) for tag in found)
    write_marks(jpeg, Marks(flag=Flag.REJECT))
    assert exiftool(path)["[XMP-xmp] Rating"] == "-1"


@needs_exiv2
def test_exiv2_reads_ours(jpeg: Path) -> None:
    [path] = write_marks(jpeg, OURS, WrittenScore(6.5, "Anna"))
    assert exiv2(path, "Xmp.xmp.Rating") == "4"
    assert exiv2(path, "Xmp.xmp.Label") == "Rot & Grün"
    write_marks(jpeg, Marks(flag=Flag.REJECT))
    assert exiv2(path, "Xmp.xmp.Rating") == "-1"
    write_marks(jpeg, Marks(0, Flag.NONE))
    assert exiv2(path, "Xmp.xmp.Rating") == "0"


@needs_exiftool
@needs_exiv2
@pytest.mark.parametrize("name", ["bloom", "digikam-example"])
def test_both_read_ours_in_real_sidecars(name: str, shared_data: Path, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.cr2.xmp"
    shutil.copy(shared_data / "odd" / "sidecars" / f"{name}.xmp", path)
    path.chmod(0o644)
    before = exiftool(path)
    write_marks(tmp_path / f"{name}.cr2", OURS, WrittenScore(6.5))
    after = exiftool(path)
    assert after["[XMP-xmp] Rating"] == exiv2(path, "Xmp.xmp.Rating") == "4"
    assert exiv2(path, "Xmp.xmp.Label") == "Rot & Grün"
    assert {tag for tag in before if after[tag] != before[tag]} <= {"[XMP-xmp] Rating"}
    new = {tag.split("] ")[1] for tag in after.keys() - before.keys()}
    assert new - {"Rating"} == {"Label", "MetadataDate", "Flag", "Score"}


@needs_exiftool
def test_we_read_exiftools(jpeg: Path) -> None:
    sidecar = jpeg.with_name("a.jpg.xmp")
    run("exiftool", "-XMP-xmp:Rating=3", "-XMP-xmp:Label=Red", "-o", sidecar, jpeg)
    assert b"<xmp:Rating>3</xmp:Rating>" in sidecar.read_bytes()  # its form: elements
    assert reading(jpeg).marks == Marks(3, Flag.NONE, "Red")
    write_marks(jpeg, Marks(5, Flag.PICK), WrittenScore(7.25))
    assert exiftool(sidecar)["[XMP-xmp] Rating"] == "5"
    # It changes the file again, and keeps what it does not know.
    run("exiftool", "-overwrite_original", "-XMP-xmp:Rating=2", sidecar)
    assert reading(jpeg).marks == Marks(2, Flag.PICK, "Red")
    assert properties(sidecar.read_bytes(), (SCORE,)) == {SCORE: ["7.2500"]}


@needs_exiv2
def test_we_read_exiv2s(jpeg: Path) -> None:
    sidecar = jpeg.with_suffix(".xmp")
    write_marks(jpeg, Marks(5, Flag.PICK), WrittenScore(7.25), use_adobe_name=True)
    run("exiv2", "-M", "set Xmp.xmp.Rating XmpText 2", "-M", "set Xmp.xmp.Label Blue", sidecar)
    assert reading(jpeg).marks == Marks(2, Flag.PICK, "Blue")
    assert statement(sidecar.read_bytes()).owner == "jpg"
    assert properties(sidecar.read_bytes(), (SCORE,)) == {SCORE: ["7.2500"]}


@needs_exiftool
def test_we_read_what_exiftool_embeds(tmp_path: Path, shared_data: Path) -> None:
    paths = [tmp_path / f"{kind}.{kind}" for kind in ("jpg", "tif", "png", "webp", "dng", "heic")]
    for path in paths[:4]:
        quarters().save(path)
    write_dng(paths[4], quarters(), 1)
    shutil.copy(shared_data / "odd" / "heic" / "RGB_8__29x100.heif", paths[5])
    paths[5].chmod(0o644)
    run("exiftool", "-overwrite_original", "-XMP-xmp:Rating=4", "-XMP-xmp:Label=Red", *paths)
    for path in paths:
        result = reading(path)
        assert result.marks == Marks(4, Flag.NONE, "Red"), path.name
        assert result.said_by["stars"].kind is SourceKind.EMBEDDED
    run("exiftool", "-overwrite_original", "-XMP:all=", "-IFD0:Rating=2", *paths)
    assert [reading(path).marks for path in paths] == [Marks(2)] * 6


@needs_exiv2
@pytest.mark.parametrize("suffix", ["jpg", "tif", "png", "webp"])
def test_we_read_what_exiv2_embeds(tmp_path: Path, suffix: str) -> None:
    xmp, exif = (tmp_path / f"{name}.{suffix}" for name in ("xmp", "exif"))
    for path in (xmp, exif):
        quarters().save(path)
    run("exiv2", "-M", "set Xmp.xmp.Rating XmpText 4", xmp)
    run("exiv2", "-M", "set Exif.Image.Rating Short 3", exif)
    assert reading(xmp).marks == Marks(4, Flag.NONE)
    assert reading(exif).marks.stars == 3
