"""Very many images: every row once, whatever breaks, and the same from every engine."""

from __future__ import annotations

import importlib.util
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import photoaes
from photoaes.cli import main
from photoaes.settings import sample_album_folder
from tests.patience import PATIENCE_S

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("pyarrow") is None, reason="the extra cluster is not installed"
)
needs_ray = pytest.mark.skipif(
    importlib.util.find_spec("ray") is None, reason="the extra cluster is not installed"
)
PHOTOS = sorted(sample_album_folder().rglob("*.JPG"))[:12]
Rows = list[tuple[str, float | None, str | None]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve photos, one broken file and one that is no photo, in two folders."""
    folder = tmp_path_factory.mktemp("source")
    for number, photo in enumerate(PHOTOS):
        inner = folder / f"{number % 2}"
        inner.mkdir(exist_ok=True)
        (inner / photo.name).write_bytes(photo.read_bytes())
    (folder / "0" / "broken.jpg").write_bytes(PHOTOS[0].read_bytes()[:3000])
    (folder / "notes.txt").write_text("no photo")
    return folder


def _score(source: Path, out: Path, *options: str) -> int:
    return main(["score", str(source), "--out", str(out), "--quiet", "--device", "cpu", *options])


def _rows(out: Path) -> Rows:
    """Of all parts, in the order of the parts."""
    from pyarrow import parquet

    files = sorted(out.glob("*.parquet"))
    tables = [parquet.read_table(file) for file in files]
    return [
        (row["key"], row["stars"], row["problem"]) for table in tables for row in table.to_pylist()
    ]


def _same(found: Rows, wanted: Rows) -> None:
    assert [row[::2] for row in found] == [row[::2] for row in wanted]
    stars = [np.nan if row[1] is None else row[1] for row in found]
    others = [np.nan if row[1] is None else row[1] for row in wanted]
    assert stars == pytest.approx(others, abs=1e-4, nan_ok=True)


@pytest.fixture(scope="module")
def plain(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Rows:
    out = tmp_path_factory.mktemp("plain") / "out"
    assert _score(folder, out) == 0
    return _rows(out)


def test_every_image_has_one_row_with_stars_or_a_reason(folder: Path, plain: Rows) -> None:
    keys = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*.[jJ]*"))
    assert [row[0] for row in plain] == keys
    found = photoaes.score([folder / key for key in keys], photoaes.open_bank(device="cpu"))
    for (key, stars, problem), wanted in zip(plain, found.stars.tolist(), strict=True):
        if key == "0/broken.jpg":
            assert stars is None
            assert problem is not None
            assert "broken.jpg" in problem
        else:
            assert stars == pytest.approx(wanted, abs=1e-4)
            assert problem is None


def test_what_is_written_tells_by_which_bank(folder: Path, tmp_path: Path) -> None:
    from pyarrow import parquet

    assert _score(folder, tmp_path / "out", "--part", "20") == 0
    said = parquet.read_schema(tmp_path / "out/part-000000.parquet").metadata
    assert said[b"bank_digest"].decode() == photoaes.open_bank().digest
    assert said[b"profile_sha256"] == b""


def test_half_precision_is_near_and_its_rows_say_so(
    folder: Path, plain: Rows, tmp_path: Path
) -> None:
    from pyarrow import parquet

    assert _score(folder, tmp_path / "out", "--half") == 0
    for (key, stars, problem), (wanted_key, wanted, reason) in zip(
        _rows(tmp_path / "out"), plain, strict=True
    ):
        assert (key, problem) == (wanted_key, reason)
        assert stars == pytest.approx(wanted, abs=0.15)
    said = parquet.read_schema(tmp_path / "out/part-000000.parquet").metadata
    assert said[b"precision"] == b"half"
    _score(folder, tmp_path / "full")
    said = parquet.read_schema(tmp_path / "full/part-000000.parquet").metadata
    assert said[b"precision"] == b"full"


def test_a_plan_of_before_there_was_half_precision_goes_on(
    folder: Path, plain: Rows, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert _score(folder, out, "--part", "7") == 0
    plan = json.loads((out / "plan.json").read_bytes())
    del plan["half"]
    (out / "plan.json").write_text(json.dumps(plan))
    (out / "part-000001.parquet").unlink()
    assert _score(folder, out, "--part", "7") == 0
    _same(_rows(out), plain)


def test_parts_and_processes_change_no_row(folder: Path, plain: Rows, tmp_path: Path) -> None:
    assert _score(folder, tmp_path / "out", "--part", "5", "--workers", "2") == 0
    assert len(list((tmp_path / "out").glob("*.parquet"))) == 3
    _same(_rows(tmp_path / "out"), plain)


def test_a_csv_tar_shards_and_parquet_give_the_same_stars(
    folder: Path, plain: Rows, tmp_path: Path
) -> None:
    import pyarrow
    from pyarrow import parquet

    keys = [row[0] for row in plain]
    (tmp_path / "list.csv").write_text("path\n" + "\n".join(str(folder / key) for key in keys))
    with tarfile.open(tmp_path / "shard.tar", "w") as shard:
        for key in keys:
            shard.add(folder / key, key)
            text = tarfile.TarInfo(f"{key}.json")
            shard.addfile(text, io.BytesIO())
    data = [(folder / key).read_bytes() for key in keys]
    parquet.write_table(pyarrow.table({"key": keys, "image": data}), tmp_path / "rows.parquet")
    nested = pyarrow.table({"image": [{"bytes": one, "path": "x"} for one in data]})
    parquet.write_table(nested, tmp_path / "nested.parquet")
    for source in ("list.csv", "shard.tar", "rows.parquet", "nested.parquet"):
        out = tmp_path / f"out {source}"
        assert _score(tmp_path / source, out) == 0
        found = _rows(out)
        assert [stars for _, stars, _ in found] == pytest.approx(
            [stars for _, stars, _ in plain], abs=1e-4
        ), source
        assert [bool(row[2]) for row in found] == [bool(row[2]) for row in plain]


def test_a_shard_that_is_cut_short_has_its_rows_and_a_reason(folder: Path, tmp_path: Path) -> None:
    shards = tmp_path / "shards"
    shards.mkdir()
    with tarfile.open(shards / "a.tar", "w") as shard:
        for photo in sorted((folder / "1").iterdir()):
            shard.add(photo, photo.name)
    data = (shards / "a.tar").read_bytes()
    (shards / "a.tar").write_bytes(data[: len(data) // 2])
    (shards / "b.parquet").write_bytes(b"PAR1 no table")
    assert _score(shards, tmp_path / "out") == 0
    found = _rows(tmp_path / "out")
    assert 0 < sum(row[1] is not None for row in found) < 6
    reasons = {row[0]: row[2] for row in found if row[2]}
    assert "the shard cannot be read on" in str(reasons["a.tar"])
    assert "the shard cannot be read on" in str(reasons["b.parquet"])


def _command(source: Path, out: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "photoaes", "score", str(source), "--out", str(out),
            "--device", "cpu", "--part", "2", *options]  # fmt: skip


_KILLED = """
import os, signal, sys
from photoaes.__main__ import main
from photoaes.bulk import engines
score, left = engines.score_part, 2
def scored(*part):
    global left
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)
    left -= 1
    return score(*part)
