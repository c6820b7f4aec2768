"""Files that are no photos, or no longer: each is refused with a reason, none is waited for."""

import io
import os
import random
import sys
import zlib
from pathlib import Path

import pytest
from PIL import Image

from photoaes.errors import PhotoUnreadable
from photoaes.images import open_image, photo_size
from photoaes.images.limits import MAX_PIXELS
from tests.photo_files import png_of_size, quarters, smooth


def reason(path: Path) -> str:
    with pytest.raises(PhotoUnreadable) as caught:
        open_image(path)
    assert caught.value.path == path
    return caught.value.reason


def outcome(path: Path) -> str:
    """The mode of the opened photo or the reason why not."""
    try:
        return open_image(path, max_edge=256).mode
    except PhotoUnreadable as error:
        return error.reason


@pytest.mark.parametrize("suffix", ["jpg", "png", "tif", "webp", "gif", "bmp", "avif", "jp2"])
def test_truncated(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"photo.{suffix}"
    smooth((200, 150)).save(path)
    whole = path.read_bytes()
    for part in (0.9, 0.5, 0.05):
        path.write_bytes(whole[: int(len(whole) * part)])
        assert "damaged" in reason(path)


def test_not_photos(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    assert reason(path) == "the file is no longer there"
    path.write_bytes(b"")
    assert reason(path) == "the file is empty"
    path.write_text("To whom it may concern")
    assert "not an image" in reason(path)
    path.write_bytes(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n")
    assert "not an image" in reason(path)
    assert "folder" in reason(tmp_path)
    assert reason(path / "inside.jpg") == "the file is no longer there"
    assert reason(Path("null\0.jpg")) == "no file can have this name"
    assert "File name too long" in reason(tmp_path / ("x" * 300))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "photo.jpg")
    assert "pipe" in reason(tmp_path / "photo.jpg")
    (tmp_path / "loop.jpg").symlink_to(tmp_path / "loop.jpg")
    assert "link" in reason(tmp_path / "loop.jpg")


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read every file"
)
def test_no_permission(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    quarters().save(path)
    path.chmod(0)
    assert "permission" in reason(path)


def test_bombs(tmp_path: Path) -> None:
    path = tmp_path / "bomb.png"
    path.write_bytes(png_of_size(1_000_000, 1_000_000))
    assert "1000000 x 1000000" in reason(path)
    path.write_bytes(png_of_size(MAX_PIXELS // 1000, 1000))
    assert "512 megapixels" in reason(path)
    path.write_bytes(png_of_size(1000, 1000))
    assert "damaged" in reason(path)


@pytest.mark.parametrize("kind", [b"tEXt", b"zzZz", b"IDAT"])
def test_a_png_of_endless_chunks_behind_its_pixels(tmp_path: Path, kind: bytes) -> None:
    path = tmp_path / "slow.png"
    quarters().save(path)
    whole = path.read_bytes()
    end = whole.rindex(b"IEND") - 4
    chunk = bytes(4) + kind + zlib.crc32(kind).to_bytes(4, "big")
    path.write_bytes(whole[:end] + chunk * 100 + whole[end:])
    assert open_image(path).size == quarters().size
    path.write_bytes(whole[:end] + chunk * 1_000_000 + whole[end:])
    assert "damaged" in reason(path)


def test_jpeg_of_endless_scans(tmp_path: Path) -> None:
    path = tmp_path / "slow.jpg"
    smooth((3000, 2000)).save(path, progressive=True)
    assert open_image(path, min_edge=256).size == (750, 500)
    whole = path.read_bytes()
    last = whole.rindex(b"\xff\xda")
    path.write_bytes(whole[:last] + whole[last:-2] * 700 + b"\xff\xd9")
    assert "minutes" in reason(path)


def test_noise_in_the_middle_is_opened_or_refused(tmp_path: Path) -> None:
    chance = random.Random(5)
    for suffix in ("jpg", "png", "tif", "webp", "gif", "bmp", "avif", "jp2", "ppm"):
        path = tmp_path / f"photo.{suffix}"
        quarters().save(path)
        whole = path.read_bytes()
        for _ in range(60):
            broken = bytearray(whole)
            for _ in range(4):
                broken[chance.randrange(2, len(broken))] = chance.randrange(256)
            path.write_bytes(broken)
            assert outcome(path)


@pytest.mark.parametrize(("extra", "module"), [("heic", "pi_heif"), ("raw", "rawpy")])
def test_missing_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, extra: str, module: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    heic, raw = tmp_path / "photo.heic", tmp_path / "photo.nef"
    heic.write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic")
    raw.write_bytes(b"II*\0" + bytes(60))
    assert f'pip install "photoaes[{extra}]"' in reason(heic if extra == "heic" else raw)


def test_damaged_raw(tmp_path: Path) -> None:
    pytest.importorskip("rawpy")
    (tmp_path / "photo.cr2").write_bytes(b"II*\0\x10\0\0\0CR\2\0" + bytes(500))
    assert "RAW" in reason(tmp_path / "photo.cr2")


def test_odd_files_are_opened_or_refused(shared_data: Path) -> None:
    """Each of the 434 files opens or says why not: nothing else is raised, nothing warns."""
    pytest.importorskip("pi_heif")
    opened: dict[str, int] = {}
    for path in sorted((shared_data / "odd").rglob("*")):
        if path.is_file() and outcome(path) == "RGB":
            opened[path.parent.name] = opened.get(path.parent.name, 0) + 1
    assert opened["cameras"] == 36
    assert opened["orientation"] == 18
    assert opened["heic"] >= 12
    assert opened["formats"] >= 125


@pytest.mark.parametrize(("text", "bent"), [(b"rdf+xml", b"rdf\x81xml"), (b"mime", b"m\xffme")])
def test_a_heif_with_texts_that_are_none_does_not_end_the_process(
    tmp_path: Path, text: bytes, bent: bytes
) -> None:
    """pi_heif falls over them, and the whole process with it."""
    pytest.importorskip("pi_heif")
    made = io.BytesIO()
    Image.new("RGB", (64, 48), (200, 40, 40)).save(made, "AVIF", xmp=b"<x:xmpmeta/>")
    heif = made.getvalue().replace(b"ftypavif", b"ftypheic").replace(b"avifmif1", b"heicmif1")
    path = tmp_path / "photo.heic"
    path.write_bytes(heif)
    assert photo_size(path) == (64, 48)
    assert heif.count(text) == 1
    path.write_bytes(heif.replace(text, bent))
    assert "damaged" in reason(path)
    long = (1).to_bytes(4, "big") + b"free" + (16).to_bytes(8, "big")  # a box of 64 bits before it
    path.write_bytes(heif[:32] + long + heif[32:].replace(text, bent))
    assert reason(path)
