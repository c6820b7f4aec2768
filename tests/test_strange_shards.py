"""Shards, lists and plans that strangers made: a row with a reason or a sentence, and no harm."""

from __future__ import annotations

import importlib.util
import io
import json
import os
import shutil
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.scored_rows import PHOTOS, mixed_folder, rows_of, score

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("pyarrow") is None, reason="the extra cluster is not installed"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return mixed_folder(tmp_path_factory.mktemp("source"))


def _shard(path: Path, name: str = "a.jpg", **more: str) -> Path:
    """A tar file of one photo; `more` stands in its extended header."""
    data = PHOTOS[0].read_bytes()
    with tarfile.open(path, "w", format=tarfile.PAX_FORMAT) as file:
        member = tarfile.TarInfo(name)
        member.size, member.pax_headers = len(data), more
        file.addfile(member, io.BytesIO(data))
    return path


def _of_holes(path: Path, size: int) -> Path:
    """A tar file of a kilobyte whose member claims so many zeros, as GNU tar writes them."""
    head = bytearray(512)
    head[:5], head[156:157], head[257:265] = b"z.jpg", b"S", b"ustar  \0"
    for start, end in ((100, 108), (108, 116), (116, 124), (124, 136), (136, 148), (386, 398)):
        head[start:end] = b"0" * (end - start - 1) + b"\0"
    head[398:410] = b"0" * 11 + b"\0"
    head[483:495] = b"\x80" + size.to_bytes(11, "big")
    head[148:156] = b" " * 8
    head[148:156] = b"%06o\0 " % sum(head)
    path.write_bytes(bytes(head) + bytes(1024))
    return path


def _endless(path: Path, name: bytes) -> Path:
    """A tar file whose member claims an exabyte that is not there."""
    head = bytearray(tarfile.TarInfo(name.decode()).tobuf(tarfile.GNU_FORMAT))
    head[124:136] = b"\x80" + (1 << 60).to_bytes(11, "big")
    head[148:156] = b" " * 8
    head[148:156] = b"%06o\0 " % sum(head)
    path.write_bytes(bytes(head) + bytes(1024))
    return path


def _parquet(path: Path, kind: str) -> Path:
    import pyarrow
    from pyarrow import parquet

    image, data = str(PHOTOS[0]), PHOTOS[0].read_bytes()
    if kind == "paths":  # that somebody else chose
        columns = {"image": pyarrow.array([{"bytes": image}])}
    else:
        raw = pyarrow.array([b"\xff\xfe"]).view(pyarrow.string())
        columns = {"image": pyarrow.array([data]), "key": raw}
    parquet.write_table(pyarrow.table(columns), path)
    return path


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda f: _shard(f / "a.tar", **{"GNU.sparse.map": "0,x", "GNU.sparse.size": "9"}), "x"),
        (lambda f: _of_holes(f / "a.tar", 2 << 40), "larger than 1 GiB"),
        (lambda f: _endless(f / "a.tar", b"a.jpg"), "larger than 1 GiB"),
        (lambda f: _endless(f / "a.tar", b"a.txt"), "cannot be read on"),
        (lambda f: _parquet(f / "a.parquet", "paths"), "no column of images"),
        (lambda f: _parquet(f / "a.parquet", "no letters"), "cannot be read on"),
    ],
)
def test_a_strangers_shard_has_a_row_with_a_reason(
    make: Callable[[Path], Path], reason: str, tmp_path: Path
) -> None:
    assert score(make(tmp_path), tmp_path / "out") == 0
    found = rows_of(tmp_path / "out")
    assert [stars for _, stars, _ in found] == [None] * len(found)
    assert any(reason in str(problem) for *_, problem in found), found


def test_rows_behind_an_image_that_is_too_large_are_in_order(tmp_path: Path) -> None:
    first = _of_holes(tmp_path / "a.tar", 2 << 40).read_bytes()[:512]
    (tmp_path / "a.tar").write_bytes(first + _shard(tmp_path / "b.tar").read_bytes())
    assert score(tmp_path / "a.tar", tmp_path / "out") == 0
    found = [(key, stars is None) for key, stars, _ in rows_of(tmp_path / "out")]
    assert found == [("a.tar/z.jpg", True), ("a.tar/a.jpg", False)]


@pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes")
def test_names_that_are_no_letters_have_rows(tmp_path: Path) -> None:
    name = os.fsdecode(b"\xff.jpg")
    (tmp_path / "in").mkdir()
    shutil.copy(PHOTOS[0], tmp_path / "in" / name)
    (tmp_path / "list.csv").write_bytes(b"path\nin/\xff.jpg\n")
    sources = (tmp_path / "in", tmp_path / "list.csv", _shard(tmp_path / "a.tar", name))
    for number, source in enumerate(sources):
        assert score(source, tmp_path / f"out{number}") == 0
        [(key, stars, problem)] = rows_of(tmp_path / f"out{number}")
        assert key.endswith("\\udcff.jpg")
        assert stars is not None, problem


def test_photos_beside_shards_and_beside_earlier_rows_are_scored(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    shutil.copy(PHOTOS[0], source / "photo.jpg")
    assert score(source, source / "rows") == 0
    _shard(source / "more.tar")
    assert score(source, tmp_path / "out") == 0
    assert [key for key, *_ in rows_of(tmp_path / "out")] == ["more.tar/a.jpg", "photo.jpg"]


@pytest.mark.skipif(os.name != "posix", reason="links and pipes of POSIX")
@pytest.mark.parametrize("kind", ["dangling", "pipe", "folder"])
def test_what_is_no_file_in_the_place_of_rows_is_told(
    kind: str, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert score(folder / "0", out) == 0
    rows = out / "part-000000.parquet"
    rows.unlink()
    if kind == "dangling":
        rows.symlink_to(tmp_path / "nowhere")
    else:
        os.mkfifo(rows) if kind == "pipe" else rows.mkdir()
    assert score(folder / "0", out) == 1
    assert "is in the way" in capsys.readouterr().err
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.skipif(os.name != "posix", reason="links and pipes of POSIX")
def test_a_list_that_is_no_file_is_not_waited_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    os.mkfifo(tmp_path / "list.csv")
    (tmp_path / "endless.csv").symlink_to("/dev/zero")
    for name in ("list.csv", "endless.csv"):
        assert score(tmp_path / name, tmp_path / "out") == 1
        assert "it is not a file" in capsys.readouterr().err
    (tmp_path / "zeros.csv").write_bytes(b"path\na\0b.jpg\n")
    assert score(tmp_path / "zeros.csv", tmp_path / "out") == 1
    assert "zeros.csv" in capsys.readouterr().err


@pytest.mark.parametrize(
    "change",
    [{"parts": [{"kind": "paths", "where": "/", "names": [1]}]}, {"parts": 3}, {"parts": [3]}],
)
def test_a_plan_that_is_none_is_refused(
    change: dict[str, object], folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert score(folder / "0", out) == 0
    plan = out / "plan.json"
    said = plan.read_text()
    for text in (json.dumps(json.loads(said) | change), "[" * 100_000, '{"parts": [], ' + said[1:]):
        plan.write_text(text)
        assert score(folder / "0", out) == 1
        assert "is damaged: take another folder" in capsys.readouterr().err
