"""Dates in every spelling that cameras and phones have been seen to write, and from elsewhere."""

import struct
from datetime import datetime
from pathlib import Path

import pytest
from PIL import Image

from photoaes.album.metadata.dates import day, name_date, stamp
from photoaes.album.metadata.iptc import Iptc, read_iptc
from photoaes.album.metadata.photo_file import read_metadata
from photoaes.album.metadata.xmp_date import xmp_date
from tests.album.pictures import scene, with_xmp
from tests.album.xmp_files import packet

AFTERNOON = datetime(2024, 5, 1, 15, 0, 0)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2024:05:01 15:00:00", AFTERNOON),
        ("2024-05-01T15:00:00.25+02:00", AFTERNOON),
        ("2024/05/01 15:00", AFTERNOON),
        ("2024.05.01 15:00:00Z", AFTERNOON),
        ("2024:05:01:15:00:00", AFTERNOON),
        ("2024:5:1 15:0:0", AFTERNOON),
        ("2024:05:01 03:00:00 PM", AFTERNOON),
        ("2024:05:01 03:00:00 p.m.", AFTERNOON),
        ("2024:05:01 PM 03:00:00", AFTERNOON),
        ("2024:05:01 오후 03:00:00", AFTERNOON),
        ("2024:05:01 下午03:00:00", AFTERNOON),
        ("2024:05:01 午後 3:00:00", AFTERNOON),
        ("2024:05:01 \xbf\xc0\xc8\xc4 3:00:00", AFTERNOON),  # Korean, read as Latin-1
        ("٢٠٢٤:٠٥:٠١ ١٥:٠٠:٠٠", AFTERNOON),
        ("2567:05:01 15:00:00", AFTERNOON),  # the Thai calendar
        ("2024:05:01 12:00:00 AM", datetime(2024, 5, 1)),
        ("2024:05:01 12:00:00 PM", datetime(2024, 5, 1, 12)),
        ("2024:05:01 오전 12:00:00", datetime(2024, 5, 1)),
        ("2024:05:01 15:00:00 PM", AFTERNOON),  # both at once
        ("2015:08:22 24:08:19", datetime(2015, 8, 22, 0, 8, 19)),
        ("2024:05:01 10:00:60", datetime(2024, 5, 1, 10, 1)),
        ("2024:12:31 23:59:60", datetime(2025, 1, 1)),
        ("2024:05:01", None),
        ("0000:00:00 00:00:00", None),
        ("2024:05:01 10:60:00", None),
        ("2024:05:01 24:00:61", None),
        ("9999:05:01 10:00:00", None),
        ("", None),
    ],
)
def test_spellings(written: str, expected: datetime | None) -> None:
    assert stamp(written) == expected


def test_days() -> None:
    assert day("2024-05-01") == day("2024:05:01") == datetime(2024, 5, 1)
    assert day("2024:05:01 10:00:00") is None
    assert day("2024:13:01") is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("IMG_20230514_101010.jpg", (datetime(2023, 5, 14, 10, 10, 10), True)),
        ("IMG_20230514.jpg", (datetime(2023, 5, 14), False)),
        ("IMG-20230514-WA0007.jpg", (datetime(2023, 5, 14), False)),
        ("IMG-20230514-WA1010 (1).jpg", (datetime(2023, 5, 14), False)),
        ("20230514_101010.jpg", (datetime(2023, 5, 14, 10, 10, 10), True)),
        ("IMG_20230514_101010123.jpg", (datetime(2023, 5, 14, 10, 10, 10), True)),
        ("IMG_20230514_101010_BURST001.jpg", (datetime(2023, 5, 14, 10, 10, 10), True)),
        ("Screenshot_2023-05-14-10-10-10-99.png", (datetime(2023, 5, 14, 10, 10, 10), True)),
        ("signal-2023-05-14-101010.jpeg", (datetime(2023, 5, 14, 10, 10, 10), True)),
        ("2023-05-14 10.10.10.jpg", (datetime(2023, 5, 14, 10, 10, 10), True)),
        ("WhatsApp Image 2023-05-14 at 10.10.10.jpeg", (datetime(2023, 5, 14, 10, 10, 10), True)),
        ("photo_2023-05-14_10-10-10.jpg", (datetime(2023, 5, 14, 10, 10, 10), True)),
        ("Screenshot 2023-05-14 at 10.10.10 PM.png", (datetime(2023, 5, 14, 22, 10, 10), True)),
        ("Screenshot 2023-05-14 at 1.10.10\u202fPM.png", (datetime(2023, 5, 14, 13, 10, 10), True)),
        ("Screenshot 2023-05-14 at 12.10.10 AM.png", (datetime(2023, 5, 14, 0, 10, 10), True)),
        ("Screenshot 2023-05-14 at 10.10.10 PMs.png", (datetime(2023, 5, 14, 10, 10, 10), True)),
        ("Schermata 2023-05-14 alle 10.10.10.png", (datetime(2023, 5, 14, 10, 10, 10), True)),
        ("Captura 2023-05-14 a las 10.10.10.png", (datetime(2023, 5, 14, 10, 10, 10), True)),
        ("Capture 2023-05-14 a\u0300 10.10.10.png", (datetime(2023, 5, 14, 10, 10, 10), True)),
        ("截屏2023-05-14 下午10.10.10.png", (datetime(2023, 5, 14, 22, 10, 10), True)),
        ("WhatsApp_Image_2023-05-14_at_22.10.10.jpeg", (datetime(2023, 5, 14, 22, 10, 10), True)),
        ("WhatsApp Image 2023-05-14 at 9.10.10 PM.jpeg", (datetime(2023, 5, 14, 21, 10, 10), True)),
        ("Foto 2023-05-14 10 10 10.jpg", (datetime(2023, 5, 14, 10, 10, 10), True)),
        ("DJI_20230514101010_0001_D.JPG", (datetime(2023, 5, 14, 10, 10, 10), True)),
        ("20230514_7.jpg", (datetime(2023, 5, 14), False)),
        ("2023-05-14 7.jpg", (datetime(2023, 5, 14), False)),
        ("DSC_0042.jpg", None),
        ("IMG_12345678.jpg", None),
        ("P1020304.JPG", None),
        ("1684051810000.jpg", None),
        ("20231399.jpg", None),
    ],
)
def test_names(name: str, expected: tuple[datetime, bool] | None) -> None:
    assert name_date(name) == expected


