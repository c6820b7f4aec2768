"""Metadata made to take time and memory: bounded for each file, and the rest goes on."""

from __future__ import annotations

import io
import os
import struct
import time
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from photoaes.album.metadata.photo_file import read_photo_file
from photoaes.album.sidecars.names import find_sidecars
from photoaes.album.sidecars.reading import read_marks
from photoaes.album.store.identity import evidence, fingerprint
from photoaes.errors import PhotoUnreadable
from photoaes.images import open_image, photo_size

SECONDS, BYTES = 2.5, 512 << 20  # 2 s, and what a busy computer adds
PNG = b"\x89PNG\r\n\x1a\n"


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


_HEAD = PNG + _chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0))


def _sparse_tiff(path: Path, kind: int, size: int) -> None:
    entry = struct.pack("<IHHHII", 8, 1, 0x010F, kind, 0xFFFFFFF0, 200)
    with path.open("wb") as file:
        file.write(b"II*\0" + entry + bytes(4))
        file.truncate(size)


def _many_directories(path: Path) -> None:
    data = bytearray(b"II*\0\x08\0\0\0")
    for _ in range(100_000):
        data += struct.pack("<HHHIII", 1, 0x0100, 4, 1, 1, len(data) + 18)
    path.write_bytes(data)


def _attributes(path: Path) -> None:
    many = b" ".join(b'a:b%d="1"' % number for number in range(600_000))
    packet = (
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
        b'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
        b'xmlns:a="a" ' + many + b"/></rdf:RDF></x:xmpmeta>"
    )
    path.write_bytes(b"\xff\xd8\xff\xd9")
    path.with_name(f"{path.name}.xmp").write_bytes(packet)


def _text_bomb(path: Path, kind: bytes, keyword: bytes, text: bytes) -> None:
    chunk = _chunk(kind, keyword + zlib.compress(text))
    path.write_bytes(_HEAD + chunk * 100 + _chunk(b"IEND", b""))


BOMBS: dict[str, Callable[[Path], object]] = {
    "text of 4 G.tif": lambda path: _sparse_tiff(path, 2, 6 << 30),
    "numbers of 4 G.tif": lambda path: _sparse_tiff(path, 4, 900 << 20),
    "bytes of 4 G.tif": lambda path: _sparse_tiff(path, 1, 900 << 20),
    "directories.tif": _many_directories,
    "padding.jpg": lambda path: path.write_bytes(b"\xff\xd8" + b"\xff" * (40 << 20) + b"\xd9"),
    "attributes.jpg": _attributes,
    "exif bomb.png": lambda path: _text_bomb(
        path, b"zTXt", b"Raw profile type exif\0\0", b"\nexif\n1\n" + b"00\n" * (10 << 20)
    ),
    "xmp bomb.png": lambda path: _text_bomb(
        path, b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0", b" " * (30 << 20)
    ),
    "chunks.png": lambda path: path.write_bytes(_HEAD + _chunk(b"tEXt", b"a\0b") * 300_000),
    "zeros.cr2": lambda path: path.write_bytes(bytes(10 << 20)),
    "layers.psd": lambda path: path.write_bytes(
        b"8BPS\0\1" + bytes(6) + struct.pack(">HIIHH", 3, 30_000, 30_000, 8, 3)
        + struct.pack(">III", 0, 0, 0xFFFFFFF0) + bytes(100)
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_metadata_take_bounded_time_and_memory(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    BOMBS[name](path)

    def size_of(path: Path) -> None:
        with pytest.raises(PhotoUnreadable):
            photo_size(path)

    def marks_of(path: Path) -> None:
        read_marks([path], find_sidecars([path]), {path: read_photo_file(path)}, [])

    for read in (marks_of, fingerprint, evidence):
        tracemalloc.start()
        begun = time.thread_time()
        read(path)
        seconds = time.thread_time() - begun
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert seconds < 3 * SECONDS, read  # counting memory slows all down
        assert peak < BYTES, read
    begun = time.thread_time()
    if name not in ("exif bomb.png", "xmp bomb.png", "directories.tif"):
        size_of(path)
    assert time.thread_time() - begun < SECONDS


def _jpeg() -> bytes:
    exif = Image.Exif()
    exif[0x010F], exif[0x0132] = "Nikon", "2024:05:06 07:08:09"
    file = io.BytesIO()
    Image.new("RGB", (16, 16), "red").save(file, "JPEG", exif=exif)
    return file.getvalue()


def _other(kind: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (16, 16), "red").save(file, kind)
    return file.getvalue()


SEEDS = [_jpeg(), *(_other(kind) for kind in ("PNG", "TIFF", "WEBP", "GIF", "BMP", "AVIF"))]


@settings(max_examples=int(os.environ.get("PHOTOAES_FUZZ", "60")))
@given(data=st.data())
def test_mutated_photos_are_read_or_named(tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from(SEEDS)))
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(content) - 1))
        length = data.draw(st.integers(0, 8))
        content[at : at + length] = data.draw(st.binary(max_size=8))
    path = tmp_path / data.draw(st.sampled_from(["a.jpg", "a.tif", "a.cr2", "a.heic", "a.png"]))
    path.write_bytes(content)
    read_photo_file(path)
    fingerprint(path)
    for opened in (photo_size, open_image):
        try:
            opened(path)
        except PhotoUnreadable as problem:
            assert problem.reason  # noqa: PT017
