"""What cameras write is read from every kind of file; nonsense becomes None, never a raise."""

import dataclasses
import logging
import struct
import zlib
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from PIL.TiffImagePlugin import IFDRational

from photoaes.album.metadata.cameras import clean_make, clean_model
from photoaes.album.metadata.photo_file import Metadata, read_metadata, read_photo_file
from tests.album.xmp_files import rated, tiff, write_tiff
from tests.photo_files import quarters, write_dng

TAKEN = datetime(2023, 4, 5, 6, 7, 8, 250_000)


def exif() -> Image.Exif:
    block = Image.Exif()
    block[0x010F], block[0x0110], block[0x0112] = "NIKON CORPORATION", "NIKON D70", 6
    block.get_ifd(0x8769).update(
        {
            0x9003: "2023:04:05 06:07:08", 0x9291: "25", 0x9011: "+05:30",
            0x829A: IFDRational(1, 250), 0x829D: IFDRational(28, 10), 0x8827: 400,
            0x920A: IFDRational(50, 1), 0xA405: 75, 0xA434: "AF-S 50mm f/1.8G",
        }
    )  # fmt: skip
    block.get_ifd(0x8825).update(
        {
            1: "S", 2: (33.0, 30.0, 36.0), 3: "W", 4: (70.0, 15.0, 0.0),
            5: b"\1", 6: IFDRational(125, 10),
        }
    )  # fmt: skip
    return block