engines.score_part = scored
main(sys.argv[1:])
"""


def _killed_amid(command: list[str], out: Path, parts: int) -> None:
    """The command, killed with all its processes once so many parts are there."""
    process = subprocess.Popen(command, start_new_session=True, stderr=subprocess.DEVNULL)
    end = time.monotonic() + PATIENCE_S
    while len(list(out.glob("*.parquet"))) < parts and process.poll() is None:
        assert time.monotonic() < end
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def test_begun_again_after_a_kill_it_goes_on_and_doubles_nothing(
    folder: Path, plain: Rows, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    command = _command(folder, out)
    killed = subprocess.run([sys.executable, "-c", _KILLED, *command[3:]], check=False)
    assert killed.returncode == -signal.SIGKILL
    first = {file: file.stat().st_mtime_ns for file in out.glob("*.parquet")}
    assert len(first) == 2
    new = folder / "0" / "later.jpg"  # the plan is of what was there when it began
    Image.new("RGB", (64, 48)).save(new)
    try:
        assert main(command[3:]) == 0
    finally:
        new.unlink()
    assert f"{len(first)} of 7 parts were scored before." in capsys.readouterr().err
    _same(_rows(out), plain)
    assert {file: file.stat().st_mtime_ns for file in first} == first
    assert sorted(p.name for p in out.iterdir() if p.name.startswith(".")) == []


@needs_ray
def test_ray_loses_and_doubles_nothing_when_a_worker_and_the_driver_are_killed(
    folder: Path, plain: Rows, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    command = _command(folder, out, "--engine", "ray", "--workers", "2")
    _killed_amid(command, out, 1)  # the driver
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    end = time.monotonic() + PATIENCE_S
    victim = None
    while victim is None and process.poll() is None and time.monotonic() < end:
        found = subprocess.run(
            ["pgrep", "-f", "ray::Worker"], capture_output=True, text=True, check=False
        ).stdout.split()
        ours = [pid for pid in map(int, found) if _session(pid) == process.pid]
        victim = ours[0] if ours else None
        time.sleep(0.05)
    if victim is not None:
        os.kill(victim, signal.SIGKILL)
    _, said = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 0, said
    _same(_rows(out), plain)


def _session(pid: int) -> int:
    """Of whose children it is: the nearest ancestor that is a photoaes, else 0."""
    while pid > 1:
        try:
            status = Path(f"/proc/{pid}/stat").read_text()
            words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except OSError:
            return 0
        if b"photoaes" in words:
            return pid
        pid = int(status.rpartition(")")[2].split()[1])
    return 0


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--part", "0"], "must be at least 1"),
        (["--bank", "none"], "There is no bank 'none'"),
        (["--profile", "/nowhere"], "nowhere"),
    ],
)
def test_what_cannot_be_is_told(
    options: list[str],
    sentence: str,
    folder: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert _score(folder, tmp_path / "out", *options) == 1
    assert sentence in capsys.readouterr().err


def test_a_folder_takes_no_scores_of_something_else(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _score(folder / "0", tmp_path / "out") == 0
    assert _score(folder / "1", tmp_path / "out") == 1
    assert "of another source, bank, profile or precision" in capsys.readouterr().err
    assert _score(folder / "0", tmp_path / "out", "--half") == 1
    assert "of another source, bank, profile or precision" in capsys.readouterr().err
    (tmp_path / "empty").mkdir()
    assert _score(tmp_path / "empty", tmp_path / "other") == 1
    assert "There are neither photos nor shards" in capsys.readouterr().err
    (tmp_path / "list.csv").write_text("name\na.jpg\n")
    assert _score(tmp_path / "list.csv", tmp_path / "third") == 1
    assert "has no column named path" in capsys.readouterr().err


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
    assert _score(make(tmp_path), tmp_path / "out") == 0
    found = _rows(tmp_path / "out")
    assert [stars for _, stars, _ in found] == [None] * len(found)
    assert any(reason in str(problem) for *_, problem in found), found


def test_rows_behind_an_image_that_is_too_large_are_in_order(tmp_path: Path) -> None:
    first = _of_holes(tmp_path / "a.tar", 2 << 40).read_bytes()[:512]
    (tmp_path / "a.tar").write_bytes(first + _shard(tmp_path / "b.tar").read_bytes())
    assert _score(tmp_path / "a.tar", tmp_path / "out") == 0
    found = [(key, stars is None) for key, stars, _ in _rows(tmp_path / "out")]
    assert found == [("a.tar/z.jpg", True), ("a.tar/a.jpg", False)]


@pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes")
def test_names_that_are_no_letters_have_rows(tmp_path: Path) -> None:
    name = os.fsdecode(b"\xff.jpg")
    (tmp_path / "in").mkdir()
    shutil.copy(PHOTOS[0], tmp_path / "in" / name)
    (tmp_path / "list.csv").write_bytes(b"path\nin/\xff.jpg\n")
    sources = (tmp_path / "in", tmp_path / "list.csv", _shard(tmp_path / "a.tar", name))
    for number, source in enumerate(sources):
        assert _score(source, tmp_path / f"out{number}") == 0
        [(key, stars, problem)] = _rows(tmp_path / f"out{number}")
        assert key.endswith("\\udcff.jpg")
        assert stars is not None, problem


def test_photos_beside_shards_and_beside_earlier_rows_are_scored(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    shutil.copy(PHOTOS[0], source / "photo.jpg")
    assert _score(source, source / "rows") == 0
    _shard(source / "more.tar")
    assert _score(source, tmp_path / "out") == 0
    assert [key for key, *_ in _rows(tmp_path / "out")] == ["more.tar/a.jpg", "photo.jpg"]


@pytest.mark.skipif(os.name != "posix", reason="links and pipes of POSIX")
@pytest.mark.parametrize("kind", ["dangling", "pipe", "folder"])
def test_what_is_no_file_in_the_place_of_rows_is_told(
    kind: str, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert _score(folder / "0", out) == 0
    rows = out / "part-000000.parquet"
    rows.unlink()
    if kind == "dangling":
        rows.symlink_to(tmp_path / "nowhere")
    else:
        os.mkfifo(rows) if kind == "pipe" else rows.mkdir()
    assert _score(folder / "0", out) == 1
    assert "is in the way" in capsys.readouterr().err
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.skipif(os.name != "posix", reason="links and pipes of POSIX")
def test_a_list_that_is_no_file_is_not_waited_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    os.mkfifo(tmp_path / "list.csv")
    (tmp_path / "endless.csv").symlink_to("/dev/zero")
    for name in ("list.csv", "endless.csv"):
        assert _score(tmp_path / name, tmp_path / "out") == 1
        assert "it is not a file" in capsys.readouterr().err
    (tmp_path / "zeros.csv").write_bytes(b"path\na\0b.jpg\n")
    assert _score(tmp_path / "zeros.csv", tmp_path / "out") == 1
    assert "zeros.csv" in capsys.readouterr().err


@pytest.mark.parametrize(
    "change",
    [{"parts": [{"kind": "paths", "where": "/", "names": [1]}]}, {"parts": 3}, {"parts": [3]}],
)
def test_a_plan_that_is_none_is_refused(
    change: dict[str, object], folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert _score(folder / "0", out) == 0
    plan = out / "plan.json"
    said = plan.read_text()
    for text in (json.dumps(json.loads(said) | change), "[" * 100_000, '{"parts": [], ' + said[1:]):
        plan.write_text(text)
        assert _score(folder / "0", out) == 1
        assert "is damaged: take another folder" in capsys.readouterr().err
