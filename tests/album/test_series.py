"""Panoramas and brackets, by what cameras, phones and stitching programs write in their files."""

from __future__ import annotations

import io
import struct
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image

from photoaes.album.metadata.photo_file import read_metadata
from photoaes.album.store.opening import open_store
from photoaes.album.store.scores import load_columns
from photoaes.jobs.open_album import open_album
from photoaes.jobs.read_album import read_album
from photoaes.running import finished
from tests.album.pictures import START, scene, with_xmp
from tests.album.xmp_files import packet

SHORT, LONG, ASCII, UNDEFINED = 3, 4, 2, 7
NOTE_AT = 256
GPANO = 'xmlns:GPano="http://ns.google.com/photos/1.0/panorama/" GPano:'

Entry = tuple[int, int, bytes]  # tag, type, value


def shorts(*numbers: int, order: str = "<") -> bytes:
    return struct.pack(f"{order}{len(numbers)}H", *numbers)


def directory(entries: Sequence[Entry], at: int, order: str = "<") -> bytes:
    """A TIFF directory that lies at `at`, its values behind it."""
    size = {SHORT: 2, LONG: 4}
    table, data = struct.pack(order + "H", len(entries)), b""
    behind = at + 2 + 12 * len(entries) + 4
    for tag, kind, value in entries:
        table += struct.pack(order + "HHI", tag, kind, len(value) // size.get(kind, 1))
        if len(value) <= 4:
            table += value.ljust(4, b"\0")
        else:
            table += struct.pack(order + "I", behind + len(data))
            data += value
    return table + bytes(4) + data


def exif(make: str, note: bytes, number: int = 0, order: str = "<") -> bytes:
    taken = (START + timedelta(seconds=number)).strftime("%Y:%m:%d %H:%M:%S\0").encode()
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8)
    first = directory(
        [(0x010F, ASCII, make.encode() + b"\0"), (0x8769, LONG, struct.pack(order + "I", 100))],
        8,
        order,
    )
    second = directory([(0x9003, ASCII, taken), (0x927C, UNDEFINED, note)], 100, order)
    # The note last, at a place that is known: directories of notes point into the whole block.
    second = second.replace(note, b"").replace(
        struct.pack(order + "HHII", 0x927C, UNDEFINED, len(note), 100 + 30 + len(taken)),
        struct.pack(order + "HHII", 0x927C, UNDEFINED, len(note), NOTE_AT),
    )
    block = (head + first).ljust(100, b"\0") + second
    return b"Exif\0\0" + block.ljust(NOTE_AT, b"\0") + note


def canon(tag: int, place: int, value: int) -> bytes:
    numbers = [0] * 20
    numbers[place] = value
    return directory([(0x0006, ASCII, b"IMG:x"), (tag, SHORT, shorts(*numbers))], NOTE_AT)


def headed(head: bytes, tag: int, kind: int, value: bytes, origin: int, order: str = "<") -> bytes:
    return head + directory([(tag, kind, value)], origin + len(head), order)


def nikon(value: int) -> bytes:
    own = b"MM\0*" + struct.pack(">I", 8)
    table = directory([(0x0089, SHORT, shorts(value, order=">"))], 8, ">")
    return b"Nikon\0\2\x10\0\0" + own + table


def fuji(tag: int, value: int) -> bytes:
    return headed(b"FUJIFILM" + struct.pack("<I", 12), tag, SHORT, shorts(value), 0)


def olympus(mode: int) -> bytes:
    value = struct.pack("<III", mode, 1, 1)
    return headed(b"OLYMPUS\0II\3\0", 0x0200, LONG, value, 0)


NOTES = {
    "Canon stitch assist": ("Canon", canon(0x0005, 5, 1)),
    "Canon exposure bracket": ("Canon", canon(0x0004, 16, 0xFFFF)),
    "Canon focus bracket": ("Canon", canon(0x0093, 3, 2)),
    "Nikon white balance bracket": ("NIKON CORPORATION", nikon(0x41)),
    "Sony sweep panorama": (
        "SONY",
        headed(b"SONY DSC \0\0\0", 0x1003, LONG, struct.pack("<4I", 0, 4912, 1080, 1), NOTE_AT),
    ),
    "Sony scene mode": ("SONY", headed(b"SONY DSC \0\0\0", 0xB023, LONG, b"\x12\0\0\0", NOTE_AT)),
    "Olympus panorama": ("OLYMPUS IMAGING CORP.", olympus(3)),
    "Olympus, older": (
        "OLYMPUS OPTICAL CO.,LTD",
        headed(b"OLYMP\0\1\0", 0x0200, LONG, struct.pack("<III", 3, 2, 1), NOTE_AT),
    ),
    "Fujifilm panorama": ("FUJIFILM", fuji(0x1154, 1)),
    "Fujifilm bracket": ("FUJIFILM", fuji(0x1100, 1)),
    "Panasonic panorama assist": (
        "Panasonic",
        headed(b"Panasonic\0\0\0", 0x001F, SHORT, shorts(28), NOTE_AT),
    ),
    "Casio panorama": ("CASIO", directory([(0x0001, SHORT, shorts(2))], NOTE_AT)),
}
OTHERS = {
    "Canon single": ("Canon", canon(0x0004, 16, 0)),
    "Nikon continuous": ("NIKON CORPORATION", nikon(0x01)),
    "Sony without panorama": (
        "SONY",
        headed(b"SONY DSC \0\0\0", 0x1003, LONG, bytes(16), NOTE_AT),
    ),
    "Olympus normal": ("OLYMPUS IMAGING CORP.", olympus(0)),
    "Fujifilm without": ("FUJIFILM", fuji(0x1100, 0)),
    "another maker": ("Kodak", canon(0x0005, 5, 1)),
    "a note cut short": ("Canon", b"\x09\0\5\0\3"),
    "a note of nonsense": ("Canon", b"\xff" * 60),
}