def test_pixels_are_named_by_the_clock_of_greenwich(monkeypatch: pytest.MonkeyPatch) -> None:
    found = name_date("PXL_20231118_101010123.MP.jpg")
    there = datetime.fromisoformat("2023-11-18T10:10:10+00:00").astimezone()
    assert found == (there.replace(tzinfo=None), True)


def iptc(*datasets: tuple[int, bytes]) -> bytes:
    data = b"".join(struct.pack(">BBBH", 0x1C, 2, n, len(one)) + one for n, one in datasets)
    resource = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(data)) + data + b"\0" * (len(data) % 2)
    return b"Photoshop 3.0\x008BIM\x03\xed\0\0\0\0\0\x02ab" + resource


def test_dates_of_xmp_under_any_prefix() -> None:
    uri = "http://ns.adobe.com/exif/1.0/"
    said = packet(f' xmlns:e="{uri}" e:DateTimeOriginal="2024-05-01T15:00:00.25+02:00"')
    assert xmp_date(said) == (AFTERNOON, True)
    both = packet(
        f' xmlns:exif="https://other/" xmlns:a="{uri}" exif:DateTimeOriginal="2020-01-01T10:00:00"'
        ' a:DateTimeOriginal="2024-05-01T15:00:00"'
    )
    assert xmp_date(both) == (AFTERNOON, True)
    assert xmp_date(packet(' xmp:CreateDate="2024-05-01"')) == (datetime(2024, 5, 1), False)


def test_iptc() -> None:
    assert read_iptc(iptc((10, b"3"), (55, b"20240501"), (60, b"150000+0200"))) == Iptc(
        3, AFTERNOON, True
    )
    assert read_iptc(iptc((55, b"20240501"))) == Iptc(None, datetime(2024, 5, 1), False)
    assert read_iptc(iptc((10, b"9"), (55, b"00000000"))) == Iptc()
    for data in (
        b"",
        b"Photoshop 3.0\0",
        b"Photoshop 3.0\x008BIM",
        b"\x1c\x02",
        b"\x1c\x02\x37\xff",
    ):
        assert read_iptc(data) == Iptc()


def test_where_exif_has_none(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    scene(1).save(path)
    assert read_metadata(path).taken is None
    exif = Image.Exif()
    exif[0x0132] = "2026:01:01 00:00:00"
    scene(1).save(path, exif=exif)
    assert read_metadata(path).dated_by == "changed"
    body = iptc((55, b"20240501"), (60, b"150000"))
    data = path.read_bytes()
    segment = b"\xff\xed" + struct.pack(">H", len(body) + 2) + body
    path.write_bytes(data[:2] + segment + data[2:])
    assert (read_metadata(path).taken, read_metadata(path).dated_by) == (AFTERNOON, "iptc")
    with_xmp(
        path,
        packet(' xmlns:photoshop="p" photoshop:DateCreated="2024-05-01"'),
    )
    found = read_metadata(path)
    assert (found.taken, found.dated_by) == (datetime(2024, 5, 1), "xmp day")
    with_xmp(
        path, packet(inside="<exif:DateTimeOriginal>2024-05-01T15:00:00</exif:DateTimeOriginal>")
    )
    found = read_metadata(path)
    assert (found.taken, found.dated_by) == (AFTERNOON, "xmp")
    exif.get_ifd(0x8769)[0x9003] = "2015:08:22 24:08:19"
    scene(1).save(path, exif=exif)
    assert read_metadata(path).dated_by is None