EXPECTED = Metadata(
    taken=TAKEN,
    utc_offset=timedelta(hours=5, minutes=30),
    make="Nikon",
    model="D70",
    lens="AF-S 50mm f/1.8G",
    exposure_s=Fraction(1, 250),
    f_number=2.8,
    iso=400,
    focal_mm=50.0,
    focal_35_mm=75.0,
    latitude=-33.51,
    longitude=-70.25,
    altitude_m=-12.5,
    orientation=6,
)


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "avif"])
def test_every_kind(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.{suffix}"
    texts = PngInfo()
    texts.add_itxt("XML:com.adobe.xmp", rated(3).decode())
    quarters().save(path, exif=exif(), xmp=rated(3), pnginfo=texts)
    file = read_photo_file(path)
    found = file.metadata
    place = (EXPECTED.latitude, EXPECTED.longitude, EXPECTED.altitude_m)
    assert (found.latitude, found.longitude, found.altitude_m) == pytest.approx(place)
    # Pillow's AVIF writer moves the orientation to the container.
    same = dataclasses.replace(found, latitude=place[0], longitude=place[1], orientation=6)
    assert same == EXPECTED
    assert found.camera == "Nikon D70"
    assert found.instant == datetime(2023, 4, 5, 0, 37, 8, 250_000, tzinfo=UTC)
    assert file.xmp is not None
    assert b'xmp:Rating="3"' in file.xmp


def test_tiff(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    path.write_bytes(exif().tobytes().removeprefix(b"Exif\0\0"))  # a TIFF without pixels
    assert read_metadata(path).instant == datetime(2023, 4, 5, 0, 37, 8, 250_000, tzinfo=UTC)
    assert read_metadata(path).longitude == pytest.approx(-70.25)
    for order in ("<", ">"):
        packet = rated(3)
        tags = [(700, 1, len(packet), packet), (0x4746, 3, 1, struct.pack(order + "H", 4))]
        write_tiff(path, tags, order)
        file = read_photo_file(path)
        assert (file.rating, file.xmp) == (4, packet)


def test_exif_behind_large_segments(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    quarters().save(path, exif=exif())
    data = path.read_bytes()
    profile = b"\xff\xe2" + struct.pack(">H", 65535) + b"ICC_PROFILE\0".ljust(65533, b"x")
    path.write_bytes(data[:2] + profile * 5 + b"\xff" * 3 + data[2:])
    assert read_metadata(path).model == "D70"


def test_raw_files(tmp_path: Path) -> None:
    path = tmp_path / "a.dng"
    write_dng(path, quarters(), orientation=8)
    found = read_metadata(path)
    assert (found.camera, found.orientation) == ("Test Camera", 8)
    block = tiff([(0x010F, 2, 5, b"Canon"), (0x0112, 3, 1, b"\3\0")])
    for name, data in (
        ("a.orf", block.replace(b"II*\0", b"IIRO", 1)),
        ("a.rw2", block.replace(b"II*\0", b"IIU\0", 1)),
        ("a.raf", fuji(tmp_path)),
        ("a.cr3", canon(block)),
    ):
        (tmp_path / name).write_bytes(data)
        found = read_metadata(tmp_path / name)
        assert found.make in ("Canon", "Nikon"), name
        assert found.orientation in (3, 6), name
    assert read_photo_file(tmp_path / "a.cr3").xmp == b"<packet/>"
    assert read_metadata(tmp_path / "a.cr3").iso == 800
    assert read_metadata(tmp_path / "a.cr3").latitude == 45.5


def fuji(folder: Path) -> bytes:
    quarters().save(folder / "inside.jpg", exif=exif())
    return b"FUJIFILMCCD-RAW ".ljust(84, b"0") + struct.pack(">II", 100, 9) + bytes(8) + (
        folder / "inside.jpg"
    ).read_bytes()  # fmt: skip


def box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", 8 + len(body)) + kind + body


def canon(main: bytes) -> bytes:
    detail = tiff([(0x8827, 3, 1, struct.pack("<H", 800))])
    degrees = [struct.pack("<6I", n, 1, 30 * (n == 45), 1, 0, 1) for n in (45, 7)]
    place = [(1, 2, 2, b"N\0"), (2, 5, 3, degrees[0]), (3, 2, 2, b"E\0"), (4, 5, 3, degrees[1])]
    blocks = box(b"CMT1", main) + box(b"CMT2", detail) + box(b"CMT4", tiff(place))
    uuid = box(b"uuid", bytes.fromhex("85c0b687820f11e08111f4ce462b6a48") + blocks)
    xmp = box(b"uuid", bytes.fromhex("be7acfcb97a942e89c71999491e3afac") + b"<packet/>")
    return box(b"ftyp", b"crx \0\0\0\1crx isom") + box(b"moov", uuid) + xmp


def test_png_text_forms(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    quarters().save(path)
    data = path.read_bytes()

    def with_chunk(kind: bytes, body: bytes) -> bytes:
        chunk = struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(b""))
        return data[:-12] + chunk + data[-12:]

    hidden = b"\nexif\n  99\n" + (b"Exif\0\0" + tiff([(0x010F, 2, 5, b"Canon")])).hex().encode()
    path.write_bytes(with_chunk(b"zTXt", b"Raw profile type exif\0\0" + zlib.compress(hidden)))
    assert read_metadata(path).make == "Canon"
    packed = b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(rated(2))
    path.write_bytes(with_chunk(b"iTXt", packed))
    assert read_photo_file(path).xmp == rated(2)


def test_nothing_there(tmp_path: Path) -> None:
    quarters().save(tmp_path / "a.jpg")
    assert read_metadata(tmp_path / "a.jpg") == Metadata()
    assert Metadata().camera is None
    assert Metadata().instant is None
    for path in (tmp_path, tmp_path / "gone.jpg", Path("null\0.jpg")):
        assert read_metadata(path).problem


@pytest.mark.parametrize(
    ("make", "model", "camera"),
    [
        ("NIKON CORPORATION", "NIKON D70", "Nikon D70"),
        ("NIKON", "E950", "Nikon E950"),
        ("Canon", "Canon EOS 40D", "Canon EOS 40D"),
        ("OLYMPUS OPTICAL CO.,LTD", "C960Z,D460Z", "Olympus C960Z,D460Z"),
        ("OLYMPUS IMAGING CORP.", "E-M1", "Olympus E-M1"),
        ("EASTMAN KODAK COMPANY", "KODAK CX7530", "Kodak CX7530"),
        ("FUJI PHOTO FILM CO., LTD.", "DX-10", "Fujifilm DX-10"),
        ("CASIO COMPUTER CO.,LTD.", "EX-Z750", "Casio EX-Z750"),
        ("SANYO Electric Co.,Ltd.", "SX113", "Sanyo SX113"),
        ("LEICA CAMERA AG", "LEICA Q2", "Leica Q2"),
        ("samsung", "SM-G930F", "Samsung SM-G930F"),
        ("LG Electronics", "LG-H870", "LG LG-H870"),
        ("SONY", "SONY", "Sony SONY"),
        ("Apple", "iPhone 12", "Apple iPhone 12"),
        (None, "X100", "X100"),
        ("Nokia", None, "Nokia"),
    ],
)
def test_camera_names(make: str | None, model: str | None, camera: str) -> None:
    assert Metadata(make=clean_make(make), model=clean_model(make, model)).camera == camera


def test_hostile_exif_ends_soon(tmp_path: Path) -> None:
    """65,535 tags that each point to the whole block; boxes and segments that never end."""
    tags = [(0x010E, 2, 60_000, b"x" * 5)] * 5000
    block = tiff(tags)
    segment = b"Exif\0\0" + block
    (tmp_path / "a.jpg").write_bytes(b"\xff\xd8\xff\xe1\xff\xff" + segment[:65533] + b"\xff\xd9")
    (tmp_path / "b.jpg").write_bytes(b"\xff\xd8" + b"\xff\xe0\0\0" * 200_000)
    (tmp_path / "c.tif").write_bytes(block + bytes(60_000))
    (tmp_path / "d.heic").write_bytes(
        box(b"ftyp", b"heic\0\0\0\0heic") + b"\0\0\0\1free" + bytes(99)
    )
    (tmp_path / "e.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(12) * 200_000)
    for path in tmp_path.iterdir():
        assert read_metadata(path).problem or path.name == "a.jpg"


def test_every_odd_file(shared_data: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    cameras = 0
    for path in sorted((shared_data / "odd").rglob("*")):
        if path.is_file():
            found = read_metadata(path)
            cameras += found.camera is not None
            assert found.taken is None or found.taken.tzinfo is None
    assert cameras >= 24
    assert not caplog.records


def test_real_cameras(shared_data: Path) -> None:
    cameras = shared_data / "odd" / "cameras"
    nokia = read_metadata(cameras / "HMD_Nokia_8.3_5G.jpg")
    assert nokia.camera == "Nokia 8.3 5G"
    assert nokia.utc_offset == timedelta(hours=3)
    assert nokia.latitude == pytest.approx(60.146706, abs=1e-6)
    nikon = read_metadata(cameras / "DSCN0021.jpg")
    assert nikon.taken is not None
    assert (nikon.camera, nikon.iso, nikon.f_number) == ("Nikon COOLPIX P6000", 64, 4.7)
    assert (nikon.taken.year, nikon.focal_35_mm) == (2008, 77.0)


def test_every_cut_of_a_photo(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    quarters((8, 8)).save(path, exif=exif(), xmp=rated(3))
    data = path.read_bytes()
    for length in range(0, len(data), 23):
        path.write_bytes(data[:length])
        read_photo_file(path)