def saved(path: Path, block: bytes, number: int = 0) -> Path:
    """Frames of one scene, a little brighter each: a burst, if nothing says otherwise."""
    image = scene(1, (300, 200)).point(lambda grey: min(255, grey + 4 * number))
    image.save(path, exif=block)
    return path


@pytest.mark.parametrize("name", NOTES)
def test_what_cameras_note(tmp_path: Path, name: str) -> None:
    make, note = NOTES[name]
    metadata = read_metadata(saved(tmp_path / "a.jpg", exif(make, note)))
    assert metadata.taken == START
    assert metadata.is_series


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_none(tmp_path: Path, name: str) -> None:
    make, note = OTHERS[name]
    metadata = read_metadata(saved(tmp_path / "a.jpg", exif(make, note)))
    assert metadata.taken == START
    assert not metadata.is_series


def test_a_note_in_the_other_byte_order(tmp_path: Path) -> None:
    note = directory([(0x0005, SHORT, shorts(0, 0, 1, 0, 0, 2, order=">"))], NOTE_AT, ">")
    assert read_metadata(saved(tmp_path / "a.jpg", exif("Canon", note, order=">"))).is_series


@pytest.mark.parametrize(
    "said",
    ['ProjectionType="equirectangular"', 'UsePanoramaViewer="True"', 'FullPanoWidthPixels="9"'],
)
def test_google_says_so_in_xmp(tmp_path: Path, said: str) -> None:
    path = saved(tmp_path / "a.jpg", b"")
    assert not read_metadata(path).is_series
    with_xmp(path, packet(" " + GPANO + said))
    assert read_metadata(path).is_series


@pytest.mark.parametrize(
    ("tags", "is_series"),
    [
        ({0x0131: "Hugin 2023.0.0"}, True),
        ({0x0131: "PTGui Pro 12.8"}, True),
        ({0x0131: "Adobe Photoshop Lightroom"}, False),
        ({0x010F: "Apple", 0xA401: 6}, True),
        ({0x010F: "Apple", 0xA401: 8}, False),
        ({0x010F: "Canon", 0xA401: 6}, False),
    ],
)
def test_phones_and_stitchers_in_plain_exif(
    tmp_path: Path, tags: dict[int, object], is_series: bool
) -> None:
    block = Image.Exif()
    for tag, value in tags.items():
        if tag == 0xA401:
            block.get_ifd(0x8769)[tag] = value
        else:
            block[tag] = value
    path = saved(tmp_path / "a.jpg", block.tobytes())
    assert read_metadata(path).is_series == is_series


@pytest.mark.parametrize(("kind", "kept"), [("Canon stitch assist", 4), ("Canon focus bracket", 4)])
def test_nothing_of_a_series_is_left_out(tmp_path: Path, kind: str, kept: int) -> None:
    make, note = NOTES[kind]
    for folder, block in (("series", note), ("burst", OTHERS["Canon single"][1])):
        (tmp_path / folder).mkdir()
        for number in range(4):
            saved(tmp_path / folder / f"{number}.jpg", exif(make, block, number % 2), number)
        with open_store(None) as store:
            album = finished(open_album(store, tmp_path / folder))
            finished(read_album(store, album))
            columns = load_columns(store, album.photos, "bank", None)
        assert len(set(columns.group.tolist())) == 1
        assert columns.group[0] >= 0
        assert columns.best.sum() == (kept if folder == "series" else 1)


def test_real_notes_are_read(shared_data: Path) -> None:
    """None of them is a panorama; one is the first of a bracket."""
    cameras = shared_data / "odd" / "cameras"
    found = {path.name for path in cameras.rglob("*.jpg") if read_metadata(path).is_series}
    assert found <= {"11-tests.jpg"}


def test_broken_blocks_raise_nothing(tmp_path: Path) -> None:
    make, note = NOTES["Canon stitch assist"]
    whole = io.BytesIO()
    scene(1).save(whole, "JPEG", exif=exif(make, note))
    data = whole.getvalue()
    for at in range(20, 420):
        path = tmp_path / "a.jpg"
        path.write_bytes(data[:at] + b"\xff" + data[at + 1 :])
        read_metadata(path)
